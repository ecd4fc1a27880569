import { Vehicle } from "@caravan/signals";
import type { Signal, Store } from "@caravan/signals";

import type { HealthFigure } from "../health/health.ts";

const { CurrentLocation, Powertrain } = Vehicle;
const { TractionBattery } = Powertrain;

/** What a drive is told by; other signals keep only their latest reading. */
const kept: readonly Signal<number>[] = [
  Vehicle.Speed,
  TractionBattery.StateOfCharge.Displayed,
  TractionBattery.CurrentPower,
  TractionBattery.Temperature.Average,
  CurrentLocation.Latitude,
  CurrentLocation.Longitude,
  Powertrain.Range,
  Vehicle.Cabin.HVAC.AmbientAirTemperature,
  Vehicle.TraveledDistance,
];

/** Of each signal; ten minutes of one that changes all the time. */
const samples = 600;
/** A source that speaks once a second is a little early now and then, and must not lose every second word for it. */
const everyMs = 950;

/** From now on the car remembers the recent past of these signals, in memory only, for clients that ask for history. */
export function keepRecentPast(store: Store): void {
  for (const signal of kept) store.keep(signal, { samples, everyMs });
}

/** How much of the past is remembered now, and the bound. */
export function recentPastFigure(store: Store): HealthFigure {
  const count = kept.reduce((sum, signal) => sum + (store.history(signal)?.at.length ?? 0), 0);
  return { name: "Samples of the last minutes kept for history", value: count, bound: kept.length * samples };
}
