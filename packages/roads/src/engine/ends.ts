import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import { costUpTo, turnCost } from "./costs.ts";
import type { EdgeCosts } from "./costs.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Seeds } from "./seeds.ts";

/** Where paths begin and end in a hierarchy: the rest of a start's edge and a turn lead to the first states, a share of the goal's edge is added at its states. */
export class Ends {
  private readonly graph: Graph;
  private readonly hierarchy: Hierarchy;
  /** Edges that have more states than their own, with these. */
  private readonly copies = new Map<number, number[]>();

  constructor(graph: Graph, hierarchy: Hierarchy) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    for (let state = graph.edgeCount; state < graph.stateCount; state++) {
      const edge = graph.stateEdge[state];
      const known = this.copies.get(edge);
      if (known === undefined) this.copies.set(edge, [state]);
      else known.push(state);
    }
  }

  /** All states of an edge. */
  statesOf(edge: number): readonly number[] {
    return [edge, ...(this.copies.get(edge) ?? [])];
  }

  addStarts(seeds: Seeds, costs: EdgeCosts, starts: readonly EdgeEnd[]): void {
    const { turnFirst, turnTo, stateEdge } = this.graph;
    const { rankOfState } = this.hierarchy;
    for (let i = 0; i < starts.length; i++) {
      const start = starts[i];
      const { edge } = start;
      const rest = costs.edge[edge] - costUpTo(costs, start);
      for (let turn = turnFirst[edge]; turn < turnFirst[edge + 1]; turn++) {
        const cost = rest + turnCost(this.graph, costs, turn, edge, stateEdge[turnTo[turn]]);
        seeds.add(rankOfState[turnTo[turn]], cost, i);
      }
    }
  }

  addGoals(seeds: Seeds, costs: EdgeCosts, goals: readonly EdgeEnd[]): void {
    const { rankOfState } = this.hierarchy;
    for (let i = 0; i < goals.length; i++) {
      const { edge } = goals[i];
      const cost = costUpTo(costs, goals[i]);
      seeds.add(rankOfState[edge], cost, i);
      const copies = this.copies.get(edge);
      if (copies !== undefined) for (const state of copies) seeds.add(rankOfState[state], cost, i);
    }
  }
}

/** Start and goal on one edge, the goal ahead; undefined unless the way along it costs no more than `most`. The cheapest such pair. */
export function directPair(
  costs: EdgeCosts,
  starts: readonly EdgeEnd[],
  goals: readonly EdgeEnd[],
  most: number,
): { readonly start: EdgeEnd; readonly goal: EdgeEnd; readonly cost: number } | undefined {
  let best = most;
  let from: EdgeEnd | undefined;
  let to: EdgeEnd | undefined;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i];
    for (let j = 0; j < goals.length; j++) {
      const goal = goals[j];
      if (goal.edge !== start.edge || goal.share < start.share) continue;
      const cost = costUpTo(costs, goal) - costUpTo(costs, start);
      if (cost > best) continue;
      best = cost;
      from = start;
      to = goal;
    }
  }
  return from === undefined || to === undefined ? undefined : { start: from, goal: to, cost: best };
}
