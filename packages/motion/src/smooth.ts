/** A sampled line: x and y in metres and one more column that travels with them (metres along the route). */
export interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly along: Float64Array;
}

/** Metres from the first sample. */
export function arcLength(line: Pick<Line, "x" | "y">): Float64Array {
  const s = new Float64Array(line.x.length);
  for (let i = 1; i < s.length; i++) {
    const dx = (line.x[i] ?? 0) - (line.x[i - 1] ?? 0);
    const dy = (line.y[i] ?? 0) - (line.y[i - 1] ?? 0);
    s[i] = (s[i - 1] ?? 0) + Math.hypot(dx, dy);
  }
  return s;
}

/** The same line with samples at equal distances, as near to `spacing` as a whole number of them allows; at least two. */
export function resample(line: Line, spacing: number): Line {
  const s = arcLength(line);
  const length = s[s.length - 1] ?? 0;
  const count = Math.max(2, Math.round(length / spacing) + 1);
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const along = new Float64Array(count);
  let j = 0;
  for (let i = 0; i < count; i++) {
    const at = (length * i) / (count - 1);
    while (j < s.length - 2 && at > (s[j + 1] ?? 0)) j++;
    const from = s[j] ?? 0;
    const span = (s[j + 1] ?? from) - from;
    const t = span > 0 ? Math.min((at - from) / span, 1) : 0;
    x[i] = mix(line.x, j, t);
    y[i] = mix(line.y, j, t);
    along[i] = mix(line.along, j, t);
  }
  return { x, y, along };
}

function mix(column: Float64Array, i: number, t: number): number {
  const a = column[i] ?? 0;
  return a + t * ((column[i + 1] ?? a) - a);
}

/** Widths are rounded to this, so that one table of weights serves many samples (m). */
const widthStep = 0.25;

/** Half of a Gaussian for each width that was asked for; the widest smoothing bounds it to some hundred short tables. */
export class Kernels {
  readonly #spacing: number;
  readonly #halves: (Float64Array | undefined)[] = [];

  constructor(spacing: number) {
    this.#spacing = spacing;
  }

  /** Weights of the sample itself and of its neighbours to one side, the whole symmetric sum being 1. */
  half(width: number): Float64Array {
    const step = Math.round(width / widthStep);
    const known = this.#halves[step];
    if (known !== undefined) return known;
    const sigma = step * widthStep;
    const half = new Float64Array(1 + Math.ceil((3 * sigma) / this.#spacing));
    let sum = 0;
    for (let k = 0; k < half.length; k++) {
      half[k] = k === 0 ? 1 : Math.exp(-((k * this.#spacing) ** 2) / (2 * sigma * sigma));
      sum += (k === 0 ? 1 : 2) * (half[k] ?? 0);
    }
    for (let k = 0; k < half.length; k++) half[k] = (half[k] ?? 0) / sum;
    this.#halves[step] = half;
    return half;
  }
}

/**
 * Gaussian mean around sample `i` of a column whose samples lie one spacing apart. Beyond the ends the column is continued
 * point-symmetrically, so ends stay where they are and straight lines stay straight.
 */
export function blurAt(column: Float64Array, half: Float64Array, i: number): number {
  const last = column.length - 1;
  let sum = (half[0] ?? 1) * (column[i] ?? 0);
  if (i >= half.length && i + half.length <= last) {
    for (let k = 1; k < half.length; k++) sum += (half[k] ?? 0) * ((column[i - k] ?? 0) + (column[i + k] ?? 0));
    return sum;
  }
  for (let k = 1; k < half.length; k++) {
    const before = i - k;
    const after = i + k;
    const a = before >= 0 ? (column[before] ?? 0) : 2 * (column[0] ?? 0) - (column[Math.min(-before, last)] ?? 0);
    const b =
      after <= last ? (column[after] ?? 0) : 2 * (column[last] ?? 0) - (column[Math.max(2 * last - after, 0)] ?? 0);
    sum += (half[k] ?? 0) * (a + b);
  }
  return sum;
}

/** Gaussian mean of a whole column with a width (standard deviation, metres) of its own at each sample. */
export function blur(column: Float64Array, sigma: Float64Array, spacing: number): Float64Array {
  const kernels = new Kernels(spacing);
  return column.map((_, i) => blurAt(column, kernels.half(sigma[i] ?? 0), i));
}

/** Direction of travel at each sample, radians without jumps of 2 pi. */
export function headings(line: Pick<Line, "x" | "y">): Float64Array {
  const count = line.x.length;
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const a = Math.max(0, i - 1);
    const b = Math.min(count - 1, i + 1);
    const raw = Math.atan2((line.y[b] ?? 0) - (line.y[a] ?? 0), (line.x[b] ?? 0) - (line.x[a] ?? 0));
    const before = i === 0 ? raw : (out[i - 1] ?? 0);
    out[i] = before + (raw - before - 2 * Math.PI * Math.round((raw - before) / (2 * Math.PI)));
  }
  return out;
}

/** 1/m at each sample from the circle through it and its neighbours; left positive. */
export function curvatures(line: Pick<Line, "x" | "y">): Float64Array {
  const count = line.x.length;
  const out = new Float64Array(count);
  for (let i = 1; i < count - 1; i++) {
    const ax = (line.x[i] ?? 0) - (line.x[i - 1] ?? 0);
    const ay = (line.y[i] ?? 0) - (line.y[i - 1] ?? 0);
    const bx = (line.x[i + 1] ?? 0) - (line.x[i] ?? 0);
    const by = (line.y[i + 1] ?? 0) - (line.y[i] ?? 0);
    const product = Math.hypot(ax, ay) * Math.hypot(bx, by) * Math.hypot(ax + bx, ay + by);
    const cross = ax * by - ay * bx;
    if (product > 0) out[i] = (2 * cross) / product;
    // A reversal on the spot has no circle; any drivable limit must see it as far too tight.
    if (ax * bx + ay * by < 0) out[i] = cross < 0 ? -10 : 10;
  }
  out[0] = out[1] ?? 0;
  out[count - 1] = out[count - 2] ?? 0;
  return out;
}

/** Lowers nothing, raises what is too low beside a high value: neighbours differ by at most `step`. */
export function spread(column: Float64Array, step: number): void {
  for (let i = 1; i < column.length; i++) column[i] = Math.max(column[i] ?? 0, (column[i - 1] ?? 0) - step);
  for (let i = column.length - 2; i >= 0; i--) column[i] = Math.max(column[i] ?? 0, (column[i + 1] ?? 0) - step);
}
