import { Core } from "./core.ts";
import { MaxFlow } from "./max-flow.ts";
import type { RoadNet } from "./road-net.ts";

/** Directions in which a part is swept; more of them find hardly better cuts. */
const directions = 5;

/** Of the nodes of a part this share at each end is kept together, so that the two sides of a cut are not too different in size. */
const keptShare = 0.3;

/** Parts of so few roads are not worth cutting. */
const fewestRoads = 3;

/** Where fewer nodes than this would remain, the network is cut as it is. */
const smallestCore = 12;

/** Roads of an order, from `begin` (inclusive) to `end` (exclusive). */
export interface Part {
  readonly begin: number;
  readonly end: number;
}

/**
 * Orders the roads of a net by nested dissection (George, 1973), most important last: the roads of a small cut come after those of the two
 * sides it separates, and so on within each side. The cuts are found by inertial flow (Schild and Sommer, 2015): the nodes are sorted along
 * a direction, and the least cut between the first and the last of them is taken; the best of several directions counts. On the graph of
 * turns such a cut of roads is a separator of states.
 */
export class Dissection {
  private readonly net: RoadNet;
  /** Place of each node along each direction. */
  private readonly places: readonly Int32Array[];
  /** Node at each place along each direction. */
  private readonly nodesByPlace: readonly Uint32Array[];
  private readonly flow: MaxFlow;
  private readonly core: Core;
  /** The part at hand: its nodes, their numbers in it, and its roads as edges between these. */
  private readonly nodes: Int32Array;
  private readonly localOf: Int32Array;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  private readonly width: Int32Array;
  private readonly sorted: Int32Array;
  private readonly bestSide: Uint8Array;
  private readonly moved: Int32Array;

  constructor(net: RoadNet) {
    this.net = net;
    const { nodeCount } = net;
    const roadCount = net.from.length;
    this.flow = new MaxFlow(nodeCount, roadCount);
    this.core = new Core(nodeCount, roadCount);
    this.nodes = new Int32Array(nodeCount);
    this.localOf = new Int32Array(nodeCount);
    this.from = new Int32Array(roadCount);
    this.to = new Int32Array(roadCount);
    this.width = new Int32Array(roadCount);
    this.sorted = new Int32Array(nodeCount);
    this.bestSide = new Uint8Array(nodeCount);
    this.moved = new Int32Array(net.from.length);
    const sweeps = Array.from({ length: directions }, (_, i) => sweep(net, (Math.PI * i) / directions));
    this.places = sweeps.map(({ places }) => places);
    this.nodesByPlace = sweeps.map(({ nodes }) => nodes);
  }

