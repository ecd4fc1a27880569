import type { Graph, LatLon } from "../city.ts";
import { eachSegment } from "../graph/segments.ts";
import { distanceInUnits, metresPerUnitX, metresPerUnitY, toUnits } from "../geometry.ts";

/** A point on a road's line. */
export interface RoadPoint {
  readonly road: number;
  /** Index of the point where its segment begins. */
  readonly segment: number;
  /** In 1e-7 degrees. */
  readonly x: number;
  readonly y: number;
  /** Metres from the asked-for point. */
  readonly distance: number;
  /** Metres the asked-for point lies to the right of the road as it is drawn, negative to the left. */
  readonly right: number;
  /** Radians clockwise from north along the road as it is drawn. */
  readonly bearing: number;
}

/** The first ring that is searched; most points lie on a road. */
const firstRadius = 30;

/**
 * The nearest point on any road within `radius` metres. `weigh` says how many metres worse than it lies a road counts because of what it is
 * and where it leads (radians clockwise from north as drawn); Infinity refuses it.
 */
export function nearestRoadPoint(
  graph: Graph,
  at: LatLon,
  radius: number,
  weigh: (road: number, bearing: number) => number,
): RoadPoint | undefined {
  const x = toUnits(at.lon);
  const y = toUnits(at.lat);
  const perX = metresPerUnitX(y);
  for (let reach = Math.min(firstRadius, radius); ; reach = Math.min(reach * 3, radius)) {
    const { best, score } = bestWithin(graph, x, y, perX, reach, weigh);
    // What lies outside the ring counts more than its reach.
    if (score <= reach || reach >= radius) return best;
  }
}

function bestWithin(
  graph: Graph,
  x: number,
  y: number,
  perX: number,
  reach: number,
  weigh: (road: number, bearing: number) => number,
): { readonly best: RoadPoint | undefined; readonly score: number } {
  const { pointX, pointY } = graph;
  const dx = reach / perX;
  const perY = metresPerUnitY(y);
  const dy = reach / perY;
  let best: RoadPoint | undefined;
  let bestScore = Infinity;
  eachSegment(graph, x - dx, y - dy, x + dx, y + dy, (i, road) => {
    const ax = (pointX[i] - x) * perX;
    const ay = (pointY[i] - y) * perY;
    const bx = (pointX[i + 1] - x) * perX;
    const by = (pointY[i + 1] - y) * perY;
    const ux = bx - ax;
    const uy = by - ay;
    const square = ux * ux + uy * uy;
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * ux + ay * uy) / square));
    const distance = Math.hypot(ax + share * ux, ay + share * uy);
    if (distance > reach || distance > bestScore) return;
    const bearing = Math.atan2(ux, uy);
    const score = distance + weigh(road, bearing);
    if (!(score < bestScore)) return;
    bestScore = score;
    best = {
      road,
      segment: i,
      x: pointX[i] + share * (pointX[i + 1] - pointX[i]),
      y: pointY[i] + share * (pointY[i + 1] - pointY[i]),
      distance,
      right: square === 0 ? 0 : (ay * ux - ax * uy) / Math.sqrt(square),
      bearing,
    };
  });
  return { best, score: bestScore };
}

/** Metres from the first point of the road, as it is drawn. */
export function offsetOf(graph: Graph, at: RoadPoint): number {
  const { pointX, pointY } = graph;
  let metres = 0;
  for (let i = graph.roadPoint[at.road]; i < at.segment; i++) {
    metres += distanceInUnits(pointX[i], pointY[i], pointX[i + 1], pointY[i + 1]);
  }
  return metres + distanceInUnits(pointX[at.segment], pointY[at.segment], at.x, at.y);
}
