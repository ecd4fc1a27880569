import { wayFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import { apart, armsAt } from "./arms.ts";
import { nodeOfRoad } from "./junctions.ts";
import type { Junctions } from "./junctions.ts";
import { isRenamed } from "./names.ts";
import { kindOf } from "./road-kind.ts";
import { narrow } from "./view.ts";

/** How a ring of road is spoken of: by the number of the exit, by its own name, or like a turn. */
export type RingKind = "roundabout" | "rotary" | "roundabout turn";

/** Metres; a smaller ring with a name is no place of its own, and a bigger one is no simple junction. */
const smallRadius = 15;

/** More roads than this no ring has. */
const mostRoads = 200;

const ringFlags = wayFlag.roundabout | wayFlag.circular;

function ringFlagsOf(graph: Graph, road: number): number {
  return graph.wayFlags[graph.roadWay[road]] & ringFlags;
}

export function isRing(graph: Graph, edge: number): boolean {
  return ringFlagsOf(graph, graph.edgeRoad[edge]) !== 0;
}

interface Ring {
  readonly length: number;
  /** Nodes where other roads meet it. */
  readonly mouths: readonly number[];
  /** Ways that give it a name; several only where the names differ. */
  readonly named: readonly number[];
  readonly others: readonly number[];
}

/** Follows a ring once round from an edge of it; undefined where it forks, ends or is of two sorts. */
function walk(graph: Graph, junctions: Junctions, start: number): Ring | undefined {
  const sort = ringFlagsOf(graph, graph.edgeRoad[start]);
  const mouths: number[] = [];
  const named: number[] = [];
  const others: number[] = [];
  let length = 0;
  let edge = start;
  for (let count = 0; count < mostRoads; count++) {
    const road = graph.edgeRoad[edge];
    const way = graph.roadWay[road];
    length += graph.roadLength[road];
    if (graph.wayName[way] !== 0 && named.every((one) => isRenamed(graph, one, way))) named.push(way);
    const node = graph.edgeTo[edge];
    let next = -1;
    let parts = 0;
    const first = junctions.first[node];
    const end = junctions.first[node + 1];
    for (let i = first; i < end; i++) {
      const other = junctions.ends[i] >> 1;
      const isLast = (junctions.ends[i] & 1) === 1;
      const flags = ringFlagsOf(graph, other);
      if (flags === 0) {
        others.push(graph.roadWay[other]);
        continue;
      }
      parts++;
      const out = isLast ? graph.roadBackward[other] : graph.roadForward[other];
      if (out >= 0 && flags === sort && !(other === road && nodeOfRoad(graph, other, isLast) !== node)) next = out;
    }
    if (parts !== 2 || next < 0) return undefined;
    if (end - first > 2) mouths.push(node);
    edge = next;
    if (edge === start) return { length, mouths, named, others };
  }
  return undefined;
}

/** Four mouths at most, each with one road, that lead well apart. */
function looksLikeCrossing(graph: Graph, junctions: Junctions, mouths: readonly number[]): boolean {
  if (mouths.length > 4) return false;
  const bearings: number[] = [];
  for (const node of mouths) {
    if (junctions.first[node + 1] - junctions.first[node] > 3) return false;
    for (let i = junctions.first[node]; i < junctions.first[node + 1]; i++) {
      const road = junctions.ends[i] >> 1;
      if (ringFlagsOf(graph, road) !== 0) continue;
      bearings.push(bearingAwayFrom(graph, road, (junctions.ends[i] & 1) === 1));
    }
  }
  bearings.sort((a, b) => a - b);
  return bearings.every((bearing, i) => apart(bearing, bearings[(i + 1) % bearings.length]) > narrow);
}

function bearingAwayFrom(graph: Graph, road: number, isLast: boolean): number {
  const first = graph.roadPoint[road];
  const last = graph.roadPoint[road + 1] - 1;
  const [from, to] = isLast ? [last, last - 1] : [first, first + 1];
  const dx = (graph.pointX[to] - graph.pointX[from]) * Math.cos((graph.pointY[from] / 1e7) * (Math.PI / 180));
  const dy = graph.pointY[to] - graph.pointY[from];
  return (Math.atan2(dx, dy) * 180) / Math.PI;
}

/** How the ring an edge belongs to is spoken of; undefined where it is to be told like any other road. */
export function ringKind(graph: Graph, junctions: Junctions, edge: number): RingKind | undefined {
  const ring = walk(graph, junctions, edge);
  if (ring === undefined || ring.mouths.length === 0) return undefined;
  const isCircular = (graph.wayFlags[graph.roadWay[graph.edgeRoad[edge]]] & wayFlag.circular) !== 0;
  if (ring.mouths.length === 1 && !isCircular) return "roundabout turn";
  const radius = ring.length / (2 * Math.PI);
  const [name] = ring.named;
  const isOwnName = ring.named.length === 1 && !ring.others.some((way) => graph.wayName[way] === graph.wayName[name]);
  if (ring.named.length === 1 && (isCircular || (isOwnName && radius > smallRadius))) return "rotary";
  if (isCircular) return undefined;
  return radius < smallRadius && looksLikeCrossing(graph, junctions, ring.mouths) ? "roundabout turn" : "roundabout";
}

/** Whether one passes an exit that counts where an edge of a ring ends: a proper road, or any if the ring itself is minor. */
export function passesExit(graph: Graph, junctions: Junctions, state: number): boolean {
  const isMinor = kindOf(graph, graph.stateEdge[state]).isMinor;
  return armsAt(graph, junctions, state).some(
    (arm) => arm.leaves && !isRing(graph, arm.edge) && (isMinor || !kindOf(graph, arm.edge).isMinor),
  );
}

/** Whether a ring is entered where it can also be left, by a road that comes before the ring does: that exit counts as the first. */
export function entersAtExit(graph: Graph, junctions: Junctions, state: number, side: "right" | "left"): boolean {
  const edge = graph.stateEdge[state];
  const arms = armsAt(graph, junctions, state);
  for (const arm of side === "right" ? arms : arms.toReversed()) {
    if (!arm.canEnter) continue;
    if (isRing(graph, arm.edge)) return false;
    if (graph.edgeTo[arm.edge] !== graph.edgeFrom[edge]) return true;
  }
  return false;
}
