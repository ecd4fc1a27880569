import type { Graph } from "../city.ts";
import type { EdgeEnd } from "./choice.ts";
import { costUpTo, turnCost } from "./costs.ts";
import type { EdgeCosts } from "./costs.ts";
import type { Metric } from "./metric.ts";
import type { FoundPath, PathSearch } from "./path-search.ts";

/** Another way costs at most so much more, as a share of the part of the best way it takes the place of. */
export const mostStretch = 0.25;

/** At most this share of the best way's cost may lie on edges of the ways before it. */
const mostSharing = 0.75;

/** Around the state it goes over, another way is the cheapest one for this share of the best way's cost to either side. */
const optimalAround = 0.1;

/** A path over a certain state, which stands at index `via` of its states. */
export interface ViaPath extends FoundPath {
  readonly via: number;
}

/** A path with what it costs up to the start of each of its states' edges, and up to its end. */
interface Walked extends ViaPath {
  readonly along: readonly number[];
}

/**
 * Judges whether a driver may want another way beside those found before, in the sense of Abraham, Delling, Goldberg and Werneck (2013):
 * not much dearer where it differs, mostly different, and without senseless detours.
 */
export class Admissible {
  private readonly graph: Graph;
  private readonly paths: PathSearch;
  private readonly metric: Metric;
  private readonly starts: readonly EdgeEnd[];
  private readonly goals: readonly EdgeEnd[];
  private readonly best: Walked;
  private readonly used: Set<number>;

  constructor(parts: {
    readonly graph: Graph;
    readonly paths: PathSearch;
    readonly metric: Metric;
    readonly starts: readonly EdgeEnd[];
    readonly goals: readonly EdgeEnd[];
    readonly best: FoundPath;
  }) {
    this.graph = parts.graph;
    this.paths = parts.paths;
    this.metric = parts.metric;
    this.starts = parts.starts;
    this.goals = parts.goals;
    this.best = this.walk({ ...parts.best, via: 0 });
    this.used = new Set(parts.best.states);
  }

  /** Whether a path is admissible; if so, the next one has to differ from it as well. */
  take(path: ViaPath): boolean {
    const roads = new Set(path.states.map((state) => this.graph.edgeRoad[this.graph.stateEdge[state]]));
    if (roads.size < path.states.length) return false;
    const walked = this.walk(path);
    if (!this.isDifferent(walked) || !this.isShort(walked) || !this.isOptimalAroundVia(walked)) return false;
    for (const state of path.states) this.used.add(state);
    return true;
  }

  private walk({ states, cost, via }: ViaPath): Walked {
    const { graph, starts, goals } = this;
    const { costs } = this.metric;
    const first = graph.stateEdge[states[0]];
    const start = starts.find(({ edge }) => edge === first);
    let sofar = start === undefined ? 0 : -costUpTo(costs, start);
    const along = [sofar];
    for (let i = 1; i < states.length; i++) {
      sofar += costs.edge[graph.stateEdge[states[i - 1]]] + turnBetween(graph, costs, states[i - 1], states[i]);
      along.push(sofar);
    }
    const last = graph.stateEdge[states[states.length - 1]];
    const goal = goals.find(({ edge }) => edge === last);
    along.push(sofar + (goal === undefined ? 0 : costUpTo(costs, goal)));
    return { states, cost, via, along };
  }

  private isDifferent({ states, along }: Walked): boolean {
    let shared = 0;
    for (let i = 0; i < states.length; i++) if (this.used.has(states[i])) shared += along[i + 1] - along[i];
    return shared <= mostSharing * this.best.cost;
  }

  /** Whether what it takes in place of the best way, from where it leaves that to where it comes back, is not much dearer. */
  private isShort({ states, along, via, cost }: Walked): boolean {
    const { best } = this;
    if (cost > (1 + mostStretch) * best.cost) return false;
    const bestAt = new Map(best.states.map((state, i) => [state, i]));
    let leave = via;
    while (leave > 0 && !bestAt.has(states[leave])) leave--;
    let back = via;
    while (back < states.length - 1 && !bestAt.has(states[back])) back++;
    const from = bestAt.get(states[leave]);
    const to = bestAt.get(states[back]);
    // One that begins or ends in the other direction of the road has nothing to compare with but the whole.
    if (from === undefined || to === undefined) return true;
    return along[back] - along[leave] <= (1 + mostStretch) * (best.along[to] - best.along[from]);
  }

  /** Whether the part around the state it goes over is a cheapest way itself (the T-test). */
  private isOptimalAroundVia({ along, states, via }: Walked): boolean {
    const around = this.best.cost * optimalAround;
    const middle = (along[via] + along[via + 1]) / 2;
    const from = Math.max(0, middle - around);
    const to = Math.min(along[states.length], middle + around);
    let first = via;
    while (first > 0 && along[first] > from) first--;
    let last = via;
    while (last < states.length - 1 && along[last + 1] < to) last++;
    if (first === last) return true;
    const { metric } = this;
    const start = this.pointOn(states[first], from - along[first]);
    const goal = this.pointOn(states[last], to - along[last]);
    const along1 = along[first] + costUpTo(metric.costs, start);
    const along2 = along[last] + costUpTo(metric.costs, goal);
    return this.paths.cost(metric, [start], [goal]) >= along2 - along1;
  }

  /** The point of a state's edge that is reached at some cost from its start. */
  private pointOn(state: number, cost: number): EdgeEnd {
    const edge = this.graph.stateEdge[state];
    return { edge, share: Math.min(1, Math.max(0, cost / this.metric.costs.edge[edge])) };
  }
}

function turnBetween(graph: Graph, costs: EdgeCosts, from: number, to: number): number {
  for (let turn = graph.turnFirst[from]; turn < graph.turnFirst[from + 1]; turn++) {
    if (graph.turnTo[turn] === to) return turnCost(graph, costs, turn, graph.stateEdge[from], graph.stateEdge[to]);
  }
  return 0;
}
