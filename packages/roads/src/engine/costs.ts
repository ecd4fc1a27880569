import { edgeFlag, wayFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import type { AvoidClass, EdgeEnd, MetricChoice } from "./choice.ts";

/** More than any way costs. Two of them still fit into 32 bits. */
export const unreachable = 0x3fff_ffff;

/** Milliseconds (`Graph.edgeMs`) of an edge that is closed. */
export const noWay = 0xffff_ffff;

/** Entering a road of a class to be avoided costs as much as this: two hours, 72 km or 7.2 kWh of other roads. */
export const avoidEntry = 7_200_000;

/** On such a road every metre counts so many times, so that one leaves it soon. */
const avoidFactor = 5;

/** What is known beside the map. */
export interface Conditions {
  /** Milliseconds of each edge now, `noWay` where it is closed. */
  readonly edgeMs?: Uint32Array | undefined;
  /** What each edge takes from the battery. */
  readonly edgeMilliWattHours?: Uint32Array | undefined;
}

/** What a choice makes of each edge and turn; whole numbers of ms, cm or mWh. A cost that does not depend on the way is left out. */
export interface EdgeCosts {
  /** Of a whole edge; never more than `unreachable`. */
  readonly edge: Uint32Array;
  /** Bits: 1 nobody drives through, 2 to be avoided. */
  readonly marks: Uint8Array;
  readonly countsTurnTime: boolean;
}

export const edgeMark = { closed: 1, avoided: 2 } as const;

function classBits(graph: Graph, edge: number, classes: readonly AvoidClass[]): boolean {
  const flags = graph.wayFlags[graph.roadWay[graph.edgeRoad[edge]]];
  return classes.some((kind) =>
    kind === "restricted" ? (graph.edgeFlags[edge] & edgeFlag.restricted) !== 0 : (flags & wayFlag[kind]) !== 0,
  );
}

function plainCost(
  graph: Graph,
  { aim }: MetricChoice,
  { edgeMs, edgeMilliWattHours }: Conditions,
  edge: number,
): number {
  const metres = graph.roadLength[graph.edgeRoad[edge]];
  switch (aim) {
    case "time": {
      const weight = graph.edgeWeight[edge];
      const now = edgeMs?.[edge] ?? noWay;
      // What the router counts beyond the time keeps its ratio to it. A closed road counts as always for those who set off from it.
      return now === noWay ? weight : Math.round((weight * now) / Math.max(1, graph.edgeMs[edge]));
    }
    case "distance":
      return Math.round(metres * 100);
    case "energy":
      // Without a model of the car all metres are alike.
      return edgeMilliWattHours?.[edge] ?? Math.round(metres * 100);
  }
}

/** The costs of a choice under the conditions of now. */
export function edgeCostsOf(graph: Graph, choice: MetricChoice, conditions: Conditions): EdgeCosts {
  const { avoid, exclude = [] } = choice;
  const edge = new Uint32Array(graph.edgeCount);
  const marks = new Uint8Array(graph.edgeCount);
  for (let e = 0; e < graph.edgeCount; e++) {
    const isAvoided = avoid.length > 0 && classBits(graph, e, avoid);
    const isClosed = conditions.edgeMs?.[e] === noWay || (exclude.length > 0 && classBits(graph, e, exclude));
    const cost = plainCost(graph, choice, conditions, e);
    edge[e] = Math.min(unreachable, Math.max(1, isAvoided ? cost * avoidFactor : cost));
    marks[e] = (isClosed ? edgeMark.closed : 0) | (isAvoided ? edgeMark.avoided : 0);
  }
  return { edge, marks, countsTurnTime: choice.aim === "time" };
}

/** Of turn number `turn` from one edge to another. */
export function turnCost(graph: Graph, costs: EdgeCosts, turn: number, from: number, to: number): number {
  const { marks, countsTurnTime } = costs;
  const entry = (marks[from] & edgeMark.avoided) === 0 && (marks[to] & edgeMark.avoided) !== 0 ? avoidEntry : 0;
  return graph.turnExtraMs[turn] + (countsTurnTime ? graph.turnMs[turn] : 0) + entry;
}

/** From the start of an edge to a point on it. */
export function costUpTo({ edge }: EdgeCosts, end: EdgeEnd): number {
  return Math.round(edge[end.edge] * end.share);
}
