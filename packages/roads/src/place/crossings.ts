import type { Graph, LatLon } from "../city.ts";
import { distanceInUnits, toDegrees } from "../geometry.ts";

/** Streets that run past each other on two levels, or whose junction is drawn wide, still cross for a driver; metres. */
const nearCrossing = 60;

/** Nodes of a street looked at; longer ones are sampled no further, they are rings. */
const mostNodes = 2_000;

interface Node {
  readonly node: number;
  readonly x: number;
  readonly y: number;
}

function nodesOf(graph: Graph, street: string): readonly Node[] {
  const nodes = new Map<number, Node>();
  for (let road = 0; road < graph.roadCount && nodes.size < mostNodes; road++) {
    const way = graph.roadWay[road];
    if (graph.names[graph.wayName[way]] !== street && graph.names[graph.wayRef[way]] !== street) continue;
    const edge = Math.max(graph.roadForward[road], graph.roadBackward[road]);
    const isForward = graph.roadForward[road] === edge;
    const first = graph.roadPoint[road];
    const last = graph.roadPoint[road + 1] - 1;
    for (const [node, point] of [
      [graph.edgeFrom[edge], isForward ? first : last],
      [graph.edgeTo[edge], isForward ? last : first],
    ] as const) {
      nodes.set(node, { node, x: graph.pointX[point], y: graph.pointY[point] });
    }
  }
  return [...nodes.values()];
}

/**
 * Where two streets, named as on the map, meet: at their common junctions, one point for each part of the city where they do; else where
 * they come nearest, if that is close. Empty where they never do.
 */
export function crossingsOf(graph: Graph, a: string, b: string): readonly LatLon[] {
  if (a === b) return [];
  const first = nodesOf(graph, a);
  const second = nodesOf(graph, b);
  const ofSecond = new Set(second.map(({ node }) => node));
  const found: Node[] = [];
  // The corners of one big junction are one crossing.
  const add = (node: Node) => {
    if (found.every((other) => distanceInUnits(other.x, other.y, node.x, node.y) > 2 * nearCrossing)) found.push(node);
  };
  for (const node of first) if (ofSecond.has(node.node)) add(node);
  if (found.length === 0) {
    let least = nearCrossing;
    let nearest: Node | undefined;
    for (const one of first) {
      for (const other of second) {
        const distance = distanceInUnits(one.x, one.y, other.x, other.y);
        if (distance >= least) continue;
        least = distance;
        nearest = one;
      }
    }
    if (nearest !== undefined) add(nearest);
  }
  return found.map(({ x, y }) => ({ lat: toDegrees(y), lon: toDegrees(x) }));
}
