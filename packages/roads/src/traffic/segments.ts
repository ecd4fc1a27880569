import type { Graph } from "../city.ts";
import { distanceInUnits } from "../geometry.ts";
import { isForward } from "../graph/edge-facts.ts";

/**
 * The directed segments of a road graph: from one point of a road to the next, each a number, found by OpenStreetMap's node ids of its
 * ends, which stay the same from map to map. Twice the index of the point where it begins as drawn, plus one against the drawing.
 */
export class Segments {
  private readonly graph: Graph;
  private readonly mask: number;
  /** Segment plus one in each slot, 0 where it is free; open addressing. */
  private readonly slots: Uint32Array;

  constructor(graph: Graph) {
    this.graph = graph;
    let size = 1_024;
    while (size < graph.pointNode.length * 4) size *= 2;
    this.mask = size - 1;
    this.slots = new Uint32Array(size);
    for (let road = 0; road < graph.roadCount; road++) {
      const last = graph.roadPoint[road + 1] - 1;
      for (let point = graph.roadPoint[road]; point < last; point++) {
        if (graph.roadForward[road] >= 0) this.add(point * 2);
        if (graph.roadBackward[road] >= 0) this.add(point * 2 + 1);
      }
    }
  }

  /** Segments from one node to another: none, one, or several where roads lie on each other. */
  find(from: number, to: number): readonly number[] {
    const found: number[] = [];
    for (let slot = this.home(from, to); this.slots[slot] > 0; slot = (slot + 1) & this.mask) {
      const segment = this.slots[slot] - 1;
      if (this.fromOf(segment) === from && this.toOf(segment) === to) found.push(segment);
    }
    return found;
  }

  /** OpenStreetMap's node where a segment begins. */
  fromOf(segment: number): number {
    return this.graph.pointNode[(segment >> 1) + (segment & 1)];
  }

  toOf(segment: number): number {
    return this.graph.pointNode[(segment >> 1) + 1 - (segment & 1)];
  }

  /** Coordinates of both ends in 1e-7 degrees: lon, lat, lon, lat. */
  lineOf(segment: number): readonly [number, number, number, number] {
    const { pointX, pointY } = this.graph;
    const a = (segment >> 1) + (segment & 1);
    const b = (segment >> 1) + 1 - (segment & 1);
    return [pointX[a], pointY[a], pointX[b], pointY[b]];
  }

  metresOf(segment: number): number {
    const { pointX, pointY } = this.graph;
    const point = segment >> 1;
    return distanceInUnits(pointX[point], pointY[point], pointX[point + 1], pointY[point + 1]);
  }

  edgeOf(segment: number): number {
    const { roadPoint, roadForward, roadBackward } = this.graph;
    const point = segment >> 1;
    let low = 0;
    let high = roadPoint.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (roadPoint[middle] <= point) low = middle;
      else high = middle;
    }
    return (segment & 1) === 0 ? roadForward[low] : roadBackward[low];
  }

  /** The segments of an edge in driving order. */
  ofEdge(edge: number): readonly number[] {
    const { roadPoint, edgeRoad } = this.graph;
    const road = edgeRoad[edge];
    const first = roadPoint[road];
    const count = roadPoint[road + 1] - 1 - first;
    const forward = isForward(this.graph, edge);
    return Array.from({ length: count }, (_, i) => (forward ? (first + i) * 2 : (first + count - 1 - i) * 2 + 1));
  }

  /** The parts of an edge's segments between two places on it, in metres; a stop on the spot gives the segment it lies on, 0 m long. */
  within(edge: number, from: number, to: number): readonly { readonly segment: number; readonly metres: number }[] {
    const parts: { readonly segment: number; readonly metres: number }[] = [];
    const segments = this.ofEdge(edge);
    let begin = 0;
    for (const [index, segment] of segments.entries()) {
      const end = index === segments.length - 1 ? Infinity : begin + this.metresOf(segment);
      const metres = Math.min(end, to) - Math.max(begin, from);
      if (metres > 0 || (from === to && from >= begin && from < end))
        parts.push({ segment, metres: Math.max(0, metres) });
      begin = end;
    }
    return parts;
  }

  private add(segment: number): void {
    const from = this.fromOf(segment);
    const to = this.toOf(segment);
    // Points without a node cannot be named by anybody.
    if (from === 0 || to === 0) return;
    let slot = this.home(from, to);
    while (this.slots[slot] > 0) slot = (slot + 1) & this.mask;
    this.slots[slot] = segment + 1;
  }

  private home(from: number, to: number): number {
    const mixed = Math.imul(from % 0x1_0000_0000, 0x9e37_79b1) ^ Math.imul(to % 0x1_0000_0000, 0x85eb_ca6b);
    return ((mixed ^ (mixed >>> 15)) >>> 0) & this.mask;
  }
}
