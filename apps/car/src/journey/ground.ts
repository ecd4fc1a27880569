/** Metres of one degree of latitude on the WGS-84 mean sphere. */
export const metresPerDegree = (Math.PI / 180) * 6_371_008.8;

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Metres between two points of the same city; flat-earth, right to a millimetre per kilometre at that size. */
export function distanceBetween(a: Point, b: Point): number {
  const north = (b.lat - a.lat) * metresPerDegree;
  const east = (b.lon - a.lon) * metresPerDegree * Math.cos(((a.lat + b.lat) * Math.PI) / 360);
  return Math.hypot(north, east);
}
