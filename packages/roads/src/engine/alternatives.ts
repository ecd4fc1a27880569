import type { Graph } from "../city.ts";
import { Admissible, mostStretch } from "./admissible.ts";
import type { ViaPath } from "./admissible.ts";
import type { EdgeEnd } from "./choice.ts";
import type { Conditions } from "./costs.ts";
import type { Ends } from "./ends.ts";
import type { Halves } from "./half.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Metric } from "./metric.ts";
import type { FoundPath, PathSearch } from "./path-search.ts";
import { Plateaus } from "./plateaus.ts";
import type { FromStarts, ToGoals } from "./sweep.ts";
import { ViaStates } from "./via-states.ts";

/** Other good ways beside the best one. */
export class AlternativeSearch {
  private readonly graph: Graph;
  private readonly paths: PathSearch;
  private readonly viaStates: ViaStates;
  private readonly plateaus: Plateaus;

  constructor(parts: {
    readonly graph: Graph;
    readonly hierarchy: Hierarchy;
    readonly ends: Ends;
    readonly halves: Halves;
    readonly paths: PathSearch;
    readonly from: FromStarts;
    readonly to: ToGoals;
  }) {
    this.graph = parts.graph;
    this.paths = parts.paths;
    this.viaStates = new ViaStates(parts.graph, parts.hierarchy, parts.ends, parts.halves);
    this.plateaus = new Plateaus(parts.graph, parts.from, parts.to);
  }

  /** The best way and at most `most` others, cheapest first; none if there is no way. */
  run(
    metric: Metric,
    conditions: Conditions,
    starts: readonly EdgeEnd[],
    goals: readonly EdgeEnd[],
    most: number,
  ): readonly FoundPath[] {
    const { graph, paths } = this;
    const best = paths.find(metric, starts, goals);
    if (best === undefined) return [];
    if (most <= 0 || best.states.length < 2) return [best];
    const admissible = new Admissible({ graph, paths, metric, starts, goals, best });
    const others: FoundPath[] = [];
    const take = (candidates: Iterable<ViaPath>) => {
      for (const path of candidates) {
        if (others.length >= most) return;
        if (admissible.take(path)) others.push({ states: path.states, cost: path.cost });
      }
    };
    const dearest = best.cost * (1 + mostStretch);
    take(this.viaStates.paths(metric, starts, goals, best.cost, dearest));
    if (others.length < most) take(this.plateaus.paths(metric, conditions, starts, goals, best.cost, dearest));
    return [best, ...others.toSorted((a, b) => a.cost - b.cost)];
  }
}
