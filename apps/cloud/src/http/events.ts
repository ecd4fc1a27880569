import { once } from "node:events";
import type { ServerResponse } from "node:http";

const keepAliveMs = 15_000;

/** Writes server-sent events until the source ends or the reader goes. Takes the next value only when the last one has left, so nothing piles up here. */
export async function sendEvents(
  response: ServerResponse,
  source: AsyncIterable<unknown>,
  options: { readonly signal: AbortSignal; readonly headers: Readonly<Record<string, string>> },
): Promise<void> {
  response.writeHead(200, {
    ...options.headers,
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.write(": welcome\n\n");
  const beat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(": \n\n");
  }, keepAliveMs);
  try {
    for await (const value of source) {
      if (options.signal.aborted) return;
      if (!response.write(`data: ${JSON.stringify(value)}\n\n`))
        await once(response, "drain", { signal: options.signal });
    }
  } catch (error) {
    if (!options.signal.aborted) throw error;
  } finally {
    clearInterval(beat);
    response.end();
  }
}
