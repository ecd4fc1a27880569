const radians = Math.PI / 180;
const dayMs = 86_400_000;
/** 2000-01-01T12:00Z, the epoch J2000. */
const epochMs = 946_728_000_000;

/**
 * Degrees of the sun above the horizon at a place and instant (UTC ms). Low-precision formulas of the Astronomical Almanac (page C5),
 * good to a few hundredths of a degree.
 */
export function sunElevation(lat: number, lon: number, at: number): number {
  const days = (at - epochMs) / dayMs;
  const anomaly = (357.528 + 0.9856003 * days) * radians;
  const ecliptic = (280.46 + 0.9856474 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * radians;
  const tilt = (23.439 - 4e-7 * days) * radians;
  const declination = Math.asin(Math.sin(tilt) * Math.sin(ecliptic));
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic));
  const siderealDegrees = 280.46061837 + 360.98564736629 * days + lon;
  const hourAngle = siderealDegrees * radians - ascension;
  const elevation = Math.asin(
    Math.sin(lat * radians) * Math.sin(declination) +
      Math.cos(lat * radians) * Math.cos(declination) * Math.cos(hourAngle),
  );
  return elevation / radians;
}

/** Below this the street lamps are on: middle of civil twilight. */
const nightBelowDegrees = -3;

/** Is it dark enough there for the night look? */
export const isDark = (lat: number, lon: number, at: number): boolean => sunElevation(lat, lon, at) < nightBelowDegrees;
