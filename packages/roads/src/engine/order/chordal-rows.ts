import type { RankRows } from "../hierarchy.ts";

/** The turns of a graph. */
export interface TurnNet {
  readonly turnFirst: Uint32Array;
  readonly turnTo: Uint32Array;
}

/** A list of numbers that grows. */
class Grower {
  private values = new Uint32Array(1 << 12);
  length = 0;

  append(row: Uint32Array): void {
    while (this.length + row.length > this.values.length) {
      const larger = new Uint32Array(this.values.length * 2);
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    this.values.set(row, this.length);
    this.length += row.length;
  }

  /** A view that holds until the list grows. */
  view(begin: number, end: number): Uint32Array {
    return this.values.subarray(begin, end);
  }

  done(): Uint32Array<ArrayBuffer> {
    return this.values.slice(0, this.length);
  }
}

/** For each rank the higher ranks one turn away, either way. */
function neighboursAbove({ turnFirst, turnTo }: TurnNet, rankOfState: Uint32Array): RankRows {
  const count = rankOfState.length;
  const first = new Uint32Array(count + 1);
  const each = (visit: (low: number, high: number) => void) => {
    for (let state = 0; state < count; state++) {
      const a = rankOfState[state];
      for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++) {
        const b = rankOfState[turnTo[turn]];
        if (a < b) visit(a, b);
        else if (b < a) visit(b, a);
      }
    }
  };
  each((low) => {
    first[low + 1]++;
  });
  for (let rank = 0; rank < count; rank++) first[rank + 1] += first[rank];
  const next = first.slice(0, count);
  const to = new Uint32Array(first[count]);
  each((low, high) => {
    to[next[low]++] = high;
  });
  return { first, to };
}

/**
 * The higher neighbours of each rank when the ranks are eliminated from the lowest up and the neighbours of each become neighbours of each
 * other. It is enough to hand them to the lowest of them, the parent in the elimination tree, which hands them on.
 */
export function chordalRows(net: TurnNet, rankOfState: Uint32Array): RankRows {
  const count = rankOfState.length;
  const above = neighboursAbove(net, rankOfState);
  const first = new Uint32Array(count + 1);
  const arcs = new Grower();
  const seenBy = new Int32Array(count).fill(-1);
  // Children of a rank as a linked list.
  const firstChild = new Int32Array(count).fill(-1);
  const nextChild = new Int32Array(count).fill(-1);
  const row = new Uint32Array(count);
  for (let v = 0; v < count; v++) {
    let length = 0;
    const add = (w: number) => {
      if (seenBy[w] === v) return;
      seenBy[w] = v;
      row[length++] = w;
    };
    seenBy[v] = v;
    for (let i = above.first[v]; i < above.first[v + 1]; i++) add(above.to[i]);
    for (let child = firstChild[v]; child >= 0; child = nextChild[child]) {
      for (const w of arcs.view(first[child], first[child + 1])) add(w);
    }
    const sorted = row.subarray(0, length);
    sorted.sort();
    arcs.append(sorted);
    first[v + 1] = arcs.length;
    if (length === 0) continue;
    const parent = sorted[0];
    nextChild[v] = firstChild[parent];
    firstChild[parent] = v;
  }
  return { first, to: arcs.done() };
}
