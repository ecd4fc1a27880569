// Hot: runs for every frame.
import { bearingTo, pointAt, turnBetween, type Path } from "./path.ts";
import type { DrawnPose } from "./motion.ts";

/** What the camera looks at; the point is where the car is drawn. */
export interface View {
  lon: number;
  lat: number;
  bearing: number;
  pitch: number;
  zoom: number;
}

const drivePitch = 50;
/** Metres ahead that the bearing leans towards; more with speed. */
const lookAheadMetres = { least: 60, perSpeed: 3.5, most: 200 } as const;
/** A manoeuvre is looked at closely from `from` seconds before it, wholly at `to`. */
const closeUp = { from: 12, to: 4, zoom: 0.9, most: 17.3 } as const;
// Farther than this off the car's own direction the route is behind a hairpin; the road under the wheels then matters more.
const mostOffHeading = 40;

/** Zoom while driving, by m/s: nearer in a yard, farther on a motorway. */
export function zoomForSpeed(speed: number): number {
  const steps = [
    [0, 17.1],
    [9, 16.8],
    [14, 16.5],
    [22, 15.9],
    [33, 15.2],
    [50, 14.7],
  ] as const;
  const size = Math.abs(speed);
  let [fromSpeed, fromZoom]: readonly [number, number] = steps[0];
  for (const [toSpeed, toZoom] of steps) {
    if (size <= toSpeed) {
      const share = toSpeed === fromSpeed ? 0 : (size - fromSpeed) / (toSpeed - fromSpeed);
      return fromZoom + (toZoom - fromZoom) * share;
    }
    fromSpeed = toSpeed;
    fromZoom = toZoom;
  }
  return fromZoom;
}

/** How far ahead the camera looks, in metres, by m/s. */
export function lookAheadForSpeed(speed: number): number {
  return Math.min(lookAheadMetres.most, lookAheadMetres.least + lookAheadMetres.perSpeed * Math.abs(speed));
}

/** Zoom while driving towards a manoeuvre `metres` ahead: nearer the sooner it comes, so that the junction fills the picture. */
export function zoomTowards(speed: number, metres: number): number {
  const far = zoomForSpeed(speed);
  const seconds = Math.max(0, metres) / Math.max(5, Math.abs(speed));
  const share = Math.max(0, Math.min(1, (closeUp.from - seconds) / (closeUp.from - closeUp.to)));
  return far + (Math.max(far, Math.min(closeUp.most, far + closeUp.zoom)) - far) * share * share * (3 - 2 * share);
}

/** The camera that goes with the car: heading up, tilted, a little ahead of the next bend, nearer before a manoeuvre. */
export class DriveCamera {
  readonly view: View = { lon: 0, lat: 0, bearing: 0, pitch: drivePitch, zoom: 16.5 };
  #started = false;
  #zoom = 16.5;
  #up: "heading" | "north" = "heading";

  /** North up is flat as well: a tilted map that does not turn would hide what lies behind. */
  setUp(up: "heading" | "north"): void {
    this.#up = up;
    this.view.pitch = up === "north" ? 0 : drivePitch;
  }

  /** Begins anew, without smoothing from what it saw before. */
  reset(): void {
    this.#started = false;
  }

  /** Moves on by `seconds`; `along` and `toManoeuvre` in metres where there is a route. True while it still turns or zooms. */
  step(
    car: DrawnPose,
    seconds: number,
    route: { readonly path: Path; readonly along: number; readonly toManoeuvre: number } | undefined,
    zoomOffset: number,
  ): boolean {
    const view = this.view;
    view.lon = car.lon;
    view.lat = car.lat;
    let wanted = car.heading;
    if (this.#up === "north") {
      wanted = 0;
    } else if (route !== undefined) {
      const reach = lookAheadForSpeed(car.speed);
      const ahead = pointAt(route.path, route.along + reach);
      if (ahead !== undefined && route.path.length - route.along > reach / 2) {
        const off = turnBetween(car.heading, bearingTo(car.lon, car.lat, ahead[0], ahead[1]));
        wanted += Math.max(-mostOffHeading, Math.min(mostOffHeading, off)) * (Math.abs(off) > 120 ? 0 : 0.6);
      }
    }
    const zoom =
      (route === undefined ? zoomForSpeed(car.speed) : zoomTowards(car.speed, route.toManoeuvre)) + zoomOffset;
    if (!this.#started) {
      this.#started = true;
      view.bearing = (wanted + 360) % 360;
      view.zoom = zoom;
      this.#zoom = zoom;
      return true;
    }
    const turn = turnBetween(view.bearing, wanted);
    view.bearing = (view.bearing + turn * (1 - Math.exp(-seconds / 0.7)) + 360) % 360;
    this.#zoom += (zoom - this.#zoom) * (1 - Math.exp(-seconds / 1.6));
    // Each change of zoom costs the engine a pass over its styles; steps below what the eye sees are saved up.
    if (Math.abs(this.#zoom - view.zoom) > 0.012) view.zoom = this.#zoom;
    return Math.abs(turn) > 0.05 || Math.abs(zoom - this.#zoom) > 0.012;
  }
}

/** Leads the camera from where it was to a moving target without a jump. */
export class Glide {
  #from: View | undefined;
  #left = 0;
  #seconds = 1;

  start(from: View, seconds: number): void {
    this.#from = { ...from };
    this.#left = seconds;
    this.#seconds = seconds;
  }

  stop(): void {
    this.#from = undefined;
  }

  /** The view between start and `target` after `seconds` more; the target itself once it is there. */
  step(target: View, seconds: number): { readonly view: View; readonly moving: boolean } {
    const from = this.#from;
    if (from === undefined) return { view: target, moving: false };
    this.#left -= seconds;
    if (this.#left <= 0) {
      this.#from = undefined;
      return { view: target, moving: true };
    }
    const share = 1 - this.#left / this.#seconds;
    const eased = share * share * (3 - 2 * share);
    const mix = (a: number, b: number) => a + (b - a) * eased;
    return {
      view: {
        lon: mix(from.lon, target.lon),
        lat: mix(from.lat, target.lat),
        bearing: (from.bearing + turnBetween(from.bearing, target.bearing) * eased + 360) % 360,
        pitch: mix(from.pitch, target.pitch),
        zoom: mix(from.zoom, target.zoom),
      },
      moving: true,
    };
  }
}
