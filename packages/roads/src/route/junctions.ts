import type { Graph } from "../city.ts";
import type { AvoidClass } from "../engine/choice.ts";
import { classOrder } from "./avoid.ts";
import type { LegSteps } from "./leg-steps.ts";
import type { DrawnRoute } from "./route.ts";
import type { LegPath, Trace } from "./trace.ts";

/** All that one route is made of. */
interface RouteParts {
  readonly route: DrawnRoute;
  readonly paths: readonly LegPath[];
  readonly trace: Trace;
  readonly steps: readonly LegSteps[];
}

interface RouteSample {
  /** Routes so far. */
  routes: number;
  kept?: RouteParts;
}

/** Routes until another one is kept: the collector has to carry along what is kept. */
const sampleEvery = 64;

/** Keeps a route as the sample if the last one is old. */
export function sampleRoute({ sample }: Surroundings, parts: RouteParts): void {
  if (sample.routes++ % sampleEvery === 0) sample.kept = parts;
}

/** What is worked out once for all routes over a graph. */
export interface Surroundings {
  readonly junctions: Junctions;
  /** The classes of roads in the order they are listed in. */
  readonly classes: readonly AvoidClass[];
  /**
   * What a route was made of not long ago. It keeps the shapes of these objects alive: a collector that saves memory would forget them between
   * two routes, and with them the machine code that was made for them.
   */
  readonly sample: RouteSample;
}

/** Which ends of which roads meet at each node. */
export interface Junctions {
  /** Road ends at node n are `first[n]` (inclusive) to `first[n + 1]` (exclusive) of `ends`. */
  readonly first: Uint32Array;
  /** Twice the number of the road, plus one where it is the road's last point that lies at the node. */
  readonly ends: Uint32Array;
}

/** The node at the first (or last) point of a road. */
export function nodeOfRoad(graph: Graph, road: number, last: boolean): number {
  const forward = graph.roadForward[road];
  if (forward >= 0) return last ? graph.edgeTo[forward] : graph.edgeFrom[forward];
  const backward = graph.roadBackward[road];
  return last ? graph.edgeFrom[backward] : graph.edgeTo[backward];
}

/** All road ends of a graph by node; 12 bytes for each road. */
export function junctionsOf(graph: Graph): Junctions {
  const first = new Uint32Array(graph.nodeCount + 1);
  for (let road = 0; road < graph.roadCount; road++) {
    for (const last of [false, true]) {
      const after = nodeOfRoad(graph, road, last) + 1;
      first[after] = first[after] + 1;
    }
  }
  for (let node = 0; node < graph.nodeCount; node++) first[node + 1] = first[node + 1] + first[node];
  const next = first.slice();
  const ends = new Uint32Array(2 * graph.roadCount);
  for (let road = 0; road < graph.roadCount; road++) {
    for (const last of [false, true]) {
      const node = nodeOfRoad(graph, road, last);
      const at = next[node];
      ends[at] = 2 * road + (last ? 1 : 0);
      next[node] = at + 1;
    }
  }
  return { first, ends };
}

export function surroundingsOf(graph: Graph): Surroundings {
  return { junctions: junctionsOf(graph), classes: classOrder(graph), sample: { routes: 0 } };
}
