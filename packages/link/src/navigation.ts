import Type from "typebox";
import type { Static } from "typebox";

/** What car and cockpit say to each other about routes, guidance and traffic. SI units; degrees for WGS-84 and headings. */

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

/** One lane before a manoeuvre, from the left edge of the road. */
export interface Lane {
  /** What is painted on it, in OSRM's words; "none" where nothing is. */
  readonly indications: readonly (TurnModifier | "none")[];
  /** May be used for the manoeuvre. */
  readonly valid: boolean;
  /** The one of its arrows that the route takes. */
  readonly active?: TurnModifier;
}

/** Something the driver is told to do; the kinds are the types of OSRM's step manoeuvres. */
export interface Manoeuvre {
  readonly kind:
    | "depart"
    | "turn"
    | "new name"
    | "continue"
    | "merge"
    | "on ramp"
    | "off ramp"
    | "fork"
    | "end of road"
    | "roundabout"
    | "rotary"
    | "roundabout turn"
    | "exit roundabout"
    | "exit rotary"
    | "notification"
    | "arrive";
  readonly modifier: TurnModifier;
  /** Metres from the start of the route. */
  readonly along: number;
  readonly lat: number;
  readonly lon: number;
  /** Street entered here; empty where the map has no name. */
  readonly street: string;
  readonly ref: string;
  /** What the sign says, places before numbers. */
  readonly destination: string;
  /** Number of a motorway exit, as on the sign. */
  readonly junction?: string;
  /** Which exit of the roundabout, counted from 1. */
  readonly exit?: number;
  readonly lanes?: readonly Lane[];
  /** On which side of the road one drives there; the right where it is not said. */
  readonly drivingSide?: "left" | "right";
  /** The whole instruction in the person's language, as it is shown. */
  readonly text: string;
}

export const AvoidClass = Type.Union([Type.Literal("toll"), Type.Literal("motorway"), Type.Literal("ferry")]);
export type AvoidClass = Static<typeof AvoidClass>;

/** How the traffic runs on a stretch. `unknown` where nobody has measured lately and nothing typical is known. */
export type TrafficLevel = "unknown" | "free" | "slow" | "queue" | "closed";

export interface TrafficStretch {
  /** Metres from the start of the route. */
  readonly from: number;
  readonly to: number;
  readonly level: TrafficLevel;
}

/** A place the route passes on purpose, the destination last. */
export interface RouteStop {
  readonly lat: number;
  readonly lon: number;
  readonly name: string;
  readonly detail?: string;
  readonly kind: "stop" | "charge" | "destination";
  /** Metres from the start of the route. */
  readonly along: number;
  /** Seconds from the start until the car is there. */
  readonly after: number;
  /** Percent of the battery on arrival there. */
  readonly arrivalCharge: number;
  /** With `charge`: how long, up to which percent, at which power (W, the most the car takes here), and for how much where it is known. */
  readonly charge?: {
    readonly seconds: number;
    readonly until: number;
    readonly power: number;
    readonly price?: { readonly minor: number; readonly currency: string };
    readonly simulated: boolean;
  };
}

export interface RouteNotice {
  readonly kind:
    | "toll"
    | "motorway"
    | "ferry"
    | "unpaved"
    | "restricted"
    | "avoided-anyway"
    | "over-map-edge"
    | "low-charge"
    | "closure";
}

