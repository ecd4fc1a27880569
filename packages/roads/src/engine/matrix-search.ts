// Hot: runs for every pair of a table.
import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import { unreachable } from "./costs.ts";
import type { Conditions } from "./costs.ts";
import { directPair } from "./ends.ts";
import type { Ends } from "./ends.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { Half, Halves } from "./half.ts";
import { LabelLengths } from "./label-lengths.ts";
import { Labels } from "./labels.ts";
import { msOfEdge } from "./lengths.ts";
import type { ArcLengths } from "./lengths.ts";
import type { Metric } from "./metric.ts";
import { Seeds } from "./seeds.ts";

/** What a table shall hold. */
export interface Want {
  readonly duration?: boolean;
  readonly distance?: boolean;
  readonly weight?: boolean;
}

/** Row by row, a row for each source; NaN where no way leads. All of the cheapest path of the choice. */
export interface Matrix {
  /** Seconds. */
  readonly durations?: Float64Array;
  /** Metres. */
  readonly distances?: Float64Array;
  /** What the router counts: ms, cm or mWh. */
  readonly weights?: Float64Array;
}

/** One kind of figures of a table. */
function cells(isWanted: boolean | undefined, count: number): Float64Array | undefined {
  return (isWanted ?? false) ? new Float64Array(count).fill(NaN) : undefined;
}

/**
 * Tables of cheapest paths: all sources and all targets climb the elimination tree once, and each pair meets in the best of the states both
 * came to. Keeps its memory between tables.
 */
export class MatrixSearch {
  private readonly graph: Graph;
  private readonly hierarchy: Hierarchy;
  private readonly ends: Ends;
  private readonly arcs: ArcLengths;
  private readonly seeds = new Seeds();
  private readonly ahead: Labels;
  private readonly back: Labels;
  /** Costs and labels of the target at hand by rank. */
  private readonly target: Half;
  private readonly aheadLengths: LabelLengths;
  private readonly backLengths: LabelLengths;

  constructor(graph: Graph, hierarchy: Hierarchy, ends: Ends, halves: Halves, arcs: ArcLengths) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    this.ends = ends;
    this.arcs = arcs;
    this.ahead = new Labels(hierarchy, halves.forward);
    this.back = new Labels(hierarchy, halves.backward);
    this.target = halves.backward;
    this.aheadLengths = new LabelLengths(graph, hierarchy, arcs, this.ahead, "ahead");
    this.backLengths = new LabelLengths(graph, hierarchy, arcs, this.back, "back");
  }

  run(
    metric: Metric,
    conditions: Conditions,
    sources: readonly (readonly EdgeEnd[])[],
    targets: readonly (readonly EdgeEnd[])[],
    want: Want,
  ): Matrix {
    const { ahead, back, seeds, ends, arcs } = this;
    const { cost: costOfRank, from: labelOfRank } = this.target;
    const size = sources.length * targets.length;
    const durations = cells(want.duration, size);
    const distances = cells(want.distance, size);
    const weights = cells(want.weight, size);
    const needsLengths = durations !== undefined || distances !== undefined;
    arcs.use(metric, conditions);
    ahead.clear();
    const firstLabel = new Uint32Array(sources.length + 1);
    for (let s = 0; s < sources.length; s++) {
      seeds.clear();
      ends.addStarts(seeds, metric.costs, sources[s]);
      ahead.add(this.hierarchy.up, metric.up, seeds);
      firstLabel[s + 1] = ahead.count;
    }
    for (let t = 0; t < targets.length; t++) {
      const goals = targets[t];
      seeds.clear();
      ends.addGoals(seeds, metric.costs, goals);
      back.clear();
      back.add(this.hierarchy.down, metric.down, seeds);
      for (let i = 0; i < back.count; i++) {
        costOfRank[back.ranks[i]] = back.costs[i];
        labelOfRank[back.ranks[i]] = i;
      }
      for (let s = 0; s < sources.length; s++) {
        const cell = s * targets.length + t;
        const label = bestLabel(ahead, costOfRank, firstLabel[s], firstLabel[s + 1]);
        const cost = label < 0 ? unreachable : ahead.costs[label] + costOfRank[ahead.ranks[label]];
        const direct = directPair(metric.costs, sources[s], goals, cost);
        if (direct !== undefined) {
          const { start, goal } = direct;
          const share = goal.share - start.share;
          if (weights !== undefined) weights[cell] = direct.cost;
          if (durations !== undefined) durations[cell] = (share * msOfEdge(this.graph, conditions, goal.edge)) / 1000;
          if (distances !== undefined) distances[cell] = share * this.graph.roadLength[this.graph.edgeRoad[goal.edge]];
          continue;
        }
        if (label < 0) continue;
        if (weights !== undefined) weights[cell] = cost;
        if (!needsLengths) continue;
        const meeting = labelOfRank[ahead.ranks[label]];
        this.aheadLengths.fill(metric, conditions, sources[s], label);
        this.backLengths.fill(metric, conditions, goals, meeting);
        if (durations !== undefined) durations[cell] = (ahead.ms[label] + back.ms[meeting]) / 1000;
        if (distances !== undefined) distances[cell] = ahead.metres[label] + back.metres[meeting];
      }
      for (let i = 0; i < back.count; i++) costOfRank[back.ranks[i]] = unreachable;
    }
    return {
      ...(durations === undefined ? {} : { durations }),
      ...(distances === undefined ? {} : { distances }),
      ...(weights === undefined ? {} : { weights }),
    };
  }
}

/** The label of a source where it meets the target at the least cost, -1 if it does not. */
function bestLabel({ ranks, costs }: Labels, costOfRank: Int32Array, first: number, end: number): number {
  let best = unreachable;
  let label = -1;
  for (let i = first; i < end; i++) {
    const cost = costs[i] + costOfRank[ranks[i]];
    if (cost >= best) continue;
    best = cost;
    label = i;
  }
  return label;
}
