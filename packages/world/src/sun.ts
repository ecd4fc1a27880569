import type { LatLon } from "./frame.ts";

const radians = Math.PI / 180;
const dayMs = 86_400_000;
/** 2000-01-01T12:00Z, the epoch J2000. */
const epochMs = 946_728_000_000;

/** Below this a light sensor puts the headlights on: the middle of civil twilight. */
const darkBelow = -3;

/** Degrees of the sun above the horizon at an instant (UTC ms). Low-precision formulas of the Astronomical Almanac, page C5; good to a few hundredths. */
export function sunElevation({ lat, lon }: LatLon, at: number): number {
  const days = (at - epochMs) / dayMs;
  const anomaly = (357.528 + 0.9856003 * days) * radians;
  const ecliptic = (280.46 + 0.9856474 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * radians;
  const tilt = (23.439 - 4e-7 * days) * radians;
  const declination = Math.asin(Math.sin(tilt) * Math.sin(ecliptic));
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic));
  const hourAngle = (280.46061837 + 360.98564736629 * days + lon) * radians - ascension;
  const height =
    Math.sin(lat * radians) * Math.sin(declination) +
    Math.cos(lat * radians) * Math.cos(declination) * Math.cos(hourAngle);
  return Math.asin(height) / radians;
}

/** What the car's light sensor says there: is it dark enough for headlights? */
export const isDarkAt = (place: LatLon, at: number): boolean => sunElevation(place, at) < darkBelow;
