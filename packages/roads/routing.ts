/** Ways through the city: the engine, routes with their manoeuvres, and OSRM's answers. */

export type { Lane, Manoeuvre, ManoeuvreKind, TravelMode, TurnModifier } from "./src/route/manoeuvre.ts";
export type {
  Route,
  RouteEvent,
  RouteIntersection,
  RouteLeg,
  RouteOutcome,
  RoutePiece,
  RoutesOutcome,
} from "./src/route/route.ts";
export { createRouter } from "./src/route/router.ts";
export type { Router, RoutesQuestion } from "./src/route/router.ts";
export type { Stop } from "./src/route/stops.ts";
export { createEngine } from "./src/engine/engine.ts";
export type { Engine } from "./src/engine/engine.ts";
export type { AvoidClass, EdgeEnd, MetricChoice } from "./src/engine/choice.ts";
export type { FoundPath } from "./src/engine/path-search.ts";
export { noWay } from "./src/engine/costs.ts";
export { createOsrm } from "./src/osrm/osrm.ts";
export type { Osrm, OsrmLimits, OsrmParts } from "./src/osrm/osrm.ts";
export type { OsrmAnswer } from "./src/osrm/problem.ts";
