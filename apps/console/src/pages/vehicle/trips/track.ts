import type { MapTone, MapTrack } from "@caravan/ui";
import type { Line } from "../../fleet/live-history.ts";
import { valueAt } from "./trips.ts";

/** Where the car was at a moment, and how fast; km/h, undefined where it did not say. */
export interface TrackPoint {
  /** UTC ms. */
  readonly at: number;
  readonly lat: number;
  readonly lon: number;
  readonly speed: number | undefined;
}

/** From this speed on (km/h) the colours of the way are others. */
export const toneEdges = [10, 30, 50, 80] as const;

/** Places are told about once a second; after so long without one the way between is not known. */
const silenceMs = 120_000;
const metresPerDegree = 111_195;

/** The places of a trip, from latitude and longitude that were each thinned on their own. */
export function pointsOf(lines: {
  readonly lat: Line;
  readonly lon: Line;
  readonly speed: Line;
}): readonly TrackPoint[] {
  const { lat, lon, speed } = lines;
  if (lat.at.length === 0 || lon.at.length === 0) return [];
  const times = [...new Set([...lat.at, ...lon.at])].toSorted((a, b) => a - b);
  return times.flatMap((at) => {
    const [north, east] = [valueAt(lat, at), valueAt(lon, at)];
    return north === undefined || east === undefined ? [] : [{ at, lat: north, lon: east, speed: valueAt(speed, at) }];
  });
}

/** The way in stretches of one colour; each begins where the one before ends. Where nothing was told for long there is no line. */
export function trackOf(points: readonly TrackPoint[]): MapTrack {
  const stretches: { tone: MapTone; line: number[] }[] = [];
  let before: TrackPoint | undefined;
  for (const point of points) {
    const last = stretches.at(-1);
    const tone = toneOf(point.speed);
    if (before !== undefined && point.at - before.at <= silenceMs) {
      if (last !== undefined && last.tone === tone) last.line.push(point.lon, point.lat);
      else stretches.push({ tone, line: [before.lon, before.lat, point.lon, point.lat] });
    } else stretches.push({ tone, line: [point.lon, point.lat] });
    before = point;
  }
  return { stretches: stretches.filter(({ line }) => line.length >= 4) };
}

/** The place of the way nearest to another, if it is nearer than `withinMetres`. */
export function nearest(
  points: readonly TrackPoint[],
  lat: number,
  lon: number,
  withinMetres: number,
): TrackPoint | undefined {
  const eastFactor = Math.cos((lat * Math.PI) / 180);
  let found: TrackPoint | undefined;
  let least = withinMetres;
  for (const point of points) {
    const metres = Math.hypot(point.lat - lat, (point.lon - lon) * eastFactor) * metresPerDegree;
    if (metres >= least) continue;
    least = metres;
    found = point;
  }
  return found;
}

/** Where the car was at a moment of the trip. */
export function placeAt(points: readonly TrackPoint[], at: number): TrackPoint | undefined {
  return points.findLast((point) => point.at <= at) ?? points[0];
}

function toneOf(speed: number | undefined): MapTone {
  const [slow, middle, fast, fastest] = toneEdges;
  if (speed === undefined || speed < slow) return 0;
  if (speed < middle) return 1;
  if (speed < fast) return 2;
  return speed < fastest ? 3 : 4;
}
