import { edgeFlag } from "../city.ts";
import type { City, Graph, LatLon } from "../city.ts";
import { wrapAngle } from "../geometry.ts";
import { classOf, hasFlag, lanesOfEdge, refOf, streetOf, wayOfEdge } from "../graph/edge-facts.ts";
import { nearestRoadPoint, offsetOf } from "../place/road-point.ts";
import type { RoadPoint } from "../place/road-point.ts";
import { manoeuvresOf } from "./manoeuvres.ts";
import type { Route, RouteOutcome, RoutePiece } from "./route.ts";
import { traceRoute } from "./trace.ts";
import type { Trace } from "./trace.ts";
import { TurnSearch } from "./turn-search.ts";
import type { EdgeEnd } from "./turn-search.ts";

/** One router serves one caller at a time and reuses its memory from question to question. */
export interface Router {
  /**
   * The quickest legal way; `heading` (degrees) is that of a car which cannot turn on the spot. Both ends are moved to the nearest road
   * that belongs to the network, at most `reach` metres away (500 unless told).
   */
  route(from: LatLon & { readonly heading?: number }, to: LatLon, options?: { readonly reach?: number }): RouteOutcome;
}

const defaultReach = 500;

/** A road that is cut off from the network counts as this much farther away, in metres. */
const cutOffWeight = 250;

/** A car does not set off against its own nose by more than this. */
const headingTolerance = (100 * Math.PI) / 180;

/** Metres; less of an edge than this is not worth a piece. */
const shortestPiece = 0.1;

interface End {
  readonly at: RoadPoint;
  readonly ends: readonly EdgeEnd[];
}

/** The edges of a road on which a route may begin (or end) at a point of it. */
function endsOn(graph: Graph, at: RoadPoint, heading: number | undefined): readonly EdgeEnd[] {
  const length = graph.roadLength[at.road];
  const share = Math.min(1, offsetOf(graph, at) / length);
  const ends: EdgeEnd[] = [];
  const agrees = (bearing: number) =>
    heading === undefined || Math.abs(wrapAngle(bearing - heading)) <= headingTolerance;
  const forward = graph.roadForward[at.road];
  const backward = graph.roadBackward[at.road];
  if (forward >= 0 && agrees(at.bearing)) ends.push({ edge: forward, share });
  if (backward >= 0 && agrees(at.bearing + Math.PI)) ends.push({ edge: backward, share: 1 - share });
  return ends;
}

function findEnd(graph: Graph, at: LatLon, reach: number, flag: number, heading: number | undefined): End | undefined {
  const found = nearestRoadPoint(graph, at, reach, (road, bearing) => {
    const forward = graph.roadForward[road];
    const backward = graph.roadBackward[road];
    const connected = [forward, backward].some((edge) => edge >= 0 && (graph.edgeFlags[edge] & flag) !== 0);
    let weight = connected ? 0 : cutOffWeight;
    if (heading !== undefined) {
      const ahead = forward >= 0 ? Math.abs(wrapAngle(bearing - heading)) : Math.PI;
      const back = backward >= 0 ? Math.abs(wrapAngle(bearing + Math.PI - heading)) : Math.PI;
      if (Math.min(ahead, back) > headingTolerance) weight += 30;
    }
    return weight;
  });
  if (found === undefined) return undefined;
  const ends = endsOn(graph, found, heading);
  return { at: found, ends: ends.length > 0 ? ends : endsOn(graph, found, undefined) };
}

function piecesOf(graph: Graph, trace: Trace): readonly RoutePiece[] {
  return trace.edges.map(({ edge, first, last, from, to }) => {
    const limit = trace.limits[Math.min(first, trace.limits.length - 1)];
    return {
      edge,
      first,
      last,
      from,
      to,
      limit: Number.isNaN(limit) ? undefined : limit,
      speed: trace.speeds[Math.min(first, trace.speeds.length - 1)],
      class: classOf(graph, edge),
      lanes: lanesOfEdge(graph, edge),
      width: graph.wayWidth[wayOfEdge(graph, edge)],
      oneWay: hasFlag(graph, edge, "oneWay"),
      roundabout: hasFlag(graph, edge, "roundabout"),
      bridge: hasFlag(graph, edge, "bridge"),
      tunnel: hasFlag(graph, edge, "tunnel"),
      street: streetOf(graph, edge),
      ref: refOf(graph, edge),
    };
  });
}

function streetsOf(pieces: readonly RoutePiece[]): Route["streets"] {
  const streets: { name: string; ref: string; from: number; to: number }[] = [];
  for (const { street, ref, from, to } of pieces) {
    const last = streets.at(-1);
    if (last !== undefined && last.name === street && last.ref === ref) last.to = to;
    else streets.push({ name: street, ref, from, to });
  }
  return streets;
}

/** A router over the roads of a city. */
export function createRouter(city: City): Router {
  const { graph } = city;
  const search = new TurnSearch(graph);

  function describe(path: readonly number[], from: End, to: End, target: LatLon): Route {
    const length = (state: number) => graph.roadLength[graph.edgeRoad[graph.stateEdge[state]]];
    const shareOn = (end: End, state: number) =>
      end.ends.find(({ edge }) => edge === graph.stateEdge[state])?.share ?? 0;
    let start = shareOn(from, path[0]) * length(path[0]);
    let end = shareOn(to, path[path.length - 1]) * length(path[path.length - 1]);
    let states = path;
    // Ends that fall on a junction leave an edge of which nothing is driven.
    if (states.length > 1 && length(states[0]) - start < shortestPiece) {
      states = states.slice(1);
      start = 0;
    }
    if (states.length > 1 && end < shortestPiece) {
      states = states.slice(0, -1);
      end = length(states[states.length - 1]);
    }
    const trace = traceRoute(graph, states, { start, end });
    const pieces = piecesOf(graph, trace);
    return {
      kind: "route",
      distance: trace.along[trace.along.length - 1],
      duration: trace.time[trace.time.length - 1],
      geometry: trace.geometry,
      along: trace.along,
      time: trace.time,
      limits: trace.limits,
      speeds: trace.speeds,
      edges: Int32Array.from(trace.edges, ({ edge }) => edge),
      pieces,
      manoeuvres: manoeuvresOf(graph, trace, target, to.at.distance),
      events: trace.events,
      streets: streetsOf(pieces),
      startGap: from.at.distance,
      endGap: to.at.distance,
    };
  }

  return {
    route(from, to, options = {}) {
      const reach = options.reach ?? defaultReach;
      const heading = from.heading === undefined ? undefined : (from.heading * Math.PI) / 180;
      const goal = findEnd(graph, to, reach, edgeFlag.isReached, undefined);
      const start = findEnd(graph, from, reach, edgeFlag.leadsOut, heading);
      if (start === undefined) return { kind: "not-on-a-road", end: "from" };
      if (goal === undefined) return { kind: "not-on-a-road", end: "to" };
      const path = search.find(start.ends, goal.ends);
      return path === undefined ? { kind: "no-route" } : describe(path.states, start, goal, to);
    },
  };
}
