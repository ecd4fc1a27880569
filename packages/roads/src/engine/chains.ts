// Hot: runs for every state above the places of a ranking (some 20,000).
import { noRank } from "./hierarchy.ts";
import type { Hierarchy } from "./hierarchy.ts";

/** Some ranks and all above them in the elimination tree, each after those above it. Keeps its memory. */
export class Chains {
  count = 0;
  ranks = new Int32Array(1 << 12);
  private readonly parent: Uint32Array;
  private readonly isIn: Uint8Array;

  constructor({ parent }: Hierarchy) {
    this.parent = parent;
    this.isIn = new Uint8Array(parent.length);
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) this.isIn[this.ranks[i]] = 0;
    this.count = 0;
  }

  /** Adds a rank with those above it that are not there yet. */
  add(rank: number): void {
    const { parent, isIn } = this;
    const first = this.count;
    for (let at = rank; at !== noRank && isIn[at] === 0; at = parent[at]) {
      isIn[at] = 1;
      if (this.count === this.ranks.length) this.grow();
      this.ranks[this.count++] = at;
    }
    this.ranks.subarray(first, this.count).reverse();
  }

  private grow(): void {
    const longer = new Int32Array(2 * this.ranks.length);
    longer.set(this.ranks);
    this.ranks = longer;
  }
}
