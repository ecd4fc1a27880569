// Hot: runs for each of some 20,000 arcs of a query.
import type { Hierarchy } from "./hierarchy.ts";
import { unreachable } from "./costs.ts";
import type { Metric } from "./metric.ts";

/** Ranks to begin at with what it costs to be there; grows to the largest question asked. */
export class Seeds {
  count = 0;
  ranks = new Int32Array(32);
  costs = new Int32Array(32);
  /** What the caller wants to know again of the seed that was taken. */
  tags = new Int32Array(32);

  clear(): void {
    this.count = 0;
  }

  add(rank: number, cost: number, tag: number): void {
    if (this.count === this.ranks.length) {
      this.ranks = larger(this.ranks);
      this.costs = larger(this.costs);
      this.tags = larger(this.tags);
    }
    this.ranks[this.count] = rank;
    this.costs[this.count] = cost;
    this.tags[this.count++] = tag;
  }
}

function larger(values: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(values.length * 2);
  copy.set(values);
  return copy;
}

/** One half of a query: labels of ranks, and the places from which it still climbs. */
class Half {
  readonly cost: Int32Array;
  /** Rank a label came from, or -1 - tag at a seed. */
  readonly from: Int32Array;
  private readonly next = new Seeds();

  constructor(rankCount: number) {
    this.cost = new Int32Array(rankCount).fill(unreachable);
    this.from = new Int32Array(rankCount);
  }

  seed({ count, ranks, costs, tags }: Seeds): void {
    const { cost, from, next } = this;
    next.clear();
    for (let i = 0; i < count; i++) {
      const rank = ranks[i];
      if (cost[rank] === unreachable) next.add(rank, 0, 0);
      if (costs[i] >= cost[rank]) continue;
      cost[rank] = costs[i];
      from[rank] = -1 - tags[i];
    }
  }

  /** The lowest rank it stands at, `end` when it has climbed past the roots. */
  lowest(end: number): number {
    const { count, ranks } = this.next;
    if (count === 1) return ranks[0];
    let least = end;
    for (let i = 0; i < count; i++) if (ranks[i] < least) least = ranks[i];
    return least;
  }

  /** Moves on from `rank`, where it stands, to its parent; `end` is given for a root. */
  climb(rank: number, parent: number, end: number): void {
    const { next } = this;
    const { ranks } = next;
    if (next.count === 1 && parent < end) {
      ranks[0] = parent;
      return;
    }
    let kept = 0;
    let isThere = parent >= end;
    for (let i = 0; i < next.count; i++) {
      const at = ranks[i];
      if (at === rank) continue;
      if (at === parent) isThere = true;
      ranks[kept++] = at;
    }
    if (!isThere) ranks[kept++] = parent;
    next.count = kept;
  }
}

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

  constructor(hierarchy: Hierarchy) {
    this.hierarchy = hierarchy;
    this.forward = new Half(hierarchy.rankOfState.length);
    this.backward = new Half(hierarchy.rankOfState.length);
  }

  /** Cost of the cheapest path from any start to any goal that costs less than `best`; `best` if there is none. */
  run({ up, down }: Metric, starts: Seeds, goals: Seeds, best: number): number {
    const { forward, backward } = this;
    const { upFirst, upTo } = this.hierarchy;
    const end = upFirst.length - 1;
    const ahead = forward.cost;
    const back = backward.cost;
    this.meeting = -1;
    forward.seed(starts);
    backward.seed(goals);
    let a = forward.lowest(end);
    let b = backward.lowest(end);
    while (a < end || b < end) {
      const rank = a < b ? a : b;
      const first = upFirst[rank];
      const last = upFirst[rank + 1];
      const parent = first < last ? upTo[first] : end;
      const costAhead = ahead[rank];
      const costBack = back[rank];
      if (a === b && costAhead + costBack < best) {
        best = costAhead + costBack;
        this.meeting = rank;
      }
      if (a === rank) {
        if (costAhead < best) relax(upTo, up, first, last, costAhead, rank, forward);
        ahead[rank] = unreachable;
        forward.climb(rank, parent, end);
        a = forward.lowest(end);
      }
      if (b === rank) {
        if (costBack < best) relax(upTo, down, first, last, costBack, rank, backward);
        back[rank] = unreachable;
        backward.climb(rank, parent, end);
        b = backward.lowest(end);
      }
    }
    return best;
  }
}

function relax(
  upTo: Uint32Array,
  costs: Int32Array,
  first: number,
  last: number,
  cost: number,
  rank: number,
  half: Half,
): void {
  const { cost: labels, from } = half;
  for (let arc = first; arc < last; arc++) {
    const offer = cost + costs[arc];
    const target = upTo[arc];
    if (offer >= labels[target]) continue;
    labels[target] = offer;
    from[target] = rank;
  }
}
