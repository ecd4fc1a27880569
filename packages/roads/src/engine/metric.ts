// Hot: runs for every triangle of a hierarchy (8 million for a large city) whenever traffic changes.
import type { Graph } from "../city.ts";
import { edgeMark, turnCost, unreachable } from "./costs.ts";
import type { EdgeCosts } from "./costs.ts";
import { noArc } from "./hierarchy.ts";
import type { Hierarchy, RankRows } from "./hierarchy.ts";

/**
 * Costs of all arcs of a hierarchy. The cost of a path counts every edge but the last: it leads from the start of its first edge to the
 * start of its last one. `up` and `down` are those of the cheapest path between the two states of an arc that visits only lower ranks.
 */
export interface Metric {
  readonly costs: EdgeCosts;
  readonly up: Int32Array;
  readonly down: Int32Array;
}

/** So many triangles are looked at between two pauses: two or three milliseconds. */
const trianglesPerSlice = 300_000;

/** Writes the cost of each turn to its arc. */
function placeTurns(graph: Graph, { turnArc }: Hierarchy, { costs, up, down }: Metric): void {
  const { stateEdge, turnFirst, turnTo, stateCount } = graph;
  up.fill(unreachable);
  down.fill(unreachable);
  for (let state = 0; state < stateCount; state++) {
    const edge = stateEdge[state];
    if ((costs.marks[edge] & edgeMark.closed) !== 0) continue;
    const cost = costs.edge[edge];
    for (let turn = turnFirst[state], end = turnFirst[state + 1]; turn < end; turn++) {
      const arc = turnArc[turn];
      if (arc === noArc) continue;
      const whole = cost + turnCost(graph, costs, turn, edge, stateEdge[turnTo[turn]]);
      const side = (arc & 1) === 0 ? up : down;
      if (whole < side[arc >> 1]) side[arc >> 1] = whole;
    }
  }
}

/**
 * What the ways over `rank` offer to arcs of the ranks that `entries` join it with: to each of these arcs, the cost of its entry and that of
 * the one of `exits` that goes on to a higher rank.
 */
function offerOver(
  rank: number,
  entries: RankRows,
  entryCosts: Int32Array,
  { first, to }: RankRows,
  costs: Int32Array,
): void {
  const end = first[rank + 1];
  let begin = first[rank];
  for (let entry = entries.first[rank], last = entries.first[rank + 1]; entry < last; entry++) {
    const cost = entryCosts[entry];
    const higher = entries.to[entry];
    while (begin < end && to[begin] <= higher) begin++;
    if (cost === unreachable) continue;
    let arc = first[higher];
    for (let exit = begin; exit < end; exit++) {
      const target = to[exit];
      while (to[arc] !== target) arc++;
      const offer = cost + costs[exit];
      if (offer < costs[arc]) costs[arc] = offer;
    }
  }
}

/** Fills a metric for its costs, in slices of a few milliseconds (Dibbelt, Strasser and Wagner, 2016, "basic customization"). */
export function* customize(graph: Graph, hierarchy: Hierarchy, metric: Metric): Generator<void, void> {
  placeTurns(graph, hierarchy, metric);
  yield;
  const { up, down } = hierarchy;
  let triangles = 0;
  for (let rank = 0; rank < graph.stateCount; rank++) {
    offerOver(rank, down, metric.down, up, metric.up);
    offerOver(rank, up, metric.up, down, metric.down);
    triangles += (up.first[rank + 1] - up.first[rank]) * (down.first[rank + 1] - down.first[rank]);
    if (triangles < trianglesPerSlice) continue;
    triangles = 0;
    yield;
  }
}
