import type { Graph } from "../city.ts";
import { wayOfEdge } from "../graph/edge-facts.ts";
import { apart } from "./arms.ts";
import type { Arm } from "./arms.ts";
import { nodeOfRoad } from "./junctions.ts";
import type { Junctions } from "./junctions.ts";
import { isNameless, isRenamed } from "./names.ts";
import type { TracedEdge } from "./trace.ts";
import type { View } from "./view.ts";

/** Metres that each side of the triangle of a junction and its sliproad has at most (OSRM's guidance constant). */
const longestSide = 250;

/** More pieces than this no side has. */
const mostPieces = 30;

/** The turn a sliproad spares is no bend: degrees. */
const leastTurn = 30;

/** The node where an edge, followed as long as nothing else meets it, comes to a junction; undefined beyond the longest side. */
function nextJunction(graph: Graph, junctions: Junctions, edge: number): { node: number; last: number } | undefined {
  let metres = 0;
  let at = edge;
  for (let count = 0; count < mostPieces; count++) {
    metres += graph.roadLength[graph.edgeRoad[at]];
    if (metres > longestSide) return undefined;
    const node = graph.edgeTo[at];
    const first = junctions.first[node];
    if (junctions.first[node + 1] - first !== 2) return { node, last: at };
    const next = [0, 1]
      .map((i) => edgeAway(graph, junctions.ends[first + i]))
      .find((out) => out >= 0 && graph.edgeRoad[out] !== graph.edgeRoad[at]);
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

/** The edge that leaves along a road end, -1 where none does. */
function edgeAway(graph: Graph, end: number): number {
  return (end & 1) === 1 ? graph.roadBackward[end >> 1] : graph.roadForward[end >> 1];
}

/** The arm a driver would take without the sliproad: the straightest proper one. */
function mainArm(view: View, taken: number): Arm | undefined {
  const index = view.straightest((arm) => arm.canEnter && arm !== view.arms[taken] && !arm.kind.isMinor);
  return index === 0 || view.arms[index].off > 60 ? undefined : view.arms[index];
}

/**
 * Whether the arm taken at a junction is a sliproad: a link that cuts the corner of the next junction ahead, so that it and the road it
 * comes to are one turn to a driver.
 */
export function isSliproad(
  graph: Graph,
  junctions: Junctions,
  view: View,
  taken: number,
  edges: readonly TracedEdge[],
  index: number,
): boolean {
  const arm = view.arms[taken];
  const isCut = arm.kind.isLink || (isNameless(graph, arm.way) && !arm.kind.isMinor && !arm.comes);
  const main = mainArm(view, taken);
  if (!isCut || main === undefined || apart(arm.angle, main.angle) > 120) return false;
  const slip = nextJunction(graph, junctions, arm.edge);
  const ahead = nextJunction(graph, junctions, main.edge);
  if (slip === undefined || ahead === undefined || slip.node === ahead.node) return false;
  const joined = edges.slice(index).findIndex(({ edge }) => graph.edgeFrom[edge] === slip.node);
  const target = joined < 0 ? undefined : edges[index + joined]?.edge;
  if (target === undefined) return false;
  for (let i = junctions.first[ahead.node]; i < junctions.first[ahead.node + 1]; i++) {
    const end = junctions.ends[i];
    const out = edgeAway(graph, end);
    if (out < 0 || graph.edgeRoad[out] === graph.edgeRoad[ahead.last]) continue;
    if (nodeOfRoad(graph, end >> 1, (end & 1) === 1) !== ahead.node) continue;
    const crossing = nextJunction(graph, junctions, out);
    if (crossing?.node !== slip.node) continue;
    const isSame = !isRenamed(graph, wayOfEdge(graph, crossing.last), wayOfEdge(graph, target));
    if (isSame && turnsAway(graph, view, main, arm, target)) return true;
  }
  return false;
}

/** The road that is come to leads to the side of the sliproad, well off the way on. */
function turnsAway(graph: Graph, view: View, main: Arm, arm: Arm, target: number): boolean {
  const first = graph.roadPoint[graph.edgeRoad[target]];
  const last = graph.roadPoint[graph.edgeRoad[target] + 1] - 1;
  const isForward = graph.roadForward[graph.edgeRoad[target]] === target;
  const [from, to] = isForward ? [first, last] : [last, first];
  const dx = (graph.pointX[to] - graph.pointX[from]) * Math.cos((graph.pointY[from] / 1e7) * (Math.PI / 180));
  const dy = graph.pointY[to] - graph.pointY[from];
  const bearing = Math.atan2(dx, dy);
  const turn = ((bearing - main.bearing) * 180) / Math.PI;
  const signed = ((((turn + 180) % 360) + 360) % 360) - 180;
  const isRight = arm.angle < main.angle;
  return view.size >= 3 && (isRight ? signed > leastTurn : signed < -leastTurn);
}
