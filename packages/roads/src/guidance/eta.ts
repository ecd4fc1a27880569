import { secondsBetween } from "./guide-route.ts";
import type { GuideRoute } from "./guide-route.ts";

/** How this drive compares with what the map and the traffic expect: seconds driven and seconds expected, old ones fading. */
export interface Pace {
  readonly driven: number;
  readonly expected: number;
}

/** Seconds of driving after which a part of the drive counts half; a drive begins as if it had kept to the map for so long. */
const memory = 300;
export const evenPace: Pace = { driven: memory, expected: memory };

/** However it goes, the rest is not taken to be faster or slower than this. */
const fastest = 0.8;
const slowest = 1.3;

/** The pace after one more stretch. */
export function learnPace(before: Pace, driven: number, expected: number): Pace {
  const keeps = 0.5 ** (Math.max(driven, expected) / memory);
  return { driven: before.driven * keeps + driven, expected: before.expected * keeps + expected };
}

/** Seconds of the rest within which the car's own forecast counts for more than the half. */
const ownEyes = 120;

export interface Remaining {
  /** Seconds until the destination, with traffic as it is now and with the charging still to come. */
  readonly seconds: number;
  /** Seconds of it owed to traffic. */
  readonly delay: number;
}

/**
 * Seconds left. The free drive is a mean of the map's time at the pace of this drive and of the car's own `forecast` of driving the rest
 * on free roads (s), which counts the more the nearer the destination is; what traffic costs and what is charged on the way comes on top.
 */
export function remainingOf(
  route: GuideRoute,
  along: number,
  nextStop: number,
  pace: Pace,
  forecast?: number,
): Remaining {
  const free = secondsBetween(route, along, route.length, "free");
  const delay = Math.max(0, secondsBetween(route, along, route.length) - free);
  const own = Math.min(slowest, Math.max(fastest, pace.driven / pace.expected)) * free;
  const share = 0.5 + 0.5 * 2 ** (-free / ownEyes);
  const drive = forecast === undefined ? own : share * forecast + (1 - share) * own;
  const charging = route.stops.slice(nextStop).reduce((sum, { charge }) => sum + (charge?.seconds ?? 0), 0);
  return { seconds: drive + delay + charging, delay };
}
