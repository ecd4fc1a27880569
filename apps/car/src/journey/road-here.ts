import type { RoadHere } from "@caravan/link";
import { nearestEdge } from "@caravan/roads/places";
import type { City } from "@caravan/roads";

import { distanceBetween } from "./ground.ts";
import type { Point } from "./ground.ts";

const nowhere: RoadHere = { street: "", ref: "" };
/** Farther than this from any road's centre line, a car is not on it. */
const roadRadius = 30;
/** A car that moved less than this, in metres, is on the same road as before. */
const sameRoadWithin = 4;

/** The road under a car, looked up again only when the car has moved. */
export class RoadUnder {
  readonly #city: City;
  #lookedAt: Point | undefined;
  #road: RoadHere = nowhere;

  constructor(parts: { city: City }) {
    this.#city = parts.city;
  }

  /** The last answer. */
  now(): RoadHere {
    return this.#road;
  }

  /** True where the road is another than before. */
  look(car: Point & { readonly heading: number }): boolean {
    if (this.#lookedAt !== undefined && distanceBetween(this.#lookedAt, car) < sameRoadWithin) return false;
    this.#lookedAt = { lat: car.lat, lon: car.lon };
    // A car that stands across the road has a heading no edge has.
    const found =
      nearestEdge(this.#city, car, { heading: car.heading, radius: roadRadius }) ??
      nearestEdge(this.#city, car, { radius: roadRadius });
    const before = this.#road;
    const limit = found?.limit === undefined ? undefined : Math.round(found.limit * 3.6);
    this.#road =
      found === undefined
        ? nowhere
        : { street: found.street, ref: found.ref, ...(limit === undefined ? {} : { limit }) };
    return before.street !== this.#road.street || before.ref !== this.#road.ref || before.limit !== this.#road.limit;
  }
}
