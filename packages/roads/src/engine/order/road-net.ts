/**
 * The roads of a city as an undirected multigraph, for cutting it into parts: road r joins nodes `from[r]` and `to[r]` and counts `width[r]`
 * router states, which is what it adds to a separator it lies in.
 */
export interface RoadNet {
  readonly nodeCount: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly width: Uint8Array;
  /** Places of the nodes in any unit that is the same in both directions. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}
