import type { Pose } from "./path.ts";

/** A shortest forward path between two poses: three pieces, each a left turn, a right turn or a straight. */
export interface DubinsPath {
  readonly pieces: readonly { readonly turn: -1 | 0 | 1; readonly length: number }[];
  /** Metres. */
  readonly length: number;
}

const full = 2 * Math.PI;
/** In 0..2 pi; what rounding put just below a whole turn is no turn. */
function positive(angle: number): number {
  const rest = angle - full * Math.floor(angle / full);
  return full - rest < 1e-9 ? 0 : rest;
}

type Word = readonly [-1 | 0 | 1, -1 | 0 | 1, -1 | 0 | 1];
type Lengths = readonly [number, number, number];

/** Shkel and Lumelsky, "Classification of the Dubins set" (2001): normalised lengths of one word, if it exists. */
function solve(word: Word, a: number, b: number, d: number): Lengths | undefined {
  const sa = Math.sin(a);
  const sb = Math.sin(b);
  const ca = Math.cos(a);
  const cb = Math.cos(b);
  const cab = Math.cos(a - b);
  const [first, middle, last] = word;
  if (middle === 0 && first === last) {
    const squared = 2 + d * d - 2 * cab + 2 * first * d * (sa - sb);
    if (squared < 0) return undefined;
    const angle = Math.atan2(first * (cb - ca), d + first * (sa - sb));
    return [positive(first * (angle - a)), Math.sqrt(squared), positive(first * (b - angle))];
  }
  if (middle === 0) {
    const squared = -2 + d * d + 2 * cab + 2 * first * d * (sa + sb);
    if (squared < 0) return undefined;
    const p = Math.sqrt(squared);
    const angle = Math.atan2(-first * (ca + cb), d + first * (sa + sb)) - Math.atan2(-2 * first, p);
    return [positive(first * (angle - a)), p, positive(first * (angle - b))];
  }
  const cosine = (6 - d * d + 2 * cab + 2 * first * d * (sa - sb)) / 8;
  if (Math.abs(cosine) > 1) return undefined;
  const p = positive(full - Math.acos(cosine));
  const t = positive(first * (Math.atan2(first * (cb - ca), d + first * (sa - sb)) - a) + p / 2);
  return [t, p, positive(first * (b - a) - t + p)];
}

const words: readonly Word[] = [
  [1, 0, 1],
  [-1, 0, -1],
  [1, 0, -1],
  [-1, 0, 1],
  [1, -1, 1],
  [-1, 1, -1],
];

/** Where the pieces lead from the origin in units of the radius; tells a valid solution from a wrong branch. */
function misses(word: Word, lengths: Lengths, a: number, b: number, d: number): boolean {
  let x = 0;
  let y = 0;
  let heading = a;
  for (let i = 0; i < 3; i++) {
    const turn = word[i] ?? 0;
    const length = lengths[i] ?? 0;
    if (turn === 0) {
      x += length * Math.cos(heading);
      y += length * Math.sin(heading);
    } else {
      const next = heading + turn * length;
      x += turn * (Math.sin(next) - Math.sin(heading));
      y -= turn * (Math.cos(next) - Math.cos(heading));
      heading = next;
    }
  }
  return Math.hypot(x - d, y) > 1e-6 || Math.abs(Math.sin((heading - b) / 2)) > 1e-6;
}

/** The shortest path of a car that only drives forward and turns no tighter than `radius` (Dubins 1957). */
export function dubins(from: Pose, to: Pose, radius: number): DubinsPath | undefined {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const direction = Math.atan2(dy, dx);
  const d = Math.hypot(dx, dy) / radius;
  const a = positive(from.heading - direction);
  const b = positive(to.heading - direction);
  let best: DubinsPath | undefined;
  for (const word of words) {
    const lengths = solve(word, a, b, d);
    if (lengths === undefined || misses(word, lengths, a, b, d)) continue;
    const length = (lengths[0] + lengths[1] + lengths[2]) * radius;
    if (best !== undefined && best.length <= length) continue;
    best = {
      length,
      pieces: [
        { turn: word[0], length: lengths[0] * radius },
        { turn: word[1], length: lengths[1] * radius },
        { turn: word[2], length: lengths[2] * radius },
      ],
    };
  }
  return best;
}

/** Points of the path every `spacing` metres, x, y, x, y, ..., its start and its end included. */
export function sampleDubins(from: Pose, path: DubinsPath, radius: number, spacing: number): Float64Array {
  const count = Math.max(1, Math.ceil(path.length / spacing));
  const points = new Float64Array(2 * (count + 1));
  for (let i = 0; i <= count; i++) {
    let left = (path.length * i) / count;
    let { x, y, heading } = from;
    for (const piece of path.pieces) {
      const step = Math.min(left, piece.length);
      if (piece.turn === 0) {
        x += step * Math.cos(heading);
        y += step * Math.sin(heading);
      } else {
        const next = heading + (piece.turn * step) / radius;
        x += piece.turn * radius * (Math.sin(next) - Math.sin(heading));
        y -= piece.turn * radius * (Math.cos(next) - Math.cos(heading));
        heading = next;
      }
      left -= step;
    }
    points[2 * i] = x;
    points[2 * i + 1] = y;
  }
  return points;
}
