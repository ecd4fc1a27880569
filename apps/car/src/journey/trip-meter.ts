import { si, Vehicle } from "@caravan/signals";
import type { Store } from "@caravan/signals";
import Type from "typebox";

import type { Remembered } from "../vehicle/remembered.store.ts";
import { extendTrip, finishTrip } from "./trip.ts";
import type { OpenTrip } from "./trip.ts";
import type { Trips } from "./trip.store.ts";

const saveEveryMs = 5_000;

const Kept = Type.Object({
  savedAt: Type.Number(),
  trip: Type.Object({
    id: Type.String(),
    startedAt: Type.Number(),
    from: Type.String(),
    distance: Type.Number(),
    energy: Type.Number(),
  }),
});

/** Measures the trip that is under way by the car's own signals, and keeps it through a restart. */
export class TripMeter {
  readonly #store: Store;
  readonly #trips: Trips;
  readonly #remembered: Remembered;
  readonly #clock: { now(): number };
  readonly #newId: () => string;
  #open: OpenTrip | undefined;
  #odometer: number | undefined;
  #measuredAt = 0;
  #savedAt = 0;

  constructor(parts: {
    store: Store;
    trips: Trips;
    remembered: Remembered;
    clock: { now(): number };
    newId: () => string;
  }) {
    this.#store = parts.store;
    this.#trips = parts.trips;
    this.#remembered = parts.remembered;
    this.#clock = parts.clock;
    this.#newId = parts.newId;
  }

  isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Takes up the trip the last process was on. */
  resume(): void {
    const kept = this.#remembered.read("trip", Kept);
    if (kept === undefined) return;
    this.#open = kept.trip;
    this.#restartMeasuring();
  }

  /** Closes the trip the last process was on, at the moment it was last seen. */
  closeLeftOver(street: string): void {
    const kept = this.#remembered.read("trip", Kept);
    if (kept === undefined) return;
    this.#finish(kept.trip, kept.savedAt, street);
  }

  /** A trip that is open already goes on. */
  begin(from: string): void {
    if (this.#open !== undefined) return;
    this.#open = { id: this.#newId(), startedAt: this.#clock.now(), from, distance: 0, energy: 0 };
    this.#restartMeasuring();
    this.#save();
  }

  /** To be called about five times a second while a trip is open. */
  measure(): void {
    if (this.#open === undefined) return;
    const now = this.#clock.now();
    const odometer = si(this.#store, Vehicle.TraveledDistance);
    const metres = odometer !== undefined && this.#odometer !== undefined ? odometer - this.#odometer : 0;
    // In VSS, power into the battery is positive.
    const power = -(si(this.#store, Vehicle.Powertrain.TractionBattery.CurrentPower) ?? 0);
    this.#open = extendTrip(this.#open, { metres, power, seconds: Math.max(0, now - this.#measuredAt) / 1_000 });
    this.#odometer = odometer;
    this.#measuredAt = now;
    if (now - this.#savedAt >= saveEveryMs) this.#save();
  }

  finish(to: string): void {
    if (this.#open === undefined) return;
    this.measure();
    this.#finish(this.#open, this.#clock.now(), to);
  }

  /** Before the process ends. */
  save(): void {
    if (this.#open !== undefined) this.#save();
  }

  #restartMeasuring(): void {
    this.#odometer = si(this.#store, Vehicle.TraveledDistance);
    this.#measuredAt = this.#clock.now();
  }

  #save(): void {
    this.#savedAt = this.#clock.now();
    this.#remembered.keep("trip", { savedAt: this.#savedAt, trip: this.#open });
  }

  #finish(trip: OpenTrip, at: number, to: string): void {
    const finished = finishTrip(trip, { at, to });
    if (finished !== undefined) this.#trips.add(finished);
    this.#remembered.forget("trip");
    this.#open = undefined;
  }
}
