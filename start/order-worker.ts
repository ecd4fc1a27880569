import { parentPort } from "node:worker_threads";
import { orderRoads } from "@caravan/roads/routing";

// A thread of an import: orders the nets it is sent, one after the other. Both ends of the channel are ours.
parentPort?.on("message", (net: Parameters<typeof orderRoads>[0]) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
  parentPort?.postMessage(orderRoads(net));
});
