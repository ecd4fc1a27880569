import { dubins, sampleDubins } from "./dubins.ts";
import { indexAt, project, valueAt, wrapAngle } from "./path.ts";
import type { Path, Pose } from "./path.ts";
import { Kernels, arcLength, blur, blurAt, curvatures, headings, resample, spread } from "./smooth.ts";
import type { Line } from "./smooth.ts";

/** A road's line as a map has it: corners, one value for each segment between two vertices. */
export interface RoadLine {
  /** Metres, x, y, x, y, ... */
  readonly points: Float64Array;
  /** m/s for each segment; Infinity where there is none. */
  readonly limit: Float64Array;
  /** Metres to the right of the line at which the car drives, for each segment; negative is left. */
  readonly offset: Float64Array;
  /** Metres along the line. */
  readonly stops?: readonly { readonly along: number; readonly dwell: number }[];
  /** Passed no faster than `speed` (m/s), such as a crossing. */
  readonly slow?: readonly { readonly along: number; readonly speed: number }[];
}

export interface ReferenceOptions {
  /** Tightest radius the reference may ask for, m. The car's own limit plus a reserve for the tracker. */
  readonly minimumRadius: number;
  /** Where the car is and how fast; without it the path begins at the line's first point. */
  readonly from?: Pose & { readonly speed: number };
}

const spacing = 1;
const widestSmoothing = 10;

/**
 * A drivable path along a road line: corners rounded (Gaussian means of the position, wider where the limit is higher or the corner too
 * tight), moved to the driving lane, and no tighter than `minimumRadius`; what smoothing cannot make drivable (turning round, acute
 * corners) is replaced by a Dubins arc. Undefined for a line shorter than two metres.
 */
export function referencePath(road: RoadLine, options: ReferenceOptions): Path | undefined {
  const clean = withoutRepeats(road);
  if (clean === undefined) return undefined;
  const dense = resample(clean.line, spacing);
  const tightest = 1 / options.minimumRadius;
  const limits = sampleSegments(dense.along, clean.ends, clean.limit, Infinity);
  const offsets = sampleSegments(dense.along, clean.ends, clean.offset, 0);
  const step = spacingOf(dense);

  // Lanes come and go; the faster the road, the longer the car takes to follow them.
  const shift = limits.map((limit) => Math.min(Math.max(limit, 8), 25));
  const lane = blur(offsets, shift, step);
  const centre = smoothCentre(dense, limits, lane, tightest, step);
  let line = resample(besideLine(centre, lane), spacing);
  line = withoutTightTurns(line, options.minimumRadius);
  if (options.from !== undefined) line = joinedTo(options.from, line, options.minimumRadius);
  line = rounded(line);
  return toPath(line, clean, road);
}

interface CleanRoad {
  readonly line: Line;
  /** Metres along at the end of each segment. */
  readonly ends: Float64Array;
  readonly limit: Float64Array;
  readonly offset: Float64Array;
}

function withoutRepeats(road: RoadLine): CleanRoad | undefined {
  const xs: number[] = [];
  const ys: number[] = [];
  const ends: number[] = [];
  const limits: number[] = [];
  const offsets: number[] = [];
  let along = 0;
  for (let i = 0; i < road.points.length / 2; i++) {
    const x = road.points[2 * i] ?? 0;
    const y = road.points[2 * i + 1] ?? 0;
    if (i > 0) {
      const length = Math.hypot(x - (xs[xs.length - 1] ?? 0), y - (ys[ys.length - 1] ?? 0));
      if (length < 0.05) continue;
      along += length;
      ends.push(along);
      limits.push(road.limit[i - 1] ?? Infinity);
      offsets.push(road.offset[i - 1] ?? 0);
    }
    xs.push(x);
    ys.push(y);
  }
  if (along < 2) return undefined;
  return {
    line: { x: Float64Array.from(xs), y: Float64Array.from(ys), along: Float64Array.from([0, ...ends]) },
    ends: Float64Array.from(ends),
    limit: Float64Array.from(limits),
    offset: Float64Array.from(offsets),
  };
}

