import { isSamePath, measurePath, type Path } from "./path.ts";
import type { RouteLayer } from "./route-layer.ts";
import type { MapRoute } from "./types.ts";

/** The next arrow is drawn until the car is this far past it. */
const pastMetres = 4;
/** Longest time, in seconds, that the car is thought on along the route without news. */
const longestGuess = 0.5;

/** The route on the map and how far the car is along it. */
export class DrawnRoute {
  readonly #layer: RouteLayer;
  #path: Path | undefined;
  #manoeuvres: readonly number[] = [];
  #along = 0;
  #alongAt = 0;
  #arrow: number | undefined;

  constructor(layer: RouteLayer) {
    this.#layer = layer;
  }

  path(): Path | undefined {
    return this.#path;
  }

  /** Takes a new route; the same way with newer traffic goes on where it is and answers false. */
  set(route: MapRoute | undefined): boolean {
    const path = route === undefined ? undefined : measurePath(route.geometry);
    const traffic = route?.traffic ?? [];
    if (path !== undefined && this.#path !== undefined && isSamePath(path, this.#path)) {
      this.#layer.setTraffic(traffic);
      return false;
    }
    this.#path = path === undefined || path.along.length < 2 ? undefined : path;
    this.#manoeuvres = (route?.manoeuvres ?? []).filter((along) => along > 1);
    this.#along = 0;
    this.#arrow = undefined;
    this.#layer.setPath(this.#path, traffic);
    this.#layer.setDriven(0);
    this.#showArrow();
    return true;
  }

  /** Metres driven, `at` in seconds of the same clock as `alongAt`. */
  progress(along: number, at: number): void {
    this.#along = along;
    this.#alongAt = at;
    this.#layer.setDriven(along);
    this.#showArrow();
  }

  /** Where a car of `speed` m/s is along the route by now; the driven part is drawn up to there. */
  alongAt(at: number, speed: number): number {
    const along = this.#along + speed * Math.min(longestGuess, at - this.#alongAt);
    if (this.#path !== undefined) this.#layer.setDriven(along);
    return along;
  }

  /** Metres from the start to the next manoeuvre, Infinity where there is none. */
  nextManoeuvre(): number {
    return this.#arrow ?? Infinity;
  }

  #showArrow(): void {
    const next = this.#manoeuvres.find((along) => along > this.#along - pastMetres);
    if (next === this.#arrow) return;
    this.#arrow = next;
    this.#layer.setArrow(next);
  }
}
