// Hot: runs for every arc of a hierarchy (a million for a large city).
import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import { edgeMark, turnCost, unreachable } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import type { Ends } from "./ends.ts";
import type { Hierarchy, RankRows } from "./hierarchy.ts";
import { msOfEdge } from "./lengths.ts";
import type { Metric } from "./metric.ts";
import { Seeds } from "./seeds.ts";

/** Costs of all ranks from what the seeds cost: up the elimination tree, then down over every arc (Delling, Goldberg, Nowatzyk and Werneck, 2011). */
function sweep(
  out: RankRows,
  outCosts: Int32Array,
  back: RankRows,
  backCosts: Int32Array,
  { count, ranks, costs }: Seeds,
  cost: Int32Array,
): void {
  cost.fill(unreachable);
  const size = cost.length;
  let lowest = size;
  for (let i = 0; i < count; i++) {
    cost[ranks[i]] = Math.min(cost[ranks[i]], costs[i]);
    lowest = Math.min(lowest, ranks[i]);
  }
  for (let rank = lowest; rank < size; rank++) {
    const here = cost[rank];
    if (here === unreachable) continue;
    for (let arc = out.first[rank], end = out.first[rank + 1]; arc < end; arc++) {
      const offer = here + outCosts[arc];
      if (offer < cost[out.to[arc]]) cost[out.to[arc]] = offer;
    }
  }
  const { first, to } = back;
  for (let rank = size - 1; rank >= 0; rank--) {
    let best = cost[rank];
    for (let arc = first[rank], end = first[rank + 1]; arc < end; arc++) {
      const offer = cost[to[arc]] + backCosts[arc];
      if (offer < best) best = offer;
    }
    cost[rank] = best;
  }
}

/** From some starts to every state, or from every state to some goals. Keeps its memory between questions. */
abstract class WholeCity {
  /** What it costs between the ends and the start of the edge of each state; `unreachable` where no way leads. */
  readonly cost: Int32Array;
  protected readonly costOfRank: Int32Array;
  protected readonly graph: Graph;
  protected readonly hierarchy: Hierarchy;
  protected readonly ends: Ends;
  protected readonly seeds = new Seeds();

  constructor(graph: Graph, hierarchy: Hierarchy, ends: Ends) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    this.ends = ends;
    this.cost = new Int32Array(graph.stateCount);
    this.costOfRank = new Int32Array(graph.stateCount);
  }

  /** Neighbours in the city are neighbours in memory by state, but not by rank. */
  protected sortByState(): void {
    const { cost, costOfRank } = this;
    const { rankOfState } = this.hierarchy;
    for (let state = 0; state < cost.length; state++) cost[state] = costOfRank[rankOfState[state]];
  }
}

/** What it costs, and how long it takes, from some starts to the start of every edge. */
export class FromStarts extends WholeCity {
  /** The state before each on its cheapest way, or -1 - its start. */
  private readonly before = new Int32Array(this.graph.stateCount);
  /** Milliseconds by state, NaN until somebody asks. */
  private readonly ms = new Float64Array(this.graph.stateCount);
  private readonly chain: number[] = [];

  run(metric: Metric, conditions: Conditions, starts: readonly EdgeEnd[]): void {
    const { up, down } = this.hierarchy;
    this.seeds.clear();
    this.ends.addStarts(this.seeds, metric.costs, starts);
    sweep(up, metric.up, down, metric.down, this.seeds, this.costOfRank);
    this.sortByState();
    this.ms.fill(NaN);
    this.findWays(metric);
    this.measureSeeds(conditions, starts);
  }

  /** The state before one on its cheapest way, negative where that begins there. */
  stateBefore(state: number): number {
    return this.before[state];
  }

  /** The states of the cheapest way to one, the edge of its start first. */
  statesTo(state: number, starts: readonly EdgeEnd[]): number[] {
    const states: number[] = [];
    let at = state;
    for (; at >= 0; at = this.before[at]) states.push(at);
    states.push(starts[-1 - at].edge);
    return states.toReversed();
  }

