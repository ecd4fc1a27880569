import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { createServer } from "node:http";

import { Asker } from "./asker.ts";
import { share } from "./figures.ts";

if (!isMainThread) {
  const server = createServer((request, response) => {
    const body = new Uint8Array(Number(request.url?.slice(1)));
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    response.end(body);
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    parentPort?.postMessage(typeof address === "object" ? address?.port : undefined);
  });
}

/** Milliseconds, the median, that so many bytes take over HTTP on this machine when nobody has to think about them. */
export async function passThroughMs(bytes: number, count: number): Promise<number> {
  const worker = new Worker(new URL(import.meta.url));
  const port = await new Promise<unknown>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  const asker = new Asker(`http://127.0.0.1:${String(port)}`);
  try {
    const { times } = await asker.times(Array.from({ length: count }, () => `/${bytes}`));
    return share(times.slice(count / 2), 0.5);
  } finally {
    asker.stop();
    await worker.terminate();
  }
}
