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

/** Some roads of a net as a net of their own, road i being `roads[i]` of the whole. */
export function partOf(net: RoadNet, roads: Int32Array): RoadNet {
  const nodes = new Map<number, number>();
  const numberOf = (node: number): number => {
    const known = nodes.get(node);
    if (known !== undefined) return known;
    nodes.set(node, nodes.size);
    return nodes.size - 1;
  };
  const from = Uint32Array.from(roads, (road) => numberOf(net.from[road]));
  const to = Uint32Array.from(roads, (road) => numberOf(net.to[road]));
  return {
    nodeCount: nodes.size,
    from,
    to,
    width: Uint8Array.from(roads, (road) => net.width[road]),
    x: Float64Array.from(nodes.keys(), (node) => net.x[node]),
    y: Float64Array.from(nodes.keys(), (node) => net.y[node]),
  };
}
