import { Dissection } from "./dissection.ts";
import type { Part } from "./dissection.ts";
import { partOf } from "./road-net.ts";
import type { RoadNet } from "./road-net.ts";

/** Orders nets elsewhere, several at a time: answers with what `orderRoads` gives for each. Everything can be sent to another thread. */
export type OrderInParallel = (nets: readonly RoadNet[]) => Promise<readonly Int32Array[]>;

/** From so many roads on a net is split before it is ordered, into so many parts that two threads have about as much to do. */
const fewestToSplit = 20_000;
const partsToSplit = 6;

/** The roads of a net by importance, the most important last. */
export function orderRoads(net: RoadNet): Int32Array {
  const roads = Int32Array.from(net.from, (_, road) => road);
  new Dissection(net).order(roads);
  return roads;
}

/** A large net in the middle of its ordering: its parts, each to be ordered by itself. */
interface Split {
  readonly roads: Int32Array;
  readonly parts: readonly Part[];
  readonly nets: readonly RoadNet[];
}

function split(net: RoadNet): Split {
  const roads = Int32Array.from(net.from, (_, road) => road);
  const parts = new Dissection(net).split(roads, partsToSplit);
  return { roads, parts, nets: parts.map(({ begin, end }) => partOf(net, roads.subarray(begin, end))) };
}

function join({ roads, parts }: Split, orders: readonly Int32Array[]): Int32Array {
  for (const [i, { begin, end }] of parts.entries()) {
    const part = roads.slice(begin, end);
    for (let k = 0; k < part.length; k++) roads[begin + k] = part[orders[i][k]];
  }
  return roads;
}

/** As `orderRoads`, for nets of any size. */
export function orderLargeNet(net: RoadNet): Int32Array {
  if (net.from.length < fewestToSplit) return orderRoads(net);
  const parts = split(net);
  return join(parts, parts.nets.map(orderRoads));
}

/** The same order, found in several threads. */
export async function orderInParallel(net: RoadNet, parallel: OrderInParallel): Promise<Int32Array> {
  if (net.from.length < fewestToSplit) return orderRoads(net);
  const parts = split(net);
  return join(parts, await parallel(parts.nets));
}
