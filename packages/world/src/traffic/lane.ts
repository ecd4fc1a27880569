// Hot: runs ten times a second for every vehicle of the simulated traffic.
import { accelerationBehind, speedBefore } from "./follow-leader.ts";
import type { Street } from "./street.ts";
import type { Vehicle } from "./vehicle.ts";

/** A place on a street that vehicles pass one by one, or not at all. */
export interface Gate {
  readonly hindrance: string;
  readonly kind: "jam" | "closure";
  /** Metres from the beginning of the street; fronts wait before it. */
  readonly along: number;
  /** Seconds between two that are let past; Infinity lets nobody. */
  readonly interval: number;
  /** UTC ms since when it has been there. */
  readonly since: number;
  /** Who may pass now; -1 nobody. */
  granted: number;
  /** Simulated seconds at which the next may go. */
  freeAt: number;
}

/** One simulated lane of a street and who is on it. */
export interface Lane {
  readonly street: Street;
  /** In driving order, the last vehicle first. */
  readonly queue: Vehicle[];
  gates: readonly Gate[];
  /** Vehicles a second that want to be here. */
  demand: number;
  /** It leads to a jam. */
  isQueue: boolean;
  /** Of these, vehicles a second that come from streets which are not simulated. */
  inflow: number;
  /** Seconds until the next of them. */
  due: number;
}

/** m/s past a hindrance. */
export const passingSpeed = 4;
/** Metres driven slowly after it. */
const passingLength = 10;
/** How far a driver looks ahead for corners and others, in seconds, and metres on top. */
const sightSeconds = 6;
const sightMetres = 30;

/** What a driver finds ahead; reused. */
export interface Sight {
  /** Metres to the rear bumper of the leader, or to where one has to stop; Infinity where there is nothing. */
  gap: number;
  /** m/s of that leader. */
  speed: number;
  /** m/s that corners, limits and narrow places ahead allow here. */
  most: number;
}

/** Adds to `sight` what stands on `lane` from `from` on (metres of the lane; its beginning lies `before` metres ahead of that driver). */
export function look(lane: Lane, self: number, from: number, before: number, braking: number, sight: Sight): void {
  for (const vehicle of lane.queue) {
    if (vehicle.id === self || vehicle.along <= from) continue;
    const gap = before + vehicle.along - vehicle.length;
    if (gap < sight.gap) {
      sight.gap = gap;
      sight.speed = vehicle.speed;
    }
    break;
  }
  for (const gate of lane.gates) {
    if (gate.along < from - passingLength) continue;
    const distance = before + gate.along;
    if (gate.granted === self || gate.along < from) {
      sight.most = Math.min(sight.most, speedBefore(distance, passingSpeed, braking));
    } else if (distance < sight.gap) {
      sight.gap = distance;
      sight.speed = 0;
    }
  }
}

const sight: Sight = { gap: Infinity, speed: 0, most: Infinity };

/** Moves everybody on a lane but our own cars by `dt` seconds, the front one first; who came to the end is put into `leaving`. */
export function moveLane(lane: Lane, lanes: ReadonlyMap<number, Lane>, dt: number, leaving: Vehicle[]): void {
  const { queue, street } = lane;
  for (let i = queue.length - 1; i >= 0; i--) {
    const vehicle = queue[i];
    if (vehicle === undefined || vehicle.isOurs) continue;
    const { speed, style, pace } = vehicle;
    sight.gap = Infinity;
    sight.speed = 0;
    sight.most = street.speed * pace;
    look(lane, vehicle.id, vehicle.along, -vehicle.along, style.braking, sight);
    let distance = street.length - vehicle.along;
    const reach = sightMetres + sightSeconds * speed;
    for (const step of vehicle.plan) {
      if (distance > reach || sight.gap < distance) break;
      const next = lanes.get(step.edge);
      if (next === undefined) break;
      const slowest = Math.min(step.speed, next.street.speed * pace);
      sight.most = Math.min(sight.most, speedBefore(distance, slowest, style.braking));
      look(next, vehicle.id, -1, distance, style.braking, sight);
      distance += next.street.length;
    }
    const acceleration = accelerationBehind(style, speed, sight.most, sight.gap, sight.speed);
    const after = speed + acceleration * dt;
    // Stops within the step (Treiber and Kanagaraj, "Comparing numerical integration schemes", Physica A 2015).
    const metres = after >= 0 ? (speed + 0.5 * acceleration * dt) * dt : (speed * speed) / (-2 * acceleration);
    vehicle.along += metres;
    vehicle.speed = Math.max(after, 0);
    vehicle.stood = vehicle.speed < 0.1 ? vehicle.stood + dt : 0;
    if (vehicle.along > street.length) leaving.push(vehicle);
  }
}

/** Keeps a queue in driving order after somebody was put in. */
export function insert(lane: Lane, vehicle: Vehicle): void {
  const { queue } = lane;
  let i = queue.length;
  while (i > 0 && (queue[i - 1]?.along ?? 0) > vehicle.along) i--;
  queue.splice(i, 0, vehicle);
  vehicle.edge = lane.street.edge;
}

export function remove(lane: Lane | undefined, vehicle: Vehicle): void {
  const i = lane?.queue.indexOf(vehicle) ?? -1;
  if (i >= 0) lane?.queue.splice(i, 1);
}

/** Lets the next one pass where it is time: the first before the gate, once it is near. */
export function stepGates(lane: Lane, time: number): void {
  for (const gate of lane.gates) {
    if (gate.granted >= 0) {
      const holder = lane.queue.find(({ id }) => id === gate.granted);
      if (holder === undefined || holder.along > gate.along + 1) gate.granted = -1;
    }
    if (gate.granted >= 0 || time < gate.freeAt || gate.interval === Infinity) continue;
    const first = lane.queue.findLast(({ along }) => along < gate.along);
    if (first === undefined || gate.along - first.along > 25) continue;
    gate.granted = first.id;
    gate.freeAt = time + gate.interval;
  }
}
