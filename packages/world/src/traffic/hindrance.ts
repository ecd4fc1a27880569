import type { LatLon } from "../frame.ts";

/**
 * Something that holds up the simulated traffic. `jam`: a broken-down vehicle or road works, past which cars go one by one; `closure`: nobody
 * passes. Vehicles queue before it by following each other; no road is made slow by decree.
 */
export interface Hindrance extends LatLon {
  readonly id: string;
  readonly kind: "jam" | "closure";
  /** Degrees clockwise from north: the direction of travel that is held up; both unless said. */
  readonly heading?: number;
  /** UTC ms. */
  readonly from: number;
  readonly until: number;
  /** With `jam`: how many cars are let past in a minute; 4 unless said. */
  readonly perMinute?: number;
}

/** Nobody simulates more of them at once. */
export const mostHindrances = 50;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const inRange = (value: unknown, least: number, most: number): value is number =>
  typeof value === "number" && value >= least && value <= most;

/**
 * Hindrances out of plain data: `{ "hindrances": [{ id, kind, lat, lon, heading?, from, until, perMinute? }] }`. What is not one is left out and
 * counted in `problems`; at most 50 are taken.
 */
export function readHindrances(value: unknown): {
  readonly hindrances: readonly Hindrance[];
  readonly problems: number;
} {
  const list: readonly unknown[] = isRecord(value) && Array.isArray(value["hindrances"]) ? value["hindrances"] : [];
  const hindrances: Hindrance[] = [];
  for (const item of list) {
    const read = readOne(item);
    if (read !== undefined && hindrances.length < mostHindrances) hindrances.push(read);
  }
  const isList = isRecord(value) && Array.isArray(value["hindrances"]);
  return { hindrances, problems: isList ? list.length - hindrances.length : 1 };
}

function readOne(item: unknown): Hindrance | undefined {
  if (!isRecord(item)) return undefined;
  const { id, kind, lat, lon, heading, from, until, perMinute } = item;
  if (typeof id !== "string" || id.length === 0 || id.length > 100) return undefined;
  if (kind !== "jam" && kind !== "closure") return undefined;
  if (!inRange(lat, -90, 90) || !inRange(lon, -180, 180)) return undefined;
  if (!inRange(from, 0, 1e14) || !inRange(until, from, 1e14)) return undefined;
  if (heading !== undefined && !inRange(heading, 0, 360)) return undefined;
  if (perMinute !== undefined && !inRange(perMinute, 0.1, 60)) return undefined;
  return {
    id,
    kind,
    lat,
    lon,
    from,
    until,
    ...(heading !== undefined && { heading }),
    ...(perMinute !== undefined && { perMinute }),
  };
}