function sampleSegments(
  along: Float64Array,
  ends: Float64Array,
  column: Float64Array,
  otherwise: number,
): Float64Array {
  const out = new Float64Array(along.length);
  let j = 0;
  for (let i = 0; i < out.length; i++) {
    while (j < ends.length - 1 && (along[i] ?? 0) > (ends[j] ?? 0)) j++;
    out[i] = column[j] ?? otherwise;
  }
  return out;
}

const spacingOf = (line: Line): number => (arcLength(line)[line.x.length - 1] ?? 0) / (line.x.length - 1);

/** The road's centre line, smoothed until the lane beside it can be driven or the smoothing is at its widest. */
function smoothCentre(dense: Line, limits: Float64Array, lane: Float64Array, tightest: number, step: number): Line {
  const kernels = new Kernels(step);
  const sigma = limits.map((limit) => Math.min(Math.max(0.4 * Math.min(limit, 30), 3), widestSmoothing));
  spread(sigma, 0.3 * step);
  const done = new Float64Array(sigma.length);
  const centre = { x: new Float64Array(sigma.length), y: new Float64Array(sigma.length), along: dense.along };
  for (let round = 0; ; round++) {
    for (let i = 0; i < sigma.length; i++) {
      const width = sigma[i] ?? 0;
      if (width === done[i]) continue;
      const half = kernels.half(width);
      centre.x[i] = blurAt(dense.x, half, i);
      centre.y[i] = blurAt(dense.y, half, i);
      done[i] = width;
    }
    if (round === 6) return centre;
    const curvature = curvatures(centre);
    let raised = false;
    for (let i = 0; i < sigma.length; i++) {
      const bend = curvature[i] ?? 0;
      const inside = -Math.sign(bend) * (lane[i] ?? 0);
      const allowed = tightest / (1 + tightest * Math.max(0, inside));
      if (Math.abs(bend) > allowed && (sigma[i] ?? 0) < widestSmoothing) {
        sigma[i] = Math.min((sigma[i] ?? 0) * 1.35, widestSmoothing);
        raised = true;
      }
    }
    if (!raised) return centre;
    spread(sigma, 0.3 * step);
  }
}

function besideLine(centre: Line, lane: Float64Array): Line {
  const heading = headings(centre);
  const x = new Float64Array(centre.x.length);
  const y = new Float64Array(centre.x.length);
  for (let i = 0; i < x.length; i++) {
    x[i] = (centre.x[i] ?? 0) + (lane[i] ?? 0) * Math.sin(heading[i] ?? 0);
    y[i] = (centre.y[i] ?? 0) - (lane[i] ?? 0) * Math.cos(heading[i] ?? 0);
  }
  return { x, y, along: centre.along };
}

const poseAt = (line: Line, heading: Float64Array, i: number): Pose => ({
  x: line.x[i] ?? 0,
  y: line.y[i] ?? 0,
  heading: heading[i] ?? 0,
});

/** Every stretch tighter than the radius gives way to a Dubins arc between points a little before and after it. */
function withoutTightTurns(line: Line, radius: number): Line {
  const curvature = curvatures(line);
  const heading = headings(line);
  const count = line.x.length;
  const out: Line[] = [];
  let kept = 0;
  let i = 0;
  while (i < count) {
    if (Math.abs(curvature[i] ?? 0) <= 1.08 / radius) {
      i++;
      continue;
    }
    const first = i;
    let last = i;
    // Tight samples less than two radii apart belong to the same manoeuvre.
    for (let k = i; k < count && k - last < 2 * radius; k++) if (Math.abs(curvature[k] ?? 0) > 1.08 / radius) last = k;
    const turn = bestTurn(line, heading, Math.max(first, kept), last, kept, radius);
    if (turn !== undefined) {
      out.push(slice(line, kept, turn.from), turn.line);
      kept = turn.to;
      i = Math.max(turn.to, last) + 1;
    } else i = last + 1;
  }
  out.push(slice(line, kept, count));
  return resample(joinLines(out), spacing);
}

