import { wayFlag } from "../city.ts";
import type { AvoidClass } from "../engine/choice.ts";

/** The names of OSRM's car profile. */
export const avoidClasses: readonly AvoidClass[] = ["toll", "motorway", "ferry", "restricted", "tunnel"];

/** Bits of `wayFlag` of such roads. */
export function avoidedFlags(avoid: readonly AvoidClass[]): number {
  let flags = 0;
  for (const name of avoid) flags |= wayFlag[name];
  return flags;
}
