import { carPoints, type Points } from "./features.ts";
import type { MapCar } from "./types.ts";

const glideSeconds = 0.9;
const framesPerSecond = 4;

/** The cars of a fleet, gliding to each new position; four pictures a second are smooth at the scale of a city and leave the worker alone. */
export class Fleet {
  #cars: readonly MapCar[] = [];
  readonly #from = new Map<string, { lon: number; lat: number }>(); // one for each car of the last set
  #setAt = 0;
  #shownAt = -1;
  #still = true;

  /** `at` in seconds of the same clock as `step`. */
  set(cars: readonly MapCar[], at: number): void {
    const now = new Map(this.#cars.map((car) => [car.id, this.#placeOf(car, at)]));
    this.#from.clear();
    for (const car of cars) this.#from.set(car.id, now.get(car.id) ?? { lon: car.lon, lat: car.lat });
    this.#cars = cars;
    this.#setAt = at;
    this.#still = false;
  }

  /** What to draw now, undefined when nothing changed or it is too early. */
  step(at: number): Points | undefined {
    if (this.#still || at - this.#shownAt < 1 / framesPerSecond) return undefined;
    this.#shownAt = at;
    this.#still = at - this.#setAt >= glideSeconds;
    return carPoints(this.#cars.map((car) => ({ ...car, ...this.#placeOf(car, at) })));
  }

  moving(): boolean {
    return !this.#still;
  }

  cars(): readonly MapCar[] {
    return this.#cars;
  }

  #placeOf(car: MapCar, at: number): { lon: number; lat: number } {
    const from = this.#from.get(car.id);
    const share = Math.min(1, (at - this.#setAt) / glideSeconds);
    // A car that came from another city must not fly through the picture.
    if (from === undefined || Math.abs(from.lat - car.lat) > 0.02 || Math.abs(from.lon - car.lon) > 0.04) {
      return { lon: car.lon, lat: car.lat };
    }
    return { lon: from.lon + (car.lon - from.lon) * share, lat: from.lat + (car.lat - from.lat) * share };
  }
}