  /** Puts the roads of a part into their order, in place. */
  order(roads: Int32Array, whole: Part): void {
    const parts: Part[] = [whole];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) parts.push(...this.cut(roads, part));
  }

  /** Moves the roads that cut a part to its end, each side together before them; gives the sides that are still to be ordered. */
  cut(roads: Int32Array, { begin, end }: Part): readonly Part[] {
    if (end - begin <= fewestRoads) return [];
    const { flow, net, core, localOf, bestSide } = this;
    this.load(roads, begin, end);
    const parts = flow.components();
    const holderOf = (node: number) => core.holder[localOf[node]];
    if (parts.count > 1)
      return this.group(roads, begin, end, parts.count, (road) => parts.of[holderOf(net.from[road])]);
    if (!this.bisect()) return [];
    return this.group(roads, begin, end, 3, (road) => {
      const side = bestSide[holderOf(net.from[road])];
      return side === bestSide[holderOf(net.to[road])] ? side : 2;
    }).slice(0, 2);
  }

  /** The roads from `begin` to `end` as a flow network, shrunk to its core where that leaves enough of it. */
  private load(roads: Int32Array, begin: number, end: number): void {
    const { net, flow, core, nodes, localOf, from, to, width } = this;
    for (let i = begin; i < end; i++) {
      localOf[net.from[roads[i]]] = -1;
      localOf[net.to[roads[i]]] = -1;
    }
    let count = 0;
    const localNode = (node: number) => {
      if (localOf[node] < 0) {
        localOf[node] = count;
        nodes[count++] = node;
      }
      return localOf[node];
    };
    const edgeCount = end - begin;
    for (let i = 0; i < edgeCount; i++) {
      const road = roads[begin + i];
      from[i] = localNode(net.from[road]);
      to[i] = localNode(net.to[road]);
      width[i] = net.width[road];
    }
    core.shrink(count, from, to, width, edgeCount);
    if (core.nodeCount < smallestCore) core.keep(count, from, to, edgeCount);
    flow.nodeCount = core.nodeCount;
    flow.edgeCount = core.edgeCount;
    for (let e = 0; e < core.edgeCount; e++) {
      flow.from[e] = core.from[e];
      flow.to[e] = core.to[e];
      flow.capacity[e] = width[core.edge[e]];
    }
    flow.index();
  }

  /** Finds the cut with the fewest states for the size of its smaller side; false if there is none. */
  private bisect(): boolean {
    const { flow, core, bestSide } = this;
    const { nodeCount } = flow;
    if (nodeCount < 2) return false;
    let weight = 0;
    for (let i = 0; i < nodeCount; i++) weight += core.size[i];
    let bestScore = Infinity;
    for (let direction = 0; direction < directions; direction++) {
      this.setTerminals(direction, keptShare * weight);
      const limit = Math.ceil((bestScore * weight) / 2);
      const cut = flow.run(limit);
      if (cut >= limit) continue;
      // What lies between the two least cuts may go to either side.
      const bySources = this.smallerSide(1, weight);
      const byTargets = this.smallerSide(2, weight);
      const score = cut / Math.max(bySources, byTargets);
      if (score >= bestScore) continue;
      bestScore = score;
      const kind = bySources >= byTargets ? 1 : 2;
      for (let i = 0; i < nodeCount; i++) bestSide[i] = flow.side[i] === kind ? 0 : 1;
    }
    return bestScore < Infinity;
  }

  /** Makes the first nodes along a direction sources and the last ones targets, until each hold `kept` nodes of the net. */
  private setTerminals(direction: number, kept: number): void {
    const { flow, core, nodes, localOf, sorted } = this;
    const { nodeCount, terminal } = flow;
    const places = this.places[direction];
    const byPlace = this.nodesByPlace[direction];
    for (let i = 0; i < nodeCount; i++) sorted[i] = places[nodes[core.place[i]]];
    const inOrder = sorted.subarray(0, nodeCount);
    inOrder.sort();
    const at = (i: number) => core.holder[localOf[byPlace[inOrder[i]]]];
    terminal.fill(0, 0, nodeCount);
    for (let i = 0, sources = 0; i < nodeCount - 1 && sources < kept; i++) {
      terminal[at(i)] = 1;
      sources += core.size[at(i)];
    }
    for (let i = nodeCount - 1, targets = 0; i > 0 && targets < kept && terminal[at(i)] === 0; i--) {
      terminal[at(i)] = 2;
      targets += core.size[at(i)];
    }
  }

  /** Nodes of the net on the smaller side of the cut that goes round the sources (1) or the targets (2). */
  private smallerSide(kind: number, weight: number): number {
    const { flow, core } = this;
    let inside = 0;
    for (let i = 0; i < flow.nodeCount; i++) if (flow.side[i] === kind) inside += core.size[i];
    return Math.min(inside, weight - inside);
  }

  /** Sorts the roads of a part by group, keeping their order within each. */
  private group(
    roads: Int32Array,
    begin: number,
    end: number,
    count: number,
    groupOf: (road: number) => number,
  ): readonly Part[] {
    const { moved } = this;
    const ends = new Int32Array(count + 1);
    for (let i = begin; i < end; i++) ends[groupOf(roads[i]) + 1]++;
    for (let g = 0; g < count; g++) ends[g + 1] += ends[g];
    const groups = Array.from({ length: count }, (_, g) => ({ begin: begin + ends[g], end: begin + ends[g + 1] }));
    for (let i = begin; i < end; i++) moved[begin + ends[groupOf(roads[i])]++] = roads[i];
    roads.set(moved.subarray(begin, end), begin);
    return groups;
  }
}

/** The nodes along a direction. */
function sweep(net: RoadNet, angle: number): { readonly places: Int32Array; readonly nodes: Uint32Array } {
  const dx = Math.cos(angle);
  const dy = Math.sin(angle);
  const along = Float64Array.from(net.x, (x, i) => x * dx + net.y[i] * dy);
  let [least, most] = [Infinity, -Infinity];
  for (const value of along) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  // The place and the node in one exact number: numbers are sorted ten times as fast as by a function.
  const count = along.length;
  const steps = Math.floor(2 ** 52 / Math.max(1, count));
  const scale = most > least ? steps / (most - least) : 0;
  const keys = along.map((value, i) => Math.floor((value - least) * scale) * count + i).toSorted();
  const nodes = Uint32Array.from(keys, (key) => key % count);
  const places = new Int32Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) places[nodes[i]] = i;
  return { places, nodes };
}
