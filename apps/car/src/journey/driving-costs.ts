import type { Forecast } from "@caravan/world";

/** How this car drives, measured against the map, and what is in its battery. */
export interface DrivingCost {
  /** Times as long as the map says that this car takes on free roads. */
  readonly pace: number;
  /** kWh a metre. */
  readonly consumption: number;
  /** Percent of the battery that a kWh is, and that are in it. */
  readonly percentPerKwh: number;
  readonly charge: number;
}

/** kWh a metre of a mid-size electric car in a town, until the car has been asked. */
const usualConsumption = 0.16 / 1_000;
/** Percent of a battery of 60 kWh. */
const usualPercentPerKwh = 100 / 60;
/** Short drives say little, and no car drives all that unlike the others. */
const shortestLesson = 300;
const pace = { least: 0.6, most: 1.6 } as const;

/** What a drive costs this car: learnt from its own forecasts of the drives it is asked for. */
export class DrivingCosts {
  readonly #charge: () => number | undefined;
  #pace = 1;
  #consumption = usualConsumption;
  #percentPerKwh = usualPercentPerKwh;

  /** `charge`: percent in the battery now. */
  constructor(parts: { charge: () => number | undefined }) {
    this.#charge = parts.charge;
  }

  now(): DrivingCost {
    return {
      pace: this.#pace,
      consumption: this.#consumption,
      percentPerKwh: this.#percentPerKwh,
      charge: this.#charge() ?? 0,
    };
  }

  /** The car's forecast for `metres` that take `seconds` by the map on free roads. */
  learn(forecast: Forecast, metres: number, seconds: number): void {
    if (metres < shortestLesson || seconds <= 0) return;
    this.#pace = Math.min(pace.most, Math.max(pace.least, forecast.duration / seconds));
    this.#consumption = forecast.energy / metres;
    const used = (this.#charge() ?? 0) - forecast.arrivalCharge;
    if (used > 0.05 && forecast.energy > 0 && forecast.arrivalCharge > 0) {
      this.#percentPerKwh = used / forecast.energy;
    }
  }
}
