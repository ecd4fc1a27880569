import type { Place, RouteSummary } from "@caravan/link";
import type { Route } from "@caravan/roads/routing";

import type { DrivingCost } from "./driving-costs.ts";
import type { FoundWay } from "./map/questions.ts";

/** Who chose the destination: a person at the screen, or the simulation on its own. */
export type ChosenBy = "person" | "itself";

/** One way to a destination: as the screens show it, as the map has it, and what somebody asked for. */
export interface Way {
  readonly summary: RouteSummary;
  readonly route: Route;
  readonly by: ChosenBy;
  /** The places somebody wants to pass, the destination last; charging stops are the car's own and not among them. */
  readonly asked: readonly Place[];
  /** The car may plan charging stops of its own. False once somebody took one out. */
  readonly mayCharge: boolean;
  /** What it cost this car when it was planned. */
  readonly cost: DrivingCost;
  /** Its charging stops, by the leg that ends at them, and what was found out about charging. */
  readonly charges?: FoundWay["charges"];
  readonly charging?: FoundWay["charging"];
}

/** The destination. */
export function goalOf(way: Way): Place {
  return way.summary.to;
}

/** Index of the last stop, which is the destination. */
export function lastStop(way: Way): number {
  return Math.max(0, way.summary.stops.length - 1);
}

/** Metres from the start of the route to a stop of it. */
export function alongOfStop(way: Way, stop: number): number {
  return way.summary.stops[stop]?.along ?? way.route.distance;
}

/** The places somebody asked for that still lie ahead when `stop` is the next one. */
export function askedFrom(way: Way, stop: number): readonly Place[] {
  const passed = way.summary.stops.slice(0, stop).filter(({ kind }) => kind !== "charge").length;
  return way.asked.slice(passed);
}

/** Does another route drive only what is left of this way? Its first edge is the one the car is on. */
export function isRestOf(way: Way, edges: Int32Array): boolean {
  const own = way.route.edges;
  const from = own.lastIndexOf(edges[0] ?? -1);
  return from >= 0 && edges.every((edge, i) => own[from + i] === edge);
}
