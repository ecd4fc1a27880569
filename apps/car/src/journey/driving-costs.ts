import { legEnergy } from "@caravan/roads/charging";
import type { ChargingCar, EnergyModel } from "@caravan/roads/charging";
import type { Forecast } from "@caravan/world";

import type { ChargingNeed } from "./map/questions.ts";

/** What the car tells of its battery and of what it needs for moving. */
export interface CarFigures {
  /** Percent in the battery. */
  readonly charge: () => number | undefined;
  /** °C of the battery. */
  readonly temperature: () => number | undefined;
  readonly model: () => EnergyModel | undefined;
  readonly battery: () => ChargingCar | undefined;
}

/** How this car drives and what it needs for that, with what is in its battery. */
export interface DrivingCost {
  /** Times as long as the map says that this car takes on free roads. */
  readonly pace: number;
  /** kWh for so many metres in so many seconds. */
  readonly energyOf: (metres: number, seconds: number) => number;
  /** Percent of the battery that a kWh is, and that are in it. */
  readonly percentPerKwh: number;
  readonly charge: number;
}

/** kWh a metre, and Wh in the battery, of a mid-size electric car in a town where the car does not tell. */
const usualConsumption = 0.16 / 1_000;
const usualCapacity = 50_000;
/** Short drives say little, and no car drives all that unlike the others. */
const shortestLesson = 300;
const plausible = { pace: [0.6, 1.6], factor: [0.7, 1.5] } as const;

/** What a drive costs this car: by its own model, put right by its forecasts of the drives it is asked for. */
export class DrivingCosts {
  readonly #car: CarFigures;
  #pace = 1;
  #factor = 1;

  constructor(car: CarFigures) {
    this.#car = car;
  }

  now(): DrivingCost {
    const [model, factor] = [this.#car.model(), this.#factor];
    return {
      pace: this.#pace,
      energyOf: (metres, seconds) =>
        model === undefined ? metres * usualConsumption : (factor * legEnergy(model, metres, seconds)) / 1_000,
      percentPerKwh: 100_000 / (this.#car.battery()?.capacity ?? usualCapacity),
      charge: this.#car.charge() ?? 0,
    };
  }

  /** What planning charging stops has to know; undefined for a car that does not tell. `reserve`: percent to be kept. */
  need(reserve: number): ChargingNeed | undefined {
    const [model, car, charge] = [this.#car.model(), this.#car.battery(), this.#car.charge()];
    if (model === undefined || car === undefined || charge === undefined) return undefined;
    const temperature = this.#car.temperature();
    return {
      car,
      model,
      factor: this.#factor,
      charge: charge / 100,
      reserve: reserve / 100,
      ...(temperature === undefined ? {} : { temperature }),
    };
  }

  /** The car's forecast for `metres` that take `seconds` by the map on free roads. */
  learn(forecast: Forecast, metres: number, seconds: number): void {
    if (metres < shortestLesson || seconds <= 0) return;
    this.#pace = bounded(forecast.duration / seconds, plausible.pace);
    const model = this.#car.model();
    if (model === undefined) return;
    this.#factor = bounded((forecast.energy * 1_000) / legEnergy(model, metres, seconds), plausible.factor);
  }
}

function bounded(value: number, [least, most]: readonly [number, number]): number {
  return Math.min(most, Math.max(least, value));
}
