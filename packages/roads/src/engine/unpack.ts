// Hot: runs for every state of a path.
import type { Graph } from "../city.ts";
import { heightOf } from "./hierarchy.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Metric } from "./metric.ts";
import { arcCost, turnOfCost, viaOf } from "./via.ts";

/** Turns arcs into the states they stand for. Remembers nothing but its stack; the path over an arc is found again by its cost. */
export class Unpacker {
  private readonly graph: Graph;
  private readonly hierarchy: Hierarchy;
  private readonly stack: Int32Array;

  constructor(graph: Graph, hierarchy: Hierarchy) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    // Each level of the stack is a lower rank of one branch of the elimination tree.
    this.stack = new Int32Array(heightOf(hierarchy) + 1);
  }

  /** Appends the states after `from` on the path that the arc from rank `from` to rank `to` stands for. */
  append(metric: Metric, from: number, to: number, states: number[]): void {
    const { graph, hierarchy, stack } = this;
    let depth = 0;
    let at = from;
    stack[depth++] = to;
    while (depth > 0) {
      const next = stack[depth - 1];
      const cost = arcCost(hierarchy, metric, at, next);
      if (turnOfCost(graph, hierarchy, metric, at, next, cost) < 0) {
        stack[depth++] = viaOf(hierarchy, metric, at, next, cost);
        continue;
      }
      states.push(hierarchy.stateOfRank[next]);
      at = next;
      depth--;
    }
  }
}
