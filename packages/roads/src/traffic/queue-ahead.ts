import type { Graph } from "../city.ts";
import { streetOf } from "../graph/edge-facts.ts";
import { levelOf } from "./level.ts";
import type { Segments } from "./segments.ts";

/** A part of a road that nobody measured. */
export interface Unmeasured {
  readonly edge: number;
  readonly metres: number;
  /** m/s at which it counts. */
  readonly speed: number;
  /** The edge of the queue that it belongs to. */
  readonly queue: number;
}

export interface Measured {
  /** m/s by segment. */
  readonly speeds: ReadonlyMap<number, number>;
  /** Edges that are slow as a whole, without what everybody waits there. */
  readonly slowEdges: ReadonlySet<number>;
}

/** m/s: how slow a queue is where nobody is in it yet is not known, so it counts as one that moves on. */
const movesOn = 2;
/** Metres between two queues on one street within which they are one. */
const oneQueueWithin = 300;

/**
 * The parts of roads that cars have not measured and that belong to a queue all the same: those right ahead of where cars queue, since what
 * they wait for is there, up to the next junction; and beyond it as far as the next queue that was measured on the same street. Where a car
 * has come out of the queue there are none.
 */
export function unmeasuredQueues(
  graph: Graph,
  segments: Segments,
  { speeds, slowEdges }: Measured,
): readonly Unmeasured[] {
  const queues = (edge: number, speed: number): boolean =>
    slowEdges.has(edge) && levelOf(graph.edgeMs[edge] / 1_000, lengthOf(graph, edge) / speed) === "queue";
  const found = new Map<number, Unmeasured>();
  for (const queue of slowEdges) {
    const own = segments.ofEdge(queue);
    for (const [i, segment] of own.entries()) {
      const speed = speeds.get(segment);
      if (speed === undefined || !queues(queue, speed)) continue;
      const counts = Math.max(speed, movesOn);
      for (const { edge, ahead } of upToHead(queue, own.slice(i + 1)))
        found.set(ahead, { edge, metres: segments.metresOf(ahead), speed: counts, queue });
    }
  }
  return [...found.values()];

  function upToHead(queue: number, rest: readonly number[]) {
    const passed: { readonly edge: number; readonly ahead: number }[] = [];
    let onOwn: number | undefined;
    for (const { edge, ahead } of segmentsAhead(queue, rest)) {
      if (edge !== queue) onOwn ??= passed.length;
      const speed = speeds.get(ahead);
      if (speed === undefined) passed.push({ edge, ahead });
      else return queues(edge, speed) ? passed : passed.slice(0, onOwn ?? 0);
    }
    return passed.slice(0, onOwn);
  }

  function* segmentsAhead(queue: number, rest: readonly number[]) {
    for (const ahead of rest) yield { edge: queue, ahead };
    let metres = 0;
    let edge = nextOnStreet(graph, queue);
    while (edge !== undefined && metres < oneQueueWithin) {
      for (const ahead of segments.ofEdge(edge)) {
        yield { edge, ahead };
        metres += segments.metresOf(ahead);
        if (metres >= oneQueueWithin) return;
      }
      edge = nextOnStreet(graph, edge);
    }
  }
}

const lengthOf = (graph: Graph, edge: number): number => graph.roadLength[graph.edgeRoad[edge]];

/** Where the street goes on beyond the junction; undefined where it has no name, ends or forks. */
function nextOnStreet(graph: Graph, edge: number): number | undefined {
  const street = streetOf(graph, edge);
  if (street === "") return undefined;
  const next = new Set<number>();
  for (let turn = graph.turnFirst[edge]; turn < graph.turnFirst[edge + 1]; turn++) {
    const other = graph.stateEdge[graph.turnTo[turn]];
    if (graph.edgeRoad[other] !== graph.edgeRoad[edge] && streetOf(graph, other) === street) next.add(other);
  }
  const [only] = next;
  return next.size === 1 ? only : undefined;
}
