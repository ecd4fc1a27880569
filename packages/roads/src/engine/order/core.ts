// Hot: runs for every part of a city that is cut, over all of its roads.

/**
 * Shrinks a network for cutting: a node with one edge is joined with its neighbour, a node with two edges with the neighbour beyond the wider
 * one, since a least cut never has to go through that. What remains is numbered from 0.
 */
export class Core {
  nodeCount = 0;
  edgeCount = 0;
  /** Ends of the remaining edges, and which of the given ones each is. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly edge: Int32Array;
  /** The node of the core that holds each given node. */
  readonly holder: Int32Array;
  /** The given node that gave a node of the core its place, and how many it holds. */
  readonly place: Int32Array;
  readonly size: Int32Array;

  private readonly first: Int32Array;
  private readonly slots: Int32Array;
  private readonly degree: Int32Array;
  private readonly a: Int32Array;
  private readonly b: Int32Array;
  private readonly joined: Int32Array;
  private readonly waiting: Int32Array;

  constructor(mostNodes: number, mostEdges: number) {
    this.from = new Int32Array(mostEdges);
    this.to = new Int32Array(mostEdges);
    this.edge = new Int32Array(mostEdges);
    this.holder = new Int32Array(mostNodes);
    this.place = new Int32Array(mostNodes);
    this.size = new Int32Array(mostNodes);
    this.first = new Int32Array(mostNodes + 1);
    this.slots = new Int32Array(2 * mostEdges);
    this.degree = new Int32Array(mostNodes);
    this.a = new Int32Array(mostEdges);
    this.b = new Int32Array(mostEdges);
    this.joined = new Int32Array(mostNodes);
    this.waiting = new Int32Array(mostNodes + 2 * mostEdges);
  }

  shrink(nodeCount: number, from: Int32Array, to: Int32Array, width: Int32Array, edgeCount: number): void {
    this.load(nodeCount, from, to, edgeCount);
    const { degree, joined, waiting, a, b } = this;
    let head = 0;
    let tail = 0;
    for (let v = 0; v < nodeCount; v++) if (degree[v] <= 2) waiting[tail++] = v;
    while (head < tail) {
      const v = waiting[head++];
      if (joined[v] !== v || degree[v] === 0 || degree[v] > 2) continue;
      const one = this.slots[this.first[v]];
      const other = degree[v] === 2 ? this.slots[this.first[v] + 1] : -1;
      const closed = other < 0 || width[one] >= width[other] ? one : other;
      const open = closed === one ? other : one;
      const u = a[closed] === v ? b[closed] : a[closed];
      joined[v] = u;
      degree[v] = 0;
      if (open < 0) this.drop(u, closed);
      else if ((a[open] === v ? b[open] : a[open]) === u) {
        this.drop(u, closed);
        this.drop(u, open);
      } else {
        if (a[open] === v) a[open] = u;
        else b[open] = u;
        this.swap(u, closed, open);
      }
      if (degree[u] <= 2) waiting[tail++] = u;
    }
    this.number(nodeCount);
  }

  /** Takes the network as it is. */
  keep(nodeCount: number, from: Int32Array, to: Int32Array, edgeCount: number): void {
    for (let v = 0; v < nodeCount; v++) {
      this.holder[v] = v;
      this.place[v] = v;
      this.size[v] = 1;
    }
    for (let e = 0; e < edgeCount; e++) {
      this.from[e] = from[e];
      this.to[e] = to[e];
      this.edge[e] = e;
    }
    this.nodeCount = nodeCount;
    this.edgeCount = edgeCount;
  }

  private load(nodeCount: number, from: Int32Array, to: Int32Array, edgeCount: number): void {
    const { first, slots, degree, a, b, joined } = this;
    first.fill(0, 0, nodeCount + 1);
    for (let e = 0; e < edgeCount; e++) {
      a[e] = from[e];
      b[e] = to[e];
      // A loop never lies in a cut.
      if (a[e] === b[e]) continue;
      first[a[e] + 1]++;
      first[b[e] + 1]++;
    }
    for (let v = 0; v < nodeCount; v++) {
      first[v + 1] += first[v];
      degree[v] = 0;
      joined[v] = v;
    }
    for (let e = 0; e < edgeCount; e++) {
      if (a[e] === b[e]) continue;
      slots[first[a[e]] + degree[a[e]]++] = e;
      slots[first[b[e]] + degree[b[e]]++] = e;
    }
  }

  private drop(v: number, edge: number): void {
    const last = this.first[v] + --this.degree[v];
    this.swap(v, edge, this.slots[last]);
  }

  private swap(v: number, edge: number, by: number): void {
    let slot = this.first[v];
    while (this.slots[slot] !== edge) slot++;
    this.slots[slot] = by;
  }

  private number(nodeCount: number): void {
    const { joined, holder, place, size, degree, a, b, from, to, edge } = this;
    let count = 0;
    for (let v = 0; v < nodeCount; v++) {
      if (joined[v] !== v) continue;
      holder[v] = count;
      place[count] = v;
      size[count++] = 0;
    }
    for (let v = 0; v < nodeCount; v++) {
      let top = v;
      while (joined[top] !== top) top = joined[top];
      for (let at = v; at !== top;) {
        const next = joined[at];
        joined[at] = top;
        at = next;
      }
      holder[v] = holder[top];
      size[holder[v]]++;
    }
    this.nodeCount = count;
    let edges = 0;
    for (let v = 0; v < nodeCount; v++) {
      if (joined[v] !== v) continue;
      for (let i = 0; i < degree[v]; i++) {
        const e = this.slots[this.first[v] + i];
        // Each edge stands in the lists of both its ends.
        if (a[e] !== v) continue;
        from[edges] = holder[v];
        to[edges] = holder[b[e]];
        edge[edges++] = e;
      }
    }
    this.edgeCount = edges;
  }
}
