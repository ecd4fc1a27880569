const earthRadius = 6_371_008.8;
const radians = Math.PI / 180;

/** A polyline that can be asked by metres from its start. */
export interface Path {
  /** lon, lat, lon, lat, ... without repeated points */
  readonly points: Float64Array;
  /** Metres from the start to each point. */
  readonly along: Float64Array;
  readonly length: number;
}

/** Metres between two points that are near each other. */
export function metresBetween(lonA: number, latA: number, lonB: number, latB: number): number {
  const x = (lonB - lonA) * radians * Math.cos(((latA + latB) / 2) * radians);
  const y = (latB - latA) * radians;
  return Math.hypot(x, y) * earthRadius;
}

/** Degrees clockwise from north, from one point to a near one. */
export function bearingTo(lonA: number, latA: number, lonB: number, latB: number): number {
  const x = (lonB - lonA) * Math.cos(((latA + latB) / 2) * radians);
  return (Math.atan2(x, latB - latA) / radians + 360) % 360;
}

/** Degrees from `from` to `to` the short way round, -180..180. */
export function turnBetween(from: number, to: number): number {
  return ((((to - from) % 360) + 540) % 360) - 180;
}

/** The point `metres` away in the direction `bearing`. */
export function moveBy(lon: number, lat: number, bearing: number, metres: number): [number, number] {
  const angle = metres / earthRadius / radians;
  return [
    lon + (angle * Math.sin(bearing * radians)) / Math.cos(lat * radians),
    lat + angle * Math.cos(bearing * radians),
  ];
}

/** Measures a geometry (lon, lat, ...); points that repeat are dropped, an odd last number is ignored. */
export function measurePath(geometry: ArrayLike<number>): Path {
  const points: number[] = [];
  const along: number[] = [];
  let total = 0;
  for (let at = 0; at + 1 < geometry.length; at += 2) {
    const lon = geometry[at] ?? 0;
    const lat = geometry[at + 1] ?? 0;
    if (along.length > 0) {
      const step = metresBetween(points.at(-2) ?? 0, points.at(-1) ?? 0, lon, lat);
      if (step < 0.01) continue;
      total += step;
    }
    points.push(lon, lat);
    along.push(total);
  }
  return { points: Float64Array.from(points), along: Float64Array.from(along), length: total };
}

/** Have two paths the very same points? */
export function isSamePath(one: Path, other: Path): boolean {
  if (one.points.length !== other.points.length) return false;
  return one.points.every((value, index) => value === other.points[index]);
}

/** Index of the last point at or before `metres`. */
function pointBefore(path: Path, metres: number): number {
  let low = 0;
  let high = path.along.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((path.along[middle] ?? 0) <= metres) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The point at `metres` from the start (held at both ends), undefined for an empty path. */
export function pointAt(path: Path, metres: number): [number, number] | undefined {
  if (path.along.length === 0) return undefined;
  const clamped = Math.min(path.length, Math.max(0, metres));
  const index = pointBefore(path, clamped);
  const lon = path.points[2 * index] ?? 0;
  const lat = path.points[2 * index + 1] ?? 0;
  const start = path.along[index] ?? 0;
  const end = path.along[index + 1];
  if (end === undefined || end <= start) return [lon, lat];
  const share = (clamped - start) / (end - start);
  return [
    lon + ((path.points[2 * index + 2] ?? lon) - lon) * share,
    lat + ((path.points[2 * index + 3] ?? lat) - lat) * share,
  ];
}

/** The piece of a path between two distances, as lon, lat, ...; empty when it has no length. */
export function slicePath(path: Path, from: number, to: number): number[] {
  const start = Math.max(0, from);
  const end = Math.min(path.length, to);
  if (end - start < 0.01) return [];
  const slice = [...(pointAt(path, start) ?? [])];
  for (let index = pointBefore(path, start) + 1; (path.along[index] ?? Infinity) < end; index += 1) {
    slice.push(path.points[2 * index] ?? 0, path.points[2 * index + 1] ?? 0);
  }
  slice.push(...(pointAt(path, end) ?? []));
  return slice;
}

/** west, south, east, north of lon, lat, ... */
export function boundsOf(points: ArrayLike<number>): [number, number, number, number] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (let at = 0; at + 1 < points.length; at += 2) {
    west = Math.min(west, points[at] ?? west);
    east = Math.max(east, points[at] ?? east);
    south = Math.min(south, points[at + 1] ?? south);
    north = Math.max(north, points[at + 1] ?? north);
  }
  return [west, south, east, north];
}

/** A bearing is read over this many metres, as a driver sees the road. */
const sightMetres = 22;

/** Degrees, -180..180, that a geometry turns between the way into `from` and the way out of `to` (metres from its start). */
export function turnAlong(geometry: ArrayLike<number>, from: number, to: number): number | undefined {
  const path = measurePath(geometry);
  const [before, start, end, after] = [from - sightMetres, from, to, to + sightMetres].map((at) => pointAt(path, at));
  if (before === undefined || start === undefined || end === undefined || after === undefined) return undefined;
  return turnBetween(
    bearingTo(before[0], before[1], start[0], start[1]),
    bearingTo(end[0], end[1], after[0], after[1]),
  );
}
