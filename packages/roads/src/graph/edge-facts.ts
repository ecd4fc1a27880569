import type { Graph } from "../city.ts";
import { wayFlag } from "../city.ts";
import { classAt } from "../rules/road-class.ts";
import type { RoadClass } from "../rules/road-class.ts";

/** Whether an edge runs the way its road is drawn. */
export function isForward(graph: Graph, edge: number): boolean {
  return graph.roadForward[graph.edgeRoad[edge]] === edge;
}

export function wayOfEdge(graph: Graph, edge: number): number {
  return graph.roadWay[graph.edgeRoad[edge]];
}

export function streetOf(graph: Graph, edge: number): string {
  return graph.names[graph.wayName[wayOfEdge(graph, edge)]];
}

export function refOf(graph: Graph, edge: number): string {
  return graph.names[graph.wayRef[wayOfEdge(graph, edge)]];
}

export function classOf(graph: Graph, edge: number): RoadClass {
  return classAt(graph.wayClass[wayOfEdge(graph, edge)]);
}

export function hasFlag(graph: Graph, edge: number, flag: keyof typeof wayFlag): boolean {
  return (graph.wayFlags[wayOfEdge(graph, edge)] & wayFlag[flag]) !== 0;
}

/** The side of the road that traffic keeps to. */
export function drivenSide(graph: Graph, edge: number): "right" | "left" {
  return hasFlag(graph, edge, "leftHand") ? "left" : "right";
}

/** Posted limit in m/s, NaN where the map has none. */
export function limitOf(graph: Graph, edge: number): number {
  const way = wayOfEdge(graph, edge);
  return isForward(graph, edge) ? graph.wayLimitForward[way] : graph.wayLimitBackward[way];
}

/** m/s one may drive: the posted limit, else the general rule for such a road. */
export function legalSpeedOf(graph: Graph, edge: number): number {
  const limit = limitOf(graph, edge);
  return Number.isNaN(limit) ? graph.waySpeed[wayOfEdge(graph, edge)] : limit;
}

/** Lanes in the direction of the edge, at least 1. */
export function lanesOfEdge(graph: Graph, edge: number): number {
  const way = wayOfEdge(graph, edge);
  return Math.max(1, isForward(graph, edge) ? graph.wayLanesForward[way] : graph.wayLanesBackward[way]);
}
