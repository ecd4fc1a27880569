import type { Manoeuvre, RouteProgress } from "@caravan/link";

import { durationOf, lengthOf, timeAt } from "./route-line.ts";
import type { Projection, RouteLine } from "./route-line.ts";

/** How far the drive has come, and which manoeuvre is next; a manoeuvre the car has just passed is over. */
export function progressAt(line: RouteLine, manoeuvres: readonly Manoeuvre[], place: Projection): RouteProgress {
  let next = manoeuvres.findIndex((manoeuvre) => manoeuvre.kind !== "depart" && manoeuvre.along > place.along);
  if (next === -1) next = Math.max(0, manoeuvres.length - 1);
  const nextAlong = manoeuvres[next]?.along ?? lengthOf(line);
  return {
    along: place.along,
    remaining: Math.max(0, lengthOf(line) - place.along),
    remainingTime: Math.max(0, durationOf(line) - timeAt(line, place)),
    next,
    toNext: Math.max(0, nextAlong - place.along),
    nextStop: 0,
  };
}
