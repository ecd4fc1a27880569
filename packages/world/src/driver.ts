// Hot: runs a hundred times a second for every simulated car.
import { comfortableStyle, createFollowState, follow, pathLength, planSpeed, project, valueAt } from "@caravan/motion";
import type { CarParameters, DrivingStyle, FollowState, PlantState, SpeedProfile } from "@caravan/motion";
import type { CarActivity, PlannedPath } from "./car.ts";

/** Who steers and brakes now. */
export type Mode =
  | { readonly kind: "standing" }
  | { readonly kind: "arrived" }
  | {
      readonly kind: "driving";
      readonly path: PlannedPath;
      readonly profile: SpeedProfile;
      readonly style: DrivingStyle;
      readonly state: FollowState;
      stopping: boolean;
    }
  | {
      readonly kind: "manual";
      accelerator: number;
      steering: number;
      /** Seconds since the hand was last heard of. */
      silence: number;
    };

/** Asked of the plant for the next step. `acceleration` counts along the way the gear drives; `holds`: brakes on, whatever it says. */
export interface Wish {
  steering: number;
  acceleration: number;
  holds: boolean;
}

/** What is left of a planned acceleration because of what lies ahead; `before` is what was commanded last (m/s2, m/s, s). */
export type Ease = (planned: number, before: number, speed: number, dt: number) => number;

/** A hand that says nothing for this long is no longer there. */
const deadManSeconds = 0.3;
const deadManBraking = 3.5;
const handBackSeconds = 2;

const modeAcceleration = { ECONOMY: 1.2, NORMAL: 1.6, SPORT: 2.2 } as const;
const strength = (mode: string): number =>
  mode === "ECONOMY" || mode === "SPORT" ? modeAcceleration[mode] : modeAcceleration.NORMAL;

/** How the car drives by itself in a drive mode (VSS `PerformanceMode`). */
export const styleOf = (mode: string): DrivingStyle => ({ ...comfortableStyle, acceleration: strength(mode) });

/** How far along a path its follower looks for itself at first, in samples of a metre: the car drives on while a path is planned. */
const reach = 80;

/**
 * Begins to follow a path, which must lie in the frame of the plant. A foot that was on a pedal stays there: `acceleration` is what was asked of
 * the car last.
 */
export function startFollowing(
  car: CarParameters,
  path: PlannedPath,
  mode: string,
  plant: PlantState,
  acceleration: number,
): Mode & { kind: "driving" } {
  const style = styleOf(mode);
  const state = { ...createFollowState(), acceleration };
  project(path, plant.x, plant.y, 0, reach, state);
  return {
    kind: "driving",
    path,
    style,
    profile: planSpeed(car, path, style, Math.max(plant.vx, 0)),
    state,
    stopping: false,
  };
}

/** m/s2: a path is joined by braking and steering no harder than this; the tyres take more than twice as much. */
const hardestBraking = 3;
const hardestTurn = 3;
/** Metres beside its path from which a rolling car does not jump onto it. */
const farthestAside = 2.5;

/** About how the follower steers: curvature for each metre that it sees itself beside the path, so many metres ahead. */
const steeringGain = 0.04;
const lookahead = 9;

/** Whether a car at this speed can get onto the path it has been given without a swerve. */
export function canJoin({ path, state }: Mode & { kind: "driving" }, speed: number, yaw: number): boolean {
  if (Math.abs(state.offset) > farthestAside) return false;
  const turn = Math.sin(yaw - valueAt(path.s, path.heading, state.s, state.index));
  if (steeringGain * Math.abs(state.offset + lookahead * turn) * speed * speed > hardestTurn) return false;
  for (let i = state.index; i < path.s.length; i++) {
    const left = speed * speed - 2 * hardestBraking * Math.max((path.s[i] ?? 0) - state.s, 0);
    if (left <= 0) return true;
    if (left * Math.abs(path.curvature[i] ?? 0) > hardestTurn) return false;
  }
  return true;
}