function bestTurn(line: Line, heading: Float64Array, first: number, last: number, kept: number, radius: number) {
  let best: { from: number; to: number; line: Line } | undefined;
  let bestCost = Infinity;
  for (const margin of [2, 3, 4, 6, 8, 10, 12, 16, 20]) {
    const from = Math.max(kept, first - margin);
    const to = Math.min(line.x.length - 1, last + margin);
    const start = poseAt(line, heading, from);
    const way = dubins(start, poseAt(line, heading, to), radius);
    if (way === undefined) continue;
    const points = sampleDubins(start, way, radius, spacing);
    // Neither a loop at the corner nor a way across the block: what strays least from the lane, and of those the shortest.
    const cost = strayWeight * farthestFrom(line, from, to, points) + way.length - (to - from);
    if (cost >= bestCost) continue;
    bestCost = cost;
    best = { from, to, line: toLine(points, line.along[from] ?? 0, line.along[to] ?? 0) };
  }
  return best;
}

/** How many metres of detour one metre farther from the lane is worth. */
const strayWeight = 4;

/** The greatest distance between a way (x, y, x, y, ...) and the samples `from` to `to` of the line it replaces. */
function farthestFrom(line: Line, from: number, to: number, points: Float64Array): number {
  let farthest = 0;
  for (let p = 0; p + 1 < points.length; p += 2) {
    let nearest = Infinity;
    for (let i = from; i <= to; i++) {
      const dx = (line.x[i] ?? 0) - (points[p] ?? 0);
      const dy = (line.y[i] ?? 0) - (points[p + 1] ?? 0);
      nearest = Math.min(nearest, dx * dx + dy * dy);
    }
    farthest = Math.max(farthest, nearest);
  }
  return Math.sqrt(farthest);
}

function toLine(points: Float64Array, from: number, to: number): Line {
  const count = points.length / 2;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const along = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    x[i] = points[2 * i] ?? 0;
    y[i] = points[2 * i + 1] ?? 0;
    along[i] = from + ((to - from) * i) / (count - 1);
  }
  return { x, y, along };
}

const slice = (line: Line, from: number, to: number): Line => ({
  x: line.x.subarray(from, to),
  y: line.y.subarray(from, to),
  along: line.along.subarray(from, to),
});

function joinLines(lines: readonly Line[]): Line {
  const count = lines.reduce((sum, line) => sum + line.x.length, 0);
  const joined = { x: new Float64Array(count), y: new Float64Array(count), along: new Float64Array(count) };
  let at = 0;
  for (const line of lines) {
    joined.x.set(line.x, at);
    joined.y.set(line.y, at);
    joined.along.set(line.along, at);
    at += line.x.length;
  }
  return joined;
}

/** The line with a beginning that leads from where the car is: cut, blended sideways at speed, or a Dubins arc from standing. */
function joinedTo(from: Pose & { readonly speed: number }, road: Line, radius: number): Line {
  // A rolling car may be some metres short of where its line begins: it is led onto it, not turned round to its first point.
  const line = from.speed > rolling ? withRunUp(road) : road;
  const path = toBarePath(line);
  const nearest = { s: 0, index: 0, offset: 0 };
  project(path, from.x, from.y, 0, Math.min(60, line.x.length), nearest);
  const turn = wrapAngle(from.heading - (path.heading[nearest.index] ?? 0));
  const blend = Math.max(14, 3 * from.speed, 5 * Math.abs(nearest.offset));
  const length = path.s[path.s.length - 1] ?? 0;
  if (nearest.s >= 0 && Math.abs(turn) < 0.35 && Math.abs(nearest.offset) < 5 && nearest.s + blend < length) {
    return blended(path, nearest.s, nearest.offset, Math.tan(turn), blend);
  }
  let best: Line | undefined;
  let bestCost = Infinity;
  for (const ahead of [4, 8, 12, 18, 25, 35]) {
    const to = indexAt(path.s, Math.max(0, nearest.s) + ahead) + 1;
    if (to > line.x.length - 1 && best !== undefined) break;
    const end = Math.min(to, line.x.length - 1);
    const way = dubins(from, poseAt(line, path.heading, end), radius);
    if (way === undefined) continue;
    const points = sampleDubins(from, way, radius, spacing);
    const cost = strayWeight * farthestFrom(line, nearest.index, end, points) + way.length - ahead;
    if (cost >= bestCost) continue;
    bestCost = cost;
    const start = toLine(points, line.along[nearest.index] ?? 0, line.along[end] ?? 0);
    best = joinLines([start, slice(line, end + 1, line.x.length)]);
  }
  return best === undefined ? line : resample(best, spacing);
}

