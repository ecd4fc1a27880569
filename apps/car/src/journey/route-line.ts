// Hot: `project` runs five times a second for every driving car.
import type { Route } from "@caravan/roads/routing";

import { metresPerDegree } from "./ground.ts";
import type { Point } from "./ground.ts";

/** A route's course, with the metres from the start at each of its points. */
export type RouteLine = Pick<Route, "geometry" | "along">;

export interface Projection {
  /** Metres from the start of the route. */
  readonly along: number;
  /** Metres between the car and the route. */
  readonly offset: number;
  /** Index of the geometry's segment the car is on. */
  readonly segment: number;
}

/** Metres behind and ahead of the last known place in which the car is looked for. */
const searchBehind = 60;
const searchAhead = 400;

/**
 * The place on the route nearest to the car, looked for around `last` so that a route that crosses itself is
 * followed in order. Without `last`, or when the car is far from there, the whole route is searched.
 */
export function project(line: RouteLine, car: Point, last?: Projection): Projection {
  if (last !== undefined) {
    const near = scan(line, car, last.along - searchBehind, last.along + searchAhead);
    if (near.offset < 50) return near;
  }
  return scan(line, car, -Infinity, Infinity);
}

function scan(line: RouteLine, car: Point, from: number, to: number): Projection {
  const { geometry, along } = line;
  const east = metresPerDegree * Math.cos((car.lat * Math.PI) / 180);
  let best = Infinity;
  let bestSegment = 0;
  let bestAlong = 0;
  for (let i = 0; i + 1 < along.length; i++) {
    const begin = at(along, i);
    const end = at(along, i + 1);
    if (end < from) continue;
    if (begin > to) break;
    const ax = (at(geometry, 2 * i) - car.lon) * east;
    const ay = (at(geometry, 2 * i + 1) - car.lat) * metresPerDegree;
    const dx = (at(geometry, 2 * i + 2) - car.lon) * east - ax;
    const dy = (at(geometry, 2 * i + 3) - car.lat) * metresPerDegree - ay;
    const square = dx * dx + dy * dy;
    const share = square > 0 ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square)) : 0;
    const offset = Math.hypot(ax + share * dx, ay + share * dy);
    if (offset < best) {
      best = offset;
      bestSegment = i;
      bestAlong = begin + share * (end - begin);
    }
  }
  return { along: bestAlong, offset: best, segment: bestSegment };
}

/** Typed arrays type a read as number or undefined to nobody's use; out of range means 0 here. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
