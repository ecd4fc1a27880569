import type { CockpitMessage } from "@caravan/link";

export type Json = Readonly<Record<string, unknown>>;

/** True for a plain object, so that its fields may be looked at. */
export const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isPose = (value: unknown): boolean =>
  isRecord(value) && isNumber(value["lat"]) && isNumber(value["lon"]) && isNumber(value["heading"]);
const isPerson = (value: unknown): boolean => isRecord(value) && isText(value["id"]) && isText(value["name"]);
const isKind = (value: unknown): boolean => isRecord(value) && isText(value["kind"]);
const isSettings = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value["language"]) &&
  isText(value["look"]) &&
  isNumber(value["brightness"]) &&
  isList(value["avoid"]);
const isPicture = (value: unknown): boolean =>
  isRecord(value) && isList(value["stretches"]) && isList(value["incidents"]);
const isOffer = (value: unknown): boolean => isRecord(value) && isRecord(value["route"]) && isNumber(value["saves"]);

const shapes: Readonly<Record<CockpitMessage["type"], (message: Json) => boolean>> = {
  hello: (m) =>
    isRecord(m["car"]) &&
    isList(m["signals"]) &&
    isRecord(m["values"]) &&
    isKind(m["journey"]) &&
    isPerson(m["person"]) &&
    isList(m["persons"]) &&
    isSettings(m["settings"]) &&
    isList(m["places"]) &&
    isList(m["recent"]) &&
    isList(m["alerts"]) &&
    isText(m["position"]) &&
    isText(m["driving"]),
  texts: (m) => isRecord(m["values"]),
  pose: (m) => isPose(m["pose"]),
  road: (m) => isRecord(m["road"]),
  driving: (m) => isText(m["driving"]),
  journey: (m) => isKind(m["journey"]),
  progress: (m) => isRecord(m["progress"]) && isText(m["progress"]["route"]) && isNumber(m["progress"]["along"]),
  announce: (m) =>
    isRecord(m["announcement"]) && isNumber(m["announcement"]["id"]) && isText(m["announcement"]["text"]),
  offer: (m) => m["offer"] === undefined || isOffer(m["offer"]),
  traffic: (m) => isPicture(m["traffic"]),
  alerts: (m) => isList(m["alerts"]),
  position: (m) => isText(m["position"]),
  rear: (m) => isRecord(m["scene"]) && isList(m["scene"]["surfaces"]) && isList(m["scene"]["boxes"]),
  persons: (m) => isPerson(m["person"]) && isList(m["persons"]) && isSettings(m["settings"]),
  places: (m) => isList(m["places"]) && isList(m["recent"]),
  online: (m) => typeof m["online"] === "boolean",
  answer: (m) => isNumber(m["id"]),
  failed: (m) => isNumber(m["id"]) && isRecord(m["error"]) && isText(m["error"]["code"]),
};

/**
 * The door for everything the car says: screen and car come from one build, so the outline of each message is checked
 * (its type and the fields the screen would stumble over), not every leaf.
 */
export const isCockpitMessage = (value: unknown): value is CockpitMessage => {
  if (!isRecord(value)) return false;
  const type = value["type"];
  return isText(type) && isShape(type) && shapes[type](value);
};

const isShape = (type: string): type is CockpitMessage["type"] => Object.hasOwn(shapes, type);

/** One message from the wire, or undefined for anything that is none. */
export function readMessage(text: unknown): CockpitMessage | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isCockpitMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
