/**
 * The metric-independent part of a customizable contraction hierarchy (Dibbelt, Strasser and Wagner, 2016) over the states of a graph.
 *
 * States are numbered anew by *rank*: 0 is the least important. An *arc* joins a state with one of higher rank; the arcs of rank v are
 * `upFirst[v]` (inclusive) to `upFirst[v + 1]` (exclusive), ordered by `upTo`. They are chordal: any two states above one are joined
 * themselves. The first of a row is therefore the parent in the elimination tree. A metric gives each arc one cost upwards, one downwards.
 */
export interface Hierarchy {
  /** State of each rank, and rank of each state. */
  readonly stateOfRank: Uint32Array;
  readonly rankOfState: Uint32Array;
  readonly upFirst: Uint32Array;
  readonly upTo: Uint32Array;
  /** The same arcs seen from above: from rank v lead down to `downTo[i]`, i from `downFirst[v]` to `downFirst[v + 1]` (exclusive), ascending. */
  readonly downFirst: Uint32Array;
  readonly downTo: Uint32Array;
  /** The arc of each turn: 2 times its number if the turn leads up, and 1 more if it leads down; `noArc` for a turn into its own state. */
  readonly turnArc: Uint32Array;
}

export const noArc = 0xffff_ffff;

/** The arc that joins two ranks, the lower one first; -1 if there is none. */
export function findArc({ upFirst, upTo }: Pick<Hierarchy, "upFirst" | "upTo">, low: number, high: number): number {
  let a = upFirst[low];
  let b = upFirst[low + 1] - 1;
  while (a <= b) {
    const middle = (a + b) >> 1;
    const at = upTo[middle];
    if (at === high) return middle;
    if (at < high) a = middle + 1;
    else b = middle - 1;
  }
  return -1;
}
