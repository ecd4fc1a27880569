import { MapError } from "../map-error.ts";

/** More points than this are a region, not a city. */
export const mostPoints = 40_000_000;

export function tooLarge(): MapError {
  return new MapError("too-large", "This map is too large; cut out the city you want to drive in.");
}

/** The points that lines need, by node id; made from the lines, filled as the nodes come. Nodes on no line can be added. */
export class PointIndex {
  /** Ids in rising order; their places are the numbers of the points. */
  private readonly ids: Float64Array;
  private readonly x: Int32Array;
  private readonly y: Int32Array;
  private readonly isKnown: Uint8Array;
  private readonly extraIds: number[] = [];
  private readonly extraX: number[] = [];
  private readonly extraY: number[] = [];

  constructor(lines: readonly (readonly number[])[]) {
    const total = lines.reduce((sum, line) => sum + line.length, 0);
    if (total > mostPoints) throw tooLarge();
    const all = new Float64Array(total);
    let at = 0;
    for (const line of lines) {
      all.set(line, at);
      at += line.length;
    }
    all.sort();
    let count = 0;
    for (let i = 0; i < total; i++) if (i === 0 || all[i] !== all[i - 1]) all[count++] = all[i];
    this.ids = all.slice(0, count);
    this.x = new Int32Array(count);
    this.y = new Int32Array(count);
    this.isKnown = new Uint8Array(count);
  }

  /** Number of a node's point, -1 if no line needs it or the map does not hold it. */
  of(id: number): number {
    const index = this.search(id);
    return index >= 0 && this.isKnown[index] === 1 ? index : -1;
  }

  /** Tells where a node lies; its number, or -1 for a node that is not needed. `keep` adds it even so. */
  put(id: number, x: number, y: number, keep: boolean): number {
    const index = this.search(id);
    if (index >= 0) {
      this.x[index] = x;
      this.y[index] = y;
      this.isKnown[index] = 1;
      return index;
    }
    if (!keep) return -1;
    this.extraIds.push(id);
    this.extraX.push(x);
    this.extraY.push(y);
    return this.ids.length + this.extraX.length - 1;
  }

  /** Points of a line; nodes that the map does not hold (cut off at its edge) are left out. */
  line(nodes: readonly number[]): Uint32Array {
    return Uint32Array.from(nodes.map((node) => this.of(node)).filter((point) => point >= 0));
  }

  positions(): { readonly x: Int32Array; readonly y: Int32Array; readonly ids: Float64Array } {
    const join = <T extends Int32Array | Float64Array>(all: T, known: T, extra: readonly number[]): T => {
      all.set(known);
      all.set(extra, known.length);
      return all;
    };
    const count = this.ids.length + this.extraIds.length;
    return {
      x: join(new Int32Array(count), this.x, this.extraX),
      y: join(new Int32Array(count), this.y, this.extraY),
      ids: join(new Float64Array(count), this.ids, this.extraIds),
    };
  }

  private search(id: number): number {
    let low = 0;
    let high = this.ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const value = this.ids[middle];
      if (value === id) return middle;
      if (value < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
