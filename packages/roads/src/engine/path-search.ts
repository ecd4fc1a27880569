import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import { costUpTo, turnCost, unreachable } from "./costs.ts";
import type { EdgeCosts } from "./costs.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Metric } from "./metric.ts";
import { Seeds, TreeSearch } from "./tree-search.ts";
import { Unpacker } from "./unpack.ts";

export interface FoundPath {
  /** Router states in driving order; the first and the last are driven in part. */
  readonly states: readonly number[];
  /** What the router counted: ms, cm or mWh, with turns and extras. */
  readonly cost: number;
}

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

/** What the way along one edge costs where a goal lies ahead of a start on it, and which edge; `unreachable` if there is none. */
export function directWay(
  costs: EdgeCosts,
  starts: readonly EdgeEnd[],
  goals: readonly EdgeEnd[],
): { readonly cost: number; readonly edge: number } {
  let cost = unreachable;
  let edge = -1;
  for (const start of starts) {
    for (const goal of goals) {
      if (goal.edge !== start.edge || goal.share < start.share) continue;
      const along = costUpTo(costs, goal) - costUpTo(costs, start);
      if (along >= cost) continue;
      cost = along;
      edge = goal.edge;
    }
  }
  return { cost, edge };
}

/** Cheapest paths under a metric. Keeps its memory between questions; one question at a time. */
export class PathSearch {
  private readonly hierarchy: Hierarchy;
  private readonly ends: Ends;
  private readonly search: TreeSearch;
  private readonly unpacker: Unpacker;
  private readonly starts = new Seeds();
  private readonly goals = new Seeds();
  private readonly climbed: number[] = [];

  constructor(graph: Graph, hierarchy: Hierarchy, ends: Ends) {
    this.hierarchy = hierarchy;
    this.ends = ends;
    this.search = new TreeSearch(hierarchy);
    this.unpacker = new Unpacker(graph, hierarchy);
  }

  /** Cost of the cheapest way, `unreachable` if there is none. */
  cost(metric: Metric, starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]): number {
    this.starts.clear();
    this.goals.clear();
    this.ends.addStarts(this.starts, metric.costs, starts);
    this.ends.addGoals(this.goals, metric.costs, goals);
    return this.search.run(metric, this.starts, this.goals, directWay(metric.costs, starts, goals).cost);
  }

  /** The cheapest legal path from any start to any goal, undefined if there is none. */
  find(metric: Metric, starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]): FoundPath | undefined {
    const cost = this.cost(metric, starts, goals);
    if (cost >= unreachable) return undefined;
    const { meeting } = this.search;
    if (meeting < 0) return { states: [directWay(metric.costs, starts, goals).edge], cost };
    return { states: this.statesOver(metric, meeting, starts), cost };
  }

  private statesOver(metric: Metric, meeting: number, starts: readonly EdgeEnd[]): number[] {
    const { climbed, unpacker } = this;
    const { forward, backward } = this.search;
    climbed.length = 0;
    let at = meeting;
    for (; at >= 0; at = forward.from[at]) climbed.push(at);
    const seed = climbed[climbed.length - 1];
    const states = [starts[-1 - at].edge, this.hierarchy.stateOfRank[seed]];
    for (let i = climbed.length - 1; i > 0; i--) unpacker.append(metric, climbed[i], climbed[i - 1], states);
    for (at = meeting; backward.from[at] >= 0; at = backward.from[at]) {
      unpacker.append(metric, at, backward.from[at], states);
    }
    return states;
  }
}
