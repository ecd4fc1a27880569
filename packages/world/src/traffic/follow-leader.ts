// Hot: runs ten times a second for every vehicle of the simulated traffic, and a hundred times for our own car.

/** How one driver follows another: parameters of the Intelligent Driver Model. */
export interface FollowStyle {
  /** m/s2, the most this driver accelerates. */
  readonly acceleration: number;
  /** m/s2 of comfortable braking, positive. */
  readonly braking: number;
  /** Seconds kept to the vehicle ahead. */
  readonly headway: number;
  /** Metres kept to it at a stand. */
  readonly standstill: number;
}

/** Nobody brakes harder than tyres allow. */
const hardest = 8;

/**
 * m/s2 that a driver at `speed` with the wish to drive `desired` chooses behind a leader at `leaderSpeed`, `gap` metres from bumper to bumper
 * (Infinity: nobody there). Intelligent Driver Model: Treiber, Hennecke and Helbing, "Congested traffic states in empirical observations and
 * microscopic simulations", Physical Review E 62 (2000), equations 2 and 3, with the usual exponent of 4.
 */
export function accelerationBehind(
  style: FollowStyle,
  speed: number,
  desired: number,
  gap: number,
  leaderSpeed: number,
): number {
  const share = speed / Math.max(desired, 0.1);
  const free = 1 - share * share * share * share;
  if (gap === Infinity) return Math.max(style.acceleration * free, -style.braking);
  const closing = (speed * (speed - leaderSpeed)) / (2 * Math.sqrt(style.acceleration * style.braking));
  const wanted = style.standstill + Math.max(0, speed * style.headway + closing);
  const ratio = wanted / Math.max(gap, 0.1);
  return Math.max(style.acceleration * (Math.max(free, -1) - ratio * ratio), -hardest);
}

/** m/s one may drive `distance` metres before a place that is passed at `speed`, braking at `braking`. */
export const speedBefore = (distance: number, speed: number, braking: number): number =>
  Math.sqrt(speed * speed + 2 * braking * Math.max(distance, 0));