  /** Milliseconds to the start of a state's edge, if it can be reached. */
  msTo(conditions: Conditions, state: number): number {
    const { graph, before, ms, chain } = this;
    chain.length = 0;
    let at = state;
    for (; Number.isNaN(ms[at]); at = before[at]) chain.push(at);
    for (let i = chain.length - 1; i >= 0; i--) {
      const next = chain[i];
      ms[next] = ms[at] + msOfEdge(graph, conditions, graph.stateEdge[at]) + turnMsBetween(graph, at, next);
      at = next;
    }
    return ms[state];
  }

  /** A turn that costs just the difference of its two states lies on a cheapest way. */
  private findWays({ costs }: Metric): void {
    const { graph, before, cost } = this;
    const { stateEdge, turnFirst, turnTo, stateCount } = graph;
    const { edge: edgeCost, marks } = costs;
    before.fill(-1);
    for (let state = 0; state < stateCount; state++) {
      const here = cost[state];
      const edge = stateEdge[state];
      if (here >= unreachable || (marks[edge] & edgeMark.closed) !== 0) continue;
      const end = here + edgeCost[edge];
      for (let turn = turnFirst[state], last = turnFirst[state + 1]; turn < last; turn++) {
        const next = turnTo[turn];
        const left = cost[next] - end;
        if (left >= 0 && left === turnCost(graph, costs, turn, edge, stateEdge[next])) before[next] = state;
      }
    }
  }

  private measureSeeds(conditions: Conditions, starts: readonly EdgeEnd[]): void {
    const { graph, hierarchy, cost, seeds, ms, before } = this;
    for (let i = 0; i < seeds.count; i++) {
      const state = hierarchy.stateOfRank[seeds.ranks[i]];
      if (cost[state] !== seeds.costs[i]) continue;
      before[state] = -1 - seeds.tags[i];
      const { edge, share } = starts[seeds.tags[i]];
      ms[state] = (1 - share) * msOfEdge(graph, conditions, edge) + turnMsBetween(graph, edge, state);
    }
  }
}

/** What it costs from the start of every edge to some goals. */
export class ToGoals extends WholeCity {
  /** States where the cheapest way ends. */
  private readonly goalStates = new Set<number>();

  run(metric: Metric, goals: readonly EdgeEnd[]): void {
    const { up, down } = this.hierarchy;
    this.seeds.clear();
    this.ends.addGoals(this.seeds, metric.costs, goals);
    sweep(down, metric.down, up, metric.up, this.seeds, this.costOfRank);
    this.sortByState();
    this.goalStates.clear();
    const { hierarchy, cost, seeds } = this;
    for (let i = 0; i < seeds.count; i++) {
      const state = hierarchy.stateOfRank[seeds.ranks[i]];
      if (cost[state] === seeds.costs[i]) this.goalStates.add(state);
    }
  }

  /** Appends the states after one on its cheapest way to a goal. */
  appendStatesFrom(metric: Metric, state: number, states: number[]): void {
    for (let at = state; !this.goalStates.has(at); states.push(at)) at = this.after(metric, at);
  }

  private after({ costs }: Metric, state: number): number {
    const { graph } = this;
    const { stateEdge, turnFirst, turnTo } = graph;
    const edge = stateEdge[state];
    const rest = this.cost[state] - costs.edge[edge];
    for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++) {
      const next = turnTo[turn];
      if (this.cost[next] + turnCost(graph, costs, turn, edge, stateEdge[next]) === rest) return next;
    }
    throw new Error("a state that leads to a goal has no turn towards it");
  }
}

function turnMsBetween({ turnFirst, turnTo, turnMs }: Graph, from: number, to: number): number {
  for (let turn = turnFirst[from]; turn < turnFirst[from + 1]; turn++) if (turnTo[turn] === to) return turnMs[turn];
  return 0;
}
