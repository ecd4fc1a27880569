import { wayFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import type { AvoidClass } from "../engine/choice.ts";

/** The names of OSRM's car profile. */
export const avoidClasses: readonly AvoidClass[] = ["toll", "motorway", "ferry", "restricted", "tunnel"];

/** Bits of `wayFlag` of such roads. */
export function avoidedFlags(avoid: readonly AvoidClass[]): number {
  let flags = 0;
  for (const name of avoid) flags |= wayFlag[name];
  return flags;
}

/**
 * The classes in the order in which OSRM lists them: it numbers them as the map's ways bring them up, and lists the last one first. Those the
 * map has not come at the end.
 */
export function classOrder(graph: Graph): readonly AvoidClass[] {
  const found: AvoidClass[] = [];
  let open = avoidedFlags(avoidClasses);
  for (let way = 0; way < graph.wayFlags.length && open !== 0; way++) {
    const flags = graph.wayFlags[way] & open;
    if (flags === 0) continue;
    open &= ~flags;
    found.push(...avoidClasses.filter((name) => (flags & wayFlag[name]) !== 0).toReversed());
  }
  return [...found.toReversed(), ...avoidClasses.filter((name) => !found.includes(name))];
}
