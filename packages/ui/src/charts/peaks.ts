// Hot: `window` runs for every frame of a chart that is moved.

/** A line as it is drawn: `null` is a gap. */
export interface DrawnLine {
  readonly at: number[];
  readonly values: (number | null)[];
}

/** Points of a block whose lowest and highest are known beforehand. */
const blockPoints = 256;

/**
 * A line of any length, drawn in as many points as the glass can show: of each stretch of time the lowest and the highest value, so that no peak is
 * lost, with silences longer than `gapMs` left open. Built once in one pass over the points; a window then costs a few points for each stretch.
 */
export class Peaks {
  readonly #at: ArrayLike<number>;
  readonly #values: ArrayLike<number>;
  readonly #gapMs: number;
  /** Where the lowest and the highest of each block lie. */
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  /** Points before which there was a silence, rising. */
  readonly #afterGap: readonly number[];
  readonly lowest: number | undefined;
  readonly highest: number | undefined;

  constructor(at: ArrayLike<number>, values: ArrayLike<number>, gapMs: number) {
    this.#at = at;
    this.#values = values;
    this.#gapMs = gapMs;
    const blocks = Math.ceil(at.length / blockPoints);
    this.#low = new Uint32Array(blocks);
    this.#high = new Uint32Array(blocks);
    const afterGap: number[] = [];
    for (let block = 0; block < blocks; block++) {
      const first = block * blockPoints;
      const end = Math.min(at.length, first + blockPoints);
      let low = first;
      let high = first;
      for (let index = first; index < end; index++) {
        if (values[index] < values[low]) low = index;
        if (values[index] > values[high]) high = index;
        if (index > 0 && at[index] - at[index - 1] > gapMs) afterGap.push(index);
      }
      this.#low[block] = low;
      this.#high[block] = high;
    }
    this.#afterGap = afterGap;
    const whole = at.length === 0 ? undefined : this.#extremes(0, at.length);
    this.lowest = whole === undefined ? undefined : values[whole.low];
    this.highest = whole === undefined ? undefined : values[whole.high];
  }

  /** The points from `from` to `to` (UTC ms) and one beyond each end, in `stretches` of time at most four points each and its gaps. */
  window(from: number, to: number, stretches: number): DrawnLine {
    const line: DrawnLine = { at: [], values: [] };
    const first = Math.max(0, this.#firstAt(from, 0) - 1);
    const end = Math.min(this.#at.length, this.#firstAt(to, first) + 1);
    const stretchMs = (to - from) / stretches;
    // Between stretches that are wider than a silence, the silence cannot be seen.
    const gapMs = Math.max(this.#gapMs, stretchMs);
    let gap = lowerBound(this.#afterGap, first + 1, 0);
    let index = first;
    while (index < end) {
      const untilMs = from + (Math.floor((this.#at[index] - from) / stretchMs) + 1) * stretchMs;
      let stop =
        end - first <= stretches * 2 ? index + 1 : Math.max(index + 1, Math.min(end, this.#firstAt(untilMs, index)));
      while (gap < this.#afterGap.length && this.#isSeen(gap, index, gapMs)) gap += 1;
      const silence = this.#afterGap[gap];
      if (silence !== undefined && silence > index && silence < stop) stop = silence;
      this.#add(line, index, stop);
      if (silence === stop && stop < end) {
        // One moment after the last sample before it, so that the line ends there.
        line.at.push(this.#at[stop - 1] + 1);
        line.values.push(null);
      }
      index = stop;
    }
    return line;
  }

  /** A silence that lies behind, or is too short for this window. */
  #isSeen(gap: number, index: number, gapMs: number): boolean {
    const point = this.#afterGap[gap] ?? 0;
    return point <= index || this.#at[point] - this.#at[point - 1] <= gapMs;
  }

  #add(line: DrawnLine, first: number, end: number): void {
    const { low, high } = this.#extremes(first, end);
    let before = -1;
    for (const index of [first, Math.min(low, high), Math.max(low, high), end - 1]) {
      if (index <= before) continue;
      before = index;
      line.at.push(this.#at[index]);
      line.values.push(this.#values[index]);
    }
  }

  #extremes(first: number, end: number): { low: number; high: number } {
    const values = this.#values;
    let low = first;
    let high = first;
    for (let index = first; index < end;) {
      if (index % blockPoints === 0 && index + blockPoints <= end) {
        const block = index / blockPoints;
        if (values[this.#low[block]] < values[low]) low = this.#low[block];
        if (values[this.#high[block]] > values[high]) high = this.#high[block];
        index += blockPoints;
      } else {
        if (values[index] < values[low]) low = index;
        if (values[index] > values[high]) high = index;
        index += 1;
      }
    }
    return { low, high };
  }

  #firstAt(time: number, after: number): number {
    return lowerBound(this.#at, time, after);
  }
}

/** Where the first of these rising numbers lies that is not below `wanted`, from `after` on. */
function lowerBound(numbers: ArrayLike<number>, wanted: number, after: number): number {
  let low = after;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
