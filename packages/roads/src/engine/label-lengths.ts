// Hot: runs for every pair of a table.
import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import type { Conditions } from "./costs.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Labels } from "./labels.ts";
import { msOfEdge } from "./lengths.ts";
import type { ArcLengths } from "./lengths.ts";
import type { Metric } from "./metric.ts";

/** Fills in milliseconds and metres of labels: of the ways from their starts to them, or from them to their goals. */
export class LabelLengths {
  private readonly graph: Graph;
  private readonly hierarchy: Hierarchy;
  private readonly arcs: ArcLengths;
  private readonly labels: Labels;
  private readonly isAhead: boolean;
  private readonly chain: number[] = [];

  /** `ahead`: the labels come from starts; `back`: they lead to goals. */
  constructor(graph: Graph, hierarchy: Hierarchy, arcs: ArcLengths, labels: Labels, direction: "ahead" | "back") {
    this.graph = graph;
    this.hierarchy = hierarchy;
    this.arcs = arcs;
    this.labels = labels;
    this.isAhead = direction === "ahead";
  }

  /** Fills in a label and those it came over; `ends`: the starts or goals of its search. */
  fill(metric: Metric, conditions: Conditions, ends: readonly EdgeEnd[], label: number): void {
    const { arcs, chain, isAhead } = this;
    const { ms, metres, parents, ranks } = this.labels;
    chain.length = 0;
    let at = label;
    while (Number.isNaN(ms[at])) {
      const parent = parents[at];
      if (parent < 0) {
        this.fillSeed(conditions, ends[-1 - parent], at);
        break;
      }
      chain.push(at);
      at = parent;
    }
    for (let i = chain.length - 1; i >= 0; i--) {
      const next = chain[i];
      arcs.measure(metric, ranks[isAhead ? at : next], ranks[isAhead ? next : at]);
      ms[next] = ms[at] + arcs.ms;
      metres[next] = metres[at] + arcs.metres;
      at = next;
    }
  }

  /** From a point on an edge over a turn to the start of the next edge; or from the start of an edge to a point on it. */
  private fillSeed(conditions: Conditions, { edge, share }: EdgeEnd, label: number): void {
    const { graph, isAhead } = this;
    const { ms, metres, ranks } = this.labels;
    const part = isAhead ? 1 - share : share;
    ms[label] = part * msOfEdge(graph, conditions, edge);
    metres[label] = part * graph.roadLength[graph.edgeRoad[edge]];
    if (!isAhead) return;
    const { turnFirst, turnTo } = graph;
    const target = this.hierarchy.stateOfRank[ranks[label]];
    let cheapest = -1;
    for (let turn = turnFirst[edge]; turn < turnFirst[edge + 1]; turn++) {
      if (turnTo[turn] === target) cheapest = turn;
    }
    ms[label] += graph.turnMs[cheapest];
  }
}
