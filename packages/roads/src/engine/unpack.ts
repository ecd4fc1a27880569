// Hot: runs for every state of a path.
import type { Graph } from "../city.ts";
import { edgeMark, turnCost } from "./costs.ts";
import { findArc } from "./hierarchy.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Metric } from "./metric.ts";

/** Turns arcs into the states they stand for. Remembers nothing but its stack; the paths over an arc are found again by their cost. */
export class Unpacker {
  private readonly graph: Graph;
  private readonly hierarchy: Hierarchy;
  private readonly stack: Int32Array;

  constructor(graph: Graph, hierarchy: Hierarchy) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    // Each level of the stack is a lower rank of one branch of the elimination tree.
    this.stack = new Int32Array(2 * heightOf(hierarchy) + 4);
  }

  /** Appends the states after `from` on the path that the arc from rank `from` to rank `to` stands for. */
  append(metric: Metric, from: number, to: number, states: number[]): void {
    const { stack } = this;
    const { stateOfRank } = this.hierarchy;
    let depth = 0;
    let at = from;
    stack[depth++] = to;
    while (depth > 0) {
      const next = stack[depth - 1];
      const via = this.viaOf(metric, at, next);
      if (via >= 0) {
        stack[depth++] = via;
        continue;
      }
      states.push(stateOfRank[next]);
      at = next;
      depth--;
    }
  }

  /** The lower rank over which the cheapest path leads from one rank to a neighbour, -1 where it is a single turn. */
  private viaOf(metric: Metric, from: number, to: number): number {
    const { hierarchy } = this;
    const { up, down } = metric;
    const { downFirst, downTo } = hierarchy;
    const cost = from < to ? up[findArc(hierarchy, from, to)] : down[findArc(hierarchy, to, from)];
    if (this.turnCosts(metric, from, to, cost)) return -1;
    let i = downFirst[from];
    let j = downFirst[to];
    const endI = downFirst[from + 1];
    const endJ = downFirst[to + 1];
    while (i < endI && j < endJ) {
      const a = downTo[i];
      const b = downTo[j];
      if (a < b) i++;
      else if (b < a) j++;
      else {
        if (down[findArc(hierarchy, a, from)] + up[findArc(hierarchy, a, to)] === cost) return a;
        i++;
        j++;
      }
    }
    throw new Error("an arc of the hierarchy stands for no path");
  }

  /** Whether a turn between two ranks costs just this. */
  private turnCosts({ costs }: Metric, from: number, to: number, cost: number): boolean {
    const { graph, hierarchy } = this;
    const { turnFirst, turnTo, stateEdge } = graph;
    const state = hierarchy.stateOfRank[from];
    const target = hierarchy.stateOfRank[to];
    const edge = stateEdge[state];
    if ((costs.marks[edge] & edgeMark.closed) !== 0) return false;
    for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++) {
      if (turnTo[turn] !== target) continue;
      if (costs.edge[edge] + turnCost(graph, costs, turn, edge, stateEdge[target]) === cost) return true;
    }
    return false;
  }
}

/** The most states from one to a root of the elimination tree. */
function heightOf({ upFirst, upTo }: Hierarchy): number {
  const count = upFirst.length - 1;
  const depth = new Uint16Array(count);
  let height = 0;
  for (let rank = count - 1; rank >= 0; rank--) {
    const isRoot = upFirst[rank] === upFirst[rank + 1];
    depth[rank] = isRoot ? 1 : depth[upTo[upFirst[rank]]] + 1;
    height = Math.max(height, depth[rank]);
  }
  return height;
}