/** Fills `wish` for the next `dt` seconds and gives the mode after it. `mayMove`: in gear, brake released, doors shut. */
export function stepDriver(
  car: CarParameters,
  mode: Mode,
  plant: PlantState,
  drivingMode: string,
  mayMove: boolean,
  ease: Ease,
  dt: number,
  wish: Wish,
): Mode {
  switch (mode.kind) {
    case "driving":
      return stepFollowing(car, mode, plant, mayMove, ease, dt, wish);
    case "manual":
      return stepManual(car, mode, plant, drivingMode, mayMove, dt, wish);
    case "standing":
    case "arrived":
      wish.steering = plant.steering;
      wish.acceleration = -2;
      wish.holds = true;
      return mode;
  }
}

function stepFollowing(
  car: CarParameters,
  mode: Mode & { kind: "driving" },
  plant: PlantState,
  mayMove: boolean,
  ease: Ease,
  dt: number,
  wish: Wish,
): Mode {
  if (!mayMove && plant.vx === 0) {
    wish.acceleration = 0;
    wish.holds = true;
    mode.state.acceleration = 0;
    return mode.stopping ? { kind: "standing" } : mode;
  }
  const before = mode.state.acceleration;
  follow(car, mode.path, mode.profile, mode.style, plant, mode.state, mode.stopping || !mayMove, dt, wish);
  wish.acceleration = ease(wish.acceleration, before, plant.vx, dt);
  mode.state.acceleration = wish.acceleration;
  wish.holds = plant.vx === 0 && wish.acceleration <= 0;
  if (mode.state.arrived) return { kind: "arrived" };
  if (mode.stopping && plant.vx === 0) return { kind: "standing" };
  return mode;
}

function stepManual(
  car: CarParameters,
  mode: Mode & { kind: "manual" },
  plant: PlantState,
  drivingMode: string,
  mayMove: boolean,
  dt: number,
  wish: Wish,
): Mode {
  mode.silence += dt;
  const speed = Math.abs(plant.vx);
  // Full lock only where the tyres stay below 4 m/s2.
  const most = Math.min(car.maximumSteering, Math.atan((4 * car.wheelbase) / Math.max(speed * speed, 1)));
  wish.steering = mode.steering * most;
  const held = mode.silence <= deadManSeconds;
  if (!held) wish.acceleration = -deadManBraking;
  else if (mode.accelerator > 0 && mayMove) wish.acceleration = mode.accelerator * 1.5 * strength(drivingMode);
  else wish.acceleration = -1.5;
  wish.holds = speed < 0.02 && wish.acceleration <= 0;
  return mode.silence > handBackSeconds && speed === 0 ? { kind: "standing" } : mode;
}

/** What the rest of the car computer may know of the mode. */
export function activityOf(mode: Mode): CarActivity {
  if (mode.kind !== "driving") return { kind: mode.kind };
  const { path, profile, state } = mode;
  const end = profile.time[profile.time.length - 1] ?? 0;
  return {
    kind: mode.stopping ? "stopping" : "driving",
    along: Math.max(state.s, 0),
    remaining: Math.max(pathLength(path) - state.s, 0),
    routeAlong: valueAt(path.s, path.along, state.s, state.index),
    remainingTime: Math.max(end - valueAt(path.s, profile.time, state.s, state.index), 0),
    crossTrackError: state.offset,
  };
}

/** 1 where the path soon turns left by more than 40 degrees, -1 right, 0 neither. */
export function turnAhead(mode: Mode, speed: number): -1 | 0 | 1 {
  if (mode.kind !== "driving") return 0;
  const { path, state } = mode;
  const reach = 12 + 2.5 * Math.max(speed, 0);
  const here = valueAt(path.s, path.heading, state.s - 8, state.index);
  const there = valueAt(path.s, path.heading, state.s + reach, state.index);
  const turn = there - here;
  // A long bend turns as far as a corner does but never as tightly.
  let tightest = 0;
  for (let i = Math.max(state.index - 8, 0); i < path.s.length && (path.s[i] ?? 0) < state.s + reach; i++) {
    tightest = Math.max(tightest, Math.abs(path.curvature[i] ?? 0));
  }
  if (tightest < 0.04 || Math.abs(turn) < 0.7) return 0;
  return turn > 0 ? 1 : -1;
}
