import type { LatLon } from "../city.ts";
import type { Charger, Connector } from "./charger.ts";
import type { ChargingCar } from "./curve.ts";

/** Seconds and Wh from each of some places to each of others, row by row; NaN where no way leads. */
export interface Legs {
  readonly seconds: Float64Array;
  readonly wattHours: Float64Array;
}

export interface ChargingTask {
  readonly car: ChargingCar;
  readonly start: LatLon;
  /** Places to pass on the way, in order. */
  readonly via?: readonly LatLon[];
  readonly destination: LatLon;
  readonly chargers: readonly Charger[];
  /** Ways between places, with traffic as it is; asked once for each two groups. */
  readonly legs: (from: readonly LatLon[], to: readonly LatLon[]) => Legs;
  /** Charge now, the least ever, and the least wanted at the destination; 0..1. */
  readonly charge: number;
  readonly reserve: number;
  readonly arrival: number;
  /** Nobody charges beyond this, 0..1: the car's own limit. 1 unless told. */
  readonly limit?: number;
  /** What is to be least: time, or the price together with time at a low hourly rate. */
  readonly aim: "time" | "price";
  /** °C of the battery; 20 unless known. */
  readonly temperature?: number;
  /** Seconds of a stop besides charging: turning in, parking, plugging in, paying. 240 unless told. */
  readonly stopSeconds?: number;
  /** At most so many stops; 5 unless told. */
  readonly mostStops?: number;
}

export interface ChargingStop {
  readonly charger: Charger;
  readonly connector: Connector;
  /** How many of `via` lie before it. */
  readonly after: number;
  /** Percent. */
  readonly arriveCharge: number;
  readonly leaveCharge: number;
  /** Seconds at the plug, and of the whole stop. */
  readonly seconds: number;
  readonly stopSeconds: number;
  /** Wh out of the plug. */
  readonly wattHours: number;
  /** The most the car takes here, W. */
  readonly power: number;
  /** An estimate; undefined where the charger does not say. */
  readonly price?: { readonly minor: number; readonly currency: string; readonly isPartial: boolean };
}

/** What the plan takes for granted. */
export type ChargingCaveat =
  /** Nobody says what charging costs at one of the stops. */
  | "price-unknown"
  /** Taxes or conditions come on top. */
  | "price-partial"
  /** A plug's power is the usual one of its kind. */
  | "power-assumed"
  /** Whether a plug is free is not known. */
  | "waiting-unknown"
  /** All plugs were taken when last heard of; ten minutes of waiting are counted. */
  | "occupied-now"
  /** The wish for the destination cannot be met; the reserve is kept. */
  | "arrival-below-wish"
  /** The battery is too cold to charge at full power. */
  | "cold-battery";

/** Why the stops are what they are. */
export interface ChargingWhy {
  /** Percent that would be left at the destination without charging; below 0: it would not be reached. */
  readonly withoutCharging: number;
  /** Percent wanted there. */
  readonly wanted: number;
  /** Seconds of driving, and how many of them are owed to the stops. */
  readonly driving: number;
  readonly detour: number;
  /** Seconds of charging, and of stopping besides. */
  readonly charging: number;
  readonly stopping: number;
  /** Chargers that fit the car, out of how many. */
  readonly fitting: number;
  readonly known: number;
  /** The best plan that does not begin with the same charger, in seconds and, where both prices are known, minor units more. */
  readonly nextBest?: { readonly charger: Charger; readonly seconds: number; readonly minor?: number };
  readonly caveats: readonly ChargingCaveat[];
}

/** Why the destination cannot be reached. */
export type ChargingObstacle =
  /** No road leads there. */
  | { readonly kind: "no-way" }
  /** No charger is known, or none fits. */
  | { readonly kind: "no-charger"; readonly known: number }
  /** The nearest charger lies beyond the charge. */
  | { readonly kind: "out-of-reach" }
  /** Somewhere on the way chargers lie farther apart than a full battery lasts, or more stops than allowed are needed. */
  | { readonly kind: "gap" };

export type ChargingPlan =
  | { readonly kind: "not-needed"; readonly arrivalCharge: number; readonly seconds: number }
  | {
      readonly kind: "stops";
      readonly stops: readonly ChargingStop[];
      /** Percent at the destination. */
      readonly arrivalCharge: number;
      /** Seconds of the whole way with its stops. */
      readonly seconds: number;
      readonly price?: { readonly minor: number; readonly currency: string };
      readonly why: ChargingWhy;
    }
  | {
      readonly kind: "impossible";
      readonly why: ChargingObstacle;
      /** Percent of the battery that are missing, at the least, to reach the destination or the next charger above the reserve. */
      readonly missing?: number;
      /** The fitting charger that takes the least energy to reach from here. */
      readonly nearest?: { readonly charger: Charger; readonly seconds: number; readonly arriveCharge: number };
    };
