import { browserNetwork } from "@caravan/link";
import type { CloudNetwork } from "@caravan/link";

/** The cloud that served this page, reached by the browser's own means. */
export const network: CloudNetwork = browserNetwork({
  fetch: (path, init) => fetch(path, init),
  openEvents(path, on) {
    const source = new EventSource(path);
    source.addEventListener("open", () => on.opened());
    source.addEventListener("message", (event: MessageEvent<unknown>) => on.message(event.data));
    source.addEventListener("error", () => on.broken(source.readyState !== EventSource.CLOSED));
    return () => source.close();
  },
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
});
