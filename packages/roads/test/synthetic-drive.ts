import type { City, Graph, LatLon } from "../src/city.ts";
import { degreesOf, distanceInDegrees, metresPerDegreeLat, metresPerDegreeLon } from "../src/geometry.ts";
import { lengthOf, pointOn } from "../src/match/road-line.ts";

/** Reproducible numbers from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number of the standard normal distribution (Box and Muller, 1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function displaced(at: LatLon, east: number, north: number): LatLon {
  return { lat: at.lat + north / metresPerDegreeLat(at.lat), lon: at.lon + east / metresPerDegreeLon(at.lat) };
}

/** Where the car truly is at one moment of a drive. */
export interface TrueMoment extends LatLon {
  /** Seconds since the start. */
  readonly t: number;
  /** m/s. */
  readonly speed: number;
  /** Degrees clockwise from north. */
  readonly heading: number;
  readonly edge: number;
  /** Metres from the beginning of the edge. */
  readonly along: number;
  /** Metres since the start. */
  readonly travelled: number;
}

/**
 * A drive by a quickest way between two places chosen by chance within `metres` of the city's centre, as a moment every `every` seconds,
 * at least `least` seconds long. It shares no code with the router.
 */
export function randomDrive(
  city: Pick<City, "graph" | "centre">,
  random: () => number,
  options: { readonly every?: number; readonly metres?: number; readonly least?: number } = {},
): readonly TrueMoment[] {
  const { every = 1, metres = 2_500, least = 60 } = options;
  const { graph } = city;
  for (;;) {
    const path = quickest(graph, edgeNear(city, random, metres), edgeNear(city, random, metres));
    const moments = momentsOf(graph, path, every);
    if (moments.length * every >= least) return moments;
  }
}

function edgeNear(city: Pick<City, "graph" | "centre">, random: () => number, metres: number): number {
  const { graph, centre } = city;
  for (;;) {
    const edge = Math.floor(random() * graph.edgeCount);
    const { x, y } = pointOn(graph, edge, 0);
    if (distanceInDegrees(x / 1e7, y / 1e7, centre.lon, centre.lat) < metres) return edge;
  }
}

/** Dijkstra over router states; the edges driven, none without a way. */
function quickest(graph: Graph, from: number, to: number): readonly number[] {
  const costs = new Map([[from, 0]]);
  const parents = new Map<number, number>();
  const buckets: number[][] = [[from]];
  for (let cost = 0; cost < buckets.length; cost++) {
    for (const state of buckets[cost] ?? []) {
      if (costs.get(state) !== cost) continue;
      if (graph.stateEdge[state] === to) {
        const path: number[] = [];
        for (let at: number | undefined = state; at !== undefined; at = parents.get(at)) path.push(graph.stateEdge[at]);
        return path.toReversed();
      }
      for (let turn = graph.turnFirst[state]; turn < graph.turnFirst[state + 1]; turn++) {
        const next = graph.turnTo[turn];
        const tenths = (graph.edgeMs[graph.stateEdge[next]] + graph.turnMs[turn] + graph.turnExtraMs[turn]) / 100;
        const whole = cost + Math.max(1, Math.round(tenths));
        if (whole >= (costs.get(next) ?? Infinity)) continue;
        costs.set(next, whole);
        parents.set(next, state);
        (buckets[whole] ??= []).push(next);
      }
    }
  }
  return [];
}

function momentsOf(graph: Graph, path: readonly number[], every: number): readonly TrueMoment[] {
  const moments: TrueMoment[] = [];
  let begin = 0;
  let before = 0;
  for (const edge of path) {
    const length = lengthOf(graph, edge);
    const seconds = graph.edgeMs[edge] / 1_000;
    for (let t = moments.length * every; t < begin + seconds; t += every) {
      const along = ((t - begin) / seconds) * length;
      const { x, y, bearing } = pointOn(graph, edge, along);
      const travelled = before + along;
      const last = moments.at(-1);
      const speed = last === undefined ? 0 : (travelled - last.travelled) / every;
      moments.push({ t, lat: y / 1e7, lon: x / 1e7, speed, heading: degreesOf(bearing), edge, along, travelled });
    }
    begin += seconds;
    before += length;
  }
  return moments;
}
