// Hot: runs for every arc that is unpacked.
import type { Graph } from "../city.ts";
import { edgeMark, turnCost } from "./costs.ts";
import { findArc } from "./hierarchy.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Metric } from "./metric.ts";

/** What the cheapest path between two ranks that an arc joins costs. */
export function arcCost(hierarchy: Hierarchy, { up, down }: Metric, from: number, to: number): number {
  return from < to ? up[findArc(hierarchy.up, from, to)] : down[findArc(hierarchy.down, to, from)];
}

/** The single turn between two ranks that costs just this, -1 if there is none. */
export function turnOfCost(
  graph: Graph,
  { stateOfRank }: Hierarchy,
  { costs }: Metric,
  from: number,
  to: number,
  cost: number,
): number {
  const { turnFirst, turnTo, stateEdge } = graph;
  const state = stateOfRank[from];
  const target = stateOfRank[to];
  const edge = stateEdge[state];
  if ((costs.marks[edge] & edgeMark.closed) !== 0) return -1;
  const rest = cost - costs.edge[edge];
  for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++) {
    if (turnTo[turn] === target && turnCost(graph, costs, turn, edge, stateEdge[target]) === rest) return turn;
  }
  return -1;
}

/** The lower rank over which the path of an arc leads, by what the arc costs; only where that is no single turn. */
export function viaOf(hierarchy: Hierarchy, { up, down }: Metric, from: number, to: number, cost: number): number {
  const starts = hierarchy.belowDown;
  const goals = hierarchy.belowUp;
  let i = starts.first[from];
  let j = goals.first[to];
  const endI = starts.first[from + 1];
  const endJ = goals.first[to + 1];
  while (i < endI && j < endJ) {
    const a = starts.to[i];
    const b = goals.to[j];
    if (a < b) i++;
    else if (b < a) j++;
    else {
      if (down[findArc(hierarchy.down, a, from)] + up[findArc(hierarchy.up, a, to)] === cost) return a;
      i++;
      j++;
    }
  }
  throw new Error("an arc of the hierarchy stands for no path");
}
