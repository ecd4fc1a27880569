// Hot: runs for every arc on the ways of a table.
import type { Graph } from "../city.ts";
import { noWay } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Metric } from "./metric.ts";
import { arcCost, turnOfCost, viaOf } from "./via.ts";

/** What a car that drives an edge takes for it now, in milliseconds. A closed one counts as the map says. */
export function msOfEdge(graph: Graph, { edgeMs }: Conditions, edge: number): number {
  const now = edgeMs?.[edge] ?? noWay;
  return now === noWay ? graph.edgeMs[edge] : now;
}

/** So many arcs are remembered, a power of two; a newer one takes the place of an older one. */
const cacheSize = 1 << 17;

/**
 * Milliseconds and metres of the cheapest path over an arc, from the start of its first edge to the start of its last one. They are not what
 * the router counts, so they have to be added up along the path; what was added up is remembered as long as the metric holds.
 */
export class ArcLengths {
  /** Of the arc asked for last. */
  ms = 0;
  metres = 0;
  private readonly graph: Graph;
  private readonly hierarchy: Hierarchy;
  private conditions: Conditions = {};
  private metric: Metric | undefined;
  private readonly fromRanks = new Int32Array(cacheSize);
  private readonly toRanks = new Int32Array(cacheSize);
  private readonly cachedMs = new Float64Array(cacheSize);
  private readonly cachedMetres = new Float64Array(cacheSize);

  constructor(graph: Graph, hierarchy: Hierarchy) {
    this.graph = graph;
    this.hierarchy = hierarchy;
  }

  /** Says for which metric, under which conditions, the next questions are. */
  use(metric: Metric, conditions: Conditions): void {
    if (this.metric === metric && this.conditions === conditions) return;
    this.metric = metric;
    this.conditions = conditions;
    this.fromRanks.fill(-1);
  }

  /** Writes `ms` and `metres` of the arc between two ranks. Goes down as many levels as the hierarchy has at most, some hundreds. */
  measure(metric: Metric, from: number, to: number): void {
    const { graph, hierarchy } = this;
    const slot = (Math.imul(from, 0x9e3779b1) ^ Math.imul(to, 0x85ebca6b)) >>> 15;
    if (this.fromRanks[slot] === from && this.toRanks[slot] === to) {
      this.ms = this.cachedMs[slot];
      this.metres = this.cachedMetres[slot];
      return;
    }
    const cost = arcCost(hierarchy, metric, from, to);
    const turn = turnOfCost(graph, hierarchy, metric, from, to, cost);
    if (turn >= 0) {
      const edge = graph.stateEdge[hierarchy.stateOfRank[from]];
      this.ms = msOfEdge(graph, this.conditions, edge) + graph.turnMs[turn];
      this.metres = graph.roadLength[graph.edgeRoad[edge]];
    } else {
      const via = viaOf(hierarchy, metric, from, to, cost);
      this.measure(metric, from, via);
      const { ms, metres } = this;
      this.measure(metric, via, to);
      this.ms += ms;
      this.metres += metres;
    }
    this.fromRanks[slot] = from;
    this.toRanks[slot] = to;
    this.cachedMs[slot] = this.ms;
    this.cachedMetres[slot] = this.metres;
  }
}
