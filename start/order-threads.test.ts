import { helpToOrder, shareOrder } from "@caravan/roads/ordering";
import { expect, test } from "vitest";
import { OrderThreads } from "./order-threads.ts";

test("several threads order the roads as one does", async () => {
  // A ladder of 1,500 rungs.
  const rungs = 1_500;
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < rungs; i++) {
    from.push(2 * i, ...(i + 1 < rungs ? [2 * i, 2 * i + 1] : []));
    to.push(2 * i + 1, ...(i + 1 < rungs ? [2 * i + 2, 2 * i + 3] : []));
  }
  const net = {
    nodeCount: 2 * rungs,
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    width: new Uint8Array(from.length).fill(2),
    x: Float64Array.from({ length: 2 * rungs }, (_, node) => 100 * (node >> 1)),
    y: Float64Array.from({ length: 2 * rungs }, (_, node) => 100 * (node & 1)),
  };
  const alone = shareOrder(net);
  helpToOrder(alone);
  const threads = new OrderThreads();
  try {
    expect(await threads.order(net)).toEqual(alone.roads);
  } finally {
    await threads.stop();
  }
});
