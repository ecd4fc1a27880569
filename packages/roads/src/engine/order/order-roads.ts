import { Dissection } from "./dissection.ts";
import type { RoadNet } from "./road-net.ts";

/** Orders a net elsewhere, as `orderRoads` does. */
export type OrderElsewhere = (net: RoadNet) => Promise<Int32Array>;

/** The roads of a net by importance, the most important last. */
export function orderRoads(net: RoadNet): Int32Array {
  const roads = Int32Array.from(net.from, (_, road) => road);
  new Dissection(net).order(roads, { begin: 0, end: roads.length });
  return roads;
}
