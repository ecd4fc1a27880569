// Hot: runs for each of some 20,000 arcs of a query.
import { unreachable } from "./costs.ts";
import { noRank } from "./hierarchy.ts";
import type { Hierarchy, RankRows } from "./hierarchy.ts";
import type { Half, Halves } from "./half.ts";
import type { Metric } from "./metric.ts";
import type { Seeds } from "./seeds.ts";

/**
 * The elimination-tree query: whatever the cheapest path's most important state is, it is an ancestor of start and goal, so both climb their
 * ancestors in step and meet there. Needs no queue. Several starts and goals climb together. Keeps its memory between queries.
 */
export class TreeSearch {
  readonly forward: Half;
  readonly backward: Half;
  /** Where the two halves of the path found last meet. */
  meeting = -1;
  private readonly hierarchy: Hierarchy;

  constructor(hierarchy: Hierarchy, { forward, backward }: Halves) {
    this.hierarchy = hierarchy;
    this.forward = forward;
    this.backward = backward;
  }

  /** Cost of the cheapest path from any start to any goal that costs less than `best`; `best` if there is none. */
  run(metric: Metric, starts: Seeds, goals: Seeds, best: number): number {
    const { forward, backward } = this;
    const { parent, up, down } = this.hierarchy;
    const end = noRank;
    const ahead = forward.cost;
    const back = backward.cost;
    this.meeting = -1;
    forward.seed(starts);
    backward.seed(goals);
    let a = forward.climbers.lowest();
    let b = backward.climbers.lowest();
    while (a < end || b < end) {
      const rank = a < b ? a : b;
      const costAhead = ahead[rank];
      const costBack = back[rank];
      if (a === b && costAhead + costBack < best) {
        best = costAhead + costBack;
        this.meeting = rank;
      }
      if (a === rank) {
        if (costAhead < best) relax(up, metric.up, rank, costAhead, forward);
        ahead[rank] = unreachable;
        forward.climbers.climb(rank, parent[rank]);
        a = forward.climbers.lowest();
      }
      if (b === rank) {
        if (costBack < best) relax(down, metric.down, rank, costBack, backward);
        back[rank] = unreachable;
        backward.climbers.climb(rank, parent[rank]);
        b = backward.climbers.lowest();
      }
    }
    return best;
  }
}

function relax(
  { first, to }: RankRows,
  costs: Int32Array,
  rank: number,
  cost: number,
  { cost: labels, from }: Half,
): void {
  for (let arc = first[rank], end = first[rank + 1]; arc < end; arc++) {
    const offer = cost + costs[arc];
    const target = to[arc];
    if (offer >= labels[target]) continue;
    labels[target] = offer;
    from[target] = rank;
  }
}
