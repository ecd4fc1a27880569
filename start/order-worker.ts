import { parentPort } from "node:worker_threads";
import { helpToOrder } from "@caravan/roads/ordering";
import type { SharedOrder } from "@caravan/roads/ordering";

// A thread of an import: helps to order the roads it is told of. Both ends of the channel are ours.
parentPort?.once("message", (shared: SharedOrder) => {
  helpToOrder(shared);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  parentPort?.postMessage("ordered");
});
