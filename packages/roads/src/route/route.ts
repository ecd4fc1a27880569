import type { RoadClass } from "../rules/road-class.ts";

/** `modifier` as in OSRM: the shape of the turn. */
export type TurnModifier =
  | "straight"
  | "slight right"
  | "right"
  | "sharp right"
  | "uturn"
  | "sharp left"
  | "left"
  | "slight left";

/** Something the driver is told to do; the kinds are those of OSRM's steps. */
export interface Manoeuvre {
  readonly kind: "depart" | "continue" | "turn" | "merge" | "fork" | "on ramp" | "off ramp" | "roundabout" | "arrive";
  readonly modifier: TurnModifier;
  /** Metres from the start of the route. */
  readonly along: number;
  readonly lat: number;
  readonly lon: number;
  /** Street entered here; empty where the map has no name. */
  readonly street: string;
  readonly ref: string;
  readonly destination: string;
  /** Which exit of the roundabout, counted from 1. */
  readonly exit?: number;
}

/**
 * What the road is between `from` and `to` metres of the route; pieces follow each other without a gap.
 * The piece covers geometry points `first` to `last` (both inclusive; the next piece begins with this one's last).
 */
export interface RoutePiece {
  readonly edge: number;
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
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

export interface Route {
  readonly kind: "route";
  /** Metres. */
  readonly distance: number;
  /** Seconds a normal drive takes, turns included. */
  readonly duration: number;
  /** lon, lat, lon, lat, ... */
  readonly geometry: Float64Array;
  /** Metres from the start at each point of the geometry. */
  readonly along: Float64Array;
  /** Seconds from the start at each point of the geometry. */
  readonly time: Float64Array;
  /** Posted limit in m/s on the segment that begins at each point, NaN where the map has none; one shorter than the points. */
  readonly limits: Float32Array;
  /** m/s one may drive on it: the limit, else the general rule. */
  readonly speeds: Float32Array;
  /** Directed edges driven, in order, the partial first and last included. */
  readonly edges: Int32Array;
  readonly pieces: readonly RoutePiece[];
  readonly manoeuvres: readonly Manoeuvre[];
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

/** `not-on-a-road` names the end that lies too far from any road. */
export type RouteOutcome =
  | Route
  | { readonly kind: "no-route" }
  | { readonly kind: "not-on-a-road"; readonly end: "from" | "to" };
