import { wayFlag } from "../city.ts";
import type { City, Graph, LatLon } from "../city.ts";
import { lanesOfEdge, wayOfEdge } from "../graph/edge-facts.ts";
import { classAt } from "../rules/road-class.ts";
import type { ChainedPath } from "./chain.ts";
import { sampleRoute } from "./junctions.ts";
import type { Surroundings } from "./junctions.ts";
import { manoeuvresOf } from "./manoeuvres.ts";
import type { DrawnRoute, Route, RouteLeg, RoutePiece, RouteStretch } from "./route.ts";
import type { StopOnRoad } from "./stops.ts";
import { traceRoute } from "./trace.ts";
import type { LegPath, PathPart } from "./trace.ts";

/** Metres; less of an edge than this is not worth a piece. */
const shortestPiece = 0.1;

function pieceOf(graph: Graph, route: DrawnRoute, stretch: RouteStretch): RoutePiece {
  const { edge, first, last, from, to } = stretch;
  const limit = route.limits[Math.min(first, route.limits.length - 1)];
  const way = wayOfEdge(graph, edge);
  const flags = graph.wayFlags[way];
  return {
    edge,
    first,
    last,
    from,
    to,
    limit: Number.isNaN(limit) ? undefined : limit,
    speed: route.speeds[Math.min(first, route.speeds.length - 1)],
    seconds: stretch.seconds,
    freeSeconds: stretch.freeSeconds,
    turnSeconds: stretch.turnSeconds,
    weightSeconds: stretch.weightSeconds,
    turnWeight: stretch.turnWeight,
    class: classAt(graph.wayClass[way]),
    lanes: lanesOfEdge(graph, edge),
    width: graph.wayWidth[way],
    oneWay: (flags & wayFlag.oneWay) !== 0,
    roundabout: (flags & wayFlag.roundabout) !== 0,
    bridge: (flags & wayFlag.bridge) !== 0,
    tunnel: (flags & wayFlag.tunnel) !== 0,
    toll: (flags & wayFlag.toll) !== 0,
    motorway: (flags & wayFlag.motorway) !== 0,
    ferry: (flags & wayFlag.ferry) !== 0,
    unpaved: (flags & wayFlag.unpaved) !== 0,
    restricted: (flags & wayFlag.restricted) !== 0,
    street: graph.names[graph.wayName[way]],
    ref: graph.names[graph.wayRef[way]],
  };
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

/** A path without the edges at its ends of which nothing is driven because the stop lies on a junction. */
export function trimmed(graph: Graph, { path, start, goal }: ChainedPath): PathPart {
  const lengthOf = (state: number) => graph.roadLength[graph.edgeRoad[graph.stateEdge[state]]];
  let { states } = path;
  let from = start.share * lengthOf(states[0]);
  let to = goal.share * lengthOf(states[states.length - 1]);
  let before: number | undefined;
  let beyond: number | undefined;
  if (states.length > 1 && lengthOf(states[0]) - from < shortestPiece) {
    before = states[0];
    states = states.slice(1);
    from = 0;
  }
  if (states.length > 1 && to < shortestPiece) {
    beyond = states[states.length - 1];
    states = states.slice(0, -1);
    to = lengthOf(states[states.length - 1]);
  }
  return { states, start: from, end: to, before, beyond };
}

/** A way through some stops as it is drawn and told. */
export function drawRoute(
  city: City,
  surroundings: Surroundings,
  { edgeMs, told }: { readonly edgeMs: Uint32Array; readonly told: boolean },
  paths: readonly LegPath[],
  stops: readonly { readonly asked: LatLon; readonly found: StopOnRoad }[],
): DrawnRoute {
  const { graph } = city;
  const trace = traceRoute(graph, edgeMs, paths);
  const { manoeuvres, intersections, ranges, steps } = manoeuvresOf(city, surroundings, trace, stops, told);
  const legs: readonly RouteLeg[] = trace.legs.map((leg, i) => {
    let duration = 0;
    let weight = 0;
    for (let at = leg.firstEdge; at <= leg.lastEdge; at++) {
      const { seconds, turnSeconds, weightSeconds, turnWeight } = trace.edges[at];
      duration += seconds + turnSeconds;
      weight += weightSeconds + turnWeight;
    }
    return {
      from: trace.edges[leg.firstEdge].from,
      to: trace.edges[leg.lastEdge].to,
      ...ranges[i],
      firstPiece: leg.firstEdge,
      lastPiece: leg.lastEdge,
      firstNode: leg.firstNode,
      lastNode: leg.lastNode,
      duration,
      weight,
    };
  });
  let turns = 0;
  let free = 0;
  for (const { freeSeconds, turnSeconds } of trace.edges) {
    turns += turnSeconds;
    free += freeSeconds;
  }
  const route: DrawnRoute = {
    distance: trace.along[trace.along.length - 1],
    duration: trace.time[trace.time.length - 1],
    freeDuration: free + turns,
    weight: legs.reduce((sum, leg) => sum + leg.weight, 0),
    geometry: trace.geometry,
    along: trace.along,
    time: trace.time,
    nodes: trace.nodes,
    limits: trace.limits,
    speeds: trace.speeds,
    pieces: trace.edges,
    manoeuvres,
    intersections,
    legs,
    events: trace.events,
    startGap: stops[0].found.at.distance,
    endGap: stops[stops.length - 1].found.at.distance,
  };
  sampleRoute(surroundings, { route, paths, trace, steps });
  return route;
}

/** Everything about a way that is drawn. */
export function describeRoute({ graph }: City, route: DrawnRoute): Route {
  const pieces = route.pieces.map((stretch) => pieceOf(graph, route, stretch));
  return {
    ...route,
    kind: "route",
    edges: Int32Array.from(pieces, ({ edge }) => edge),
    pieces,
    streets: streetsOf(pieces),
  };
}
