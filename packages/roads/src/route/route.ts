import type { RoadClass } from "../rules/road-class.ts";
import type { Lane, Manoeuvre } from "./manoeuvre.ts";
import type { StopOnRoad } from "./stops.ts";

/**
 * A stretch of one edge, between `from` and `to` metres of the route; stretches follow each other without a gap.
 * It covers geometry points `first` to `last` (both inclusive; the next one begins with this one's last).
 */
export interface RouteStretch {
  readonly edge: number;
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  /** Seconds it takes with the traffic of now, and seconds without any; the turn at its beginning apart. */
  readonly seconds: number;
  readonly freeSeconds: number;
  /** Seconds of the turn at its beginning. */
  readonly turnSeconds: number;
  /** What the router counts for it and for the turn, in seconds. */
  readonly weightSeconds: number;
  readonly turnWeight: number;
}

/** A stretch of a route with what the road is there. */
export interface RoutePiece extends RouteStretch {
  /** Posted limit in m/s; undefined where the map has none. */
  readonly limit: number | undefined;
  /** m/s one may drive: the limit, else the general rule for such a road in a built-up area. Never undefined. */
  readonly speed: number;
  readonly class: RoadClass;
  /** Lanes in the direction of travel, at least 1. */
  readonly lanes: number;
  /** Metres, the whole carriageway with both directions. */
  readonly width: number;
  readonly oneWay: boolean;
  readonly roundabout: boolean;
  readonly bridge: boolean;
  readonly tunnel: boolean;
  readonly toll: boolean;
  readonly motorway: boolean;
  readonly ferry: boolean;
  readonly unpaved: boolean;
  /** Only for those who have business there. */
  readonly restricted: boolean;
  readonly street: string;
  readonly ref: string;
}

/** A place on the route where a driver slows or stops. */
export interface RouteEvent {
  readonly kind: "signals" | "crossing" | "stop" | "give-way" | "calming" | "rail-crossing" | "turn";
  /** Metres from the start of the route. */
  readonly along: number;
  /** Radians, left positive; 0 unless `kind` is "turn". */
  readonly angle: number;
}

/** A junction the route passes, or a place amid a road where a leg begins or ends, with all roads that lead away from it, clockwise from north. */
export interface RouteIntersection {
  /** Metres from the start of the route, and the point of the geometry. */
  readonly along: number;
  readonly point: number;
  /** Degrees clockwise from north at which the roads leave the junction, rising. */
  readonly bearings: readonly number[];
  /** Whether each may be entered from where the route comes. */
  readonly entry: readonly boolean[];
  /** Index of the road the route comes from (not at a start) and of the one it takes (not at an end). */
  readonly in?: number;
  readonly out?: number;
  /** OSRM's names of what the road ahead is. */
  readonly classes: readonly RoadFact[];
  /** The piece of the route that begins here. */
  readonly piece: number;
  readonly lanes?: readonly Lane[];
}

/** OSRM's classes of a road. */
export type RoadFact = "toll" | "motorway" | "ferry" | "restricted" | "tunnel";

/** The part of a route between two of its stops. */
export interface RouteLeg {
  /** Metres from the start of the route. */
  readonly from: number;
  readonly to: number;
  /** Indices of its "depart" and its "arrive". */
  readonly firstManoeuvre: number;
  readonly lastManoeuvre: number;
  readonly firstPiece: number;
  readonly lastPiece: number;
  readonly firstIntersection: number;
  /** OpenStreetMap's ids of the nodes before its beginning and beyond its end, 0 where the map has none. */
  readonly firstNode: number;
  readonly lastNode: number;
  /** Seconds with the traffic of now, turns included, and what the router counted for it. */
  readonly duration: number;
  readonly weight: number;
}

export interface Route {
  readonly kind: "route";
  /** Metres. */
  readonly distance: number;
  /** Seconds a normal drive takes with the traffic of now, turns included. */
  readonly duration: number;
  /** Seconds it takes when the roads are free. */
  readonly freeDuration: number;
  /** What the router counted, in seconds: the less the better the route. */
  readonly weight: number;
  /** lon, lat, lon, lat, ... */
  readonly geometry: Float64Array;
  /** Metres from the start at each point of the geometry. */
  readonly along: Float64Array;
  /** Seconds from the start at each point of the geometry, before the turn that is made there. */
  readonly time: Float64Array;
  /** OpenStreetMap's id of each point, 0 where a stop lies amid a road. */
  readonly nodes: Float64Array;
  /** Posted limit in m/s on the segment that begins at each point, NaN where the map has none; one shorter than the points. */
  readonly limits: Float32Array;
  /** m/s one may drive on it: the limit, else the general rule. */
  readonly speeds: Float32Array;
  /** Directed edges driven, in order, the partial first and last included. */
  readonly edges: Int32Array;
  readonly pieces: readonly RoutePiece[];
  readonly manoeuvres: readonly Manoeuvre[];
  readonly intersections: readonly RouteIntersection[];
  /** One for each stop but the first. */
  readonly legs: readonly RouteLeg[];
  readonly events: readonly RouteEvent[];
  /** Streets in the order they are driven, with the metres where each begins and ends. */
  readonly streets: readonly {
    readonly name: string;
    readonly ref: string;
    readonly from: number;
    readonly to: number;
  }[];
  /** Metres from the asked-for points to where the route really begins and ends. */
  readonly startGap: number;
  readonly endGap: number;
}

/** What the API of OSRM tells of a route: everything but what the road is like on each stretch. */
export interface DrawnRoute extends Omit<Route, "kind" | "pieces" | "edges" | "streets"> {
  readonly pieces: readonly RouteStretch[];
}

/** `not-on-a-road` names the end that lies too far from any road. */
export type RouteOutcome =
  | Route
  | { readonly kind: "no-route" }
  | { readonly kind: "not-on-a-road"; readonly end: "from" | "to" };

/** Best first, with the places on the roads that all of them go through; `not-on-a-road` tells which stop lies too far from any road. */
export type RoutesOutcome<Found = Route> =
  | { readonly kind: "routes"; readonly routes: readonly Found[]; readonly stops: readonly StopOnRoad[] }
  | { readonly kind: "no-route" }
  | { readonly kind: "not-on-a-road"; readonly stop: number };
