// Hot: runs for every point of every route that is answered.
import { pointFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import { noWay } from "../engine/costs.ts";
import { distanceInUnits, toDegrees, wrapAngle } from "../geometry.ts";
import { isForward, legalSpeedOf, limitOf } from "../graph/edge-facts.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";
import type { RouteEvent, RouteStretch } from "./route.ts";

/** A path: router states, and where it begins on the first and ends on the last, in metres along each. */
export interface PathPart {
  readonly states: readonly number[];
  readonly start: number;
  readonly end: number;
  /** States at its very beginning and end of which nothing is driven, but from or to which the car turns. */
  readonly before?: number | undefined;
  readonly beyond?: number | undefined;
}

/** The parts of a leg, which meet where the car is only driven through. */
export type LegPath = readonly PathPart[];

/** One edge of the route with the part of the line it covers. */
export interface TracedEdge extends RouteStretch {
  readonly state: number;
}

export interface TracedLeg {
  readonly firstEdge: number;
  readonly lastEdge: number;
  /** Nodes of the map before its beginning and beyond its end. */
  readonly firstNode: number;
  readonly lastNode: number;
}

export interface Trace {
  readonly geometry: Float64Array;
  readonly along: Float64Array;
  readonly time: Float64Array;
  readonly nodes: Float64Array;
  readonly limits: Float32Array;
  readonly speeds: Float32Array;
  readonly edges: readonly TracedEdge[];
  readonly legs: readonly TracedLeg[];
  readonly events: readonly RouteEvent[];
}

/** A turn by less than this is a bend of the road. */
const leastTurn = (20 * Math.PI) / 180;

/** Two marks this close together are one: signals stand at both ends of a wide junction's middle. */
const sameMark = 8;

function eventKinds(flags: number, forward: boolean): readonly RouteEvent["kind"][] {
  const kinds: RouteEvent["kind"][] = [];
  const has = (ahead: number, back: number) => (flags & (forward ? ahead : back)) !== 0;
  if (has(pointFlag.signalsForward, pointFlag.signalsBackward)) kinds.push("signals");
  if (has(pointFlag.stopForward, pointFlag.stopBackward)) kinds.push("stop");
  if (has(pointFlag.giveWayForward, pointFlag.giveWayBackward)) kinds.push("give-way");
  if ((flags & pointFlag.crossing) !== 0) kinds.push("crossing");
  if ((flags & pointFlag.calming) !== 0) kinds.push("calming");
  if ((flags & pointFlag.railCrossing) !== 0) kinds.push("rail-crossing");
  return kinds;
}

/** The turn between two states that follow each other on a path; -1 where the graph has none or they are one. */
function turnBetween(graph: Graph, from: number, to: number): number {
  if (from === to) return -1;
  const edge = graph.stateEdge[to];
  for (let turn = graph.turnFirst[from]; turn < graph.turnFirst[from + 1]; turn++) {
    if (graph.stateEdge[graph.turnTo[turn]] === edge) return turn;
  }
  return -1;
}

/** Seconds that a turn takes, and what is counted for it; nothing where there is none (-1). */
function secondsOfTurn(graph: Graph, turn: number): number {
  return turn < 0 ? 0 : graph.turnMs[turn] / 1_000;
}

function weightOfTurn(graph: Graph, turn: number): number {
  return turn < 0 ? 0 : graph.turnMs[turn] / 1_000 + graph.turnExtraMs[turn] / 1_000;
}

/** How many points the line of some paths has at most. */
function mostPoints({ stateEdge, edgeRoad, roadPoint }: Graph, paths: readonly LegPath[]): number {
  let count = 1;
  for (const parts of paths) {
    for (const { states } of parts) {
      for (const state of states) {
        const road = edgeRoad[stateEdge[state]];
        count += roadPoint[road + 1] - roadPoint[road];
      }
    }
  }
  return count;
}

/** The line of a route while it grows, with what stands along it. */
class GrowingLine {
  readonly geometry: Float64Array;
  readonly along: Float64Array;
  readonly time: Float64Array;
  readonly nodes: Float64Array;
  readonly limits: Float32Array;
  readonly speeds: Float32Array;
  readonly events: RouteEvent[] = [];
  count = 0;

  constructor(most: number) {
    this.geometry = new Float64Array(2 * most);
    this.along = new Float64Array(most);
    this.time = new Float64Array(most);
    this.nodes = new Float64Array(most);
    this.limits = new Float32Array(most);
    this.speeds = new Float32Array(most);
  }

  add(x: number, y: number, node: number, metres: number, seconds: number): void {
    const { count } = this;
    this.geometry[2 * count] = toDegrees(x);
    this.geometry[2 * count + 1] = toDegrees(y);
    this.along[count] = metres;
    this.time[count] = seconds;
    this.nodes[count] = node;
    this.count = count + 1;
  }

  addEvents(flags: number, forward: boolean, metres: number): void {
    for (const kind of eventKinds(flags, forward)) {
      const known = this.lastOf(kind);
      if (known === undefined || metres - known.along > sameMark) this.events.push({ kind, along: metres, angle: 0 });
    }
  }

  /** The arrays as far as they are filled. */
  filled(): Pick<Trace, "geometry" | "along" | "time" | "nodes" | "limits" | "speeds" | "events"> {
    const { count } = this;
    const segments = Math.max(0, count - 1);
    return {
      geometry: this.geometry.subarray(0, 2 * count),
      along: this.along.subarray(0, count),
      time: this.time.subarray(0, count),
      nodes: this.nodes.subarray(0, count),
      limits: this.limits.subarray(0, segments),
      speeds: this.speeds.subarray(0, segments),
      events: this.events.toSorted(byPlace),
    };
  }

  private lastOf(kind: RouteEvent["kind"]): RouteEvent | undefined {
    for (let i = this.events.length - 1; i >= 0; i--) if (this.events[i].kind === kind) return this.events[i];
    return undefined;
  }
}

function byPlace(a: RouteEvent, b: RouteEvent): number {
  return a.along - b.along;
}

/** The line of a path over one or more legs with distances, times, limits and what stands along it. */
export function traceRoute(graph: Graph, edgeMs: Uint32Array, paths: readonly LegPath[]): Trace {
  const { pointX, pointY, pointNode, roadPoint } = graph;
  const line = new GrowingLine(mostPoints(graph, paths));
  const { limits, speeds, time, events } = line;
  const edges: TracedEdge[] = [];
  const legs: TracedLeg[] = [];
  let metres = 0;
  let seconds = 0;

  for (const parts of paths) {
    const firstEdge = edges.length;
    let firstNode = 0;
    let lastNode = 0;
    for (const { states, start, end: finish, before: leading, beyond } of parts) {
      for (let index = 0; index < states.length; index++) {
        const state = states[index];
        const edge = graph.stateEdge[state];
        const road = graph.edgeRoad[edge];
        const forward = isForward(graph, edge);
        const length = graph.roadLength[road];
        const begin = index === 0 ? Math.min(start, length) : 0;
        const end = index === states.length - 1 ? Math.max(begin, Math.min(finish, length)) : length;
        // A road that is closed now may still be left or arrived on.
        const ms = edgeMs[edge] === noWay ? graph.edgeMs[edge] : edgeMs[edge];
        const secondsPerMetre = ms / 1_000 / length;
        const limit = limitOf(graph, edge);
        const speed = legalSpeedOf(graph, edge);
        const isFirst = edges.length === firstEdge;
        const before = isFirst ? state : edges[edges.length - 1].state;
        const turn = turnBetween(graph, before, state);
        const turnSeconds = secondsOfTurn(graph, turn);
        const lead = turnBetween(graph, isFirst ? (leading ?? state) : state, state);
        const leadSeconds = secondsOfTurn(graph, lead);
        const tail = turnBetween(graph, state, index === states.length - 1 ? (beyond ?? state) : state);
        const tailSeconds = secondsOfTurn(graph, tail);
        if (before !== state) {
          seconds += turnSeconds;
          const angle = -wrapAngle(headingLeaving(graph, edge) - headingArriving(graph, graph.stateEdge[before]));
          if (Math.abs(angle) >= leastTurn) events.push({ kind: "turn", along: metres, angle });
        }
        const startMetres = metres;
        const startSeconds = seconds;
        const low = roadPoint[road];
        const high = roadPoint[road + 1] - 1;
        const step = forward ? 1 : -1;
        const stop = forward ? high : low;
        let at = forward ? low : high;
        let position = 0;
        let isBegun = index > 0 || line.count > 0;
        const firstPoint = Math.max(0, line.count - 1);
        if (isFirst) firstNode = pointNode[at];
        while (at !== stop) {
          const next = at + step;
          const x1 = pointX[at];
          const y1 = pointY[at];
          const x2 = pointX[next];
          const y2 = pointY[next];
          const passed = position;
          position = next === stop ? length : Math.min(length, passed + distanceInUnits(x1, y1, x2, y2));
          if (position <= begin && next !== stop) {
            at = next;
            continue;
          }
          const span = position - passed;
          if (isFirst && passed <= begin) firstNode = pointNode[at];
          if (!isBegun) {
            const share = span === 0 ? 0 : Math.min(1, (begin - passed) / span);
            line.add(
              Math.round(x1 + share * (x2 - x1)),
              Math.round(y1 + share * (y2 - y1)),
              share === 0 ? pointNode[at] : 0,
              metres,
              seconds,
            );
            isBegun = true;
          }
          const reached = Math.min(position, end);
          metres = startMetres + reached - begin;
          seconds = startSeconds + leadSeconds + (reached - begin) * secondsPerMetre;
          const isWhole = reached === position;
          const share = isWhole ? 1 : (reached - passed) / span;
          limits[line.count - 1] = limit;
          speeds[line.count - 1] = speed;
          line.add(
            isWhole ? x2 : Math.round(x1 + share * (x2 - x1)),
            isWhole ? y2 : Math.round(y1 + share * (y2 - y1)),
            isWhole ? pointNode[next] : 0,
            metres,
            seconds,
          );
          lastNode = pointNode[next];
          if (!isWhole || (reached === end && end < length)) break;
          // What stands at the first point of an edge was met at the end of the one before.
          if (graph.pointFlags[next] !== 0) line.addEvents(graph.pointFlags[next], forward, metres);
          at = next;
        }
        seconds += tailSeconds;
        time[line.count - 1] = seconds;
        // What is counted for an edge grows and shrinks with the time it takes now, as in the search.
        const weightPerMetre = (graph.edgeWeight[edge] * secondsPerMetre) / Math.max(1, graph.edgeMs[edge]);
        edges.push({
          edge,
          state,
          first: firstPoint,
          last: line.count - 1,
          from: startMetres,
          to: metres,
          seconds: seconds - startSeconds,
          freeSeconds: ((end - begin) * graph.edgeMs[edge]) / 1_000 / length + leadSeconds + tailSeconds,
          turnSeconds,
          weightSeconds: (end - begin) * weightPerMetre + weightOfTurn(graph, lead) + weightOfTurn(graph, tail),
          turnWeight: weightOfTurn(graph, turn),
        });
      }
    }
    legs.push({ firstEdge, lastEdge: edges.length - 1, firstNode, lastNode });
  }
  return { ...line.filled(), edges, legs };
}
