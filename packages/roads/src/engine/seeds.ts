// Hot: runs for every state a query climbs over (some 400).
import { noRank } from "./hierarchy.ts";

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

/** Places of an elimination tree from which a search climbs to the root, lowest first; where two ways join, one goes on. */
export class Climbers {
  private count = 0;
  private ranks = new Int32Array(32);

  clear(): void {
    this.count = 0;
  }

  add(rank: number): void {
    for (let i = 0; i < this.count; i++) if (this.ranks[i] === rank) return;
    if (this.count === this.ranks.length) this.ranks = larger(this.ranks);
    this.ranks[this.count++] = rank;
  }

  /** The lowest rank to go on from, `noRank` when all have climbed past the roots. */
  lowest(): number {
    const { count, ranks } = this;
    if (count === 1) return ranks[0];
    let least = noRank;
    for (let i = 0; i < count; i++) if (ranks[i] < least) least = ranks[i];
    return least;
  }

  /** Moves on from `rank`, where one stands, to its parent, which is `noRank` for a root. */
  climb(rank: number, parent: number): void {
    const { ranks } = this;
    if (this.count === 1 && parent !== noRank) {
      ranks[0] = parent;
      return;
    }
    let kept = 0;
    let isThere = parent === noRank;
    for (let i = 0; i < this.count; i++) {
      const at = ranks[i];
      if (at === rank) continue;
      if (at === parent) isThere = true;
      ranks[kept++] = at;
    }
    if (!isThere) ranks[kept++] = parent;
    this.count = kept;
  }
}

function larger(values: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(values.length * 2);
  copy.set(values);
  return copy;
}
