/** A drivable line on the ground, sampled about every metre. All arrays have the same length; SI, x east and y north in a local frame. */
export interface Path {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Metres from the start, rising. */
  readonly s: Float64Array;
  /** Radians counter-clockwise from east, without jumps of 2 pi. */
  readonly heading: Float64Array;
  /** 1/m, left positive. */
  readonly curvature: Float64Array;
  /** m/s, from here to the next point; Infinity where there is none. */
  readonly limit: Float64Array;
  /** Metres along the route that the path was made of. */
  readonly along: Float64Array;
  /** Rise over run, uphill positive; absent where the map tells no heights. */
  readonly grade?: Float64Array;
  /** Where to stand still on the way, in order; the end of the path is not listed. */
  readonly stops: readonly PathStop[];
}

interface PathStop {
  /** Metres from the start of the path. */
  readonly s: number;
  /** Seconds to stand. */
  readonly dwell: number;
}

/** A position with a direction: metres and radians counter-clockwise from east. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly heading: number;
}

export const pathLength = (path: Pick<Path, "s">): number => path.s[path.s.length - 1] ?? 0;

/** The same direction in -pi..pi. */
export function wrapAngle(angle: number): number {
  const turns = Math.round(angle / (2 * Math.PI));
  return angle - turns * 2 * Math.PI;
}

/** Index of the last sample at or before `s`, searched from `hint` outward; never the last sample of a path of two or more. */
export function indexAt(s: Float64Array, at: number, hint = 0): number {
  const last = s.length - 2;
  let i = Math.min(Math.max(hint, 0), last);
  while (i < last && at >= (s[i + 1] ?? 0)) i++;
  while (i > 0 && at < (s[i] ?? 0)) i--;
  return i;
}

/** Linear between samples of one of the path's columns, constant beyond the ends. */
export function valueAt(s: Float64Array, column: Float64Array, at: number, hint = 0): number {
  const i = indexAt(s, at, hint);
  const from = s[i] ?? 0;
  const span = (s[i + 1] ?? from) - from;
  const t = span > 0 ? Math.min(Math.max((at - from) / span, 0), 1) : 0;
  const a = column[i] ?? 0;
  return a + t * ((column[i + 1] ?? a) - a);
}

export interface Projection {
  /** Metres from the start of the path; runs past the ends along the end tangents by at most the search window. */
  s: number;
  index: number;
  /** Metres to the left of the path. */
  offset: number;
}

/** The nearest point of the path to (x, y), searched `window` samples either way of `hint`, written to `out`. */
export function project(path: Path, x: number, y: number, hint: number, window: number, out: Projection): void {
  const last = path.s.length - 2;
  const first = Math.max(0, hint - window);
  const end = Math.min(last, hint + window);
  let best = Infinity;
  for (let i = first; i <= end; i++) {
    const ax = path.x[i] ?? 0;
    const ay = path.y[i] ?? 0;
    const dx = (path.x[i + 1] ?? ax) - ax;
    const dy = (path.y[i + 1] ?? ay) - ay;
    const squared = dx * dx + dy * dy;
    if (squared === 0) continue;
    let t = ((x - ax) * dx + (y - ay) * dy) / squared;
    if (t < 0 && i > 0) t = 0;
    if (t > 1 && i < last) t = 1;
    const ex = x - ax - t * dx;
    const ey = y - ay - t * dy;
    const distance = ex * ex + ey * ey;
    if (distance < best) {
      best = distance;
      const from = path.s[i] ?? 0;
      out.s = from + t * ((path.s[i + 1] ?? from) - from);
      out.index = i;
      out.offset = (dx * (y - ay) - dy * (x - ax)) / Math.sqrt(squared);
    }
  }
}
