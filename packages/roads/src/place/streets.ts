import type { Graph, LatLon } from "../city.ts";
import { distanceInUnits, toDegrees } from "../geometry.ts";
import { eachSegment } from "../graph/segments.ts";
import { classAt, rankOfClass } from "../rules/road-class.ts";

/** One street in one part of the city: roads of one name that hang together. */
export interface Street extends LatLon {
  readonly name: string;
  readonly ref: string;
  /** Its other names, joined by ";". */
  readonly alias: string;
  /** 0 to 7, how much traffic its biggest road is built for. */
  readonly rank: number;
  /** Metres, both carriageways of a divided road counted. */
  readonly length: number;
  /** A road of it, for asking what lies beside it. */
  readonly road: number;
}

/** Pieces of one name closer than this, in metres, are one street. */
const sameStreetWithin = 800;

interface Piece {
  readonly road: number;
  readonly x: number;
  readonly y: number;
}

/** Gathers pieces into groups that are nowhere farther apart than `sameStreetWithin`. */
function groupPieces(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const near = groups.filter((group) =>
      group.some((other) => distanceInUnits(piece.x, piece.y, other.x, other.y) < sameStreetWithin),
    );
    const [home] = near;
    if (home === undefined) {
      groups.push([piece]);
      continue;
    }
    home.push(piece);
    for (const other of near.slice(1)) {
      home.push(...other);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  return groups;
}

function streetOfGroup(graph: Graph, name: string, pieces: readonly Piece[]): Street {
  let length = 0;
  let sumX = 0;
  let sumY = 0;
  let rank = 0;
  let ref = "";
  let alias = "";
  for (const { road, x, y } of pieces) {
    const metres = graph.roadLength[road];
    length += metres;
    sumX += x * metres;
    sumY += y * metres;
    const way = graph.roadWay[road];
    rank = Math.max(rank, rankOfClass(classAt(graph.wayClass[way])));
    ref ||= graph.names[graph.wayRef[way]];
    alias ||= graph.names[graph.wayAlias[way]];
  }
  // The middle of a bent street may lie off it: take the piece nearest to it.
  let middle = pieces[0];
  let least = Infinity;
  for (const piece of pieces) {
    const distance = distanceInUnits(piece.x, piece.y, sumX / length, sumY / length);
    if (distance < least) {
      least = distance;
      middle = piece;
    }
  }
  return { name, ref, alias, rank, length, road: middle.road, lat: toDegrees(middle.y), lon: toDegrees(middle.x) };
}

/** All streets of a city by name (or, for roads without one, by their number), one for each part of the city that has one. */
export function streetsOf(graph: Graph): readonly Street[] {
  const byName = new Map<string, Piece[]>();
  for (let road = 0; road < graph.roadCount; road++) {
    const way = graph.roadWay[road];
    const name = graph.names[graph.wayName[way]] || graph.names[graph.wayRef[way]];
    if (name === "") continue;
    const middle = (graph.roadPoint[road] + graph.roadPoint[road + 1] - 1) >> 1;
    const piece = { road, x: graph.pointX[middle], y: graph.pointY[middle] };
    const pieces = byName.get(name);
    if (pieces === undefined) byName.set(name, [piece]);
    else pieces.push(piece);
  }
  const streets: Street[] = [];
  for (const [name, pieces] of byName) {
    for (const group of groupPieces(pieces)) streets.push(streetOfGroup(graph, name, group));
  }
  return streets;
}

/** The biggest other street that meets a road or its neighbours, empty if there is none with a name. */
export function streetBeside(graph: Graph, road: number, name: string): string {
  const at = graph.roadPoint[road];
  const x = graph.pointX[at];
  const y = graph.pointY[at];
  const reach = 15_000; // units, some 150 m
  let best = "";
  let bestRank = -1;
  eachSegment(graph, x - reach, y - reach, x + reach, y + reach, (_, near) => {
    const way = graph.roadWay[near];
    const other = graph.names[graph.wayName[way]];
    const rank = rankOfClass(classAt(graph.wayClass[way]));
    if (other !== "" && other !== name && rank > bestRank) {
      best = other;
      bestRank = rank;
    }
  });
  return best;
}
