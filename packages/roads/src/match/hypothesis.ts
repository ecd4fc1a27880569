import type { Graph } from "../city.ts";
import { toDegrees, wrapAngle } from "../geometry.ts";
import { lengthOf, pointOn } from "./road-line.ts";

/** Where a car is on the roads, and how it came there. */
export interface OnRoad {
  readonly kind: "road";
  readonly edge: number;
  /** Metres from the beginning of the edge. */
  readonly along: number;
  /** Edges driven before this one, the latest last; only so many that they reach `trailMetres` back. */
  readonly trail: readonly number[];
}

/** A car away from all roads, in 1e-7 degrees. */
export interface OffRoad {
  readonly kind: "free";
  readonly x: number;
  readonly y: number;
}

/** One thing that may be true of the car, against all others that may. */
export interface Hypothesis {
  readonly place: OnRoad | OffRoad;
  /** Logarithm of how likely it is, the best of all being 0. */
  readonly score: number;
  /** Of the place along the road, in square metres. */
  readonly variance: number;
  /** What it was taken to be at the measurement before. */
  readonly before: Hypothesis | undefined;
}

/** As far back as a car may later turn out to have taken another road. */
const trailMetres = 150;
const mostTrail = 24;

/** Edges looked at for the places ahead, for maps with roads of hardly any length. */
const mostSteps = 500;

/** The trail of a place reached over `edges` (the last of them its own edge), of which the trail before them is `earlier`. */
export function trailOf(graph: Graph, earlier: readonly number[], edges: readonly number[]): readonly number[] {
  const trail: number[] = [];
  let metres = 0;
  for (let i = edges.length - 2 + earlier.length; i >= 0; i--) {
    if (metres > trailMetres || trail.length >= mostTrail) break;
    const edge = i < earlier.length ? earlier[i] : edges[i - earlier.length];
    trail.push(edge);
    metres += lengthOf(graph, edge);
  }
  return trail.toReversed();
}

/** The place `metres` behind on the road that was driven, or as far back as is known, and the index in the trail of its edge. */
export function placeBehind(graph: Graph, place: OnRoad, metres: number) {
  let left = metres;
  let { edge, along } = place;
  let index = place.trail.length;
  while (left > along && index > 0) {
    left -= along;
    index--;
    edge = place.trail[index];
    along = lengthOf(graph, edge);
  }
  const back = Math.min(left, along);
  return { edge, along: along - back, index, metres: metres - left + back };
}

/** All places a car can be after `metres` more by road, each road it can take at a fork being one; at the end of the roads it stays. */
export function placesAhead(graph: Graph, place: OnRoad, metres: number, most: number): readonly OnRoad[] {
  const open: { place: OnRoad; left: number }[] = [{ place, left: metres }];
  const found: OnRoad[] = [];
  for (let next = open.pop(), steps = 0; next !== undefined && found.length < most; next = open.pop(), steps++) {
    const { place: at, left } = next;
    const room = lengthOf(graph, at.edge) - at.along;
    const successors = left <= room || steps >= mostSteps ? [] : nextEdges(graph, at.edge);
    if (successors.length === 0) {
      found.push({ ...at, along: at.along + Math.min(left, room) });
      continue;
    }
    const trail = trailOf(graph, at.trail, [at.edge, at.edge]);
    for (const edge of successors) open.push({ place: { kind: "road", edge, along: 0, trail }, left: left - room });
  }
  return found;
}

function nextEdges(graph: Graph, edge: number): readonly number[] {
  const edges: number[] = [];
  for (let turn = graph.turnFirst[edge]; turn < graph.turnFirst[edge + 1]; turn++) {
    edges.push(graph.stateEdge[graph.turnTo[turn]]);
  }
  return edges;
}

/** Of all places `metres` ahead the one where the road leads most nearly where the car heads (radians). */
export function placeAhead(graph: Graph, place: OnRoad, metres: number, heading: number | undefined): OnRoad {
  const places = placesAhead(graph, place, metres, 16);
  if (places.length < 2 || heading === undefined) return places[0] ?? place;
  const off = ({ edge, along }: OnRoad) => Math.abs(wrapAngle(pointOn(graph, edge, along).bearing - heading));
  return places.reduce((best, next) => (off(next) < off(best) ? next : best));
}

/** Degrees and heading (radians, undefined off the roads) of a place. */
export function pointOf(graph: Graph, place: OnRoad | OffRoad) {
  if (place.kind === "free") return { lat: toDegrees(place.y), lon: toDegrees(place.x), x: place.x, y: place.y };
  const { x, y, bearing } = pointOn(graph, place.edge, place.along);
  return { lat: toDegrees(y), lon: toDegrees(x), x, y, bearing };
}
