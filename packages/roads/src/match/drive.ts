import type { Graph } from "../city.ts";
import { distanceInUnits, toDegrees, toUnits } from "../geometry.ts";
import type { DrivenPiece, TracePoint } from "./matching.ts";
import { lengthOf, nearestOn, pointOn, twinOf } from "./road-line.ts";

/** A place on the roads: an edge, and the metres from its beginning. */
export interface RoadPlace {
  readonly edge: number;
  readonly along: number;
}

/** What is driven from one place to another over `path`, the edges of both included; where the path turns round, it does so as soon as it can. */
export function piecesOf(
  graph: Graph,
  from: RoadPlace,
  to: RoadPlace,
  path: readonly number[],
): readonly DrivenPiece[] {
  const pieces: DrivenPiece[] = [];
  let begin = from.along;
  for (const [index, edge] of path.entries()) {
    const length = lengthOf(graph, edge);
    const next = path[index + 1];
    const isLast = index === path.length - 1;
    const turnsHere = index === 0 && !isLast && next === twinOf(graph, edge);
    // Turning round to a place behind happens on the spot, to a place ahead beside it.
    const ahead = turnsHere && path.length === 2 ? length - to.along : begin;
    const end = isLast ? to.along : turnsHere ? Math.max(begin, ahead) : length;
    pieces.push({ edge, from: begin, to: Math.max(begin, end) });
    begin = turnsHere ? Math.max(0, lengthOf(graph, next) - Math.max(begin, ahead)) : 0;
  }
  return pieces;
}

/** Metres. */
export function lengthOfPieces(pieces: readonly DrivenPiece[]): number {
  return pieces.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Puts further points of the trace onto what was driven, each at or behind the one before, and cuts the drive there. */
export function placeBetween(graph: Graph, leg: readonly DrivenPiece[], points: readonly TracePoint[]) {
  const places: (RoadPlace & { readonly lat: number; readonly lon: number; readonly distance: number })[] = [];
  const legs: DrivenPiece[][] = [];
  let rest = [...leg];
  for (const point of points) {
    const at = { x: toUnits(point.lon), y: toUnits(point.lat) };
    let best = { index: 0, along: rest[0].from, distance: Infinity };
    for (const [index, { edge, from, to }] of rest.entries()) {
      const near = nearestOn(graph, edge, at, from, to);
      if (near.distance < best.distance) best = { index, ...near };
    }
    const cut = rest[best.index];
    const line = pointOn(graph, cut.edge, best.along);
    const distance = distanceInUnits(at.x, at.y, line.x, line.y);
    places.push({ edge: cut.edge, along: best.along, lat: toDegrees(line.y), lon: toDegrees(line.x), distance });
    legs.push([...rest.slice(0, best.index), { ...cut, to: best.along }]);
    rest = [{ ...cut, from: best.along }, ...rest.slice(best.index + 1)];
  }
  legs.push(rest);
  return { places, legs };
}
