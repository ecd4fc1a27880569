import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import { costUpTo, turnCost, unreachable } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import { directPair } from "./ends.ts";
import type { Ends } from "./ends.ts";
import { msOfEdge } from "./lengths.ts";
import type { Metric } from "./metric.ts";
import type { FromStarts, ToGoals } from "./sweep.ts";

/** Reads figures for many ends out of two sweeps over the whole city. */
export class DetourSearch {
  private readonly graph: Graph;
  private readonly ends: Ends;
  private readonly from: FromStarts;
  private readonly to: ToGoals;

  constructor(graph: Graph, ends: Ends, from: FromStarts, to: ToGoals) {
    this.graph = graph;
    this.ends = ends;
    this.from = from;
    this.to = to;
  }

  /** Seconds that calling at each place adds to the cheapest way; NaN where no way leads there or on from there. */
  run(
    metric: Metric,
    conditions: Conditions,
    starts: readonly EdgeEnd[],
    goals: readonly EdgeEnd[],
    places: readonly (readonly EdgeEnd[])[],
  ): Float64Array {
    this.from.run(metric, conditions, starts);
    this.to.run(metric, conditions, goals);
    const plain = this.msTo(metric, conditions, starts, goals);
    return Float64Array.from(places, (place) => {
      const there = this.msTo(metric, conditions, starts, place);
      const onward = this.msFrom(metric, conditions, place, goals);
      return Math.max(0, there + onward - plain) / 1000;
    });
  }

  /** Milliseconds from the starts to a place. */
  private msTo(metric: Metric, conditions: Conditions, starts: readonly EdgeEnd[], place: readonly EdgeEnd[]): number {
    const { costs } = metric;
    let best = unreachable;
    let ms = NaN;
    for (const end of place) {
      const last = costUpTo(costs, end);
      for (const state of this.ends.statesOf(end.edge)) {
        const cost = this.from.cost[state] + last;
        if (cost >= best) continue;
        best = cost;
        ms = this.from.msTo(conditions, state) + end.share * msOfEdge(this.graph, conditions, end.edge);
      }
    }
    return this.alongOneEdge(metric, conditions, starts, place, best) ?? ms;
  }

  /** Milliseconds from a place to the goals. */
  private msFrom(metric: Metric, conditions: Conditions, place: readonly EdgeEnd[], goals: readonly EdgeEnd[]): number {
    const { graph } = this;
    const { costs } = metric;
    let best = unreachable;
    let ms = NaN;
    for (const end of place) {
      const { edge } = end;
      const rest = costs.edge[edge] - costUpTo(costs, end);
      for (let turn = graph.turnFirst[edge]; turn < graph.turnFirst[edge + 1]; turn++) {
        const next = graph.turnTo[turn];
        const cost = rest + turnCost(graph, costs, turn, edge, graph.stateEdge[next]) + this.to.cost[next];
        if (cost >= best) continue;
        best = cost;
        const onward = graph.turnMs[turn] + this.to.msFrom(metric, conditions, next);
        ms = (1 - end.share) * msOfEdge(graph, conditions, edge) + onward;
      }
    }
    return this.alongOneEdge(metric, conditions, place, goals, best) ?? ms;
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
