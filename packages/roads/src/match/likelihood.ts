import { wrapAngle } from "../geometry.ts";

/** A measured position further from a road than this many standard deviations is not of that road. */
export const mostDeviations = 4;

/** Standard deviation of a heading against the road's, in radians: lanes are changed, roads are drawn with corners. */
const headingSpread = (25 * Math.PI) / 180;

/** However wrong the heading is, it counts no more than this: a wheel may be turned, a sensor may lie. */
const worstHeading = 8;

/**
 * Logarithm of how likely a measurement is `distance` metres from where the car is, up to a constant: the normal distribution of Newson
 * and Krumm (2009), equation 1. `spread` is the standard deviation in metres.
 */
export function emission(distance: number, spread: number): number {
  const deviations = distance / spread;
  return -0.5 * deviations * deviations;
}

/** Logarithm of how likely a heading is on a road that leads to `bearing`, both in radians. */
export function headingLikelihood(heading: number, bearing: number): number {
  const deviations = wrapAngle(heading - bearing) / headingSpread;
  return -Math.min(worstHeading, 0.5 * deviations * deviations);
}

/**
 * Logarithm of how likely it is that a car went `route` metres by road where `moved` metres were measured: the exponential distribution
 * of Newson and Krumm (2009), equation 2. `tolerance` is its mean in metres.
 */
export function transition(route: number, moved: number, tolerance: number): number {
  return -Math.abs(route - moved) / tolerance;
}
