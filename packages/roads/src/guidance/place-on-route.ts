import type { LatLon } from "../city.ts";
import { distanceInDegrees, metresPerDegreeLat, metresPerDegreeLon, wrapAngle } from "../geometry.ts";
import type { Route } from "../route/route.ts";

/** A position as a receiver or the tracker gives it. */
export interface PositionFix extends LatLon {
  /** ms of the car's clock. */
  readonly at: number;
  /** Degrees clockwise from north; undefined where it is not known, as in a car that stands. */
  readonly heading?: number | undefined;
  /** m/s. */
  readonly speed: number;
  /** Metres within which it lies with a probability of 68 %. */
  readonly accuracy: number;
}

/** A position seen from the route. */
export interface FixOnRoute {
  readonly at: number;
  readonly speed: number;
  readonly accuracy: number;
  /** Metres from the start of the route. */
  readonly along: number;
  /** Metres beside it, right positive. */
  readonly lateral: number;
  /** Radians between the car's heading and the route's, right positive; undefined where the car's is not known. */
  readonly headingDifference?: number;
  /** Metres to the destination, as the crow flies. */
  readonly toGoal: number;
  /** Metres by which the car may be beside the route for a good reason: it has not reached the road yet. */
  readonly slack?: number;
}

export type RouteLine = Pick<Route, "geometry" | "along">;

/** Metres behind and ahead of the last place that are looked at first, and how far a fix may lie from there to be believed. */
const behind = 60;
const ahead = 150;
const believed = 60;

/** Elsewhere on the route a fix must fit this well, in metres, to be taken to be there. */
const fitsElsewhere = 25;

/** Metres: what lies between the road's middle and the car, added to the fix's own accuracy; radians of a heading. */
const roadSpread = 5;
const headingSpread = (25 * Math.PI) / 180;

/** Metres before and after a place within which a car turns from the one road into the other; the fix's own accuracy comes on top. */
const turnReach = 10;

/** The same where the route all but turns back, by so many radians at least: such a corner is cut, and its apex never reached. */
const sharpReach = 30;
const sharpTurn = (110 * Math.PI) / 180;

/** m/s below which a heading is a guess. */
const headingFrom = 1;

interface Nearest {
  readonly along: number;
  readonly distance: number;
  readonly lateral: number;
  readonly cost: number;
}

/** Index of the segment that holds a point of the route. */
function segmentAt({ along }: RouteLine, metres: number): number {
  let low = 0;
  let high = Math.max(0, along.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (along[middle] <= metres) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Radians clockwise from north. */
function bearingOf({ geometry }: RouteLine, segment: number): number {
  const i = 2 * segment;
  const cos = Math.cos((geometry[i + 1] * Math.PI) / 180);
  return Math.atan2((geometry[i + 2] - geometry[i]) * cos, geometry[i + 3] - geometry[i + 1]);
}

function nearest(
  line: RouteLine,
  fix: PositionFix,
  from: number,
  to: number,
  heading: number | undefined,
): Nearest | undefined {
  const { geometry, along } = line;
  const perLon = metresPerDegreeLon(fix.lat);
  const perLat = metresPerDegreeLat(fix.lat);
  const spread = Math.hypot(fix.accuracy, roadSpread);
  let best: Nearest | undefined;
  for (let i = segmentAt(line, from); i < along.length - 1 && along[i] <= to; i++) {
    const x = (geometry[2 * i] - fix.lon) * perLon;
    const y = (geometry[2 * i + 1] - fix.lat) * perLat;
    const dx = (geometry[2 * i + 2] - geometry[2 * i]) * perLon;
    const dy = (geometry[2 * i + 3] - geometry[2 * i + 1]) * perLat;
    const length2 = dx * dx + dy * dy;
    const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(x * dx + y * dy) / length2));
    const distance = Math.hypot(x + share * dx, y + share * dy);
    const aside = heading === undefined || length2 === 0 ? 0 : wrapAngle(heading - Math.atan2(dx, dy));
    const cost = (distance / spread) ** 2 + Math.min(9, (aside / headingSpread) ** 2);
    if (best !== undefined && cost >= best.cost) continue;
    const isRight = dy * x - dx * y < 0;
    best = {
      along: along[i] + share * (along[i + 1] - along[i]),
      distance,
      lateral: isRight ? distance : -distance,
      cost,
    };
  }
  return best;
}

/** Does the route all but turn back around a place? */
function turnsSharply(line: RouteLine, along: number): boolean {
  const before = bearingOf(line, segmentAt(line, Math.max(0, along - sharpReach)));
  for (let i = segmentAt(line, along); i < line.along.length - 1 && line.along[i] <= along + sharpReach; i++)
    if (line.along[i + 1] > line.along[i] && Math.abs(wrapAngle(bearingOf(line, i) - before)) >= sharpTurn) return true;
  return false;
}

/** Radians between a heading and the route's around a place; a car amid a turn heads anywhere between the roads it leads from and to. */
function headingAside(line: RouteLine, along: number, reach: number, heading: number): number {
  let least: number | undefined;
  let before: number | undefined;
  for (
    let i = segmentAt(line, Math.max(0, along - reach));
    i < line.along.length - 1 && line.along[i] <= along + reach;
    i++
  ) {
    if (line.along[i + 1] === line.along[i]) continue;
    const bearing = bearingOf(line, i);
    const aside = wrapAngle(heading - bearing);
    if (before !== undefined) {
      const turn = wrapAngle(bearing - before);
      const turned = wrapAngle(heading - before);
      if (turn >= 0 ? turned >= 0 && turned <= turn : turned <= 0 && turned >= turn) return 0;
    }
    if (least === undefined || Math.abs(aside) < Math.abs(least)) least = aside;
    before = bearing;
  }
  return least ?? 0;
}

/**
 * Where a fix lies on the route. Looks around the last known place first, so that a route that passes the same street twice is driven in
 * order; the whole route only where nothing near that place fits. Without a last place, the whole route.
 */
export function placeOnRoute(
  line: RouteLine,
  fix: PositionFix,
  last?: { readonly along: number; readonly at: number },
  goal?: LatLon,
): FixOnRoute {
  const heading = fix.heading === undefined || fix.speed < headingFrom ? undefined : (fix.heading * Math.PI) / 180;
  const length = line.along[line.along.length - 1];
  let place: Nearest | undefined;
  if (last !== undefined) {
    const moved = (Math.max(0, fix.at - last.at) / 1000) * Math.max(fix.speed, 1);
    place = nearest(line, fix, last.along - behind, last.along + ahead + 1.5 * moved, heading);
  }
  if (place === undefined || place.distance > believed) {
    const anywhere = nearest(line, fix, 0, length, heading);
    if (place === undefined || (anywhere !== undefined && anywhere.distance <= fitsElsewhere)) place = anywhere;
  }
  const found = place ?? { along: 0, distance: 0, lateral: 0, cost: 0 };
  const reach = turnsSharply(line, found.along) ? sharpReach : turnReach;
  const end = line.geometry.length - 2;
  const { lat, lon } = goal ?? { lon: line.geometry[end], lat: line.geometry[end + 1] };
  return {
    at: fix.at,
    speed: fix.speed,
    accuracy: fix.accuracy,
    along: found.along,
    lateral: found.lateral,
    ...(heading === undefined
      ? {}
      : { headingDifference: headingAside(line, found.along, reach + fix.accuracy, heading) }),
    toGoal: distanceInDegrees(fix.lon, fix.lat, lon, lat),
  };
}
