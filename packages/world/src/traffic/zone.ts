import type { PathPiece } from "../car.ts";
import type { Gate } from "./lane.ts";
import { nearestAlong } from "./street.ts";
import type { Street } from "./street.ts";
import type { Vehicle } from "./vehicle.ts";

/** A piece of a path with where on its edge it begins, in metres. */
export interface PlacedPiece extends PathPiece {
  readonly offset: number;
}

/** One of our cars as the traffic knows it. Mutable. */
export interface Member {
  readonly vehicle: Vehicle;
  /** Undefined: not on the road. */
  pieces: readonly PlacedPiece[] | undefined;
  /** The piece its front bumper is on. */
  index: number;
  /** Metres of its front bumper along the route of its path. */
  routeAlong: number;
}

/** Metres of our car's path on which others are simulated, and of the opposite direction. */
const around = { behind: 200, ahead: 900, oncomingBehind: 150, oncomingAhead: 500 } as const;
/** A hindrance so far ahead on the path has its queue simulated, this far upstream and downstream of it. */
const hindranceSight = 4_000;
const queueReach = 900;
const queueBeyond = 150;
/** A jam needs more cars than pass it: this many times as many come, where the street alone would bring fewer. */
const jamDemand = 2.2;

/** Which streets are simulated now: those along our cars' paths, and the queues before hindrances on them. */
export function wantedStreets(
  members: readonly Member[],
  street: (edge: number) => Street,
  gatesOn: (edge: number) => readonly Gate[],
): {
  readonly wanted: ReadonlySet<number>;
  /** Streets before a jam, and the vehicles a second that come there. */
  readonly upstream: ReadonlyMap<number, number>;
} {
  const wanted = new Set<number>();
  const upstream = new Map<number, number>();
  for (const { pieces, routeAlong } of members) {
    if (pieces === undefined) continue;
    for (const piece of pieces) {
      const isNear = (behind: number, ahead: number): boolean =>
        piece.to >= routeAlong - behind && piece.from <= routeAlong + ahead;
      if (isNear(around.behind, around.ahead)) wanted.add(piece.edge);
      if (isNear(around.oncomingBehind, around.oncomingAhead)) {
        const { reverse } = street(piece.edge);
        if (reverse >= 0) wanted.add(reverse);
      }
    }
    for (const held of pieces) {
      for (const gate of gatesOn(held.edge)) {
        const at = held.from + gate.along - held.offset;
        if (at < held.from || at > held.to || at < routeAlong - 50 || at > routeAlong + hindranceSight) continue;
        for (const piece of pieces) {
          if (piece.to < at - queueReach || piece.from > at + queueBeyond) continue;
          wanted.add(piece.edge);
          if (piece.from <= at && gate.kind === "jam") upstream.set(piece.edge, jamDemand / gate.interval);
        }
      }
    }
  }
  return { wanted, upstream };
}

/** Finds where on its edge each piece of a path begins. */
export function placePieces(pieces: readonly PathPiece[], street: (edge: number) => Street): readonly PlacedPiece[] {
  return pieces.map((piece, i) => {
    const on = street(piece.edge);
    const span = piece.to - piece.from;
    const before = pieces[i - 1];
    const after = pieces[i + 1];
    if (
      before?.edge === piece.edge
        ? span < on.length - 0.5
        : i === 0 && (after === undefined || after.edge === piece.edge)
    ) {
      return { ...piece, offset: nearestAlong(on, piece.begin) };
    }
    // The first piece ends where its edge does; all others begin there.
    return { ...piece, offset: i === 0 ? Math.max(on.length - span, 0) : 0 };
  });
}
