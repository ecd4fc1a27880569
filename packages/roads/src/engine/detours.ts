import type { Graph } from "../city.ts";
import { Chains } from "./chains.ts";
import type { EdgeEnd } from "./choice.ts";
import { costUpTo, turnCost, unreachable } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import { directPair } from "./ends.ts";
import type { Ends } from "./ends.ts";
import type { Half, Halves } from "./half.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { LabelLengths } from "./label-lengths.ts";
import { Labels } from "./labels.ts";
import { msOfEdge } from "./lengths.ts";
import type { ArcLengths } from "./lengths.ts";
import type { Metric } from "./metric.ts";
import { Seeds } from "./seeds.ts";

/**
 * What calling at places adds to a way. The states around all places are looked at in one sweep from the start and one to the goal, which
 * go over these and what lies above them only (Delling, Goldberg and Werneck, 2011, "RPHAST"). Keeps its memory.
 */
export class DetourSearch {
  private readonly graph: Graph;
  private readonly hierarchy: Hierarchy;
  private readonly ends: Ends;
  private readonly arcs: ArcLengths;
  private readonly seeds = new Seeds();
  private readonly chains: Chains;
  /** Costs and labels by rank, from the starts and to the goals. */
  private readonly from: Half;
  private readonly to: Half;
  private readonly ahead: Labels;
  private readonly back: Labels;
  private readonly aheadLengths: LabelLengths;
  private readonly backLengths: LabelLengths;

  constructor(graph: Graph, hierarchy: Hierarchy, ends: Ends, halves: Halves, arcs: ArcLengths) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    this.ends = ends;
    this.arcs = arcs;
    this.chains = new Chains(hierarchy);
    this.from = halves.forward;
    this.to = halves.backward;
    this.ahead = new Labels(hierarchy, halves.forward);
    this.back = new Labels(hierarchy, halves.backward);
    this.aheadLengths = new LabelLengths(graph, hierarchy, arcs, this.ahead, "ahead");
    this.backLengths = new LabelLengths(graph, hierarchy, arcs, this.back, "back");
  }

  /** Seconds that calling at each place adds to the cheapest way; NaN where no way leads there or on from there. */
  run(
    metric: Metric,
    conditions: Conditions,
    starts: readonly EdgeEnd[],
    goals: readonly EdgeEnd[],
    places: readonly (readonly EdgeEnd[])[],
  ): Float64Array {
    const { ahead, back, chains, ends, hierarchy, seeds } = this;
    const { up, down } = hierarchy;
    this.arcs.use(metric, conditions);
    this.choose(goals, places);
    ahead.clear();
    seeds.clear();
    ends.addStarts(seeds, metric.costs, starts);
    ahead.add(up, metric.up, seeds);
    ahead.descend(down, metric.down, chains);
    back.clear();
    seeds.clear();
    ends.addGoals(seeds, metric.costs, goals);
    back.add(down, metric.down, seeds);
    back.descend(up, metric.up, chains);
    const plain = this.msTo(metric, conditions, starts, goals);
    const detours = Float64Array.from(places, (place) => {
      const there = this.msTo(metric, conditions, starts, place);
      const onward = this.msFrom(metric, conditions, place, goals);
      return Math.max(0, there + onward - plain) / 1000;
    });
    ahead.forget();
    back.forget();
    return detours;
  }

  /** The states at which ways to the places end, and those at which ways on from there begin. */
  private choose(goals: readonly EdgeEnd[], places: readonly (readonly EdgeEnd[])[]): void {
    const { chains, ends, graph, hierarchy } = this;
    const { rankOfState } = hierarchy;
    chains.clear();
    for (const { edge } of goals) for (const state of ends.statesOf(edge)) chains.add(rankOfState[state]);
    for (const place of places) {
      for (const { edge } of place) {
        for (const state of ends.statesOf(edge)) chains.add(rankOfState[state]);
        for (let turn = graph.turnFirst[edge]; turn < graph.turnFirst[edge + 1]; turn++) {
          chains.add(rankOfState[graph.turnTo[turn]]);
        }
      }
    }
  }

  /** Milliseconds from the starts to a place. */
  private msTo(metric: Metric, conditions: Conditions, starts: readonly EdgeEnd[], place: readonly EdgeEnd[]): number {
    const { ahead, from, graph } = this;
    const { rankOfState } = this.hierarchy;
    let best = unreachable;
    let end: EdgeEnd | undefined;
    let label = -1;
    for (const one of place) {
      const last = costUpTo(metric.costs, one);
      for (const state of this.ends.statesOf(one.edge)) {
        const rank = rankOfState[state];
        const cost = from.cost[rank] + last;
        if (cost >= best) continue;
        best = cost;
        end = one;
        label = from.from[rank];
      }
    }
    const direct = this.alongOneEdge(metric, conditions, starts, place, best);
    if (direct !== undefined) return direct;
    if (end === undefined) return NaN;
    this.aheadLengths.fill(metric, conditions, starts, label);
    return ahead.ms[label] + end.share * msOfEdge(graph, conditions, end.edge);
  }

  /** Milliseconds from a place to the goals. */
  private msFrom(metric: Metric, conditions: Conditions, place: readonly EdgeEnd[], goals: readonly EdgeEnd[]): number {
    const { back, graph, to } = this;
    const { rankOfState } = this.hierarchy;
    const { costs } = metric;
    let best = unreachable;
    let start: EdgeEnd | undefined;
    let taken = -1;
    for (const one of place) {
      const { edge } = one;
      const rest = costs.edge[edge] - costUpTo(costs, one);
      for (let turn = graph.turnFirst[edge]; turn < graph.turnFirst[edge + 1]; turn++) {
        const next = graph.turnTo[turn];
        const cost = rest + turnCost(graph, costs, turn, edge, graph.stateEdge[next]) + to.cost[rankOfState[next]];
        if (cost >= best) continue;
        best = cost;
        start = one;
        taken = turn;
      }
    }
    const direct = this.alongOneEdge(metric, conditions, place, goals, best);
    if (direct !== undefined) return direct;
    if (start === undefined) return NaN;
    const label = to.from[rankOfState[graph.turnTo[taken]]];
    this.backLengths.fill(metric, conditions, goals, label);
    return (1 - start.share) * msOfEdge(graph, conditions, start.edge) + graph.turnMs[taken] + back.ms[label];
  }

  private alongOneEdge(
    { costs }: Metric,
    conditions: Conditions,
    starts: readonly EdgeEnd[],
    goals: readonly EdgeEnd[],
    most: number,
  ): number | undefined {
    const direct = directPair(costs, starts, goals, most);
    if (direct === undefined) return undefined;
    return (direct.goal.share - direct.start.share) * msOfEdge(this.graph, conditions, direct.goal.edge);
  }
}
