import { pointFlag } from "../city.ts";
import type { City, Graph } from "../city.ts";
import { noWay } from "../engine/costs.ts";
import { isForward } from "../graph/edge-facts.ts";
import { Segments } from "./segments.ts";
import type { SegmentSpeed } from "./speed-file.ts";

/** Speeds below this (m/s) are those of a standstill, and no road stands still for ever. */
const slowest = 0.5;

/** Where speeds belong on this map: for each a segment, its edge and its metres; a speed for a segment that the map does not have has none. */
export interface PlacedSpeeds {
  readonly count: number;
  readonly segment: Uint32Array;
  readonly edge: Int32Array;
  readonly metres: Float32Array;
  /** Index of the speed. */
  readonly speed: Uint32Array;
}

export function placeSpeeds(segments: Segments, speeds: readonly SegmentSpeed[]): PlacedSpeeds {
  // Roads that lie on each other share their segments; that is rare, and beyond this they are left out.
  const room = speeds.length + 1_000;
  const placed = new Uint32Array(room);
  const edge = new Int32Array(room);
  const metres = new Float32Array(room);
  const speed = new Uint32Array(room);
  let count = 0;
  for (const [index, { from, to }] of speeds.entries()) {
    for (const segment of segments.find(from, to)) {
      if (count === room) break;
      placed[count] = segment;
      edge[count] = segments.edgeOf(segment);
      metres[count] = segments.metresOf(segment);
      speed[count] = index;
      count++;
    }
  }
  return { count, segment: placed, edge, metres, speed };
}

/** What was measured of each edge: how much of it, and the seconds that takes, Infinity where a part of it is closed. */
export class EdgeSums {
  readonly metres: Float64Array;
  readonly seconds: Float64Array;
  /** Edges of which anything was measured. */
  readonly edges: number[] = [];

  constructor(edgeCount: number) {
    this.metres = new Float64Array(edgeCount);
    this.seconds = new Float64Array(edgeCount);
  }

  add(edge: number, metres: number, speed: number): void {
    if (this.metres[edge] === 0) this.edges.push(edge);
    this.metres[edge] = this.metres[edge] + Math.max(1e-3, metres);
    this.seconds[edge] = this.seconds[edge] + (speed <= 0 ? Infinity : metres / Math.max(slowest, speed));
  }
}

/** Milliseconds of an edge with what was measured of it; the rest takes what the map says. `noWay` where it is closed. */
export function edgeTime(graph: Graph, edge: number, sums: EdgeSums): number {
  const metres = sums.metres[edge];
  const seconds = sums.seconds[edge];
  if (seconds === Infinity) return noWay;
  const length = graph.roadLength[graph.edgeRoad[edge]];
  const rest = length > 0 ? Math.max(0, 1 - metres / length) : 0;
  return Math.max(1, Math.round(seconds * 1_000 + rest * graph.edgeMs[edge]));
}

/** Times of all edges for the engine, from speeds of segments as they are: ms, `noWay` where closed. */
export function trafficTimes(
  city: City,
  speeds: readonly SegmentSpeed[],
  segments: Segments = new Segments(city.graph),
): { readonly edgeMs: Uint32Array } {
  const { graph } = city;
  const placed = placeSpeeds(segments, speeds);
  const sums = new EdgeSums(graph.edgeCount);
  for (let i = 0; i < placed.count; i++) sums.add(placed.edge[i], placed.metres[i], speeds[placed.speed[i]].speed);
  const edgeMs = graph.edgeMs.slice();
  for (const edge of sums.edges) edgeMs[edge] = edgeTime(graph, edge, sums);
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
