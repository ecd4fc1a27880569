import type {
  ActuateOutcome,
  CockpitError,
  FoundPlace,
  Journey,
  Person,
  Place,
  SavedPlace,
  Settings,
  Trip,
} from "@caravan/link";
import { isRecord } from "./message.ts";

/** What came of a question to the car: the answer, or the stable word of what went wrong. */
export type Answer<T> = { readonly kind: "ok"; readonly value: T } | Failure;

export interface Failure {
  readonly kind: "failed";
  readonly code: CockpitError["code"] | "no-connection";
  /** On `refused`: the gate's own word for the reason. */
  readonly why: string;
}

/** Tells whether an answer has the shape that the question promises. */
export type Guard<T> = (value: unknown) => value is T;

const list =
  <T>(guard: Guard<T>): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every((entry) => guard(entry));

export const isPlace: Guard<Place> = (value): value is Place =>
  isRecord(value) &&
  typeof value["lat"] === "number" &&
  typeof value["lon"] === "number" &&
  typeof value["name"] === "string";

const isFoundPlace: Guard<FoundPlace> = (value): value is FoundPlace =>
  isRecord(value) && typeof value["kind"] === "string" && isPlace(value);

export const isFoundPlaces = list(isFoundPlace);

/** What to send to somebody who waits. */
export const isShared: Guard<{ readonly text: string }> = (value): value is { readonly text: string } =>
  isRecord(value) && typeof value["text"] === "string";

export const isSavedPlace: Guard<SavedPlace> = (value): value is SavedPlace =>
  isRecord(value) && typeof value["id"] === "string" && typeof value["kind"] === "string" && isPlace(value);

export const isJourney: Guard<Journey> = (value): value is Journey =>
  isRecord(value) && typeof value["kind"] === "string";

export const isOutcome: Guard<ActuateOutcome> = (value): value is ActuateOutcome =>
  isRecord(value) && (value["kind"] === "done" || (value["kind"] === "refused" && typeof value["why"] === "string"));

export const isSettings: Guard<Settings> = (value): value is Settings =>
  isRecord(value) && typeof value["language"] === "string" && typeof value["volume"] === "number";

export const isPerson: Guard<Person> = (value): value is Person =>
  isRecord(value) && typeof value["id"] === "string" && typeof value["name"] === "string";

const isTrip: Guard<Trip> = (value): value is Trip =>
  isRecord(value) &&
  typeof value["id"] === "string" &&
  typeof value["startedAt"] === "number" &&
  typeof value["distance"] === "number";

export const isTrips = list(isTrip);

/** For questions whose answer only says that it was done. */
export const isAnything: Guard<unknown> = (_value): _value is unknown => true;
