// Hot: runs for every state a route search touches (some 100,000 for a long route).

/**
 * A four-ary heap of states by cost that can lower the cost of a state already in it. Costs and places are stamped with a generation, so
 * that emptying it costs nothing. Holds each state once, so `stateCount` is its bound.
 */
export class StateHeap {
  private readonly heap: Uint32Array;
  private readonly place: Int32Array;
  private readonly stamp: Uint32Array;
  private readonly costs: Float64Array;
  private readonly parents: Int32Array;
  private generation = 0;
  private size = 0;

  constructor(stateCount: number) {
    this.heap = new Uint32Array(stateCount);
    this.place = new Int32Array(stateCount);
    this.stamp = new Uint32Array(stateCount);
    this.costs = new Float64Array(stateCount);
    this.parents = new Int32Array(stateCount);
  }

  clear(): void {
    this.size = 0;
    this.generation++;
    if (this.generation === 0xffff_ffff) {
      this.stamp.fill(0);
      this.generation = 1;
    }
  }

  isEmpty(): boolean {
    return this.size === 0;
  }

  /** Cost of the cheapest state waiting, Infinity if none is. */
  least(): number {
    return this.size === 0 ? Infinity : this.costs[this.heap[0]];
  }

  /** The lowest cost offered for a state so far, Infinity if none was. */
  costOf(state: number): number {
    return this.stamp[state] === this.generation ? this.costs[state] : Infinity;
  }

  /** The state it was reached from, -1 at a seed. */
  parentOf(state: number): number {
    return this.stamp[state] === this.generation ? this.parents[state] : -1;
  }

  /** Takes the offer if it is better than all before; tells whether it was. */
  offer(state: number, cost: number, parent: number): boolean {
    if (this.stamp[state] === this.generation) {
      if (cost >= this.costs[state]) return false;
      this.costs[state] = cost;
      this.parents[state] = parent;
      this.rise(this.place[state], state, cost);
      return true;
    }
    this.stamp[state] = this.generation;
    this.costs[state] = cost;
    this.parents[state] = parent;
    this.rise(this.size++, state, cost);
    return true;
  }

  /** Removes and gives the cheapest state; only when not empty. */
  take(): number {
    const { heap } = this;
    const top = heap[0];
    this.size--;
    if (this.size > 0) this.sink(heap[this.size]);
    this.place[top] = -1;
    return top;
  }

  private rise(from: number, state: number, cost: number): void {
    const { heap, place, costs } = this;
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 2;
      const above = heap[up];
      if (costs[above] <= cost) break;
      heap[at] = above;
      place[above] = at;
      at = up;
    }
    heap[at] = state;
    place[state] = at;
  }

  private sink(state: number): void {
    const { heap, place, costs, size } = this;
    const cost = costs[state];
    let at = 0;
    for (;;) {
      const first = at * 4 + 1;
      if (first >= size) break;
      let least = first;
      const end = Math.min(first + 4, size);
      for (let child = first + 1; child < end; child++) {
        if (costs[heap[child]] < costs[heap[least]]) least = child;
      }
      const below = heap[least];
      if (costs[below] >= cost) break;
      heap[at] = below;
      place[below] = at;
      at = least;
    }
    heap[at] = state;
    place[state] = at;
  }
}
