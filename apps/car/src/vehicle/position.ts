import type { PositionQuality } from "@caravan/link";
import type { Tracker } from "@caravan/roads/matching";
import { si, Vehicle } from "@caravan/signals";
import type { Store } from "@caravan/signals";
import type { CarPose } from "@caravan/world";

import { metresPerDegree } from "../journey/ground.ts";
import type { RecordedPose } from "./recorded-pose.ts";

const { Latitude, Longitude, Heading, HorizontalAccuracy, GNSSReceiver } = Vehicle.CurrentLocation;

/** A receiver that says nothing for longer has no satellites, whatever it said last; a car that stands need not repeat itself. */
const silentAfterMs = 2_500;
/** m/s below which a receiver may keep silent because nothing changes. */
const standing = 0.3;
/** Without satellites and with less certainty than this, the car does not know its place any more. */
const leastCertainty = 0.2;
/** Metres, where the receiver does not say how good it is. */
const usualAccuracy = 5;

/** Where a car is, as its own signals tell it. */
export interface Located {
  /** For the map: in the lane where there are satellites, on the road's middle line where there are none. */
  readonly pose: CarPose;
  readonly quality: PositionQuality;
  /** The directed edge below the car, the metres from its beginning and its middle line there, where the car is on a road of the map. */
  readonly road:
    | {
        readonly edge: number;
        readonly along: number;
        readonly lat: number;
        readonly lon: number;
        readonly heading: number;
      }
    | undefined;
  /** Metres, one standard deviation. */
  readonly accuracy: number;
  /** Car clock, ms. */
  readonly at: number;
}

/**
 * Knows where the car is from its signals alone: satellites while there are any, wheel speed and yaw rate where there are none, and the map's
 * roads in both cases.
 */
export class Position {
  readonly #store: Store;
  readonly #clock: { now(): number };
  readonly #tracker: Tracker;
  readonly #recorded: RecordedPose;
  #fixAt = 0;
  #lookedAt: number | undefined;
  #located: Located | undefined;

  constructor(parts: { store: Store; clock: { now(): number }; tracker: Tracker; recorded: RecordedPose }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#tracker = parts.tracker;
    this.#recorded = parts.recorded;
  }

  /** Takes in what the signals say now; to be called about five times a second. Undefined while no position has ever been known. */
  look(): Located | undefined {
    const now = this.#clock.now();
    const dt = this.#lookedAt === undefined ? 0 : Math.max(0, now - this.#lookedAt) / 1_000;
    this.#lookedAt = now;
    const speed = si(this.#store, Vehicle.Speed);
    const hasFix = this.#hasFix(now, speed ?? Infinity);
    if (dt > 0 && speed !== undefined) this.#reckon(speed, dt);
    if (hasFix) this.#fix(speed);
    this.#located = this.#locate(hasFix, now);
    return this.#located;
  }

  /** Where the car is at this very moment, between two looks too. */
  now(): CarPose | undefined {
    const located = this.#located;
    if (located === undefined || located.quality === "satellites") return this.#recorded.now();
    const { pose } = located;
    const seconds = Math.max(0, this.#clock.now() - located.at) / 1_000;
    const degrees = (pose.speed * Math.min(seconds, 1)) / metresPerDegree;
    const heading = (pose.heading * Math.PI) / 180;
    return {
      ...pose,
      lat: pose.lat + degrees * Math.cos(heading),
      lon: pose.lon + (degrees * Math.sin(heading)) / Math.cos((pose.lat * Math.PI) / 180),
    };
  }

  located(): Located | undefined {
    return this.#located;
  }

  quality(): PositionQuality {
    return this.#located?.quality ?? "lost";
  }

  #hasFix(now: number, speed: number): boolean {
    const latitude = this.#store.get(Latitude);
    if (latitude === undefined || this.#store.value(Longitude) === undefined) return false;
    if (this.#store.value(GNSSReceiver.FixType) === "NONE") return false;
    // The end of a recording is no tunnel.
    if (latitude.quality === "stale") return true;
    return now - latitude.at <= silentAfterMs || Math.abs(speed) < standing;
  }

  /** Wheel speed and yaw rate carry on between two positions, and where there are none. */
  #reckon(speed: number, dt: number): void {
    const yaw = this.#store.value(Vehicle.AngularVelocity.Yaw);
    this.#tracker.dead({ speed, dt, ...(yaw === undefined ? {} : { yawRate: (yaw * Math.PI) / 180 }) });
  }

  #fix(speed: number | undefined): void {
    const latitude = this.#store.get(Latitude);
    const lon = this.#store.value(Longitude);
    if (latitude === undefined || lon === undefined || latitude.at <= this.#fixAt) return;
    this.#fixAt = latitude.at;
    const heading = this.#store.value(Heading);
    this.#tracker.fix({
      lat: latitude.value,
      lon,
      accuracy: si(this.#store, HorizontalAccuracy) ?? usualAccuracy,
      at: latitude.at,
      ...(speed === undefined ? {} : { speed }),
      // A car that stands has the heading of its receiver's noise.
      ...(heading === undefined || Math.abs(speed ?? 0) < standing ? {} : { heading }),
    });
  }

  #locate(hasFix: boolean, now: number): Located | undefined {
    const place = this.#tracker.place();
    const recorded = this.#recorded.now();
    if (recorded === undefined) return undefined;
    const road = place?.edge === undefined ? undefined : { ...place, edge: place.edge };
    const accuracy = si(this.#store, HorizontalAccuracy) ?? usualAccuracy;
    if (hasFix || place === undefined) {
      return { pose: recorded, quality: hasFix ? "satellites" : "lost", road, accuracy, at: now };
    }
    const { lat, lon, heading, certainty } = place;
    const quality = certainty >= leastCertainty ? "dead-reckoned" : "lost";
    return { pose: { lat, lon, heading, speed: recorded.speed }, quality, road, accuracy, at: now };
  }
}
