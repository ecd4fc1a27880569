import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import { unreachable } from "./costs.ts";
import { directPair } from "./ends.ts";
import type { Ends } from "./ends.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Metric } from "./metric.ts";
import type { Halves } from "./half.ts";
import { Seeds } from "./seeds.ts";
import { TreeSearch } from "./tree-search.ts";
import { Unpacker } from "./unpack.ts";

export interface FoundPath {
  /** Router states in driving order; the first and the last are driven in part. */
  readonly states: readonly number[];
  /** What the router counted: ms, cm or mWh, with turns and extras. */
  readonly cost: number;
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

  constructor(graph: Graph, hierarchy: Hierarchy, ends: Ends, halves: Halves) {
    this.hierarchy = hierarchy;
    this.ends = ends;
    this.search = new TreeSearch(hierarchy, halves);
    this.unpacker = new Unpacker(graph, hierarchy);
  }

  /** Cost of the cheapest way, `unreachable` if there is none. */
  cost(metric: Metric, starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]): number {
    this.starts.clear();
    this.goals.clear();
    this.ends.addStarts(this.starts, metric.costs, starts);
    this.ends.addGoals(this.goals, metric.costs, goals);
    const most = directPair(metric.costs, starts, goals, unreachable)?.cost ?? unreachable;
    return this.search.run(metric, this.starts, this.goals, most);
  }

  /** The cheapest legal path from any start to any goal, undefined if there is none. */
  find(metric: Metric, starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]): FoundPath | undefined {
    const cost = this.cost(metric, starts, goals);
    const { meeting } = this.search;
    if (meeting < 0) {
      const direct = directPair(metric.costs, starts, goals, cost);
      return direct === undefined ? undefined : { states: [direct.start.edge], cost };
    }
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
