/** Metres of the equatorial radius of the WGS-84 ellipsoid, and the square of its first eccentricity. */
const equatorRadius = 6_378_137;
const eccentricity2 = 0.006_694_379_990_14;

/** OpenStreetMap keeps coordinates as whole numbers of this many units to a degree. */
const unitsPerDegree = 1e7;

const stepsPerDegree = 20;
const unitsPerStep = unitsPerDegree / stepsPerDegree;
const lastStep = 90 * stepsPerDegree;

/** Metres of one unit eastwards and northwards at a latitude in radians, by the two radii of curvature there. */
function spansAt(latitude: number): readonly [number, number] {
  const w2 = 1 / (1 - eccentricity2 * Math.sin(latitude) ** 2);
  const span = (equatorRadius * Math.sqrt(w2) * Math.PI) / 180 / unitsPerDegree;
  return [span * Math.cos(latitude), span * w2 * (1 - eccentricity2)];
}

const latitudes = Array.from({ length: lastStep + 1 }, (_, step) => (step / stepsPerDegree) * (Math.PI / 180));
const stepX = Float64Array.from(latitudes, (latitude) => spansAt(latitude)[0]);
const stepY = Float64Array.from(latitudes, (latitude) => spansAt(latitude)[1]);

/** Between two steps a straight line is right within a ten-millionth. */
function interpolated(table: Float64Array, unitsY: number): number {
  const at = Math.min(Math.abs(unitsY) / unitsPerStep, lastStep);
  const step = Math.min(Math.floor(at), lastStep - 1);
  return table[step] + (at - step) * (table[step + 1] - table[step]);
}

export function toUnits(degrees: number): number {
  return Math.round(degrees * unitsPerDegree);
}

export function toDegrees(units: number): number {
  return units / unitsPerDegree;
}

/** Metres that one unit of longitude spans at a latitude given in units, on the WGS-84 ellipsoid. */
export function metresPerUnitX(unitsY: number): number {
  return interpolated(stepX, unitsY);
}

/** Metres that one unit of latitude spans at a latitude given in units, on the WGS-84 ellipsoid. */
export function metresPerUnitY(unitsY: number): number {
  return interpolated(stepY, unitsY);
}

/** Metres that one degree of longitude spans at a latitude in degrees. */
export function metresPerDegreeLon(lat: number): number {
  return metresPerUnitX(lat * unitsPerDegree) * unitsPerDegree;
}

/** Metres that one degree of latitude spans at a latitude in degrees. */
export function metresPerDegreeLat(lat: number): number {
  return metresPerUnitY(lat * unitsPerDegree) * unitsPerDegree;
}

/** Metres between two points in units, as OSRM reckons them: on the ellipsoid as it is between them, within 0.1 % below some 100 km. */
export function distanceInUnits(x1: number, y1: number, x2: number, y2: number): number {
  const y = (y1 + y2) / 2;
  return Math.hypot((x2 - x1) * metresPerUnitX(y), (y2 - y1) * metresPerUnitY(y));
}

/** Metres between two points in degrees. */
export function distanceInDegrees(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const lat = (lat1 + lat2) / 2;
  return Math.hypot((lon2 - lon1) * metresPerDegreeLon(lat), (lat2 - lat1) * metresPerDegreeLat(lat));
}

/** Radians clockwise from north, on the sphere. */
export function bearingInUnits(x1: number, y1: number, x2: number, y2: number): number {
  const cos = Math.cos(((y1 + y2) / 2 / unitsPerDegree) * (Math.PI / 180));
  return Math.atan2((x2 - x1) * cos, y2 - y1);
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
