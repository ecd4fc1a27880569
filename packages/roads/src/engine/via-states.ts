import type { Graph } from "../city.ts";
import type { ViaPath } from "./admissible.ts";
import type { EdgeEnd } from "./choice.ts";
import type { Ends } from "./ends.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { unreachable } from "./costs.ts";
import type { Half, Halves } from "./half.ts";
import { Labels } from "./labels.ts";
import type { Metric } from "./metric.ts";
import { Seeds } from "./seeds.ts";
import { Unpacker } from "./unpack.ts";

/** So many states are tried to go over. */
const mostTries = 40;

/**
 * Ways over the important states that searches from both ends come to: found at once, but on short ways and in small cities there are few of
 * them.
 */
export class ViaStates {
  private readonly hierarchy: Hierarchy;
  private readonly ends: Ends;
  private readonly unpacker: Unpacker;
  private readonly seeds = new Seeds();
  private readonly ahead: Labels;
  private readonly back: Labels;
  /** Costs and labels of the goals by rank, while they are put together with those of the starts. */
  private readonly goals: Half;

  constructor(graph: Graph, hierarchy: Hierarchy, ends: Ends, halves: Halves) {
    this.hierarchy = hierarchy;
    this.ends = ends;
    this.unpacker = new Unpacker(graph, hierarchy);
    this.ahead = new Labels(hierarchy, halves.forward);
    this.back = new Labels(hierarchy, halves.backward);
    this.goals = halves.backward;
  }

  /** Cheapest first, those that cost more than `least` and at most `most`. */
  *paths(
    metric: Metric,
    starts: readonly EdgeEnd[],
    goals: readonly EdgeEnd[],
    least: number,
    most: number,
  ): Generator<ViaPath> {
    const { ahead, back, seeds, ends, hierarchy } = this;
    const { cost: costOfRank, from: labelOfRank } = this.goals;
    ahead.clear();
    back.clear();
    seeds.clear();
    ends.addStarts(seeds, metric.costs, starts);
    ahead.add(hierarchy.up, metric.up, seeds);
    seeds.clear();
    ends.addGoals(seeds, metric.costs, goals);
    back.add(hierarchy.down, metric.down, seeds);
    for (let i = 0; i < back.count; i++) {
      costOfRank[back.ranks[i]] = back.costs[i];
      labelOfRank[back.ranks[i]] = i;
    }
    const tries: { readonly cost: number; readonly ahead: number; readonly back: number }[] = [];
    for (let i = 0; i < ahead.count; i++) {
      const cost = ahead.costs[i] + costOfRank[ahead.ranks[i]];
      if (cost > least && cost <= most) tries.push({ cost, ahead: i, back: labelOfRank[ahead.ranks[i]] });
    }
    for (let i = 0; i < back.count; i++) costOfRank[back.ranks[i]] = unreachable;
    for (const one of tries.toSorted((a, b) => a.cost - b.cost).slice(0, mostTries)) {
      yield this.pathOver(metric, starts, one.cost, one.ahead, one.back);
    }
  }

  private pathOver(metric: Metric, starts: readonly EdgeEnd[], cost: number, there: number, onward: number): ViaPath {
    const { ahead, back, hierarchy, unpacker } = this;
    const chain: number[] = [];
    let at = there;
    for (; at >= 0; at = ahead.parents[at]) chain.push(ahead.ranks[at]);
    const states = [starts[-1 - at].edge, hierarchy.stateOfRank[chain[chain.length - 1]]];
    for (let i = chain.length - 1; i > 0; i--) unpacker.append(metric, chain[i], chain[i - 1], states);
    const via = states.length - 1;
    for (let label = onward; back.parents[label] >= 0; label = back.parents[label]) {
      unpacker.append(metric, back.ranks[label], back.ranks[back.parents[label]], states);
    }
    return { states, cost, via };
  }
}
