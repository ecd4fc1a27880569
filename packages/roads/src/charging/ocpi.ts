import { chargerOf, currentOf } from "./charger.ts";
import type { Charger, Connector, Plug } from "./charger.ts";
import { readTariff } from "./ocpi-tariff.ts";
import type { TariffUse } from "./ocpi-tariff.ts";
import { isObject, numberOf, objectsOf, textOf } from "./read-json.ts";
import type { JsonObject } from "./read-json.ts";

/** Chargers that could be read, and a sentence for each location that could not, at most 100 of them. */
export interface ReadChargers {
  readonly chargers: readonly Charger[];
  readonly problems: readonly string[];
}

/** `ConnectorType` of OCPI 2.3.0, mod_locations. */
const standards: Readonly<Record<string, Plug>> = {
  CHADEMO: "chademo",
  CHAOJI: "other",
  DOMESTIC_E: "domestic",
  DOMESTIC_F: "domestic",
  GBT_AC: "gbt-ac",
  GBT_DC: "gbt-dc",
  IEC_62196_T1: "type1",
  IEC_62196_T1_COMBO: "ccs1",
  IEC_62196_T2: "type2",
  IEC_62196_T2_COMBO: "ccs2",
  IEC_62196_T3A: "type3",
  IEC_62196_T3C: "type3",
  SAE_J3400: "nacs",
  TESLA_R: "other",
  TESLA_S: "nacs",
};

/** Phases that carry current; voltage is from line to neutral (OCPI 2.3.0, Connector). */
const phases: Readonly<Record<string, number>> = {
  AC_1_PHASE: 1,
  AC_2_PHASE: 2,
  AC_2_PHASE_SPLIT: 2,
  AC_3_PHASE: 3,
  DC: 1,
};
const usualPower: Readonly<Record<"ac" | "dc", number>> = { ac: 11_000, dc: 50_000 };
const outOfUse = new Set(["BLOCKED", "INOPERATIVE", "OUTOFORDER", "PLANNED", "REMOVED"]);

const mostLocations = 20_000;
const mostConnectors = 500;
const mostProblems = 100;

/**
 * Chargers out of OCPI 2.2.1 or 2.3.0 locations: one location, a list, an answer of an OCPI server (`{ data: ... }`), or `{ locations, tariffs }`.
 * Tariffs give prices; `local` is the time there, for tariffs that depend on it. Locations that are not published, EVSEs that are out of use or for
 * motorcycles only are left out.
 */
