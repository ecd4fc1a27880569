/** A rectangle of figures at equal distances, row by row from the south, each from the west; Infinity where there is none. */
export interface Field {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float64Array;
}

/** A ring as x, y, x, y, ... in steps of the field; the last point is the first. Inside is to the left. */
export type Ring = readonly number[];

/** An outer ring with the holes in it. */
export type Patch = readonly [Ring, ...Ring[]];

/**
 * The patches of a field whose figures are at most `level`, by marching squares (Lorensen and Cline, 1987, in the plane). What reaches the
 * edge of the field is cut off there.
 */
export function patchesWithin(field: Field, level: number): readonly Patch[] {
  const rings = linked(segmentsOf(field, level));
  const outer = rings.filter((ring) => areaOf(ring) > 0);
  const holes = rings.filter((ring) => areaOf(ring) < 0);
  const patches: [Ring, ...Ring[]][] = outer.map((ring) => [ring]);
  for (const hole of holes) {
    const around = patches
      .filter(([ring]) => isInside(ring, hole[0] ?? 0, hole[1] ?? 0))
      .toSorted(([a], [b]) => areaOf(a) - areaOf(b))[0];
    around?.push(hole);
  }
  return patches;
}

interface Segment {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** Beyond the field nothing lies within the level. */
function valueAt({ columns, rows, values }: Field, x: number, y: number): number {
  return x < 0 || y < 0 || x >= columns || y >= rows ? Infinity : (values[y * columns + x] ?? Infinity);
}

/** Share of the way from `a` to `b` where the level is met; amid it where a side has no figure. */
function crossing(a: number, b: number, level: number): number {
  if (!Number.isFinite(a) || !Number.isFinite(b) || a === b) return 0.5;
  return Math.min(0.999, Math.max(0.001, (level - a) / (b - a)));
}

function segmentsOf(field: Field, level: number): readonly Segment[] {
  const segments: Segment[] = [];
  for (let y = -1; y < field.rows; y++) {
    for (let x = -1; x < field.columns; x++) {
      const sw = valueAt(field, x, y);
      const se = valueAt(field, x + 1, y);
      const ne = valueAt(field, x + 1, y + 1);
      const nw = valueAt(field, x, y + 1);
      const code = (sw <= level ? 1 : 0) | (se <= level ? 2 : 0) | (ne <= level ? 4 : 0) | (nw <= level ? 8 : 0);
      if (code === 0 || code === 15) continue;
      const south = [x + crossing(sw, se, level), y] as const;
      const east = [x + 1, y + crossing(se, ne, level)] as const;
      const north = [x + crossing(nw, ne, level), y + 1] as const;
      const west = [x, y + crossing(sw, nw, level)] as const;
      const add = (from: Segment["from"], to: Segment["to"]) => segments.push({ from, to });
      // One line for each corner or side that lies within; opposite corners stay apart.
      if (code === 1 || code === 5) add(south, west);
      if (code === 2 || code === 10) add(east, south);
      if (code === 4 || code === 5) add(north, east);
      if (code === 8 || code === 10) add(west, north);
      if (code === 3) add(east, west);
      if (code === 6) add(north, south);
      if (code === 12) add(west, east);
      if (code === 9) add(south, north);
      if (code === 14) add(west, south);
      if (code === 13) add(south, east);
      if (code === 11) add(east, north);
      if (code === 7) add(north, west);
    }
  }
  return segments;
}

const keyOf = ([x, y]: Segment["from"]) => `${x},${y}`;

function linked(segments: readonly Segment[]): readonly Ring[] {
  const open = new Map<string, Segment>();
  for (const segment of segments) open.set(keyOf(segment.from), segment);
  const rings: Ring[] = [];
  for (const first of segments) {
    if (open.get(keyOf(first.from)) !== first) continue;
    const ring: number[] = [...first.from];
    let at: Segment | undefined = first;
    while (at !== undefined) {
      open.delete(keyOf(at.from));
      ring.push(...at.to);
      at = open.get(keyOf(at.to));
    }
    if (ring.length >= 8 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1)) rings.push(ring);
  }
  return rings;
}

/** Positive where the ring runs counterclockwise. */
function areaOf(ring: Ring): number {
  let twice = 0;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    twice += (ring[i] ?? 0) * (ring[i + 3] ?? 0) - (ring[i + 2] ?? 0) * (ring[i + 1] ?? 0);
  }
  return twice / 2;
}

function isInside(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring.slice(i, i + 4);
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}
