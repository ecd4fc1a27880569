/** Radius of the Earth in metres that OSRM reckons with, so that lengths agree with its (0.03 % more than the mean radius of the IUGG). */
const earthRadius = 6_372_797.560_856;

/** Metres of one degree of latitude on the sphere. */
export const metresPerDegree = (earthRadius * Math.PI) / 180;

/** OpenStreetMap keeps coordinates as whole numbers of this many units to a degree. */
const unitsPerDegree = 1e7;

const metresPerUnit = metresPerDegree / unitsPerDegree;

export function toUnits(degrees: number): number {
  return Math.round(degrees * unitsPerDegree);
}

export function toDegrees(units: number): number {
  return units / unitsPerDegree;
}

/** Metres that one unit of longitude spans at a latitude given in units. */
export function metresPerUnitX(unitsY: number): number {
  return metresPerUnit * Math.cos((unitsY / unitsPerDegree) * (Math.PI / 180));
}

export const metresPerUnitY = metresPerUnit;

/** Metres between two points in units; equirectangular, within 0.1 % below some 100 km. */
export function distanceInUnits(x1: number, y1: number, x2: number, y2: number): number {
  return Math.hypot((x2 - x1) * metresPerUnitX((y1 + y2) / 2), (y2 - y1) * metresPerUnitY);
}

/** Metres between two points in degrees. */
export function distanceInDegrees(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const cos = Math.cos(((lat1 + lat2) / 2) * (Math.PI / 180));
  return Math.hypot((lon2 - lon1) * cos, lat2 - lat1) * metresPerDegree;
}

/** Radians clockwise from north. */
export function bearingInUnits(x1: number, y1: number, x2: number, y2: number): number {
  return Math.atan2((x2 - x1) * metresPerUnitX((y1 + y2) / 2), (y2 - y1) * metresPerUnitY);
}

/** The same angle between -pi (exclusive) and pi (inclusive). */
export function wrapAngle(radians: number): number {
  const turns = radians - 2 * Math.PI * Math.floor((radians + Math.PI) / (2 * Math.PI));
  return turns === -Math.PI ? Math.PI : turns;
}

/** Degrees 0 (inclusive) to 360 (exclusive). */
export function degreesOf(radians: number): number {
  const degrees = (radians * 180) / Math.PI;
  return ((degrees % 360) + 360) % 360;
}
