// Hot: runs for every query.
import { unreachable } from "./costs.ts";
import { Climbers } from "./seeds.ts";
import type { Seeds } from "./seeds.ts";

/**
 * The memory of one half of a search: labels of ranks, and the places from which it still climbs. Whoever is done with it leaves every cost
 * `unreachable`, so that all searches of an engine share one pair.
 */
export class Half {
  readonly cost: Int32Array;
  /** Rank a label came from, or -1 - tag at a seed. */
  readonly from: Int32Array;
  readonly climbers = new Climbers();

  constructor(rankCount: number) {
    this.cost = new Int32Array(rankCount).fill(unreachable);
    this.from = new Int32Array(rankCount);
  }

  seed({ count, ranks, costs, tags }: Seeds): void {
    const { cost, from, climbers } = this;
    climbers.clear();
    for (let i = 0; i < count; i++) {
      const rank = ranks[i];
      climbers.add(rank);
      if (costs[i] >= cost[rank]) continue;
      cost[rank] = costs[i];
      from[rank] = -1 - tags[i];
    }
  }
}

export interface Halves {
  readonly forward: Half;
  readonly backward: Half;
}
