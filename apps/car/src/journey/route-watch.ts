import type { RouteProgress } from "@caravan/link";
import type { CarPose } from "@caravan/world";

import { progressAt } from "./progress.ts";
import { project } from "./route-line.ts";
import type { Projection } from "./route-line.ts";
import { RouteTimes } from "./route-times.ts";
import type { Way } from "./way.ts";

/** Metres beside its route, for this long, and the car has left it. */
const offRouteMetres = 40;
const offRouteAfterMs = 3_000;

/** Follows one way as the car drives it: how far it has come, and whether it is still on it. */
export class RouteWatch {
  readonly way: Way;
  readonly #times: RouteTimes;
  #place: Projection | undefined;
  #onRouteAt: number;

  /** `pace`: how this car drives, measured against the map. */
  constructor(parts: { way: Way; pace: number; now: number }) {
    this.way = parts.way;
    this.#times = new RouteTimes(parts.way.route, parts.pace);
    this.#onRouteAt = parts.now;
  }

  /** Metres driven along the way. */
  along(): number {
    return this.#place?.along ?? 0;
  }

  look(where: CarPose, stop: number, now: number): { readonly progress: RouteProgress; readonly hasLeft: boolean } {
    const place = project(this.way.route, where, this.#place);
    this.#place = place;
    if (place.offset <= offRouteMetres) this.#onRouteAt = now;
    return {
      progress: progressAt(this.way, this.#times, place.along, stop),
      hasLeft: now - this.#onRouteAt > offRouteAfterMs,
    };
  }
}
