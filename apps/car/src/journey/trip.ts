import type { Trip } from "@caravan/link";

/** A trip that is not over; kept on disk so that it goes on after a restart. */
export interface OpenTrip {
  readonly id: string;
  /** UTC, milliseconds since 1970. */
  readonly startedAt: number;
  readonly from: string;
  /** Metres so far. */
  readonly distance: number;
  /** kWh so far. */
  readonly energy: number;
}

/** Trips shorter than this, in metres, are a car moved in its bay and are not kept. */
const shortestTrip = 50;

/** Adds a stretch of driving; `power` in W out of the battery, negative while recuperating. */
export function extendTrip(trip: OpenTrip, stretch: { metres: number; power: number; seconds: number }): OpenTrip {
  return {
    ...trip,
    distance: trip.distance + Math.max(0, stretch.metres),
    energy: trip.energy + (stretch.power * stretch.seconds) / 3.6e6,
  };
}

/** The finished trip, or undefined when it was too short to be one. */
export function finishTrip(trip: OpenTrip, end: { at: number; to: string }): Trip | undefined {
  if (trip.distance < shortestTrip) return undefined;
  return {
    id: trip.id,
    startedAt: trip.startedAt,
    endedAt: end.at,
    from: trip.from,
    to: end.to,
    distance: trip.distance,
    energy: trip.energy,
  };
}
