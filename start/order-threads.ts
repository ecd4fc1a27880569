import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { shareOrder } from "@caravan/roads/ordering";
import type { OrderElsewhere } from "@caravan/roads/ordering";

/** More threads than this find nothing to do. */
const mostThreads = 4;

/** Threads that order the roads of one city together, one for each processor. They load while its map is still being read. */
export class OrderThreads {
  private readonly threads: readonly { readonly worker: Worker; readonly done: Promise<unknown> }[];

  constructor() {
    const count = Math.min(availableParallelism(), mostThreads);
    this.threads = Array.from({ length: count }, () => {
      const worker = new Worker(new URL("./order-worker.ts", import.meta.url));
      const done = once(worker, "message");
      // A thread that fails before it is needed is missed when it is.
      done.catch(() => undefined);
      return { worker, done };
    });
  }

  /** Can be asked once. */
  readonly order: OrderElsewhere = async (net) => {
    const shared = shareOrder(net);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
    for (const { worker } of this.threads) worker.postMessage(shared);
    await Promise.all(this.threads.map(({ done }) => done));
    return shared.roads;
  };

  async stop(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }
}
