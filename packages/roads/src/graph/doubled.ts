import type { RoadWay } from "./road-ways.ts";

/** Directions of a piece of a way that another way drawn over it has taken. */
export interface Taken {
  readonly forward: boolean;
  readonly backward: boolean;
}

/** A piece of a way between two points that follow each other. */
interface Piece {
  readonly row: number;
  readonly index: number;
  /** Whether it is drawn from the lower point to the higher one. */
  readonly rises: boolean;
}

function nameOf(way: RoadWay): string | undefined {
  const name = way.source.tags.get("name");
  return name === "" ? undefined : name;
}

/** Whether `a` comes before `b`: names in order of the alphabet, no name last. */
function isNamedBefore(a: RoadWay, b: RoadWay): boolean {
  const [first, second] = [nameOf(a), nameOf(b)];
  return first !== undefined && (second === undefined || first < second);
}

/**
 * Pieces over which several ways are drawn. In each direction only the one that counts least remains, with equal ones the first by name, as
 * in OSRM; the answer tells of each way (by row, then by the index of its piece) what the others have taken.
 */
export function takenByOthers(
  ways: readonly RoadWay[],
  nodeOfPoint: Int32Array,
): ReadonlyMap<number, ReadonlyMap<number, Taken>> {
  const span = nodeOfPoint.length;
  const keyOf = (a: number, b: number) => Math.min(a, b) * span + Math.max(a, b);
  // Two ways over the same piece meet at both of its ends, so that both are nodes.
  const eachPiece = (visit: (key: number, row: number, index: number, rises: boolean) => void) => {
    for (const [row, { source }] of ways.entries()) {
      const { points } = source;
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1], points[i]];
        if (a !== b && nodeOfPoint[a] >= 0 && nodeOfPoint[b] >= 0) visit(keyOf(a, b), row, i, a < b);
      }
    }
  };
  const all: number[] = [];
  eachPiece((key) => all.push(key));
  const sorted = Float64Array.from(all).toSorted();
  const doubled = new Map<number, Piece[]>();
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) doubled.set(sorted[i], []);
  if (doubled.size > 0) {
    eachPiece((key, row, index, rises) => doubled.get(key)?.push({ row, index, rises }));
  }

  const taken = new Map<number, Map<number, Taken>>();
  for (const pieces of doubled.values()) {
    const up = bestOf(ways, pieces, true);
    const down = bestOf(ways, pieces, false);
    for (const piece of pieces) {
      const [ahead, back] = piece.rises ? [up, down] : [down, up];
      const ofWay = taken.get(piece.row) ?? new Map<number, Taken>();
      ofWay.set(piece.index, { forward: ahead !== piece, backward: back !== piece });
      taken.set(piece.row, ofWay);
    }
  }
  return taken;
}

/** The piece that remains in one direction; undefined where all are closed. */
function bestOf(ways: readonly RoadWay[], pieces: readonly Piece[], rising: boolean): Piece | undefined {
  let best: Piece | undefined;
  let least = Infinity;
  for (const piece of pieces) {
    const way = ways[piece.row];
    const { access, travel, source } = way;
    const isAhead = piece.rises === rising;
    const side = isAhead ? "forward" : "backward";
    if (access[side] === "closed") continue;
    const pace = 1 / (travel[side] * travel.worth[side]);
    const cost = travel.duration === undefined ? pace : travel.duration / (source.points.length - 1);
    if (cost < least || (cost === least && best !== undefined && isNamedBefore(way, ways[best.row]))) {
      best = piece;
      least = cost;
    }
  }
  return best;
}
