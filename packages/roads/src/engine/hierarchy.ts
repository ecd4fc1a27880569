/** Some ranks for each rank: those of rank r are `to[first[r]]` (inclusive) to `to[first[r + 1]]` (exclusive), ascending. */
export interface RankRows {
  readonly first: Uint32Array;
  readonly to: Uint32Array;
}

/**
 * The metric-independent part of a customizable contraction hierarchy (Dibbelt, Strasser and Wagner, 2016) over the states of a graph.
 *
 * States are numbered anew by *rank*: 0 is the least important. When a state is contracted, an *arc* takes the place of every way over it
 * between two higher ones. Arcs are kept by direction, since turns and one-way roads make most of them lead one way only (Buchhold, Wagner,
 * Zeitz and Zündorf, 2020). A metric gives each arc a cost.
 */
export interface Hierarchy {
  /** State of each rank, and rank of each state. */
  readonly stateOfRank: Uint32Array;
  readonly rankOfState: Uint32Array;
  /** Parent of each rank in the elimination tree, `noRank` for a root. All arcs of a rank join it with ancestors. */
  readonly parent: Uint32Array;
  /** Arcs that lead up from a rank, and arcs that lead down to it: the higher ranks they lead to or come from. */
  readonly up: RankRows;
  readonly down: RankRows;
  /** The same arcs seen from above: lower ranks from which an arc leads up to a rank, and lower ones to which an arc leads down from it. */
  readonly belowUp: RankRows;
  readonly belowDown: RankRows;
  /** The arc of each turn: twice its number among those that lead up, or among those that lead down and 1; `noArc` for a turn into its own state. */
  readonly turnArc: Uint32Array;
}

export const noRank = 0x7fff_ffff;
export const noArc = 0xffff_ffff;

/** The arc that joins rank `low` with `high`; -1 if there is none. */
export function findArc({ first, to }: RankRows, low: number, high: number): number {
  let a = first[low];
  let b = first[low + 1] - 1;
  while (a <= b) {
    const middle = (a + b) >> 1;
    const at = to[middle];
    if (at === high) return middle;
    if (at < high) a = middle + 1;
    else b = middle - 1;
  }
  return -1;
}

/** The most states from one to a root of the elimination tree. */
export function heightOf({ parent }: Hierarchy): number {
  const depth = new Uint32Array(parent.length);
  let height = 0;
  for (let rank = parent.length - 1; rank >= 0; rank--) {
    depth[rank] = parent[rank] === noRank ? 1 : depth[parent[rank]] + 1;
    height = Math.max(height, depth[rank]);
  }
  return height;
}
