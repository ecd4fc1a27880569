// Hot: its loops run for every turn a route search looks at.
import type { Graph } from "../city.ts";
import { StateHeap } from "./state-heap.ts";

/** Where a search may begin or end: an edge, and the share of it (0 to 1) that lies before the point. */
export interface EdgeEnd {
  readonly edge: number;
  readonly share: number;
}

export interface FoundPath {
  /** Router states in driving order; the first and the last are driven in part. */
  readonly states: readonly number[];
  /** What the router counted, in milliseconds: travel, turns and extras. */
  readonly cost: number;
}

/**
 * Quickest paths by bidirectional search (Nicholson, 1966) over states and turns. Keeps its memory between searches; one search at a time.
 */
export class TurnSearch {
  private readonly graph: Graph;
  private readonly forward: StateHeap;
  private readonly backward: StateHeap;
  /** Edges that have more states than their own. */
  private readonly copies = new Map<number, number[]>();

  constructor(graph: Graph) {
    this.graph = graph;
    this.forward = new StateHeap(graph.stateCount);
    this.backward = new StateHeap(graph.stateCount);
    for (let state = graph.edgeCount; state < graph.stateCount; state++) {
      const edge = graph.stateEdge[state];
      const known = this.copies.get(edge);
      if (known === undefined) this.copies.set(edge, [state]);
      else known.push(state);
    }
  }

  /** The cheapest legal path from any start to any goal, undefined if there is none. */
  find(starts: readonly EdgeEnd[], goals: readonly EdgeEnd[]): FoundPath | undefined {
    const { graph, forward, backward } = this;
    const { edgeMs, stateEdge, turnFirst, turnTo, turnMs, turnExtraMs, turnInFirst, turnIn, turnInFrom } = graph;
    forward.clear();
    backward.clear();

    // A goal lies before the end of its edge: what is left of the edge is given back. The shift keeps all costs positive.
    let shift = 0;
    for (const { edge, share } of goals) shift = Math.max(shift, (1 - share) * edgeMs[edge]);
    let best = Infinity;
    let meeting = -1;
    const meet = (state: number) => {
      const cost = forward.costOf(state) + backward.costOf(state);
      if (cost < best && !(forward.parentOf(state) < 0 && backward.parentOf(state) < 0 && !goesOn(state))) {
        best = cost;
        meeting = state;
      }
    };
    // Start and goal on one edge: only if the goal lies ahead; else the path must come round to the edge again.
    const goesOn = (state: number) => {
      const edge = stateEdge[state];
      return starts.some((a) => a.edge === edge && goals.some((b) => b.edge === edge && b.share >= a.share));
    };
    for (const { edge, share } of starts) forward.offer(edge, (1 - share) * edgeMs[edge], -1);
    for (const { edge, share } of goals) {
      for (const state of [edge, ...(this.copies.get(edge) ?? [])]) {
        backward.offer(state, shift - (1 - share) * edgeMs[edge], -1);
        meet(state);
      }
    }

    while (forward.least() + backward.least() < best) {
      if (forward.least() <= backward.least()) {
        const state = forward.take();
        const cost = forward.costOf(state);
        for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++) {
          const next = turnTo[turn];
          const whole = cost + turnMs[turn] + turnExtraMs[turn] + edgeMs[stateEdge[next]];
          if (forward.offer(next, whole, state)) meet(next);
        }
      } else {
        const state = backward.take();
        const cost = backward.costOf(state) + edgeMs[stateEdge[state]];
        for (let i = turnInFirst[state]; i < turnInFirst[state + 1]; i++) {
          const before = turnInFrom[i];
          const turn = turnIn[i];
          if (backward.offer(before, cost + turnMs[turn] + turnExtraMs[turn], state)) meet(before);
        }
      }
    }
    if (meeting < 0) return undefined;
    const states: number[] = [];
    for (let at = meeting; at >= 0; at = forward.parentOf(at)) states.push(at);
    states.reverse();
    for (let at = backward.parentOf(meeting); at >= 0; at = backward.parentOf(at)) states.push(at);
    return { states, cost: best - shift };
  }
}