/** One way to the destination, as the screens show it. */
export interface RouteSummary {
  /** Stable for as long as this way is on offer or driven. */
  readonly id: string;
  readonly to: { readonly lat: number; readonly lon: number; readonly name: string; readonly detail?: string };
  readonly stops: readonly RouteStop[];
  /** Streets that tell it from the others: "Södra vägen, E6". Empty where the map has no names. */
  readonly via: string;
  /** Metres. */
  readonly distance: number;
  /** Seconds, with traffic as it is now and with charging. */
  readonly duration: number;
  /** Seconds of it that are owed to traffic; on a route that is driven, to the traffic ahead of the car. */
  readonly delay: number;
  /** kWh, from the car's own model. */
  readonly energy: number;
  /** Percent of the battery left at the destination. */
  readonly arrivalCharge: number;
  /** lon, lat, lon, lat, ... */
  readonly geometry: readonly number[];
  readonly manoeuvres: readonly Manoeuvre[];
  readonly traffic: readonly TrafficStretch[];
  readonly notices: readonly RouteNotice[];
  /** Why the charging stops are what they are, or why the destination cannot be reached; in the person's language. */
  readonly charging?: string;
}

export interface RouteProgress {
  /** Id of the route it is about; on any other it means nothing. */
  readonly route: string;
  /** Metres driven along the route. */
  readonly along: number;
  /** Metres left. */
  readonly remaining: number;
  /** Seconds left. */
  readonly remainingTime: number;
  /** Index of the next manoeuvre in `route.manoeuvres`. */
  readonly next: number;
  /** Metres to it. */
  readonly toNext: number;
  /** Index of the next stop in `route.stops`. */
  readonly nextStop: number;
}

/** Something the car says; the screen speaks it in the person's voice settings and may show it. */
export interface Announcement {
  /** Rises by one with each; a screen never says one twice. */
  readonly id: number;
  readonly text: string;
  readonly language: "en" | "zh-CN";
  readonly kind: "manoeuvre" | "reroute" | "overspeed" | "camera" | "arrive" | "traffic" | "charge" | "position";
}

/** A better way the car found while driving; gone when taken, dismissed or no longer true. */
export interface RouteOffer {
  readonly route: RouteSummary;
  /** Seconds. */
  readonly saves: number;
  readonly why: "traffic" | "closure";
}

/** Roads around with measured speeds, for colours on the map; at most 2,000 stretches, the newest picture replaces the last. */
export interface TrafficPicture {
  /** UTC ms of the newest measurement in it. */
  readonly at: number;
  /** On which side of the road one drives here; the right where it is not said. */
  readonly drivingSide?: "left" | "right";
  readonly stretches: readonly {
    readonly level: Exclude<TrafficLevel, "unknown" | "free">;
    /** lon, lat, ... */
    readonly line: readonly number[];
  }[];
  readonly incidents: readonly {
    readonly id: string;
    readonly kind: "accident" | "works" | "closure" | "hazard";
    readonly lat: number;
    readonly lon: number;
  }[];
}

/** What lies ahead whether or not there is a route: cameras only where the law allows and the person wants them. */
export interface Alert {
  readonly kind: "camera" | "rail-crossing" | "works" | "closure" | "accident" | "hazard" | "limit-drop";
  /** Metres along the road. */
  readonly distance: number;
  /** km/h, with `limit-drop`. */
  readonly limit?: number;
}

/** How sure the car is of where it is. `dead-reckoned`: no satellites, as in a tunnel; wheel speed and heading carry on. */
export type PositionQuality = "satellites" | "dead-reckoned" | "lost";

export const placeCategories = [
  "charging",
  "parking",
  "coffee",
  "food",
  "groceries",
  "fuel",
  "hotel",
  "pharmacy",
  "hospital",
  "toilets",
  "cash",
  "sights",
] as const;
export type PlaceCategory = (typeof placeCategories)[number];

/** One answer of a search. */
export interface FoundPlace {
  readonly lat: number;
  readonly lon: number;
  readonly name: string;
  readonly detail?: string;
  /** What it is: "street", "crossing", "address", "point", a category, or the map's own word. */
  readonly kind: string;
  readonly category?: PlaceCategory;
  /** Metres from the car, as the crow flies. */
  readonly distance?: number;
  /** Seconds the route gets longer by going there; only while a route is active. */
  readonly detour?: number;
  readonly simulated?: boolean;
}
