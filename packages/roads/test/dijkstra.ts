import type { Graph } from "../src/city.ts";
import type { EdgeEnd } from "../src/engine/choice.ts";
import { costUpTo, edgeMark, turnCost } from "../src/engine/costs.ts";
import type { EdgeCosts } from "../src/engine/costs.ts";

/** States by cost in a binary heap; a state that became cheaper stands in it twice, the dearer one is passed over. */
class Queue {
  private states = new Int32Array(1 << 10);
  private costs = new Float64Array(1 << 10);
  private size = 0;
  /** What was taken last. */
  state = -1;
  cost = 0;

  clear(): void {
    this.size = 0;
  }

  add(state: number, cost: number): void {
    if (this.size === this.states.length) this.grow();
    const { states, costs } = this;
    let at = this.size++;
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

  /** Takes out the cheapest as `state` and `cost`; false when there is none. */
  take(): boolean {
    if (this.size === 0) return false;
    const { states, costs } = this;
    this.state = states[0];
    this.cost = costs[0];
    const length = --this.size;
    const state = states[length];
    const cost = costs[length];
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
    return true;
  }

  private grow(): void {
    const states = new Int32Array(this.states.length * 2);
    states.set(this.states);
    this.states = states;
    const costs = new Float64Array(states.length);
    costs.set(this.costs);
    this.costs = costs;
  }
}

/** The textbook search (Dijkstra, 1959) that the engine is measured against. Keeps its memory between searches. */
export class Dijkstra {
  /** What it costs to come from any start to the beginning of each state; Infinity: not at all. */
  readonly cost: Float64Array;
  private readonly graph: Graph;
  private readonly queue = new Queue();

  constructor(graph: Graph) {
    this.graph = graph;
    this.cost = new Float64Array(graph.stateCount);
  }

  /** Searches from some starts, to the end or until a state is settled that the caller waits for. */
  run(costs: EdgeCosts, starts: readonly EdgeEnd[], until: (state: number) => boolean = () => false): void {
    const { queue, cost } = this;
    const { stateEdge } = this.graph;
    cost.fill(Infinity);
    queue.clear();
    for (const start of starts) this.go(costs, start.edge, costs.edge[start.edge] - costUpTo(costs, start));
    while (queue.take()) {
      const { state } = queue;
      if (queue.cost > cost[state]) continue;
      if (until(state)) return;
      const edge = stateEdge[state];
      if ((costs.marks[edge] & edgeMark.closed) === 0) this.go(costs, state, queue.cost + costs.edge[edge]);
    }
  }

  private go(costs: EdgeCosts, state: number, sofar: number): void {
    const { graph, cost, queue } = this;
    const { stateEdge, turnFirst, turnTo } = graph;
    const edge = stateEdge[state];
    for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++) {
      const next = turnTo[turn];
      const whole = sofar + turnCost(graph, costs, turn, edge, stateEdge[next]);
      if (whole >= cost[next]) continue;
      cost[next] = whole;
      queue.add(next, whole);
    }
  }
}

/** What it costs to come from some starts to the beginning of each state. */
export function dijkstra(graph: Graph, costs: EdgeCosts, starts: readonly EdgeEnd[]): Float64Array {
  const search = new Dijkstra(graph);
  search.run(costs, starts);
  return search.cost;
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
