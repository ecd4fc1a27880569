import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import { unreachable } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import { msOfEdge } from "./lengths.ts";
import type { Metric } from "./metric.ts";
import type { FromStarts } from "./sweep.ts";

/** Edges that a car gets to in time. */
export interface Reach {
  readonly edges: Int32Array;
  /** Seconds at which it comes to the end of each, perhaps too late; and at which it comes to the start. */
  readonly seconds: Float64Array;
  readonly entered: Float64Array;
}

/** Everything that lies within some seconds of some starts; `entered` of a start's own edge lies before 0 by what of it is not driven. */
export function edgesWithin(
  graph: Graph,
  from: FromStarts,
  metric: Metric,
  conditions: Conditions,
  starts: readonly EdgeEnd[],
  limitSeconds: number,
): Reach {
  from.run(metric, conditions, starts);
  const enterMs = new Float64Array(graph.edgeCount).fill(Infinity);
  for (let state = 0; state < graph.stateCount; state++) {
    if (from.cost[state] >= unreachable) continue;
    const edge = graph.stateEdge[state];
    enterMs[edge] = Math.min(enterMs[edge], from.msTo(conditions, state));
  }
  for (const { edge, share } of starts) {
    enterMs[edge] = Math.min(enterMs[edge], -share * msOfEdge(graph, conditions, edge));
  }
  const edges: number[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) if (enterMs[edge] <= limitSeconds * 1000) edges.push(edge);
  return {
    edges: Int32Array.from(edges),
    seconds: Float64Array.from(edges, (edge) => (enterMs[edge] + msOfEdge(graph, conditions, edge)) / 1000),
    entered: Float64Array.from(edges, (edge) => enterMs[edge] / 1000),
  };
}
