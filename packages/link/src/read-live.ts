import type { SignalValue } from "./cockpit.ts";
import type { History, JoinCode, LiveEvent, MapInfo, Me, VehicleSummary } from "./live.ts";

// Written as guards rather than schemas: they run in the phone, where a schema compiler would cost more than the whole app.

type Dated = { readonly value: SignalValue; readonly at: number };

/** The event in a server-sent message, or undefined where it is not one we know (an older app facing a newer cloud). */
export function readLiveEvent(text: string): LiveEvent | undefined {
  const event = readJson(text);
  if (!isRecord(event)) return undefined;
  switch (event["type"]) {
    case "snapshot": {
      const { vehicles } = event;
      return isListOf(vehicles, isVehicleSummary) ? { type: "snapshot", vehicles } : undefined;
    }
    case "values": {
      const { vehicle, values } = event;
      return isText(vehicle) && isDatedValues(values) ? { type: "values", vehicle, values } : undefined;
    }
    case "presence": {
      const { vehicle, online, at } = event;
      return isText(vehicle) && typeof online === "boolean" && isNumber(at)
        ? { type: "presence", vehicle, online, at }
        : undefined;
    }
    case "gone":
      return isText(event["vehicle"]) ? { type: "gone", vehicle: event["vehicle"] } : undefined;
    default:
      return undefined;
  }
}

export function isMe(value: unknown): value is Me {
  return (
    isRecord(value) &&
    isText(value["account"]) &&
    isText(value["name"]) &&
    (value["role"] === "owner" || value["role"] === "operator")
  );
}

export function isJoinCodes(value: unknown): value is { readonly codes: readonly JoinCode[] } {
  return (
    isRecord(value) &&
    isListOf(
      value["codes"],
      (one): one is JoinCode => isRecord(one) && isText(one["code"]) && isNumber(one["expiresAt"]),
    )
  );
}

export function isHistory(value: unknown): value is History {
  return (
    isRecord(value) &&
    isNumber(value["from"]) &&
    isNumber(value["to"]) &&
    isListOf(
      value["series"],
      (one): one is History["series"][number] =>
        isRecord(one) && isText(one["path"]) && isListOf(one["at"], isNumber) && isListOf(one["values"], isNumber),
    )
  );
}

export function isMapInfo(value: unknown): value is MapInfo {
  return (
    isRecord(value) &&
    isText(value["version"]) &&
    isText(value["tiles"]) &&
    isText(value["attribution"]) &&
    isListOf(value["bounds"], isNumber) &&
    value["bounds"].length === 4 &&
    isListOf(value["centre"], isNumber) &&
    value["centre"].length === 2 &&
    isNumber(value["minZoom"]) &&
    isNumber(value["maxZoom"]) &&
    typeof value["detailed"] === "boolean"
  );
}

export function isVehicleSummary(value: unknown): value is VehicleSummary {
  return (
    isRecord(value) &&
    isText(value["vehicle"]) &&
    isText(value["name"]) &&
    isText(value["model"]) &&
    typeof value["simulated"] === "boolean" &&
    typeof value["online"] === "boolean" &&
    (value["seenAt"] === undefined || isNumber(value["seenAt"])) &&
    isDatedValues(value["values"])
  );
}

function isDatedValues(value: unknown): value is Readonly<Record<string, Dated>> {
  return isRecord(value) && Object.values(value).every(isDated);
}

function isDated(value: unknown): value is Dated {
  return isRecord(value) && isNumber(value["at"]) && isSignalValue(value["value"]);
}

function isSignalValue(value: unknown): value is SignalValue {
  return isScalar(value) || isListOf(value, isScalar);
}

function isScalar(value: unknown): value is number | boolean | string {
  return typeof value === "number" || typeof value === "boolean" || typeof value === "string";
}

function isListOf<T>(value: unknown, isOne: (one: unknown) => one is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isOne);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
