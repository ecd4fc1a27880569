// Hot: runs for every arc above the ends of a table (some 10,000 for each).
import type { Chains } from "./chains.ts";
import { unreachable } from "./costs.ts";
import type { Half } from "./half.ts";
import { noRank } from "./hierarchy.ts";
import type { Hierarchy, RankRows } from "./hierarchy.ts";
import type { Seeds } from "./seeds.ts";

/**
 * What it costs to come from some seeds to each state above them (or from there to them), as lists that grow: those of one search after those
 * of another.
 */
export class Labels {
  count = 0;
  ranks = new Int32Array(1 << 12);
  costs = new Int32Array(1 << 12);
  /** The label each came from by one arc, or -1 - tag at a seed. */
  parents = new Int32Array(1 << 12);
  /** Milliseconds and metres of the way to (or from) it; NaN until somebody asks. */
  ms = new Float64Array(1 << 12);
  metres = new Float64Array(1 << 12);

  private readonly hierarchy: Hierarchy;
  private readonly half: Half;

  constructor(hierarchy: Hierarchy, half: Half) {
    this.hierarchy = hierarchy;
    this.half = half;
  }

  clear(): void {
    this.count = 0;
  }

  /** Adds the labels of one search over arcs of these costs, lowest rank first. */
  add({ first, to }: RankRows, arcCosts: Int32Array, seeds: Seeds): void {
    const { cost, from, climbers } = this.half;
    const { parent } = this.hierarchy;
    this.half.seed(seeds);
    for (let rank = climbers.lowest(); rank !== noRank; rank = climbers.lowest()) {
      const here = cost[rank];
      cost[rank] = unreachable;
      climbers.climb(rank, parent[rank]);
      if (here === unreachable) continue;
      const label = this.append(rank, here, from[rank]);
      for (let arc = first[rank], end = first[rank + 1]; arc < end; arc++) {
        const offer = here + arcCosts[arc];
        const target = to[arc];
        if (offer >= cost[target]) continue;
        cost[target] = offer;
        from[target] = label;
      }
    }
  }

  /**
   * Goes on with the only search there is, over arcs the other way, down to some chains. Until they are forgotten the half has the cost and
   * the label of each rank that was reached.
   */
  descend({ first, to }: RankRows, arcCosts: Int32Array, { count, ranks }: Chains): void {
    const { cost, from } = this.half;
    for (let label = 0; label < this.count; label++) {
      cost[this.ranks[label]] = this.costs[label];
      from[this.ranks[label]] = label;
    }
    for (let i = 0; i < count; i++) {
      const rank = ranks[i];
      const known = cost[rank];
      let best = known;
      let over = -1;
      for (let arc = first[rank], end = first[rank + 1]; arc < end; arc++) {
        const offer = cost[to[arc]] + arcCosts[arc];
        if (offer >= best) continue;
        best = offer;
        over = to[arc];
      }
      if (over < 0) continue;
      cost[rank] = best;
      if (known === unreachable) from[rank] = this.append(rank, best, from[over]);
      else {
        this.costs[from[rank]] = best;
        this.parents[from[rank]] = from[over];
      }
    }
  }

  /** Leaves the half as it was found before `descend`. */
  forget(): void {
    const { cost } = this.half;
    for (let label = 0; label < this.count; label++) cost[this.ranks[label]] = unreachable;
  }

  private append(rank: number, cost: number, parent: number): number {
    if (this.count === this.ranks.length) this.grow();
    const label = this.count++;
    this.ranks[label] = rank;
    this.costs[label] = cost;
    this.parents[label] = parent;
    this.ms[label] = NaN;
    return label;
  }

  private grow(): void {
    const longer = (values: Int32Array) => {
      const copy = new Int32Array(values.length * 2);
      copy.set(values);
      return copy;
    };
    const wider = (values: Float64Array) => {
      const copy = new Float64Array(values.length * 2);
      copy.set(values);
      return copy;
    };
    this.ranks = longer(this.ranks);
    this.costs = longer(this.costs);
    this.parents = longer(this.parents);
    this.ms = wider(this.ms);
    this.metres = wider(this.metres);
  }
}
