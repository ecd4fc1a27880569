import type { Graph } from "../../city.ts";
import { metresPerUnitX, metresPerUnitY } from "../../geometry.ts";
import type { Hierarchy } from "../hierarchy.ts";
import { orderRoads } from "./order-roads.ts";
import type { RoadNet } from "./road-net.ts";
import { topologyOf } from "./topology.ts";

type Roads = Pick<
  Graph,
  "nodeCount" | "roadPoint" | "pointX" | "pointY" | "roadForward" | "roadBackward" | "edgeFrom" | "edgeTo"
>;
type States = Pick<Graph, "edgeRoad" | "stateEdge" | "turnFirst" | "turnTo">;

/** The net of some roads, before their turns are known: a road counts for each direction that is open. */
export function roadNetOf(roads: Roads): RoadNet {
  const { nodeCount, roadForward, roadBackward, edgeFrom, edgeTo, roadPoint, pointX, pointY } = roads;
  const roadCount = roadForward.length;
  const from = new Uint32Array(roadCount);
  const to = new Uint32Array(roadCount);
  const width = new Uint8Array(roadCount);
  const x = new Float64Array(nodeCount);
  const y = new Float64Array(nodeCount);
  const perX = pointY.length === 0 ? 1 : metresPerUnitX(pointY[0]);
  const perY = pointY.length === 0 ? 1 : metresPerUnitY(pointY[0]);
  const place = (node: number, point: number) => {
    x[node] = pointX[point] * perX;
    y[node] = pointY[point] * perY;
  };
  for (let road = 0; road < roadCount; road++) {
    const forward = roadForward[road];
    const backward = roadBackward[road];
    from[road] = forward >= 0 ? edgeFrom[forward] : edgeTo[backward];
    to[road] = forward >= 0 ? edgeTo[forward] : edgeFrom[backward];
    width[road] = forward >= 0 && backward >= 0 ? 2 : 1;
    place(from[road], roadPoint[road]);
    place(to[road], roadPoint[road + 1] - 1);
  }
  return { nodeCount, from, to, width, x, y };
}

/** All states of the roads, road by road. */
function statesOf({ stateEdge, edgeRoad }: States, roads: Int32Array): Uint32Array<ArrayBuffer> {
  const first = new Uint32Array(roads.length + 1);
  for (const edge of stateEdge) first[edgeRoad[edge] + 1]++;
  const counts = first.slice(1);
  let sum = 0;
  for (const road of roads) {
    first[road] = sum;
    sum += counts[road];
  }
  const states = new Uint32Array(stateEdge.length);
  for (let state = 0; state < stateEdge.length; state++) states[first[edgeRoad[stateEdge[state]]]++] = state;
  return states;
}

/** The contraction hierarchy that follows from an order of the roads. */
export function hierarchyOf(graph: States, roads: Int32Array): Hierarchy {
  return topologyOf(graph, statesOf(graph, roads));
}

/** The contraction hierarchy of a graph by nested dissection. The same for the same graph. */
export function buildHierarchy(graph: Roads & States): Hierarchy {
  return hierarchyOf(graph, orderRoads(roadNetOf(graph)));
}
