import type { City } from "@caravan/roads";
import type { Route } from "@caravan/roads/routing";
import type { LatLon } from "./frame.ts";
import { placeOn, streetOf } from "./traffic/street.ts";

/** A place that a driver comes to who misses a turn. */
export interface WrongTurn extends LatLon {
  /** Metres along the route where it is left. */
  readonly along: number;
  /** Metres from there to the place. */
  readonly beyond: number;
}

/** A driver needs this much warning, in metres. */
const leastAhead = 60;
/** So far the wrong way is followed before it ends. */
const leastBeyond = 250;
const mostEdges = 40;

/**
 * Where somebody ends up who takes the wrong way at the next junction of the route that has one, at least 60 m after `along`: a place some
 * 250 m down the likeliest other street. Undefined where the route has no such junction left. A route from the car to there, driven, is the wrong turn.
 */
export function wrongTurn(city: City, route: Pick<Route, "pieces">, along: number): WrongTurn | undefined {
  for (const [i, piece] of route.pieces.entries()) {
    const next = route.pieces[i + 1];
    if (next === undefined) return undefined;
    if (piece.to < along + leastAhead || next.edge === piece.edge) continue;
    for (const other of streetOf(city, piece.edge).onward) {
      if (other.edge === next.edge) continue;
      const end = follow(city, other.edge);
      if (end !== undefined) return { ...end, along: piece.to };
    }
  }
  return undefined;
}

/** Straight on from an edge, where it leads far enough. */
function follow(city: City, first: number): (LatLon & { readonly beyond: number }) | undefined {
  let edge: number | undefined = first;
  let beyond = 0;
  for (let n = 0; edge !== undefined && n < mostEdges; n++) {
    const street = streetOf(city, edge);
    if (beyond + street.length >= leastBeyond) {
      const { lat, lon } = placeOn(street, Math.min(leastBeyond - beyond, street.length));
      return { lat, lon, beyond: leastBeyond };
    }
    beyond += street.length;
    edge = street.onward[0]?.edge;
  }
  return undefined;
}
