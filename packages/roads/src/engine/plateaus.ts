import type { Graph } from "../city.ts";
import type { ViaPath } from "./admissible.ts";
import type { EdgeEnd } from "./choice.ts";
import type { Conditions } from "./costs.ts";
import type { Metric } from "./metric.ts";
import type { FromStarts, ToGoals } from "./sweep.ts";

/** So many plateaus are tried. */
const mostTries = 40;

/**
 * Ways over plateaus: stretches that are the cheapest way both from the start and to the goal (Cambridge Vehicle Information Technology's
 * "choice routing", 2005). Needs two sweeps over the whole city, and then knows every way there is.
 */
export class Plateaus {
  private readonly graph: Graph;
  private readonly from: FromStarts;
  private readonly to: ToGoals;

  constructor(graph: Graph, from: FromStarts, to: ToGoals) {
    this.graph = graph;
    this.from = from;
    this.to = to;
  }

  /** Those with the longest plateau for what they cost first; all cost more than `least` and at most `most`. */
  *paths(
    metric: Metric,
    conditions: Conditions,
    starts: readonly EdgeEnd[],
    goals: readonly EdgeEnd[],
    least: number,
    most: number,
  ): Generator<ViaPath> {
    const { from, to } = this;
    from.run(metric, conditions, starts);
    to.run(metric, goals);
    for (const { end, cost, length } of this.best(least, most)) {
      const states = from.statesTo(end, starts);
      const via = states.length - 1 - (length >> 1);
      to.appendStatesFrom(metric, end, states);
      yield { states, cost, via };
    }
  }

  /** The best plateaus: last state, cost of the way over it, and how many states it has. */
  private best(
    least: number,
    most: number,
  ): readonly { readonly end: number; readonly cost: number; readonly length: number }[] {
    const { from, to } = this;
    const totalOf = (state: number) => from.cost[state] + to.cost[state];
    const isPassed = new Set<number>();
    const inReach: number[] = [];
    for (let state = 0; state < this.graph.stateCount; state++) {
      const total = totalOf(state);
      if (total <= least || total > most) continue;
      inReach.push(state);
      const before = from.stateBefore(state);
      if (before >= 0 && totalOf(before) === total) isPassed.add(before);
    }
    const found = inReach.flatMap((end) => {
      if (isPassed.has(end)) return [];
      const cost = totalOf(end);
      let begin = end;
      let length = 1;
      for (let at = from.stateBefore(end); at >= 0 && totalOf(at) === cost; at = from.stateBefore(at)) {
        begin = at;
        length++;
      }
      return [{ end, cost, length, score: cost - (from.cost[end] - from.cost[begin]) }];
    });
    return found.toSorted((a, b) => a.score - b.score || a.end - b.end).slice(0, mostTries);
  }
}
