import { pointFlag } from "../city.ts";
import type { City, Graph } from "../city.ts";
import { noWay } from "../engine/costs.ts";
import { isForward } from "../graph/edge-facts.ts";
import { Segments } from "./segments.ts";
import type { SegmentSpeed } from "./speed-file.ts";

/** What is known of an edge: the part that was measured, and the seconds it takes. */
export interface EdgeMeasure {
  readonly metres: number;
  /** Infinity where a part of it is closed. */
  readonly seconds: number;
}

/** Speeds below this (m/s) are those of a standstill, and no road stands still for ever. */
const slowest = 0.5;

/** Collects the speeds of segments by their edges; a speed for a segment that this map does not have is left out. */
export function measureEdges(segments: Segments, speeds: Iterable<SegmentSpeed>): ReadonlyMap<number, EdgeMeasure> {
  const measured = new Map<number, EdgeMeasure>();
  for (const { from, to, speed } of speeds) {
    for (const segment of segments.find(from, to)) {
      const edge = segments.edgeOf(segment);
      const known = measured.get(edge);
      const metres = segments.metresOf(segment);
      const seconds = speed <= 0 ? Infinity : metres / Math.max(slowest, speed);
      measured.set(edge, { metres: (known?.metres ?? 0) + metres, seconds: (known?.seconds ?? 0) + seconds });
    }
  }
  return measured;
}

/** Milliseconds of an edge with what was measured of it; the rest takes what the map says. `noWay` where it is closed. */
export function edgeTime(graph: Graph, edge: number, { metres, seconds }: EdgeMeasure): number {
  if (seconds === Infinity) return noWay;
  const length = graph.roadLength[graph.edgeRoad[edge]];
  const rest = length > 0 ? Math.max(0, 1 - metres / length) : 0;
  return Math.max(1, Math.round(seconds * 1_000 + rest * graph.edgeMs[edge]));
}

/** Times of all edges for the engine, from speeds of segments as they are: ms, `noWay` where closed. */
export function trafficTimes(
  city: City,
  speeds: Iterable<SegmentSpeed>,
  segments: Segments = new Segments(city.graph),
): { readonly edgeMs: Uint32Array } {
  const edgeMs = city.graph.edgeMs.slice();
  for (const [edge, measure] of measureEdges(segments, speeds)) edgeMs[edge] = edgeTime(city.graph, edge, measure);
  return { edgeMs };
}

/** Seconds a car may wait at the end of an edge without there being traffic: a red light, somebody else's right of way. */
export function usualWait(graph: Graph, edge: number): number {
  const road = graph.edgeRoad[edge];
  const forward = isForward(graph, edge);
  const first = graph.roadPoint[road];
  const last = graph.roadPoint[road + 1] - 1;
  const signals = forward ? pointFlag.signalsForward : pointFlag.signalsBackward;
  for (let point = first; point <= last; point++) if ((graph.pointFlags[point] & signals) !== 0) return signalWait;
  const ways = graph.turnFirst[edge + 1] - graph.turnFirst[edge];
  return ways > 1 ? junctionWait : 0;
}

const signalWait = 30;
const junctionWait = 8;
