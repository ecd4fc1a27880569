// Hot: runs some 100,000 times while a city is ordered, on networks from a handful to all of its roads.

/**
 * Minimum cuts of an undirected network by blocking flows (Dinic, 1970). Nodes and edges are numbered from 0; arc 2e leads from the first to
 * the second node of edge e, arc 2e + 1 back. Its memory is made once for the largest network and used again for each.
 */
export class MaxFlow {
  nodeCount = 0;
  edgeCount = 0;
  /** Ends of the edges. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly capacity: Int32Array;
  /** Which nodes are sources (1) and targets (2). */
  readonly terminal: Uint8Array;
  /** Which nodes can still be reached from the sources (1), or can still reach the targets (2), after `run`. */
  readonly side: Uint8Array;

  private readonly first: Int32Array;
  private readonly arcs: Int32Array;
  private readonly room: Int32Array;
  private readonly level: Int32Array;
  private readonly cursor: Int32Array;
  private readonly queue: Int32Array;
  private readonly path: Int32Array;
  /** Sources that have a neighbour which is none. */
  private readonly shore: Int32Array;
  private shoreLength = 0;

  constructor(mostNodes: number, mostEdges: number) {
    this.from = new Int32Array(mostEdges);
    this.to = new Int32Array(mostEdges);
    this.capacity = new Int32Array(mostEdges);
    this.terminal = new Uint8Array(mostNodes);
    this.side = new Uint8Array(mostNodes);
    this.first = new Int32Array(mostNodes + 1);
    this.arcs = new Int32Array(2 * mostEdges);
    this.room = new Int32Array(2 * mostEdges);
    this.level = new Int32Array(mostNodes);
    this.cursor = new Int32Array(mostNodes);
    this.queue = new Int32Array(mostNodes);
    this.path = new Int32Array(mostNodes + 1);
    this.shore = new Int32Array(mostNodes);
  }

  /** To be called when the ends of the edges have been written. */
  index(): void {
    const { nodeCount, edgeCount, from, to, first, arcs, cursor } = this;
    first.fill(0, 0, nodeCount + 1);
    for (let e = 0; e < edgeCount; e++) {
      first[from[e] + 1]++;
      first[to[e] + 1]++;
    }
    for (let v = 0; v < nodeCount; v++) {
      first[v + 1] += first[v];
      cursor[v] = first[v];
    }
    for (let e = 0; e < edgeCount; e++) {
      arcs[cursor[from[e]]++] = 2 * e;
      arcs[cursor[to[e]]++] = 2 * e + 1;
    }
  }

  /** Parts that hang together: their number; `level` of a node tells which it is in. */
  components(): { readonly count: number; readonly of: Int32Array } {
    const { nodeCount, level, queue, first, arcs } = this;
    level.fill(-1, 0, nodeCount);
    let count = 0;
    for (let root = 0; root < nodeCount; root++) {
      if (level[root] >= 0) continue;
      let head = 0;
      let tail = 0;
      queue[tail++] = root;
      level[root] = count;
      while (head < tail) {
        const v = queue[head++];
        for (let i = first[v]; i < first[v + 1]; i++) {
          const w = this.endOf(arcs[i]);
          if (level[w] >= 0) continue;
          level[w] = count;
          queue[tail++] = w;
        }
      }
      count++;
    }
    return { count, of: level };
  }

  /** The flow from all sources to all targets, or `limit` as soon as it is known to be at least that. */
  run(limit: number): number {
    const { capacity, room, edgeCount } = this;
    for (let e = 0; e < edgeCount; e++) {
      room[2 * e] = capacity[e];
      room[2 * e + 1] = capacity[e];
    }
    this.findShore();
    let flow = 0;
    while (this.layer()) {
      flow += this.block();
      if (flow >= limit) return limit;
    }
    this.markSides();
    return flow;
  }

  private endOf(arc: number): number {
    return (arc & 1) === 0 ? this.to[arc >> 1] : this.from[arc >> 1];
  }

