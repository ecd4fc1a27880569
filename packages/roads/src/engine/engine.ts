import type { City } from "../city.ts";
import { AlternativeSearch } from "./alternatives.ts";
import type { EdgeEnd, MetricChoice } from "./choice.ts";
import { unreachable } from "./costs.ts";
import { DetourSearch } from "./detours.ts";
import { Ends } from "./ends.ts";
import { Half } from "./half.ts";
import { ArcLengths } from "./lengths.ts";
import { MatrixSearch } from "./matrix-search.ts";
import type { Matrix, Want } from "./matrix-search.ts";
import { MetricShelf } from "./metric-shelf.ts";
import { PathSearch } from "./path-search.ts";
import type { FoundPath } from "./path-search.ts";
import { edgesWithin } from "./reach.ts";
import type { Reach } from "./reach.ts";
import { FromStarts, ToGoals } from "./sweep.ts";

/**
 * Finds ways over a city by a customizable contraction hierarchy: exactly the cheapest ones, for any choice, under the traffic of now. One
 * engine serves one thread; its memory is used again from question to question.
 */
export interface Engine {
  /**
   * The cheapest legal path from any start to any goal, undefined if there is none. Where start and goal lie on one edge and the goal is
   * behind, it comes round. A closed road may be left and arrived on, but not driven through.
   */
  find(choice: MetricChoice, starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]): FoundPath | undefined;
  /** What that path costs without the path itself; Infinity if there is none. */
  cost(choice: MetricChoice, starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]): number;
  /**
   * The cheapest path and at most `most` others that a driver may prefer: each little dearer than what it takes the place of, mostly different
   * from those before it, and without senseless detours. Cheapest first; empty if no way leads there.
   */
  alternatives(
    choice: MetricChoice,
    starts: readonly EdgeEnd[],
    goals: readonly EdgeEnd[],
    most: number,
  ): readonly FoundPath[];
  /** From every source to every target, without the paths. */
  matrix(
    choice: MetricChoice,
    sources: readonly (readonly EdgeEnd[])[],
    targets: readonly (readonly EdgeEnd[])[],
    want: Want,
  ): Matrix;
  /** All edges that lie within some seconds of some starts. */
  reach(choice: MetricChoice, starts: readonly EdgeEnd[], limitSeconds: number): Reach;
  /**
   * Seconds that calling at each place adds to the way from where the car is to its goal, wherever it is best to leave that way and to come
   * back to it; NaN where no way leads there or on from there.
   */
  detours(
    choice: MetricChoice,
    starts: readonly EdgeEnd[],
    goals: readonly EdgeEnd[],
    places: readonly (readonly EdgeEnd[])[],
  ): Float64Array;
  /** Milliseconds of each edge that answers shall use now: of the traffic, else of the map; `noWay` where closed. */
  edgeMs(): Uint32Array;
  /** Tells the times of now (ms of each edge, `noWay` = closed), or that the map's count again. They count once `advance` has worked them in. */
  setTraffic(times: { readonly edgeMs: Uint32Array } | undefined): void;
  /** Tells what each edge takes from the battery, in mWh. As with traffic, `advance` works it in. */
  setEnergy(edgeMilliWattHours: Uint32Array | undefined): void;
  /** Works in what was told for a few milliseconds; false when nothing is left to do. Questions between two calls get the old figures. */
  advance(): boolean;
}

/** An engine over a city. The first question of each choice takes a tenth of a second longer. */
export function createEngine(city: City): Engine {
  const { graph, hierarchy } = city;
  const shelf = new MetricShelf(graph, hierarchy);
  const ends = new Ends(graph, hierarchy);
  const halves = { forward: new Half(graph.stateCount), backward: new Half(graph.stateCount) };
  const paths = new PathSearch(graph, hierarchy, ends, halves);
  // Not every car asks for all of these, and each needs memory.
  let fromStarts: FromStarts | undefined;
  let toGoals: ToGoals | undefined;
  let others: AlternativeSearch | undefined;
  let matrices: MatrixSearch | undefined;
  let detours: DetourSearch | undefined;
  let lengths: ArcLengths | undefined;
  const arcs = () => (lengths ??= new ArcLengths(graph, hierarchy));
  const from = () => (fromStarts ??= new FromStarts(graph, hierarchy, ends));
  const to = () => (toGoals ??= new ToGoals(graph, hierarchy, ends));
  let told = shelf.conditions;
  return {
    find: (choice, starts, goals) => paths.find(shelf.get(choice), starts, goals),
    cost(choice, starts, goals) {
      const cost = paths.cost(shelf.get(choice), starts, goals);
      return cost >= unreachable ? Infinity : cost;
    },
    alternatives(choice, starts, goals, most) {
      others ??= new AlternativeSearch({ graph, hierarchy, ends, halves, paths, from: from(), to: to() });
      const metric = shelf.get(choice);
      return others.run(metric, shelf.conditions, starts, goals, most);
    },
    matrix(choice, sources, targets, want) {
      matrices ??= new MatrixSearch(graph, hierarchy, ends, halves, arcs());
      const metric = shelf.get(choice);
      return matrices.run(metric, shelf.conditions, sources, targets, want);
    },
    reach(choice, starts, limitSeconds) {
      const metric = shelf.get(choice);
      return edgesWithin(graph, from(), metric, shelf.conditions, starts, limitSeconds);
    },
    detours(choice, starts, goals, places) {
      detours ??= new DetourSearch(graph, hierarchy, ends, halves, arcs());
      const metric = shelf.get(choice);
      return detours.run(metric, shelf.conditions, starts, goals, places);
    },
    edgeMs: () => shelf.conditions.edgeMs ?? graph.edgeMs,
    setTraffic(times) {
      told = { ...told, edgeMs: times?.edgeMs };
      shelf.renew(told);
    },
    setEnergy(edgeMilliWattHours) {
      told = { ...told, edgeMilliWattHours };
      shelf.renew(told);
    },
    advance: () => shelf.advance(),
  };
}
