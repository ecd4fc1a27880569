import Type from "typebox";
import type { SignalValue } from "@caravan/signals";
import type { Static } from "typebox";

import { AvoidClass, placeCategories } from "./navigation.ts";
import type {
  Alert,
  Announcement,
  PositionQuality,
  RouteOffer,
  RouteProgress,
  RouteSummary,
  TrafficPicture,
} from "./navigation.ts";
import type { StreamSignal, StreamTexts } from "./signal-stream.ts";

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
  /** Kinds of road the routes keep away from where there is another way. */
  avoid: Type.Array(AvoidClass, { maxItems: 3, uniqueItems: true }),
  /** Are announcements spoken? */
  voice: Type.Boolean(),
  /** Which way is up on the map. */
  mapUp: Type.Union([Type.Literal("heading"), Type.Literal("north")]),
  /** Traffic colours on all roads, not only on the route. */
  showTraffic: Type.Boolean(),
  /** Is the driver told when faster than the limit? */
  overspeedHint: Type.Boolean(),
  /** Are speed cameras announced? Off unless the person turns it on; refused where it is forbidden. */
  cameraAlerts: Type.Boolean(),
  /** Percent of the battery that a planned charging stop leaves untouched. */
  reserve: Type.Number({ minimum: 5, maximum: 30 }),
});
export type Settings = Static<typeof Settings>;

export interface Person {
  readonly id: string;
  /** Empty until the person gives one; the screen then shows its own word for "driver". */
  readonly name: string;
}

/** Parked, idling (ready to drive, standing) or moving. Unknown counts as moving. */
export type DrivingState = "parked" | "idling" | "moving";

export type Journey =
  | { readonly kind: "idle" }
  /** `route` is the chosen one; `alternatives` are the other ways on offer, best first, at most two. */
  | { readonly kind: "planned"; readonly route: RouteSummary; readonly alternatives: readonly RouteSummary[] }
  /** `standsAt`: index of the stop where the car stands on purpose, charging or not; it drives on by itself or when asked to `drive`. */
  | { readonly kind: "driving"; readonly route: RouteSummary; readonly standsAt?: number }
  | { readonly kind: "stopping"; readonly route: RouteSummary }
  /** `side`: of the road, where the destination lies beside it. */
  | { readonly kind: "arrived"; readonly to: Place; readonly side?: "left" | "right" }
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
      /** What the slots of frames stand for, as long as the line holds. */
      readonly signals: readonly StreamSignal[];
      readonly values: Readonly<Record<string, SignalValue>>;
      readonly pose?: Pose;
      readonly road?: RoadHere;
      readonly driving: DrivingState;
      readonly journey: Journey;
      readonly progress?: RouteProgress;
      readonly offer?: RouteOffer;
      readonly traffic?: TrafficPicture;
      readonly alerts: readonly Alert[];
      readonly position: PositionQuality;
      readonly person: Person;
      readonly persons: readonly Person[];
      readonly settings: Settings;
      readonly places: readonly SavedPlace[];
      readonly recent: readonly Place[];
      /** True while the cloud link is up. */
      readonly online: boolean;
    }
  /** Changed values come as binary frames (`signal-frame.ts`); these are the texts and lists among them. */
  | StreamTexts
  | { readonly type: "pose"; readonly pose: Pose }
  | { readonly type: "road"; readonly road: RoadHere }
  | { readonly type: "driving"; readonly driving: DrivingState }
  | { readonly type: "journey"; readonly journey: Journey }
  | { readonly type: "progress"; readonly progress: RouteProgress }
  | { readonly type: "announce"; readonly announcement: Announcement }
  /** undefined: the offer is gone. */
  | { readonly type: "offer"; readonly offer?: RouteOffer }
  | { readonly type: "traffic"; readonly traffic: TrafficPicture }
  | { readonly type: "alerts"; readonly alerts: readonly Alert[] }
  | { readonly type: "position"; readonly position: PositionQuality }
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
  // FoundPlace[], best first, at most 20 parked and 6 moving; by category or text, `onRoute` ranks by detour time on the active route.
  request("search", {
    text: Type.String({ maxLength: 80 }),
    category: Type.Optional(Type.Enum([...placeCategories])),
    onRoute: Type.Optional(Type.Boolean()),
  }),
  request("name", { lat: Latitude, lon: Longitude }), // Place: the street nearest to a tapped point
  request("plan", { to: Place, stops: Type.Optional(Type.Array(Place, { maxItems: 8 })) }), // Journey with up to three ways
  request("choose", { route: Text(40) }), // Journey: one of the alternatives becomes the route
  request("stop.add", { place: Place, before: Type.Optional(Type.Integer({ minimum: 0, maximum: 8 })) }), // Journey, while planned or driving
  request("stop.remove", { stop: Type.Integer({ minimum: 0, maximum: 8 }) }), // Journey
  request("resume", {}), // Journey: takes back the last "end", within 30 seconds
  request("offer.take", {}), // Journey
  request("offer.dismiss", {}), // {}
  request("share", {}), // { text }: where the car goes and when it is there, in the person's words, for a message
  request("say.again", {}), // {}: repeats the last announcement with the present distance
  // Only in simulation: a wrong turn at the next junction, a queue or a closure on the route ahead, no satellites, a battery at `percent`.
  request("simulate", {
    what: Type.Union([
      Type.Literal("wrong-turn"),
      Type.Literal("jam"),
      Type.Literal("closure"),
      Type.Literal("satellites"),
      Type.Literal("charge"),
    ]),
    on: Type.Optional(Type.Boolean()),
    percent: Type.Optional(Type.Number({ minimum: 1, maximum: 100 })),
  }), // {}
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
