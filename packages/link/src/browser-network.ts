import type { CloudNetwork } from "./cloud-client.ts";

/** The parts of a browser that reach the cloud which served the page; `after` calls back once and returns its cancellation. */
export interface BrowserParts {
  fetch(
    path: string,
    init: { method: string; headers: Record<string, string>; body?: string; credentials: "same-origin" },
  ): Promise<{ readonly status: number; text(): Promise<string> }>;
  openEvents(
    path: string,
    on: { opened(): void; message(data: unknown): void; broken(willRetry: boolean): void },
  ): () => void;
  after(ms: number, then: () => void): () => void;
}

const reopenAfterMs = 3_000;

/** The network of a `CloudClient` in a browser. */
export function browserNetwork(browser: BrowserParts): CloudNetwork {
  return {
    async ask(method, path, body) {
      const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
      const response = await browser.fetch(path, {
        method,
        headers: { accept: "application/json", ...json },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        credentials: "same-origin",
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    },
    listen(path, on) {
      let close = () => {};
      let cancel = () => {};
      const open = () => {
        close = browser.openEvents(path, {
          opened: () => on.opened(),
          message: (data) => {
            if (typeof data === "string") on.message(data);
          },
          broken: (willRetry) => {
            on.broken();
            // A refused stream is not retried by the browser itself.
            if (!willRetry) cancel = browser.after(reopenAfterMs, open);
          },
        });
      };
      open();
      return () => {
        cancel();
        close();
      };
    },
  };
}
