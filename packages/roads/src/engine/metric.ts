// Hot: runs for every triangle of a hierarchy (8 million for a large city) whenever traffic changes.
import type { Graph } from "../city.ts";
import { edgeMark, turnCost, unreachable } from "./costs.ts";
import type { EdgeCosts } from "./costs.ts";
import { noArc } from "./hierarchy.ts";
import type { Hierarchy } from "./hierarchy.ts";

/**
 * Costs of all arcs of a hierarchy. The cost of a path counts every edge but the last: it leads from the start of its first edge to the
 * start of its last one. `up` and `down` are those of the cheapest path between the two states of an arc that visits only lower ranks.
 */
export interface Metric {
  readonly costs: EdgeCosts;
  readonly up: Int32Array;
  readonly down: Int32Array;
}

/** So many arcs are looked at between two pauses: about two milliseconds. */
const arcsPerSlice = 60_000;

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

/** Gives the arcs above one rank what the ways over it offer; all lower ranks have been done. */
function offerTriangles({ upFirst, upTo }: Hierarchy, up: Int32Array, down: Int32Array, rank: number): void {
  const end = upFirst[rank + 1];
  for (let i = upFirst[rank]; i < end - 1; i++) {
    const down1 = down[i];
    const up1 = up[i];
    if (down1 === unreachable && up1 === unreachable) continue;
    let arc = upFirst[upTo[i]];
    for (let j = i + 1; j < end; j++) {
      const target = upTo[j];
      while (upTo[arc] !== target) arc++;
      const ahead = down1 + up[j];
      if (ahead < up[arc]) up[arc] = ahead;
      const back = down[j] + up1;
      if (back < down[arc]) down[arc] = back;
    }
  }
}

/** Fills a metric for its costs, in slices of a few milliseconds (Dibbelt, Strasser and Wagner, 2016, "basic customization"). */
export function* customize(graph: Graph, hierarchy: Hierarchy, metric: Metric): Generator<void, void> {
  placeTurns(graph, hierarchy, metric);
  yield;
  const { upFirst } = hierarchy;
  let work = 0;
  for (let rank = 0; rank < graph.stateCount; rank++) {
    offerTriangles(hierarchy, metric.up, metric.down, rank);
    const degree = upFirst[rank + 1] - upFirst[rank];
    work += degree * degree;
    if (work < arcsPerSlice * 16) continue;
    work = 0;
    yield;
  }
}
