import Type from "typebox";
import type { SignalValue } from "@caravan/signals";
import type { Static } from "typebox";

/**
 * What the car computer and its own screen say to each other over the WebSocket at `/cockpit`.
 * Signals travel in VSS units under their VSS paths; everything else is SI (metres, seconds, m/s, degrees for WGS-84 and headings).
 */
export const cockpitProtocol = "caravan.cockpit.v1";

export type { SignalValue };

const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
const Latitude = Type.Number({ minimum: -90, maximum: 90 });
const Longitude = Type.Number({ minimum: -180, maximum: 180 });

/** A point on the map that a person can mean; `name` is what the screen shows. */
export const Place = Type.Object({
  lat: Latitude,
  lon: Longitude,
  name: Text(120),
  detail: Type.Optional(Type.String({ maxLength: 120 })),
});
export type Place = Static<typeof Place>;

export const SavedPlace = Type.Intersect([
  Place,
  Type.Object({
    id: Text(40),
    kind: Type.Union([Type.Literal("home"), Type.Literal("work"), Type.Literal("favourite")]),
  }),
]);
export type SavedPlace = Static<typeof SavedPlace>;

/** What one person likes; kept by the car for each person. `brightness` and `volume` are 0..1. */
export const Settings = Type.Object({
  language: Type.Union([Type.Literal("en"), Type.Literal("zh-CN")]),
  units: Type.Union([Type.Literal("metric"), Type.Literal("imperial")]),
  look: Type.Union([Type.Literal("headlights"), Type.Literal("sun"), Type.Literal("day"), Type.Literal("night")]),
  brightness: Type.Number({ minimum: 0.2, maximum: 1 }),
  volume: Type.Number({ minimum: 0, maximum: 1 }),
  driverSide: Type.Union([Type.Literal("left"), Type.Literal("right")]),
  tourDone: Type.Boolean(),
});
export type Settings = Static<typeof Settings>;

export interface Person {
  readonly id: string;
  /** Empty until the person gives one; the screen then shows its own word for "driver". */
  readonly name: string;
}

/** Parked, idling (ready to drive, standing) or moving. Unknown counts as moving. */
export type DrivingState = "parked" | "idling" | "moving";

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

export interface RouteSummary {
  readonly to: Place;
  /** Metres. */
  readonly distance: number;
  /** Seconds. */
  readonly duration: number;
  /** kWh, from the car's own model. */
  readonly energy: number;
  /** Percent of the battery left on arrival. */
  readonly arrivalCharge: number;
  /** lon, lat, lon, lat, ... */
  readonly geometry: readonly number[];
  readonly manoeuvres: readonly Manoeuvre[];
}

export interface RouteProgress {
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
}

export type Journey =
  | { readonly kind: "idle" }
  | { readonly kind: "planned"; readonly route: RouteSummary }
  | { readonly kind: "driving"; readonly route: RouteSummary }
  | { readonly kind: "stopping"; readonly route: RouteSummary }
  | { readonly kind: "arrived"; readonly to: Place }
  | { readonly kind: "manual" }
  /** A recording plays in place of a car. Once it has `ended`, the car stands with the last values it had. */
  | { readonly kind: "replay"; readonly file: string; readonly ended?: true };

/** Where the car is, for the map; sent at most 20 times a second. Heading in degrees clockwise from north. */
export interface Pose {
  readonly lat: number;
  readonly lon: number;
  readonly heading: number;
  /** m/s, negative in reverse. */
  readonly speed: number;
}

/** The road under the car; empty street where the map has no name, no limit where it has none. */
export interface RoadHere {
  readonly street: string;
  readonly ref: string;
  /** km/h, as on the sign. */
  readonly limit?: number;
}

