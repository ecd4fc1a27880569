// Hot: runs for every candidate of every position that is matched, and touches every state nearby.
import type { Graph } from "../city.ts";
import { lengthOf, twinOf } from "./road-line.ts";

const empty = -1;

/** In place of a parent: straight from the start, or after turning round there. */
const ahead = -1;
const turned = -2;

/**
 * Shortest ways in metres from one place to all edges nearby: Dijkstra over router states within a limit, in a table of fixed size, so
 * that its memory does not grow with the city. Cars turn round in the road although no router lets them, so that is possible anywhere for
 * a price.
 */
export class NearSearch {
  private readonly graph: Graph;
  private readonly mask: number;
  /** State in each slot of the hash table; slots are found by open addressing. */
  private readonly keys: Int32Array;
  private readonly costs: Float64Array;
  /** Slot it was reached from, `ahead` or `turned` at a seed. */
  private readonly parents: Int32Array;
  private readonly settled: Uint8Array;
  /** Used slots, to empty the table without touching the rest. */
  private readonly used: Int32Array;
  private usedCount = 0;
  private readonly heapSlot: Int32Array;
  private readonly heapCost: Float64Array;
  private heapSize = 0;
  /** Edges that have more states than their own. */
  private readonly copies = new Map<number, number[]>();
  private startEdge = 0;
  private startAlong = 0;
  private turningRound = 0;

  /** Looks at `capacity` states at most, a power of two. */
  constructor(graph: Graph, capacity: number) {
    this.graph = graph;
    this.mask = capacity * 2 - 1;
    this.keys = new Int32Array(capacity * 2).fill(empty);
    this.costs = new Float64Array(capacity * 2);
    this.parents = new Int32Array(capacity * 2);
    this.settled = new Uint8Array(capacity * 2);
    this.used = new Int32Array(capacity);
    this.heapSlot = new Int32Array(capacity * 4);
    this.heapCost = new Float64Array(capacity * 4);
    for (let state = graph.edgeCount; state < graph.stateCount; state++) {
      const edge = graph.stateEdge[state];
      const known = this.copies.get(edge);
      if (known === undefined) this.copies.set(edge, [state]);
      else known.push(state);
    }
  }

  /**
   * Looks from a place for `targets`, no farther than `limit` metres; ends early when it has met them all. Turning round counts
   * `turningRound` metres.
   */
  run(edge: number, along: number, targets: readonly number[], limit: number, turningRound: number): void {
    const { graph } = this;
    this.clear();
    this.startEdge = edge;
    this.startAlong = along;
    this.turningRound = turningRound;
    const length = lengthOf(graph, edge);
    this.leave(edge, length - along, ahead, limit);
    const twin = twinOf(graph, edge);
    if (twin >= 0) this.leave(twin, along + this.turningRound, turned, limit);
    let left = targets.length;
    while (this.heapSize > 0 && left > 0) {
      const cost = this.heapCost[0];
      const slot = this.take();
      if (this.settled[slot] === 1) continue;
      this.settled[slot] = 1;
      const state = this.keys[slot];
      const here = graph.stateEdge[state];
      if (targets.includes(here)) left--;
      const end = cost + lengthOf(graph, here);
      this.leave(state, end, slot, limit);
      const back = twinOf(graph, here);
      if (back >= 0) this.offer(back, end + this.turningRound, slot, limit);
    }
  }

  /** Metres of the shortest way found to a place, Infinity where none was; turning round counts. */
  distanceTo(edge: number, along: number): number {
    const slot = this.slotOfEdge(edge);
    const round = slot < 0 ? Infinity : this.costs[slot] + along;
    return Math.min(round, this.directTo(edge, along));
  }

  /** The edges of that way, those of both ends included. */
  pathTo(edge: number, along: number): readonly number[] {
    const slot = this.slotOfEdge(edge);
    const direct = this.directTo(edge, along);
    if (slot < 0 || direct <= this.costs[slot] + along) {
      return edge === this.startEdge ? [edge] : [this.startEdge, edge];
    }
    const edges: number[] = [];
    let seed = slot;
    for (let at = slot; at >= 0; at = this.parents[at]) {
      edges.push(this.graph.stateEdge[this.keys[at]]);
      seed = at;
    }
    if (this.parents[seed] === turned) edges.push(twinOf(this.graph, this.startEdge));
    edges.push(this.startEdge);
    return edges.toReversed();
  }

  /** On the edge of the start, or back on its other direction. */
  private directTo(edge: number, along: number): number {
    if (edge === this.startEdge) return along >= this.startAlong ? along - this.startAlong : Infinity;
    if (edge !== twinOf(this.graph, this.startEdge)) return Infinity;
    return Math.abs(lengthOf(this.graph, edge) - along - this.startAlong) + this.turningRound;
  }

  private clear(): void {
    for (let i = 0; i < this.usedCount; i++) this.keys[this.used[i]] = empty;
    this.usedCount = 0;
    this.heapSize = 0;
  }

  private leave(state: number, cost: number, parent: number, limit: number): void {
    const { turnFirst, turnTo } = this.graph;
    for (let turn = turnFirst[state]; turn < turnFirst[state + 1]; turn++)
      this.offer(turnTo[turn], cost, parent, limit);
  }

  private offer(state: number, cost: number, parent: number, limit: number): void {
    if (cost > limit) return;
    let slot = this.home(state);
    while (this.keys[slot] !== empty && this.keys[slot] !== state) slot = (slot + 1) & this.mask;
    if (this.heapSize === this.heapSlot.length) return;
    if (this.keys[slot] === empty) {
      if (this.usedCount === this.used.length) return;
      this.keys[slot] = state;
      this.settled[slot] = 0;
      this.used[this.usedCount++] = slot;
    } else if (cost >= this.costs[slot]) return;
    this.costs[slot] = cost;
    this.parents[slot] = parent;
    this.push(slot, cost);
  }

  private slotOfEdge(edge: number): number {
    let best = this.find(edge);
    const copies = this.copies.get(edge);
    if (copies === undefined) return best;
    for (const state of copies) {
      const slot = this.find(state);
      if (slot >= 0 && (best < 0 || this.costs[slot] < this.costs[best])) best = slot;
    }
    return best;
  }

  private find(state: number): number {
    for (let slot = this.home(state); ; slot = (slot + 1) & this.mask) {
      if (this.keys[slot] === state) return slot;
      if (this.keys[slot] === empty) return -1;
    }
  }

  private home(state: number): number {
    return (Math.imul(state, 0x9e37_79b1) >>> 7) & this.mask;
  }

  private push(slot: number, cost: number): void {
    const { heapSlot, heapCost } = this;
    let at = this.heapSize++;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (heapCost[up] <= cost) break;
      heapCost[at] = heapCost[up];
      heapSlot[at] = heapSlot[up];
      at = up;
    }
    heapCost[at] = cost;
    heapSlot[at] = slot;
  }

  private take(): number {
    const { heapSlot, heapCost } = this;
    const top = heapSlot[0];
    const size = --this.heapSize;
    const slot = heapSlot[size];
    const cost = heapCost[size];
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && heapCost[child + 1] < heapCost[child]) child++;
      if (heapCost[child] >= cost) break;
      heapCost[at] = heapCost[child];
      heapSlot[at] = heapSlot[child];
      at = child;
    }
    heapCost[at] = cost;
    heapSlot[at] = slot;
    return top;
  }
}
