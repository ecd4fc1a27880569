import type { AvoidClass, PlaceCategory, TrafficLevel, TrafficPicture, TrafficStretch } from "@caravan/link";
import type { ChargingCar, ChargingPlan, ChargingStop, EnergyModel } from "@caravan/roads/charging";
import type { HeardTraffic } from "@caravan/roads/traffic";
import type { LatLon, NamedPlace } from "@caravan/roads";
import type { RoadIncident } from "@caravan/roads/guidance";
import type { Route } from "@caravan/roads/routing";
import type { SearchHit } from "@caravan/roads/places";
import type { CarPose, PlannedPath } from "@caravan/world";

import type { Drivable } from "../route-section.ts";
import type { Urgency } from "./question-queue.ts";

/** Ways through some stops, the first of which is where the car is. */
export interface WaysQuestion {
  readonly kind: "ways";
  readonly stops: readonly (LatLon & { readonly heading?: number })[];
  readonly avoid: readonly AvoidClass[];
  /** How many ways at most, the best included. */
  readonly most: number;
  /** With it charging stops are put in where the battery does not last. */
  readonly charging?: ChargingNeed;
}

/** What planning has to know of the car's battery. */
export interface ChargingNeed {
  readonly car: ChargingCar;
  readonly model: EnergyModel;
  /** Times what the model says that this car takes. */
  readonly factor: number;
  /** In the battery now, and to be kept in it, 0..1. */
  readonly charge: number;
  readonly reserve: number;
  /** °C of the battery. */
  readonly temperature?: number;
}

/** A route with what the traffic does to it now. */
export interface FoundWay {
  readonly route: Route;
  readonly traffic: readonly TrafficStretch[];
  /** The charging stops by the leg that ends at them, counted from 0. */
  readonly charges?: ReadonlyMap<number, ChargingStop> | undefined;
  /** What was found out about charging, where it was asked for. */
  readonly charging?: ChargingPlan | undefined;
}

export type WaysOutcome =
  | { readonly kind: "ways"; readonly ways: readonly FoundWay[] }
  | { readonly kind: "no-route" }
  /** Index of the stop that lies too far from any road. */
  | { readonly kind: "not-on-a-road"; readonly stop: number };

export interface SearchQuestion {
  readonly kind: "search";
  readonly text: string;
  readonly category: PlaceCategory | undefined;
  readonly near: LatLon | undefined;
  readonly limit: number;
  /** Answers are ranked by what a call there adds to the way from where the car is to its next stop. */
  readonly onWay?: {
    readonly from: LatLon & { readonly heading: number };
    readonly to: LatLon;
    readonly avoid: readonly AvoidClass[];
  };
}

/** A place that was found; `detour`: seconds. */
export interface MapHit extends SearchHit {
  readonly detour?: number;
}

/** How a way is doing in the traffic of now, and whether there is a better one from where the car is. */
export interface ReviewQuestion {
  readonly kind: "review";
  /** Directed edges of the way in order, and how many metres of each are driven. */
  readonly edges: Int32Array;
  readonly metres: Float64Array;
  /** Where the car is and the places still to be visited. */
  readonly stops: WaysQuestion["stops"];
  readonly avoid: readonly AvoidClass[];
}

export interface Review {
  /** For each of the edges: seconds for its metres now, Infinity where it is closed. */
  readonly seconds: Float64Array;
  readonly levels: readonly TrafficLevel[];
  /** The best way from where the car is. */
  readonly best: FoundWay | undefined;
}

/** A question to the map thread. */
export type MapQuestion =
  | WaysQuestion
  /** The line a simulated car's wheels take along a part of a route. */
  | { readonly kind: "path"; readonly section: Drivable; readonly from: CarPose }
  /** Where a new place fits best between some stops, the first of which is where the car is. */
  | { readonly kind: "insert"; readonly place: LatLon; readonly stops: readonly LatLon[] }
  | SearchQuestion
  | ReviewQuestion
  /** Where the traffic does not run freely within `radius` metres. */
  | { readonly kind: "picture"; readonly around: LatLon; readonly radius: number }
  /** A request of OSRM's HTTP API, from the service's name on. */
  | { readonly kind: "osrm"; readonly address: string };

export type MapAnswer =
  | { readonly kind: "ways"; readonly outcome: WaysOutcome }
  /** No path where the section is too short to be driven. */
  | { readonly kind: "path"; readonly path: PlannedPath | undefined }
  /** The index among the stops after the first before which it is to be visited. */
  | { readonly kind: "insert"; readonly index: number }
  | { readonly kind: "review"; readonly review: Review }
  | {
      readonly kind: "picture";
      readonly stretches: TrafficPicture["stretches"];
      readonly incidents: TrafficPicture["incidents"];
    }
  | { readonly kind: "osrm"; readonly status: number; readonly body: Uint8Array<ArrayBuffer> }
  | { readonly kind: "search"; readonly hits: readonly MapHit[] };

export type AnswerTo<Question extends MapQuestion> = Extract<MapAnswer, { readonly kind: Question["kind"] }>;

export interface Asking {
  readonly urgency: Urgency;
  /** A newer question with the same key takes this one's place, which then fails with `StaleQuestion`. */
  readonly key?: string;
}

/** The traffic that answers are given for. */
export interface KnownTraffic {
  /** Rises whenever something changes; 0 while nothing was heard. */
  readonly version: number;
  /** UTC ms of the newest word about it. */
  readonly at: number;
  readonly incidents: readonly RoadIncident[];
}

/** Ways and places on the map, worked out where it does not hold up the car. */
export interface MapThread {
  /** Takes a picture of the traffic in place of the last one. Answers are given for it as soon as it is worked in. */
  hear(picture: HeardTraffic): void;
  /** The traffic that answers are given for now. */
  traffic(): KnownTraffic;
  ask<Question extends MapQuestion>(question: Question, asking: Asking): Promise<AnswerTo<Question>>;
}

/** Somebody asked anew before this question was answered. */
export class StaleQuestion extends Error {
  constructor() {
    super("a newer question took this one's place");
  }
}

/** What the map thread is made of: files of the map's folder, the city's own in shared memory. */
export interface MapData {
  readonly city: Uint8Array<SharedArrayBuffer>;
  /** Places stored beside the map, and JSON of chargers, where there are any. */
  readonly places?: readonly NamedPlace[];
  readonly chargers?: string;
}

export const noTraffic: KnownTraffic = { version: 0, at: 0, incidents: [] };

export type ToWorker =
  /** `paper`: memory for the bytes of the answer, where there are any and they fit. */
  | { readonly kind: "question"; readonly id: number; readonly question: MapQuestion; readonly paper?: ArrayBuffer }
  /** `at`: UTC ms. */
  | { readonly kind: "traffic"; readonly picture: HeardTraffic; readonly at: number };

export type FromWorker =
  /** No answer where the map made a mistake; `fault` tells which. */
  | { readonly kind: "answer"; readonly id: number; readonly answer: MapAnswer | undefined; readonly fault?: string }
  | { readonly kind: "traffic"; readonly traffic: KnownTraffic };