const rolling = 2; // m/s
const runUp = 30; // m

/** The line with a straight before its first point. */
function withRunUp(line: Line): Line {
  const heading = Math.atan2((line.y[3] ?? 0) - (line.y[0] ?? 0), (line.x[3] ?? 0) - (line.x[0] ?? 0));
  const x = new Float64Array(runUp);
  const y = new Float64Array(runUp);
  for (let i = 0; i < runUp; i++) {
    x[i] = (line.x[0] ?? 0) - (runUp - i) * spacing * Math.cos(heading);
    y[i] = (line.y[0] ?? 0) - (runUp - i) * spacing * Math.sin(heading);
  }
  return joinLines([{ x, y, along: new Float64Array(runUp).fill(line.along[0] ?? 0) }, line]);
}

/** From the sideways offset at `s0` to none at `s0 + length`, by the cubic that starts with the given slope. */
function blended(path: Path, s0: number, offset: number, slope: number, length: number): Line {
  const first = indexAt(path.s, s0);
  const count = path.s.length - first;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const along = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const s = i === 0 ? s0 : (path.s[first + i] ?? 0);
    const t = (s - s0) / length;
    const aside = t >= 1 ? 0 : offset * (1 - t * t * (3 - 2 * t)) + slope * length * t * (1 - t) * (1 - t);
    const heading = valueAt(path.s, path.heading, s, first + i);
    x[i] = valueAt(path.s, path.x, s, first + i) - aside * Math.sin(heading);
    y[i] = valueAt(path.s, path.y, s, first + i) + aside * Math.cos(heading);
    along[i] = valueAt(path.s, path.along, s, first + i);
  }
  return resample({ x, y, along }, spacing);
}

const none = new Float64Array(0);

const toBarePath = (line: Line): Path => ({
  x: line.x,
  y: line.y,
  s: arcLength(line),
  heading: headings(line),
  curvature: none,
  limit: none,
  along: line.along,
  stops: [],
});

/** A last light rounding turns the corners of curvature between arcs and straights into ramps that a steering wheel can follow. */
function rounded(line: Line): Line {
  const sigma = new Float64Array(line.x.length).fill(1.3);
  const step = spacingOf(line);
  return resample({ x: blur(line.x, sigma, step), y: blur(line.y, sigma, step), along: line.along }, spacing);
}

function toPath(line: Line, clean: CleanRoad, road: RoadLine): Path {
  const s = arcLength(line);
  const limit = sampleSegments(line.along, clean.ends, clean.limit, Infinity);
  for (const { along, speed } of road.slow ?? []) {
    const at = sAtAlong(s, line.along, along);
    for (let i = indexAt(s, at - 4); i < limit.length && (s[i] ?? 0) <= at + 2; i++)
      limit[i] = Math.min(limit[i] ?? Infinity, speed);
  }
  const length = s[s.length - 1] ?? 0;
  const stops = (road.stops ?? [])
    .map(({ along, dwell }) => ({ s: sAtAlong(s, line.along, along), dwell }))
    .filter((stop) => stop.s > 3 && stop.s < length - 5)
    .toSorted((a, b) => a.s - b.s);
  return {
    x: line.x,
    y: line.y,
    s,
    heading: headings(line),
    curvature: smoothCurvature(line),
    limit,
    along: line.along,
    stops,
  };
}

function smoothCurvature(line: Line): Float64Array {
  const curvature = curvatures(line);
  const sigma = new Float64Array(curvature.length).fill(0.8);
  return blur(curvature, sigma, spacingOf(line));
}

function sAtAlong(s: Float64Array, column: Float64Array, along: number): number {
  for (let i = 0; i < column.length; i++) if ((column[i] ?? 0) >= along) return s[i] ?? 0;
  return s[s.length - 1] ?? 0;
}
