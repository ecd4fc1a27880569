// Hot: runs for every position that is matched.
import type { Graph } from "../city.ts";
import { distanceInUnits, metresPerUnitX, metresPerUnitY } from "../geometry.ts";
import { eachSegment } from "../graph/segments.ts";
import { lengthOf } from "./road-line.ts";

/** A place on an edge where a measured position may truly have been: the point of its road that lies nearest. */
export interface Candidate {
  readonly edge: number;
  /** Metres from the beginning of the edge. */
  readonly along: number;
  /** In 1e-7 degrees. */
  readonly x: number;
  readonly y: number;
  /** Metres from the measured position. */
  readonly distance: number;
  /** Radians clockwise from north, the way the edge leads here. */
  readonly bearing: number;
}

interface Near {
  readonly road: number;
  segment: number;
  x: number;
  y: number;
  distance: number;
  bearing: number;
}

/** The directed edges of at most `mostRoads` roads within `radius` metres of a point (1e-7 degrees), nearest first. */
export function candidatesNear(
  graph: Graph,
  x: number,
  y: number,
  radius: number,
  mostRoads: number,
): readonly Candidate[] {
  const { pointX, pointY } = graph;
  const perX = metresPerUnitX(y);
  const perY = metresPerUnitY(y);
  const dx = radius / perX;
  const dy = radius / perY;
  const nearest = new Map<number, Near>();
  eachSegment(graph, x - dx, y - dy, x + dx, y + dy, (i, road) => {
    const ax = (pointX[i] - x) * perX;
    const ay = (pointY[i] - y) * perY;
    const ux = (pointX[i + 1] - x) * perX - ax;
    const uy = (pointY[i + 1] - y) * perY - ay;
    const square = ux * ux + uy * uy;
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * ux + ay * uy) / square));
    const distance = Math.hypot(ax + share * ux, ay + share * uy);
    if (distance > radius) return;
    const known = nearest.get(road);
    if (known !== undefined && known.distance <= distance) return;
    nearest.set(road, {
      road,
      segment: i,
      x: pointX[i] + share * (pointX[i + 1] - pointX[i]),
      y: pointY[i] + share * (pointY[i + 1] - pointY[i]),
      distance,
      bearing: Math.atan2(ux, uy),
    });
  });
  // The road breaks ties, so that the same trace is always matched the same way.
  const roads = [...nearest.values()].toSorted((a, b) => a.distance - b.distance || a.road - b.road);
  const found: Candidate[] = [];
  for (const near of roads.slice(0, mostRoads)) {
    const forward = graph.roadForward[near.road];
    const backward = graph.roadBackward[near.road];
    const offset = offsetOf(graph, near);
    const { distance, bearing } = near;
    if (forward >= 0) {
      const along = Math.min(offset, lengthOf(graph, forward));
      found.push({ edge: forward, along, x: near.x, y: near.y, distance, bearing });
    }
    if (backward >= 0) {
      const along = Math.max(0, lengthOf(graph, backward) - offset);
      found.push({ edge: backward, along, x: near.x, y: near.y, distance, bearing: bearing + Math.PI });
    }
  }
  return found;
}

function offsetOf(graph: Graph, near: Near): number {
  const { pointX, pointY } = graph;
  let metres = 0;
  for (let i = graph.roadPoint[near.road]; i < near.segment; i++) {
    metres += distanceInUnits(pointX[i], pointY[i], pointX[i + 1], pointY[i + 1]);
  }
  return metres + distanceInUnits(pointX[near.segment], pointY[near.segment], near.x, near.y);
}
