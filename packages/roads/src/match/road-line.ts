import type { Graph } from "../city.ts";
import { bearingInUnits, distanceInUnits, metresPerUnitX, metresPerUnitY } from "../geometry.ts";
import { isForward } from "../graph/edge-facts.ts";

/** A point on an edge: where it is (1e-7 degrees) and where the edge leads there (radians clockwise from north). */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly bearing: number;
}

/** Metres. */
export function lengthOf(graph: Graph, edge: number): number {
  return graph.roadLength[graph.edgeRoad[edge]];
}

/** The edge of the same road in the other direction, -1 where that is closed. */
export function twinOf(graph: Graph, edge: number): number {
  const road = graph.edgeRoad[edge];
  return graph.roadForward[road] === edge ? graph.roadBackward[road] : graph.roadForward[road];
}

/** The point `along` metres from the beginning of an edge; before and behind it, its ends. */
export function pointOn(graph: Graph, edge: number, along: number): LinePoint {
  const { pointX, pointY } = graph;
  const road = graph.edgeRoad[edge];
  const forward = isForward(graph, edge);
  const first = graph.roadPoint[road];
  const last = graph.roadPoint[road + 1] - 1;
  const step = forward ? 1 : -1;
  const stop = forward ? last : first;
  let left = Math.max(0, along);
  for (let i = forward ? first : last; ; i += step) {
    const x = pointX[i];
    const y = pointY[i];
    const nextX = pointX[i + step];
    const nextY = pointY[i + step];
    const span = distanceInUnits(x, y, nextX, nextY);
    const isLast = i + step === stop;
    if (left > span && !isLast) {
      left -= span;
      continue;
    }
    const share = span === 0 ? 0 : Math.min(1, left / span);
    return {
      x: x + share * (nextX - x),
      y: y + share * (nextY - y),
      bearing: bearingInUnits(x, y, nextX, nextY),
    };
  }
}

/** The place between `from` and `to` metres of an edge that lies nearest to a point (1e-7 degrees). */
export function nearestOn(
  graph: Graph,
  edge: number,
  at: { readonly x: number; readonly y: number },
  from: number,
  to: number,
): { readonly along: number; readonly distance: number } {
  const { pointX, pointY } = graph;
  const road = graph.edgeRoad[edge];
  const forward = isForward(graph, edge);
  const first = graph.roadPoint[road];
  const last = graph.roadPoint[road + 1] - 1;
  const step = forward ? 1 : -1;
  const stop = forward ? last : first;
  const perX = metresPerUnitX(at.y);
  const perY = metresPerUnitY(at.y);
  let best = { along: from, distance: Infinity };
  let begin = 0;
  for (let i = forward ? first : last; i !== stop && begin <= to; i += step) {
    const ax = (pointX[i] - at.x) * perX;
    const ay = (pointY[i] - at.y) * perY;
    const ux = (pointX[i + step] - at.x) * perX - ax;
    const uy = (pointY[i + step] - at.y) * perY - ay;
    const span = Math.hypot(ux, uy);
    const wanted = span === 0 ? 0 : -(ax * ux + ay * uy) / span;
    const offset = Math.min(span, to - begin, Math.max(0, from - begin, wanted));
    if (offset >= from - begin) {
      const share = span === 0 ? 0 : offset / span;
      const distance = Math.hypot(ax + share * ux, ay + share * uy);
      if (distance < best.distance) best = { along: begin + offset, distance };
    }
    begin += span;
  }
  return best;
}
