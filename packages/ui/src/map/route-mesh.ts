import { pointAt, type Path } from "./path.ts";
import type { MapRoute } from "./types.ts";

/** Numbers for each piece of a line: x and y of both ends, metres from the start, metres of the piece, traffic (0 free, 1 slow, 2 queue, 3 closed). */
export const piecePitch = 7;

/** Stretches of a line by metres from its start, in order and without overlap. */
export type Stretches = NonNullable<MapRoute["traffic"]>;
const levels: Readonly<Record<Stretches[number]["level"], number>> = {
  unknown: 0,
  free: 0,
  slow: 1,
  queue: 2,
  closed: 3,
};

/** A line as pieces for the graphics card, in web Mercator from an origin near it, since 32-bit floats cannot hold a city in world units. */
export interface RouteMesh {
  readonly originX: number;
  readonly originY: number;
  readonly pieces: Float32Array;
  readonly count: number;
}

/** Web Mercator, 0..1 from the north-west. */
export function mercator(lon: number, lat: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** Where a line has to be cut so that each piece has one kind of traffic. */
function cutsOf(path: Path, traffic: Stretches): number[] {
  const cuts = new Set<number>(); // the points of the line, and two for each stretch
  for (const along of path.along) cuts.add(along);
  for (const { from, to, level } of traffic) {
    if (levels[level] === 0) continue;
    for (const cut of [from, to]) if (cut > 0 && cut < path.length) cuts.add(cut);
  }
  return Array.from(cuts).toSorted((a, b) => a - b);
}

/** Cuts a path into pieces, each with its traffic. */
export function meshOf(path: Path, traffic: Stretches = []): RouteMesh {
  const cuts = cutsOf(path, traffic);
  const count = Math.max(0, cuts.length - 1);
  const pieces = new Float32Array(count * piecePitch);
  let stretch = 0;
  const [originX, originY] = mercator(path.points[0] ?? 0, path.points[1] ?? 0);
  let [x, y] = [originX, originY];
  for (let index = 0; index < count; index += 1) {
    const start = cuts[index] ?? 0;
    const end = cuts[index + 1] ?? start;
    const [toLon, toLat] = pointAt(path, end) ?? [0, 0];
    const [toX, toY] = mercator(toLon, toLat);
    const middle = (start + end) / 2;
    while (stretch < traffic.length && (traffic[stretch]?.to ?? Infinity) <= middle) stretch += 1;
    const here = traffic[stretch];
    const level = here !== undefined && here.from <= middle ? levels[here.level] : 0;
    pieces.set([x - originX, y - originY, toX - originX, toY - originY, start, end - start, level], index * piecePitch);
    x = toX;
    y = toY;
  }
  return { originX, originY, pieces, count };
}

/** The matrix times a move by x and y, column by column, in double precision before the card rounds it. */
export function translated(matrix: ArrayLike<number>, x: number, y: number, into: Float32Array): Float32Array {
  for (let at = 0; at < 12; at += 1) into[at] = matrix[at] ?? 0;
  for (let row = 0; row < 4; row += 1) {
    into[12 + row] = (matrix[row] ?? 0) * x + (matrix[4 + row] ?? 0) * y + (matrix[12 + row] ?? 0);
  }
  return into;
}
