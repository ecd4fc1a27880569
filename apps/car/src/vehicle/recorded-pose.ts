import { si, Vehicle } from "@caravan/signals";
import type { Store } from "@caravan/signals";
import type { CarPose } from "@caravan/world";

import { distanceBetween, metresPerDegree } from "../journey/ground.ts";
import type { Point } from "../journey/ground.ts";

const { Latitude, Longitude, Heading } = Vehicle.CurrentLocation;
const radians = Math.PI / 180;

/** Most receivers tell their position once a second; a car that was not heard of for longer is drawn where it was last. */
const longestBetweenMs = 1_500;
/** Movements shorter than this, in metres, may be the receiver's noise and have no course. */
const shortestCourse = 5;

/**
 * Where a car is that tells its position now and then: between two positions it goes on at the speed and in the direction it had. A car
 * that does not tell its heading points where it last moved to, one that does not tell its speed stands between its positions.
 */
export class RecordedPose {
  readonly #store: Store;
  readonly #clock: { now(): number };
  #courseFrom: Point | undefined;
  #course = 0;

  constructor(parts: { store: Store; clock: { now(): number } }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
  }

  /** Undefined while no position is known. */
  now(): CarPose | undefined {
    const latitude = this.#store.get(Latitude);
    const lon = this.#store.value(Longitude);
    if (latitude === undefined || lon === undefined) return undefined;
    const fix = { lat: latitude.value, lon };
    this.#follow(fix);
    const heading = this.#store.value(Heading) ?? this.#course;
    const isOver = latitude.quality === "stale";
    const speed = isOver ? 0 : (si(this.#store, Vehicle.Speed) ?? 0);
    const seconds = Math.min(Math.max(this.#clock.now() - latitude.at, 0), longestBetweenMs) / 1_000;
    const degrees = (speed * seconds) / metresPerDegree;
    return {
      lat: fix.lat + degrees * Math.cos(heading * radians),
      lon: fix.lon + (degrees * Math.sin(heading * radians)) / Math.max(Math.cos(fix.lat * radians), 1e-6),
      heading,
      speed,
    };
  }

  #follow(fix: Point): void {
    const from = (this.#courseFrom ??= fix);
    if (distanceBetween(from, fix) < shortestCourse) return;
    const east = (fix.lon - from.lon) * Math.cos(fix.lat * radians);
    this.#course = (Math.atan2(east, fix.lat - from.lat) / radians + 360) % 360;
    this.#courseFrom = fix;
  }
}