/** What the rear camera of the simulated car sees, in the car's own frame: x forward, y left, metres, origin on the ground below the rear axle. */
export interface RearScene {
  readonly surfaces: readonly { readonly kind: "road" | "kerb" | "marking"; readonly points: readonly number[] }[];
  readonly boxes: readonly {
    readonly kind: "car" | "wall";
    readonly x: number;
    readonly y: number;
    readonly heading: number;
    readonly length: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** Radians at the front wheels, left positive. */
  readonly steering: number;
  /** Metres from rear bumper to the nearest thing in the way, if any within range. */
  readonly clearance?: number;
  readonly wheelbase: number;
  readonly width: number;
}

export interface Trip {
  readonly id: string;
  /** UTC, milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly from: string;
  readonly to: string;
  /** Metres. */
  readonly distance: number;
  /** kWh taken from the battery; recuperated energy is already subtracted. */
  readonly energy: number;
}

export type CockpitMessage =
  | {
      readonly type: "hello";
      readonly version: string;
      readonly car: {
        readonly name: string;
        readonly model: string;
        readonly simulated: boolean;
        readonly vehicle: string;
      };
      readonly values: Readonly<Record<string, SignalValue>>;
      readonly pose?: Pose;
      readonly road?: RoadHere;
      readonly driving: DrivingState;
      readonly journey: Journey;
      readonly progress?: RouteProgress;
      readonly person: Person;
      readonly persons: readonly Person[];
      readonly settings: Settings;
      readonly places: readonly SavedPlace[];
      readonly recent: readonly Place[];
      /** True while the cloud link is up. */
      readonly online: boolean;
    }
  | { readonly type: "signals"; readonly values: Readonly<Record<string, SignalValue>> }
  /** Signals that have no value any more, such as a sensor that went away. */
  | { readonly type: "gone"; readonly paths: readonly string[] }
  | { readonly type: "pose"; readonly pose: Pose }
  | { readonly type: "road"; readonly road: RoadHere }
  | { readonly type: "driving"; readonly driving: DrivingState }
  | { readonly type: "journey"; readonly journey: Journey }
  | { readonly type: "progress"; readonly progress: RouteProgress }
  | { readonly type: "rear"; readonly scene: RearScene }
  | {
      readonly type: "persons";
      readonly person: Person;
      readonly persons: readonly Person[];
      readonly settings: Settings;
    }
  | { readonly type: "places"; readonly places: readonly SavedPlace[]; readonly recent: readonly Place[] }
  | { readonly type: "online"; readonly online: boolean }
  | { readonly type: "answer"; readonly id: number; readonly result: unknown }
  | { readonly type: "failed"; readonly id: number; readonly error: CockpitError };

export interface CockpitError {
  /** Stable word the screen has a sentence for. */
  readonly code:
    | "bad-request"
    | "moving"
    | "refused"
    | "no-route"
    | "not-on-a-road"
    | "no-position"
    | "not-simulated"
    | "not-found"
    | "limit-reached"
    | "fault";
  /** For logs; with `refused` it is the gate's word for the reason, as in `ActuateOutcome`. */
  readonly message: string;
}

/** What became of an actuation; `value` is the one the car then had. */
export type ActuateOutcome =
  | { readonly kind: "done"; readonly value: SignalValue }
  | { readonly kind: "refused"; readonly why: string };

const request = <Name extends string, Properties extends Parameters<typeof Type.Object>[0]>(
  name: Name,
  properties: Properties,
) =>
  Type.Object(
    { id: Type.Integer({ minimum: 0 }), do: Type.Literal(name), ...properties },
    { additionalProperties: false },
  );

/** Everything a screen may ask; one answer or failure comes back with the same `id`. The result's shape stands behind each line. */
export const CockpitRequest = Type.Union([
  request("actuate", {
    path: Text(200),
    value: Type.Union([Type.Number(), Type.Boolean(), Type.String({ maxLength: 200 })]),
  }), // ActuateOutcome
  request("search", { text: Text(80) }), // Place[], best first, at most 6
  request("name", { lat: Latitude, lon: Longitude }), // Place: the street nearest to a tapped point
  request("plan", { to: Place }), // Journey
  request("drive", {}), // Journey
  request("end", {}), // Journey: ends the route; a moving car stops first
  request("pedals", {
    // Held by a hand on the screen, repeated at least five times a second; silence means brake. Simulated car only.
    accelerator: Type.Number({ minimum: 0, maximum: 1 }),
    steering: Type.Number({ minimum: -1, maximum: 1 }),
  }), // {}
  request("settings", { change: Type.Partial(Settings) }), // Settings
  request("person.add", { name: Text(40) }), // Person
  request("person.select", { person: Text(40) }), // Person
  request("person.rename", { person: Text(40), name: Text(40) }), // Person
  request("person.remove", { person: Text(40) }), // {}
  request("place.save", {
    kind: Type.Union([Type.Literal("home"), Type.Literal("work"), Type.Literal("favourite")]),
    place: Place,
  }), // SavedPlace
  request("place.remove", { place: Text(40) }), // {}
  request("recent.clear", {}), // {}
  request("trips", {}), // Trip[], newest first, at most 50
  request("trip.remove", { trip: Text(40) }), // {}
]);
export type CockpitRequest = Static<typeof CockpitRequest>;
