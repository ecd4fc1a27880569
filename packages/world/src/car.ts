import type { Path } from "@caravan/motion";
import type { ChargingCar, EnergyModel } from "@caravan/roads/charging";
import type { LatLon } from "./frame.ts";
import type { CarSnapshot } from "./snapshot.ts";
import type { RearScene } from "./rear-scene.ts";

/** A path on the ground in the car's local frame, and where that frame lies on the earth. Made by `planPath`. */
export interface PlannedPath extends Path {
  /** Origin of the frame; x points east, y north, metres. */
  readonly origin: LatLon;
  /** The streets below it, in order; a path without them meets no traffic and no tunnel. */
  readonly pieces?: readonly PathPiece[];
}

/** One street of a path. */
export interface PathPiece {
  /** Directed edge of the map. */
  readonly edge: number;
  /** Metres along the route that the path was made of. */
  readonly from: number;
  readonly to: number;
  readonly tunnel: boolean;
  /** Where the route enters it. */
  readonly begin: LatLon;
}

/** Where the simulated car physically is and how it moves; the truth, without the noise of a sensor. */
export interface CarPose {
  readonly lat: number;
  readonly lon: number;
  /** Degrees clockwise from north. */
  readonly heading: number;
  /** m/s, negative in reverse. */
  readonly speed: number;
}

export type CarActivity =
  | { readonly kind: "standing" }
  /** `along`, `remaining`: metres on the path; `routeAlong`: metres on the route the path was made of; `remainingTime`: seconds. */
  | {
      readonly kind: "driving" | "stopping";
      readonly along: number;
      readonly remaining: number;
      readonly routeAlong: number;
      readonly remainingTime: number;
      /** Metres to the left of the path (negative: right). */
      readonly crossTrackError: number;
    }
  /** The car stands at the end of the path it was given; stays so until the next command. */
  | { readonly kind: "arrived" }
  /** A hand is on the pedals of the screen. */
  | { readonly kind: "manual" };

export type DriveOutcome =
  | { readonly kind: "driving" }
  /**
   * `gear`: the car rolls backwards; `flat`: the battery is empty; `far`: the path lies further than 50 m away; `swerve`: the car is too fast to get
   * onto it from where it is. It goes on as before; a path from a later place or another edge may do.
   */
  | { readonly kind: "refused"; readonly why: "gear" | "flat" | "far" | "swerve" };

/** What a drive along a path would cost this car, by its own model at its present charge and temperature. */
export interface Forecast {
  /** Seconds. */
  readonly duration: number;
  /** kWh taken from the battery, recuperation subtracted. */
  readonly energy: number;
  /** Percent of the battery left at the end, never below 0. */
  readonly arrivalCharge: number;
}

export interface SimulatedCar {
  /** Advances the simulated world by `seconds` in fixed inner steps and writes what changed to the Store. Remainders are kept for the next call. */
  step(seconds: number): void;
  /** Carries out one actuation on the simulated body. Only the gate calls it. False: this car has no such actuator. */
  apply(path: string, value: unknown): boolean;
  /** Selects D, releases the parking brake and follows the path until its end or `stop`. */
  drive(path: PlannedPath): DriveOutcome;
  /** Comfortable stop on the path (or by the pedals); the car then stands with the parking brake on. */
  stop(): void;
  /** Hand on the screen: accelerator 0..1, steering -1..1 (left positive). Silence for 300 ms of simulated time brakes. */
  pedals(command: { readonly accelerator: number; readonly steering: number }): void;
  /** Takes the satellites away from the receiver (true) or gives them back; in tunnels of the path that happens by itself. */
  loseSatellites(lost: boolean): void;
  /** Gives the battery so many percent at once, for trying out what a car does that is nearly empty. */
  setCharge(percent: number): void;
  activity(): CarActivity;
  pose(): CarPose;
  forecast(path: PlannedPath): Forecast;
  /** The same model as plain numbers, with the auxiliary load of now, for the energy of whole maps. */
  energyModel(): EnergyModel;
  /** Its battery and inlets, for a charging planner. */
  chargingCar(): ChargingCar;
  /** What the rear camera of the simulated car sees. */
  rearScene(): RearScene;
  /** Everything that must outlive the process, as JSON-safe data with a version. */
  snapshot(): CarSnapshot;
}
