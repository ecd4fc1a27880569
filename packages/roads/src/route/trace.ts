import { pointFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import { distanceInUnits, toDegrees, wrapAngle } from "../geometry.ts";
import { isForward, legalSpeedOf, limitOf } from "../graph/edge-facts.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";
import type { RouteEvent } from "./route.ts";

/** Where a route begins on its first edge and ends on its last one, in metres along each. */
export interface Trim {
  readonly start: number;
  readonly end: number;
}

/** One edge of the route with the part of the line it covers. */
export interface TracedEdge {
  readonly edge: number;
  readonly state: number;
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

export interface Trace {
  readonly geometry: Float64Array;
  readonly along: Float64Array;
  readonly time: Float64Array;
  readonly limits: Float32Array;
  readonly speeds: Float32Array;
  readonly edges: readonly TracedEdge[];
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

/** Milliseconds of the turn between two states that follow each other on a path. */
function turnTime(graph: Graph, from: number, to: number): number {
  for (let turn = graph.turnFirst[from]; turn < graph.turnFirst[from + 1]; turn++) {
    if (graph.turnTo[turn] === to) return graph.turnMs[turn];
  }
  return 0;
}

/** The line of a path with distances, times, limits and what stands along it. */
export function traceRoute(graph: Graph, states: readonly number[], trim: Trim): Trace {
  const geometry: number[] = [];
  const along: number[] = [];
  const time: number[] = [];
  const limits: number[] = [];
  const speeds: number[] = [];
  const edges: TracedEdge[] = [];
  const events: RouteEvent[] = [];
  let metres = 0;
  let seconds = 0;

  function addPoint(x: number, y: number): void {
    geometry.push(toDegrees(x), toDegrees(y));
    along.push(metres);
    time.push(seconds);
  }

  function addEvents(flags: number, forward: boolean): void {
    if (flags === 0) return;
    for (const kind of eventKinds(flags, forward)) {
      const known = events.findLast((event) => event.kind === kind);
      if (known === undefined || metres - known.along > sameMark) events.push({ kind, along: metres, angle: 0 });
    }
  }

  for (const [index, state] of states.entries()) {
    const edge = graph.stateEdge[state];
    const road = graph.edgeRoad[edge];
    const forward = isForward(graph, edge);
    const length = graph.roadLength[road];
    const begin = index === 0 ? Math.min(trim.start, length) : 0;
    const end = index === states.length - 1 ? Math.min(trim.end, length) : length;
    const secondsPerMetre = graph.edgeMs[edge] / 1000 / length;
    const limit = limitOf(graph, edge);
    const speed = legalSpeedOf(graph, edge);
    if (index > 0) {
      const before = states[index - 1];
      seconds += turnTime(graph, before, state) / 1000;
      const angle = -wrapAngle(headingLeaving(graph, edge) - headingArriving(graph, graph.stateEdge[before]));
      if (Math.abs(angle) >= leastTurn) events.push({ kind: "turn", along: metres, angle });
    }
    const startMetres = metres;
    const startSeconds = seconds;
    const firstPoint = Math.max(0, along.length - 1);
    const low = graph.roadPoint[road];
    const high = graph.roadPoint[road + 1] - 1;
    const step = forward ? 1 : -1;
    let at = forward ? low : high;
    const stop = forward ? high : low;
    let position = 0;
    if (index === 0 && begin === 0) addPoint(graph.pointX[at], graph.pointY[at]);
    while (at !== stop) {
      const x1 = graph.pointX[at];
      const y1 = graph.pointY[at];
      const next = at + step;
      const span = distanceInUnits(x1, y1, graph.pointX[next], graph.pointY[next]);
      const before = position;
      position = next === stop ? length : position + span;
      at = next;
      if (position <= begin && position < length) continue;
      const share = (metre: number) => (position === before ? 0 : (metre - before) / (position - before));
      const place = (metre: number) => {
        const t = share(metre);
        return [x1 + t * (graph.pointX[next] - x1), y1 + t * (graph.pointY[next] - y1)] as const;
      };
      if (before < begin || (along.length === 0 && begin > 0)) {
        const [x, y] = place(begin);
        addPoint(x, y);
      }
      const reached = Math.min(position, end);
      metres = startMetres + reached - begin;
      seconds = startSeconds + (reached - begin) * secondsPerMetre;
      const [x, y] = reached === position ? [graph.pointX[next], graph.pointY[next]] : place(reached);
      limits.push(limit);
      speeds.push(speed);
      addPoint(x, y);
      if (reached < position || (reached === end && end < length)) break;
      // What stands at the first point of an edge was met at the end of the one before.
      addEvents(graph.pointFlags[next], forward);
    }
    edges.push({ edge, state, first: firstPoint, last: along.length - 1, from: startMetres, to: metres });
  }
  return {
    geometry: Float64Array.from(geometry),
    along: Float64Array.from(along),
    time: Float64Array.from(time),
    limits: Float32Array.from(limits),
    speeds: Float32Array.from(speeds),
    edges,
    events: events.toSorted((a, b) => a.along - b.along),
  };
}
