import type { City } from "@caravan/roads";
import type { PlannedPath } from "../car.ts";
import type { LatLon } from "../frame.ts";
import type { Hindrance } from "./hindrance.ts";
import type { Sight } from "./lane.ts";
import type { Vehicle } from "./vehicle.ts";

/** A vehicle of the simulated traffic as a screen draws it: the middle of a box on the road. */
export interface NearVehicle extends LatLon {
  readonly kind: Vehicle["kind"] | "obstacle";
  /** Degrees clockwise from north. */
  readonly heading: number;
  /** m/s */
  readonly speed: number;
  /** Metres. */
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

/** One of our simulated cars in the traffic. */
export interface TrafficMember {
  /** The car drives along this path from now on; undefined: it is not on the road. */
  follow(path: PlannedPath | undefined): void;
  /** Where it is: metres of its front bumper along the route of its path, and m/s. */
  move(routeAlong: number, speed: number): void;
  /** Fills in what is ahead on its own path. */
  see(sight: Sight): void;
}

/** Simulated vehicles on the roads around our simulated cars; shared by all cars of one process. */
export interface Traffic {
  /** These hindrances are in force from now on, and no others; at most 50. */
  hinder(hindrances: readonly Hindrance[]): void;
  /** Lets `seconds` pass; `now` (UTC ms) tells which hindrances are in force. To be called before the cars' own steps. */
  step(seconds: number, now: number): void;
  /** One more of our cars, `length` metres long. */
  join(length: number): TrafficMember;
  /** The vehicles (not our cars) and obstacles within `radius` metres, at most 80. */
  near(at: LatLon, radius: number): readonly NearVehicle[];
  /** How many vehicles are simulated now; never more than 200. */
  count(): number;
}

export interface TrafficParts {
  readonly city: City;
  /** The same seed and the same calls give the same traffic. */
  readonly seed: number;
}