  private findShore(): void {
    const { nodeCount, terminal, first, arcs, shore } = this;
    this.shoreLength = 0;
    for (let v = 0; v < nodeCount; v++) {
      if (terminal[v] !== 1) continue;
      for (let i = first[v], end = first[v + 1]; i < end; i++) {
        if (terminal[this.endOf(arcs[i])] === 1) continue;
        shore[this.shoreLength++] = v;
        break;
      }
    }
  }

  /** Levels by breadth-first search from the sources; false if no target can be reached any more. */
  private layer(): boolean {
    const { nodeCount, terminal, level, cursor, queue, first, arcs, room, from, to, shore, shoreLength } = this;
    let tail = 0;
    for (let v = 0; v < nodeCount; v++) level[v] = terminal[v] === 1 ? 0 : -1;
    for (; tail < shoreLength; tail++) {
      const v = shore[tail];
      queue[tail] = v;
      cursor[v] = first[v];
    }
    let reached = -1;
    for (let head = 0; head < tail; head++) {
      const v = queue[head];
      const next = level[v] + 1;
      if (reached >= 0 && next > reached) return true;
      for (let i = first[v], end = first[v + 1]; i < end; i++) {
        const arc = arcs[i];
        if (room[arc] === 0) continue;
        const w = (arc & 1) === 0 ? to[arc >> 1] : from[arc >> 1];
        if (level[w] >= 0) continue;
        level[w] = next;
        cursor[w] = first[w];
        if (terminal[w] === 2) reached = next;
        else queue[tail++] = w;
      }
    }
    return reached >= 0;
  }

  /** Pushes flow along the levels until every path is blocked. */
  private block(): number {
    const { shore, shoreLength } = this;
    let flow = 0;
    for (let i = 0; i < shoreLength; i++) {
      const source = shore[i];
      for (let pushed = this.push(source); pushed > 0; pushed = this.push(source)) flow += pushed;
    }
    return flow;
  }

  /** Pushes flow along one path from a source to any target; 0 if there is none. */
  private push(source: number): number {
    const { terminal, level, cursor, first, arcs, room, path, from, to } = this;
    let depth = 0;
    let v = source;
    for (;;) {
      if (terminal[v] === 2) break;
      const end = first[v + 1];
      let arc = -1;
      while (cursor[v] < end) {
        const candidate = arcs[cursor[v]];
        const w = (candidate & 1) === 0 ? to[candidate >> 1] : from[candidate >> 1];
        if (room[candidate] > 0 && level[w] === level[v] + 1) {
          arc = candidate;
          v = w;
          break;
        }
        cursor[v]++;
      }
      if (arc >= 0) {
        path[depth++] = arc;
        continue;
      }
      if (depth === 0) return 0;
      const back = path[--depth];
      v = (back & 1) === 0 ? from[back >> 1] : to[back >> 1];
      cursor[v]++;
    }
    let least = room[path[0]];
    for (let i = 1; i < depth; i++) least = Math.min(least, room[path[i]]);
    for (let i = 0; i < depth; i++) {
      room[path[i]] -= least;
      room[path[i] ^ 1] += least;
    }
    return least;
  }

  private markSides(): void {
    const { nodeCount, terminal, side, level, queue, first, arcs, room } = this;
    let tail = 0;
    for (let v = 0; v < nodeCount; v++) {
      side[v] = level[v] >= 0 ? 1 : 0;
      if (terminal[v] === 2) {
        side[v] = 2;
        queue[tail++] = v;
      }
    }
    for (let head = 0; head < tail; head++) {
      const v = queue[head];
      for (let i = first[v]; i < first[v + 1]; i++) {
        const arc = arcs[i];
        const w = this.endOf(arc);
        if (side[w] !== 0 || room[arc ^ 1] === 0) continue;
        side[w] = 2;
        queue[tail++] = w;
      }
    }
  }
}
