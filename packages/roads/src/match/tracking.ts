import type { LatLon } from "../city.ts";

/** A position from satellites. */
export interface Fix extends LatLon {
  /** Standard deviation in metres. */
  readonly accuracy: number;
  /** Degrees clockwise from north, the way the car moves over ground. */
  readonly heading?: number;
  /** m/s, negative backwards; only needed where nobody tells `dead`. */
  readonly speed?: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly at: number;
}

/** What the car knows of its own motion, over the last `dt` seconds. */
export interface Motion {
  /** m/s by the wheels, negative backwards. */
  readonly speed: number;
  /** Seconds. */
  readonly dt: number;
  /** Radians per second, to the left positive (ISO 8855). */
  readonly yawRate?: number;
  /** Degrees clockwise from north; takes the place of the yaw rate where the car has a compass. */
  readonly heading?: number;
}

/** Where the car is. */
export interface TrackedPlace extends LatLon {
  /** undefined: on no road that the map has, as in a car park. */
  readonly edge: number | undefined;
  /** Metres from the beginning of the edge, 0 without one. */
  readonly along: number;
  /** Degrees clockwise from north: that of the road, or of the car where it is on none. */
  readonly heading: number;
  /** 0 to 1: the share of all that may be true that agrees with this, less the farther the car went without satellites. */
  readonly certainty: number;
  /** No satellites: wheels and heading carry on from the last known place. */
  readonly isDeadReckoned: boolean;
  /** Metres travelled since the last position. */
  readonly sinceFix: number;
}

/** Follows one car. */
export interface Tracker {
  fix(fix: Fix): void;
  dead(motion: Motion): void;
  /** undefined before the first position. */
  place(): TrackedPlace | undefined;
  /** Where the car was four positions ago, as all that came since tells it; undefined before, and off the roads. */
  settled(): { readonly edge: number; readonly along: number } | undefined;
}
