import type { Graph } from "../src/city.ts";
import type { EdgeEnd } from "../src/engine/choice.ts";
import { costUpTo, edgeMark, turnCost } from "../src/engine/costs.ts";
import type { EdgeCosts } from "../src/engine/costs.ts";

/** States by cost in a binary heap; a state that became cheaper stands in it twice, the dearer one is passed over. */
class Queue {
  private readonly states: number[] = [];
  private readonly costs: number[] = [];

  get isEmpty(): boolean {
    return this.states.length === 0;
  }

  add(state: number, cost: number): void {
    const { states, costs } = this;
    let at = states.length;
    states.push(state);
    costs.push(cost);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (costs[above] <= cost) break;
      states[at] = states[above];
      costs[at] = costs[above];
      at = above;
    }
    states[at] = state;
    costs[at] = cost;
  }

  take(): { readonly state: number; readonly cost: number } {
    const { states, costs } = this;
    const top = { state: states[0], cost: costs[0] };
    const state = states.pop() ?? 0;
    const cost = costs.pop() ?? 0;
    const { length } = states;
    if (length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= length) break;
      if (below + 1 < length && costs[below + 1] < costs[below]) below++;
      if (costs[below] >= cost) break;
      states[at] = states[below];
      costs[at] = costs[below];
      at = below;
    }
    states[at] = state;
    costs[at] = cost;
    return top;
  }
}

/**
 * The textbook search (Dijkstra, 1959) that the engine is measured against: what it costs to come from any start to the beginning of every
 * state (Infinity: not at all), and the state before it (-1: a start). `until` ends it early.
 */
export function dijkstra(
  graph: Graph,
  costs: EdgeCosts,
  starts: readonly EdgeEnd[],
  until: (state: number) => boolean = () => false,
): { readonly cost: Float64Array; readonly before: Int32Array } {
  const { stateEdge, turnFirst, turnTo } = graph;
  const cost = new Float64Array(graph.stateCount).fill(Infinity);
  const before = new Int32Array(graph.stateCount).fill(-1);
  const queue = new Queue();
  const go = (state: number, sofar: number, from: number) => {
    const edge = stateEdge[state];
    for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++) {
      const next = turnTo[turn];
      const whole = sofar + turnCost(graph, costs, turn, edge, stateEdge[next]);
      if (whole >= cost[next]) continue;
      cost[next] = whole;
      before[next] = from;
      queue.add(next, whole);
    }
  };
  for (const start of starts) go(start.edge, costs.edge[start.edge] - costUpTo(costs, start), -1);
  while (!queue.isEmpty) {
    const { state, cost: sofar } = queue.take();
    if (sofar > cost[state]) continue;
    if (until(state)) break;
    const edge = stateEdge[state];
    if ((costs.marks[edge] & edgeMark.closed) === 0) go(state, sofar + costs.edge[edge], state);
  }
  return { cost, before };
}

/** What it costs to reach any of the goals, from what it costs to reach the states. */
export function costToGoals(
  graph: Graph,
  costs: EdgeCosts,
  cost: Float64Array,
  starts: readonly EdgeEnd[],
  goals: readonly EdgeEnd[],
): number {
  let best = Infinity;
  for (const goal of goals) {
    const last = costUpTo(costs, goal);
    const states = [goal.edge];
    for (let state = graph.edgeCount; state < graph.stateCount; state++) {
      if (graph.stateEdge[state] === goal.edge) states.push(state);
    }
    for (const state of states) best = Math.min(best, cost[state] + last);
    for (const start of starts) {
      if (start.edge === goal.edge && start.share <= goal.share) best = Math.min(best, last - costUpTo(costs, start));
    }
  }
  return best;
}