export function readOcpiLocations(
  value: unknown,
  options: { readonly tariffs?: unknown; readonly local?: NonNullable<TariffUse["at"]> } = {},
): ReadChargers {
  const inside = isObject(value) ? value : {};
  const locations = listOf(isObject(value) ? (inside["locations"] ?? inside["data"] ?? value) : value);
  const tariffs = new Map<string, JsonObject>();
  for (const tariff of objectsOf(listOf(options.tariffs ?? inside["tariffs"] ?? [])).slice(0, mostLocations)) {
    const id = textOf(tariff["id"]);
    if (id !== undefined) tariffs.set(id, tariff);
  }
  const chargers: Charger[] = [];
  const problems: string[] = [];
  for (const [i, location] of locations.slice(0, mostLocations).entries()) {
    const read = readLocation(location, tariffs, options.local);
    if (typeof read === "string") {
      if (problems.length < mostProblems) problems.push(`Location ${nameOf(location) ?? i + 1}: ${read}`);
    } else if (read !== undefined) chargers.push(read);
  }
  if (locations.length > mostLocations) problems.push(`More than ${mostLocations} locations; the rest is left out.`);
  return { chargers, problems };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const nameOf = (location: unknown): string | undefined => (isObject(location) ? textOf(location["id"]) : undefined);

/** A charger, a sentence why there is none, or undefined where there shall be none. */
function readLocation(
  location: unknown,
  tariffs: ReadonlyMap<string, JsonObject>,
  at: TariffUse["at"],
): Charger | string | undefined {
  if (!isObject(location)) return "is no object.";
  if (location["publish"] === false) return undefined;
  const id = textOf(location["id"]);
  if (id === undefined) return "has no id.";
  const coordinates = isObject(location["coordinates"]) ? location["coordinates"] : {};
  const lat = numberOf(coordinates["latitude"]);
  const lon = numberOf(coordinates["longitude"]);
  if (lat === undefined || lon === undefined || Math.abs(lat) > 90 || Math.abs(lon) > 180) return "has no position.";
  const connectors = connectorsOf(location, tariffs, at);
  if (connectors === undefined) return "has no connectors.";
  const operator = isObject(location["operator"]) ? textOf(location["operator"]["name"]) : undefined;
  const [country, party] = [textOf(location["country_code"]), textOf(location["party_id"])];
  return chargerOf({
    id: [country, party, id].filter((part) => part !== undefined).join("*"),
    name: textOf(location["name"]) ?? textOf(location["address"]) ?? "",
    lat,
    lon,
    connectors,
    source: country === "ZZ" && party === "SIM" ? "simulated" : "ocpi",
    ...(operator !== undefined && { operator }),
  });
}

/** Alike connectors counted together; undefined where the location tells of none at all. */
function connectorsOf(
  location: JsonObject,
  tariffs: ReadonlyMap<string, JsonObject>,
  at: TariffUse["at"],
): readonly Connector[] | undefined {
  const kinds = new Map<string, Connector>();
  let told = 0;
  for (const evse of objectsOf(location["evses"])) {
    const status = textOf(evse["status"]) ?? "UNKNOWN";
    const restrictions = evse["parking_restrictions"];
    for (const one of objectsOf(evse["connectors"])) {
      told++;
      if (told > mostConnectors || outOfUse.has(status)) continue;
      if (Array.isArray(restrictions) && restrictions.includes("MOTORCYCLES")) continue;
      const connector = readConnector(one, tariffs, at);
      if (connector === undefined) continue;
      const isKnown = status !== "UNKNOWN";
      const key = JSON.stringify(connector);
      const before = kinds.get(key);
      const free = (before?.free ?? 0) + (status === "AVAILABLE" ? 1 : 0);
      const saysSo = isKnown || before?.free !== undefined;
      kinds.set(key, { ...connector, count: (before?.count ?? 0) + 1, ...(saysSo && { free }) });
    }
  }
  return told === 0 ? undefined : [...kinds.values()];
}

function readConnector(
  connector: JsonObject,
  tariffs: ReadonlyMap<string, JsonObject>,
  at: TariffUse["at"],
): Connector | undefined {
  const standard = textOf(connector["standard"]);
  if (standard === undefined) return undefined;
  const plug = standards[standard] ?? "other";
  const type = textOf(connector["power_type"]) ?? "";
  const current = type === "" ? currentOf(plug) : type === "DC" ? "dc" : "ac";
  const amperes = numberOf(connector["max_amperage"]) ?? numberOf(connector["amperage"]);
  const volts = numberOf(connector["max_voltage"]) ?? numberOf(connector["voltage"]);
  const product = amperes === undefined || volts === undefined ? undefined : amperes * volts * (phases[type] ?? 1);
  const told = numberOf(connector["max_electric_power"]) ?? product;
  const isTold = told !== undefined && told > 0;
  const power = isTold ? told : usualPower[current];
  const price = priceOf(connector, tariffs, { power, current: amperes ?? 0, ...(at !== undefined && { at }) });
  return { plug, current, power, powerIsAssumed: !isTold, count: 1, ...(price !== undefined && { price }) };
}

/** OCPI 2.2.1 and 2.3.0 have `tariff_ids`, the first that is known and for everybody counts; 2.1.1 had `tariff_id`. */
function priceOf(connector: JsonObject, tariffs: ReadonlyMap<string, JsonObject>, use: TariffUse) {
  const ids = Array.isArray(connector["tariff_ids"]) ? connector["tariff_ids"] : [connector["tariff_id"]];
  for (const id of ids) {
    const tariff = typeof id === "string" ? tariffs.get(id) : undefined;
    if (tariff === undefined) continue;
    const kind = textOf(tariff["type"]);
    if (kind !== undefined && kind !== "REGULAR" && kind !== "AD_HOC_PAYMENT") continue;
    return readTariff(tariff, use);
  }
  return undefined;
}
