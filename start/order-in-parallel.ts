import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { OrderInParallel } from "@caravan/roads/routing";

/** More threads than this find nothing to do. */
const mostThreads = 4;

type Nets = Parameters<OrderInParallel>[0];

/** Orders nets in as many threads as the machine has processors, each of which takes the next one when it is done; the threads end with it. */
export async function orderInThreads(nets: Nets): Promise<readonly Int32Array[]> {
  const orders = new Map<number, Int32Array>();
  let next = 0;
  const count = Math.min(availableParallelism(), nets.length, mostThreads);
  await Promise.all(
    Array.from({ length: count }, async () => {
      const worker = new Worker(new URL("./order-worker.ts", import.meta.url));
      try {
        for (let i = next++; i < nets.length; i = next++) orders.set(i, await order(worker, nets[i]));
      } finally {
        await worker.terminate();
      }
    }),
  );
  return nets.map((_, i) => orders.get(i) ?? new Int32Array());
}

function order(worker: Worker, net: Nets[number] | undefined): Promise<Int32Array> {
  return new Promise((resolve, reject) => {
    worker.once("message", (answer: unknown) => {
      worker.removeListener("error", reject);
      if (answer instanceof Int32Array) resolve(answer);
      else reject(new Error("a thread answered something else than an order"));
    });
    worker.once("error", reject);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    worker.postMessage(net);
  });
}
