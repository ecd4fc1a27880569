import type { Graph } from "../city.ts";
import { bearingInUnits, distanceInUnits } from "../geometry.ts";

/** The heading of a road at a junction is taken this far from it, in metres; the last metres are often only the mapper's corner. */
const headingReach = 12;

type Lines = Pick<Graph, "roadPoint" | "pointX" | "pointY" | "edgeRoad" | "roadForward">;

/** Heading (radians clockwise from north) from one end of a road to a point of it at least `reach` metres away. */
function headingFromEnd(lines: Lines, road: number, atStart: boolean, reach: number): number {
  const { pointX, pointY } = lines;
  const first = lines.roadPoint[road];
  const last = lines.roadPoint[road + 1] - 1;
  const origin = atStart ? first : last;
  const end = atStart ? last : first;
  const step = atStart ? 1 : -1;
  let at = origin + step;
  while (at !== end && distanceInUnits(pointX[origin], pointY[origin], pointX[at], pointY[at]) < reach) at += step;
  return bearingInUnits(pointX[origin], pointY[origin], pointX[at], pointY[at]);
}

/** Heading of an edge as it leaves its first node, radians clockwise from north, over the first metres told. */
export function headingLeaving(lines: Lines, edge: number, reach = headingReach): number {
  const road = lines.edgeRoad[edge];
  return headingFromEnd(lines, road, lines.roadForward[road] === edge, reach);
}

/** Heading of an edge as it comes to its last node. */
export function headingArriving(lines: Lines, edge: number, reach = headingReach): number {
  const road = lines.edgeRoad[edge];
  return headingFromEnd(lines, road, lines.roadForward[road] !== edge, reach) + Math.PI;
}
