import type { Path } from "./path.ts";

/** Numbers for each piece of a line: x and y of both ends, metres from the start, metres of the piece. */
export const piecePitch = 6;

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

/** Cuts a path into pieces. */
export function meshOf(path: Path): RouteMesh {
  const count = Math.max(0, path.along.length - 1);
  const pieces = new Float32Array(count * piecePitch);
  const [originX, originY] = mercator(path.points[0] ?? 0, path.points[1] ?? 0);
  let [x, y] = [originX, originY];
  for (let index = 0; index < count; index += 1) {
    const [toX, toY] = mercator(path.points[2 * index + 2] ?? 0, path.points[2 * index + 3] ?? 0);
    const start = path.along[index] ?? 0;
    const end = path.along[index + 1] ?? start;
    pieces.set([x - originX, y - originY, toX - originX, toY - originY, start, end - start], index * piecePitch);
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
