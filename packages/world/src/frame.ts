/** WGS-84, degrees. */
export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

/** Metres east and north of an origin; equirectangular. East is right at the origin's latitude: 10 km north of it at 58° lengths are off by 0.25 %. */
export interface Frame {
  readonly origin: LatLon;
  readonly metresPerDegreeLat: number;
  readonly metresPerDegreeLon: number;
}

const radians = Math.PI / 180;

/** A local frame around `origin`. Series of the meridian and parallel arcs on the WGS-84 ellipsoid. */
export function frameAt(origin: LatLon): Frame {
  const phi = origin.lat * radians;
  return {
    origin,
    metresPerDegreeLat: 111_132.92 - 559.82 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
    metresPerDegreeLon: 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
  };
}

export const toX = (frame: Frame, lon: number): number => (lon - frame.origin.lon) * frame.metresPerDegreeLon;
export const toY = (frame: Frame, lat: number): number => (lat - frame.origin.lat) * frame.metresPerDegreeLat;
export const toLon = (frame: Frame, x: number): number => frame.origin.lon + x / frame.metresPerDegreeLon;
export const toLat = (frame: Frame, y: number): number => frame.origin.lat + y / frame.metresPerDegreeLat;

/** Radians counter-clockwise from east to degrees clockwise from north, 0 <= h < 360. */
export function headingDegrees(yaw: number): number {
  const degrees = (90 - yaw / radians) % 360;
  return degrees < 0 ? degrees + 360 : degrees === 360 ? 0 : degrees;
}

/** Degrees clockwise from north to radians counter-clockwise from east. */
export const headingRadians = (heading: number): number => (90 - heading) * radians;

/** Metres between two places; flat, for short distances. */
export function metresBetween(a: LatLon, b: LatLon): number {
  const dx = (a.lon - b.lon) * 111_320 * Math.cos(a.lat * radians);
  return Math.hypot(dx, (a.lat - b.lat) * 111_132);
}
