import type { Graph } from "../../city.ts";
import { metresPerUnitX, metresPerUnitY } from "../../geometry.ts";
import type { Hierarchy } from "../hierarchy.ts";
import { orderInParallel, orderLargeNet } from "./order-roads.ts";
import type { OrderInParallel } from "./order-roads.ts";
import type { RoadNet } from "./road-net.ts";
import { topologyOf } from "./topology.ts";

type RoadGraph = Pick<
  Graph,
  | "nodeCount"
  | "roadPoint"
  | "pointX"
  | "pointY"
  | "roadForward"
  | "roadBackward"
  | "edgeFrom"
  | "edgeTo"
  | "edgeRoad"
  | "stateEdge"
  | "turnFirst"
  | "turnTo"
>;

function roadNetOf(graph: RoadGraph): RoadNet {
  const { nodeCount, roadForward, roadBackward, edgeFrom, edgeTo, edgeRoad, stateEdge, roadPoint } = graph;
  const roadCount = roadForward.length;
  const from = new Uint32Array(roadCount);
  const to = new Uint32Array(roadCount);
  const width = new Uint8Array(roadCount);
  const x = new Float64Array(nodeCount);
  const y = new Float64Array(nodeCount);
  const perX = graph.pointY.length === 0 ? 1 : metresPerUnitX(graph.pointY[0]);
  const place = (node: number, point: number) => {
    x[node] = graph.pointX[point] * perX;
    y[node] = graph.pointY[point] * metresPerUnitY;
  };
  for (let road = 0; road < roadCount; road++) {
    const forward = roadForward[road];
    const backward = roadBackward[road];
    from[road] = forward >= 0 ? edgeFrom[forward] : edgeTo[backward];
    to[road] = forward >= 0 ? edgeTo[forward] : edgeFrom[backward];
    place(from[road], roadPoint[road]);
    place(to[road], roadPoint[road + 1] - 1);
  }
  for (const edge of stateEdge) width[edgeRoad[edge]] = Math.min(255, width[edgeRoad[edge]] + 1);
  return { nodeCount, from, to, width, x, y };
}

/** All states of the roads, road by road. */
function statesOf({ stateEdge, edgeRoad }: RoadGraph, roads: Int32Array): Uint32Array<ArrayBuffer> {
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

/** The contraction hierarchy of a graph: an order by nested dissection, and what follows from it. The same for the same graph. */
export function buildHierarchy(graph: RoadGraph): Hierarchy {
  return topologyOf(graph, statesOf(graph, orderLargeNet(roadNetOf(graph))));
}

/** The same hierarchy, its order found in several threads. */
export async function buildHierarchyInParallel(graph: RoadGraph, parallel: OrderInParallel): Promise<Hierarchy> {
  return topologyOf(graph, statesOf(graph, await orderInParallel(roadNetOf(graph), parallel)));
}
