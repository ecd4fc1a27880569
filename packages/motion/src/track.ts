// Hot: runs a hundred times a second for every simulated car.
import type { CarParameters } from "./parameters.ts";
import { indexAt, pathLength, project, valueAt, wrapAngle } from "./path.ts";
import type { Path, Projection } from "./path.ts";
import type { PlantState } from "./plant.ts";
import type { DrivingStyle, SpeedProfile } from "./speed.ts";

/** What the follower knows of its way along one path. Mutable: one object for each path driven. */
export interface FollowState extends Projection {
  /** Index of the next stop in `path.stops` that has not been served. */
  nextStop: number;
  /** Seconds stood at it. */
  stood: number;
  /** m/s2 commanded last, for the jerk limit. */
  acceleration: number;
  /** The car stands at the end of the path. */
  arrived: boolean;
}

export interface FollowCommand {
  /** Radians at the front wheels. */
  steering: number;
  /** m/s2 along the path; the car adds what drag and slope take. */
  acceleration: number;
}

export const createFollowState = (): FollowState => ({
  s: 0,
  index: 0,
  offset: 0,
  nextStop: 0,
  stood: 0,
  acceleration: 0,
  arrived: false,
});

const stopTolerance = 1.5;
const standing = 0.08;

/**
 * One step of the driver: where on the path, which steering, which acceleration; written to `command`.
 * Steering: feed-forward of the curvature ahead with the understeer of the plant, and feedback of the lookahead error around the
 * steady-state slip (Kapania and Gerdes, "Design of a feedback-feedforward steering controller", Vehicle System Dynamics 2015).
 * `stopping` brings the car to a stand from wherever it is.
 */
export function follow(
  car: CarParameters,
  path: Path,
  profile: SpeedProfile,
  style: DrivingStyle,
  plant: PlantState,
  state: FollowState,
  stopping: boolean,
  dt: number,
  command: FollowCommand,
): void {
  project(path, plant.x, plant.y, state.index, 12, state);
  command.steering = steer(car, path, plant, state);
  const wanted = stopping ? brakeToStand(style, plant.vx) : accelerate(path, profile, style, plant.vx, state, dt);
  // Easing off the brake just before standing is what makes a stop smooth, so letting go may be quicker than pressing.
  const rise = (wanted > state.acceleration ? 2 : 1.5) * style.jerk * dt;
  state.acceleration += Math.min(Math.max(wanted - state.acceleration, -rise), rise);
  command.acceleration = state.acceleration;
}

function steer(car: CarParameters, path: Path, plant: PlantState, state: FollowState): number {
  const v = Math.max(plant.vx, 0);
  const ahead = state.s + v * (car.steeringLag + 0.06);
  const curvature = valueAt(path.s, path.curvature, ahead, state.index);
  const here = valueAt(path.s, path.curvature, state.s, state.index);
  const front = car.frontToGravity;
  const rear = car.wheelbase - front;
  const share = Math.min(Math.max((v - 3) / 2, 0), 1);
  const frontLoad = (car.mass * rear) / car.wheelbase;
  const rearLoad = (car.mass * front) / car.wheelbase;
  const understeer = share * (frontLoad / car.frontStiffness - rearLoad / car.rearStiffness);
  const feedForward = Math.atan(car.wheelbase * curvature) + understeer * v * v * curvature;
  const drift = rear * here - (share * rearLoad * v * v * here) / car.rearStiffness;
  const course = wrapAngle(plant.yaw - valueAt(path.s, path.heading, state.s, state.index)) + drift;
  const gain = 0.22 / (1 + (v / 14) ** 2);
  const lookahead = 1.8 / Math.sqrt(gain / car.wheelbase);
  return feedForward - gain * (state.offset + lookahead * Math.sin(course));
}

/** The last half metre per second is let go slowly; a car at rest stays at rest. */
const brakeToStand = (style: DrivingStyle, v: number): number =>
  v < standing ? -0.6 : -Math.min(style.deceleration, 0.5 + v * 1.2);

function accelerate(
  path: Path,
  profile: SpeedProfile,
  style: DrivingStyle,
  v: number,
  state: FollowState,
  dt: number,
): number {
  const stop = path.stops[state.nextStop];
  const end = pathLength(path);
  const target = stop === undefined ? end : stop.s;
  const left = target - state.s;
  if (v < standing && left < stopTolerance) {
    if (stop === undefined) {
      state.arrived = true;
      return -1;
    }
    state.stood += dt;
    if (state.stood < stop.dwell) return -1;
    state.stood = 0;
    state.nextStop++;
    return 0.3;
  }
  // The last centimetres are not tracked: from here on the car only has to come to a stand.
  if (left < stopTolerance && v < 0.8) return -0.5 - 0.4 * v;
  const ahead = Math.min(state.s + 0.3 + v * 0.35, target);
  let i = indexAt(path.s, ahead, state.index);
  // Just served stops leave a zero in the profile behind the car; look past it.
  if (v < 1 && left > stopTolerance) i = indexAt(path.s, Math.min(ahead + 1.2, target), i);
  const a = profile.speed[i] ?? 0;
  const b = profile.speed[i + 1] ?? 0;
  const ds = Math.max((path.s[i + 1] ?? 0) - (path.s[i] ?? 0), 0.1);
  const t = Math.min(Math.max((ahead - (path.s[i] ?? 0)) / ds, 0), 1);
  let wantedSpeed = a + t * (b - a);
  const slope = (b * b - a * a) / (2 * ds);
  const feedForward = Math.min(Math.max(slope, -1.3 * style.deceleration), style.acceleration);
  wantedSpeed = Math.max(wantedSpeed, 0.6);
  const tracking = feedForward + 0.9 * (wantedSpeed - v);
  const needed = (-v * v) / (2 * Math.max(left - 0.6, 0.1));
  const wanted = needed < -0.8 * style.deceleration ? Math.min(tracking, needed) : tracking;
  return Math.min(Math.max(wanted, -2.5 * style.deceleration), style.acceleration);
}
