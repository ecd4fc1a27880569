import type { Point } from "./ground.ts";
import { metresPerDegree } from "./ground.ts";

/**
 * What a simulated car does when nobody tells it anything. `round-trip`: out and back again, so that a first look at the
 * cockpit shows a drive; `errands`: one destination after another, parked in between, as cars of a fleet do.
 */
export type Habit = "none" | "round-trip" | "errands";

export interface OutingLimits {
  /** Metres as the crow flies. */
  readonly nearest: number;
  readonly farthest: number;
  /** Milliseconds parked before the next one. */
  readonly shortestPauseMs: number;
  readonly longestPauseMs: number;
}

export const outingLimits: Readonly<Record<Exclude<Habit, "none">, OutingLimits>> = {
  "round-trip": { nearest: 900, farthest: 2_200, shortestPauseMs: 12_000, longestPauseMs: 20_000 },
  errands: { nearest: 700, farthest: 4_000, shortestPauseMs: 20_000, longestPauseMs: 150_000 },
};

/** A point somewhere around `from`, in any direction; whether there is a road is for the map to say. */
export function somewhereAround(from: Point, limits: OutingLimits, random: () => number): Point {
  const bearing = random() * 2 * Math.PI;
  const distance = limits.nearest + random() * (limits.farthest - limits.nearest);
  return {
    lat: from.lat + (distance * Math.cos(bearing)) / metresPerDegree,
    lon: from.lon + (distance * Math.sin(bearing)) / (metresPerDegree * Math.cos((from.lat * Math.PI) / 180)),
  };
}

export function pauseMs(limits: OutingLimits, random: () => number): number {
  return limits.shortestPauseMs + random() * (limits.longestPauseMs - limits.shortestPauseMs);
}

/** Random numbers 0..1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
