import type { RouteProgress } from "@caravan/link";

import type { RouteTimes } from "./route-times.ts";
import type { Way } from "./way.ts";

/** How far the drive has come, and which manoeuvre is next; a manoeuvre the car has just passed is over. */
export function progressAt(way: Way, times: RouteTimes, along: number, nextStop: number): RouteProgress {
  const { manoeuvres, stops, distance } = way.summary;
  let next = manoeuvres.findIndex((manoeuvre) => manoeuvre.kind !== "depart" && manoeuvre.along > along);
  if (next === -1) next = Math.max(0, manoeuvres.length - 1);
  const charging = stops.slice(nextStop).reduce((sum, { charge }) => sum + (charge?.seconds ?? 0), 0);
  return {
    along,
    remaining: Math.max(0, distance - along),
    remainingTime: Math.max(0, times.at(distance) - times.at(along)) + charging,
    next,
    toNext: Math.max(0, (manoeuvres[next]?.along ?? distance) - along),
    nextStop,
  };
}
