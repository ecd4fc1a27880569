import type { CarParameters } from "./parameters.ts";
import type { Path } from "./path.ts";

/** How a driver likes to drive; m/s2, and m/s3 for jerk. */
export interface DrivingStyle {
  readonly acceleration: number;
  readonly deceleration: number;
  readonly lateral: number;
  readonly jerk: number;
}

/** Within what passengers call comfortable: Bae, Moon and Seo (2019) find 2 m/s2 along and 0.9 m/s3 pleasant, up to 2.5 m/s2 in bends accepted. */
export const comfortableStyle: DrivingStyle = { acceleration: 1.6, deceleration: 1.7, lateral: 2.3, jerk: 1.5 };

export interface SpeedProfile {
  /** m/s at each sample of the path; 0 at stops and at the end. */
  readonly speed: Float64Array;
  /** Seconds from the start until each sample, dwells included. */
  readonly time: Float64Array;
}

const slowest = 0.3;

/**
 * The fastest legal and comfortable speed at each sample: posted limit, lateral acceleration on the path's curvature, the rate at which
 * the wheel can be turned, stops, and the end; then a forward pass for acceleration and a backward pass for deceleration; then rounded
 * by lowest-then-mean over a time of deceleration / jerk, which keeps every earlier bound.
 */
export function planSpeed(car: CarParameters, path: Path, style: DrivingStyle, from = 0): SpeedProfile {
  const count = path.s.length;
  const speed = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const bend = Math.abs(path.curvature[i] ?? 0);
    const change = Math.abs((path.curvature[i] ?? 0) - (path.curvature[Math.max(0, i - 1)] ?? 0));
    const ds = Math.max((path.s[i] ?? 0) - (path.s[i - 1] ?? 0), 0.1);
    let fastest = Math.min(path.limit[i] ?? Infinity, car.topSpeed);
    if (bend > 1e-4) fastest = Math.min(fastest, Math.sqrt(style.lateral / bend));
    if (change > 1e-5) fastest = Math.min(fastest, (0.5 * car.steeringRate * ds) / (car.wheelbase * change));
    speed[i] = fastest;
  }
  for (const stop of path.stops) speed[stopIndex(path, stop.s)] = 0;
  speed[count - 1] = 0;
  backward(path, speed, style.deceleration);
  // A car that is already faster than it may be brakes as hard as it must; the plan then starts from what it can do.
  speed[0] = from;
  forward(path, speed, style.acceleration);
  roundOff(speed, style);
  return { speed, time: times(path, speed) };
}

const stopIndex = (path: Path, s: number): number => {
  let i = 0;
  while (i < path.s.length - 1 && (path.s[i] ?? 0) < s) i++;
  return i;
};

function backward(path: Path, speed: Float64Array, deceleration: number): void {
  for (let i = speed.length - 2; i >= 0; i--) {
    const ds = (path.s[i + 1] ?? 0) - (path.s[i] ?? 0);
    speed[i] = Math.min(speed[i] ?? 0, Math.sqrt((speed[i + 1] ?? 0) ** 2 + 2 * deceleration * ds));
  }
}

function forward(path: Path, speed: Float64Array, acceleration: number): void {
  for (let i = 1; i < speed.length; i++) {
    const ds = (path.s[i] ?? 0) - (path.s[i - 1] ?? 0);
    // The pull of the motor falls with speed at constant power; comfort ends at about 0.7 of it from 14 m/s on.
    const pull = acceleration * Math.min(1, 14 / Math.max(speed[i - 1] ?? 0, 1));
    speed[i] = Math.min(speed[i] ?? 0, Math.sqrt((speed[i - 1] ?? 0) ** 2 + 2 * pull * ds));
  }
}

function roundOff(speed: Float64Array, style: DrivingStyle): void {
  const count = speed.length;
  const duration = style.deceleration / style.jerk;
  const first = speed[0] ?? 0;
  const lowest = new Float64Array(count);
  const half = (i: number): number => Math.floor(((speed[i] ?? 0) * duration) / 2);
  for (let i = 0; i < count; i++) {
    let low = Infinity;
    const reach = half(i);
    for (let k = Math.max(0, i - reach); k <= Math.min(count - 1, i + reach); k++) low = Math.min(low, speed[k] ?? 0);
    lowest[i] = low;
  }
  const mean = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const reach = half(i);
    let sum = 0;
    for (let k = i - reach; k <= i + reach; k++) sum += lowest[Math.min(Math.max(k, 0), count - 1)] ?? 0;
    mean[i] = Math.min(sum / (2 * reach + 1), speed[i] ?? 0);
  }
  speed.set(mean);
  speed[0] = first;
}

function times(path: Path, speed: Float64Array): Float64Array {
  const time = new Float64Array(speed.length);
  let next = 0;
  for (let i = 1; i < speed.length; i++) {
    const ds = (path.s[i] ?? 0) - (path.s[i - 1] ?? 0);
    const mean = Math.max(((speed[i] ?? 0) + (speed[i - 1] ?? 0)) / 2, slowest);
    time[i] = (time[i - 1] ?? 0) + ds / mean;
    const stop = path.stops[next];
    if (stop !== undefined && (path.s[i] ?? 0) >= stop.s) {
      time[i] = (time[i] ?? 0) + stop.dwell;
      next++;
    }
  }
  return time;
}
