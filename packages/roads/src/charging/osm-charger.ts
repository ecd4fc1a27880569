import type { LatLon } from "../city.ts";
import { chargerOf, currentOf, toMinor } from "./charger.ts";
import type { Charger, ChargePrice, Connector, Plug } from "./charger.ts";

/** Values of `socket:*` (OpenStreetMap wiki, Key:socket) and what such a socket usually gives, W. */
const sockets: readonly (readonly [string, Plug, number])[] = [
  ["type2_combo", "ccs2", 50_000],
  ["type1_combo", "ccs1", 50_000],
  ["tesla_supercharger_ccs", "ccs2", 150_000],
  ["tesla_supercharger", "nacs", 120_000],
  ["tesla_destination", "type2", 11_000],
  ["tesla_standard", "nacs", 11_000],
  ["nacs", "nacs", 120_000],
  ["chademo", "chademo", 50_000],
  ["gb_dc", "gbt-dc", 60_000],
  ["gb_ac", "gbt-ac", 7_000],
  ["type2_cable", "type2", 11_000],
  ["type2", "type2", 11_000],
  ["type1_cable", "type1", 7_000],
  ["type1", "type1", 7_000],
  ["type3c", "type3", 11_000],
  ["type3", "type3", 11_000],
  ["cee_red_64a", "other", 43_000],
  ["cee_red_32a", "other", 22_000],
  ["cee_red_16a", "other", 11_000],
  ["cee_blue", "other", 3_700],
  ["schuko", "domestic", 2_300],
];

const mostPower = 4e6; // W; the strongest chargers for lorries stay below

/**
 * The first figure of a power as people write it, in W: "22 kW", "50kW", "22000 W", "11", "22 kVA", "11;22 kW". A bare number below 1,000 is
 * kW, for nobody charges a car at 22 W. Undefined where there is none.
 */
export function readPower(text: string | undefined): number | undefined {
  let most: number | undefined;
  for (const part of (text ?? "").split(/[;,/|](?!\d{1,2}\s*k)|;/)) {
    const found = /(\d+(?:[.,]\d+)?)\s*(kw|kva|mw|w|va)?/i.exec(part);
    if (found === null) continue;
    const figure = Number((found[1] ?? "").replace(",", "."));
    const unit = (found[2] ?? "").toLowerCase();
    const watts =
      unit === "mw" ? figure * 1e6 : unit.startsWith("k") || (unit === "" && figure < 1_000) ? figure * 1e3 : figure;
    if (watts > 0 && watts <= mostPower) most = Math.max(most ?? 0, watts);
  }
  return most;
}

const mostCount = 200;

/** How many of something a tag counts: "yes" is one, rubbish none. */
function readCount(text: string | undefined): number {
  if (text === undefined || text === "no") return 0;
  if (text === "yes") return 1;
  const count = Number.parseInt(text, 10);
  return Number.isFinite(count) && count > 0 ? Math.min(count, mostCount) : 0;
}

/** "0.39 EUR/kWh", "0,45 €/kWh", "2 EUR/hour", "0.05 EUR/minute"; several joined by ";". Undefined where nothing of it can be read. */
function readPrice(fee: string | undefined, charge: string | undefined): ChargePrice | undefined {
  if (fee === "no") {
    return { currency: "", perKwh: 0, perMinute: 0, flat: 0, taxIncluded: true, isPartial: false };
  }
  let currency = "";
  let [perKwh, perMinute, flat] = [0, 0, 0];
  let read = 0;
  const parts = (charge ?? "").split(";");
  for (const part of parts) {
    const found =
      /^\s*(\d+(?:[.,]\d+)?)\s*([A-Z]{3}|€|£)\s*(?:\/|per)?\s*(kwh|hour|h|minute|min|session|charge)?\s*$/i.exec(part);
    if (found === null) continue;
    const name = found[2] === "€" ? "EUR" : found[2] === "£" ? "GBP" : (found[2] ?? "").toUpperCase();
    if (currency !== "" && currency !== name) continue;
    currency = name;
    const amount = toMinor(name, Number((found[1] ?? "").replace(",", ".")));
    const unit = (found[3] ?? "session").toLowerCase();
    if (unit === "kwh") perKwh += amount;
    else if (unit.startsWith("h")) perMinute += amount / 60;
    else if (unit.startsWith("m")) perMinute += amount;
    else flat += amount;
    read++;
  }
  // In OpenStreetMap prices are as shown on the spot, taxes included.
  return read === 0
    ? undefined
    : { currency, perKwh, perMinute, flat, taxIncluded: true, isPartial: read < parts.length };
}

/**
 * A charger for cars out of OpenStreetMap's tags of an `amenity=charging_station` (wiki: Tag:amenity=charging_station). Undefined where the public
 * may not charge a car: private ones, those for bicycles only. Without any socket the usual one of `region` is taken, marked as assumed.
 */
export function readOsmCharger(
  place: LatLon & { readonly id: string; readonly name: string; readonly tags: Readonly<Record<string, string>> },
  region: { readonly ac: Plug; readonly dc: Plug } = { ac: "type2", dc: "ccs2" },
): Charger | undefined {
  const { tags, id, name, lat, lon } = place;
  if (["private", "no"].includes(tags["access"] ?? "") || tags["motorcar"] === "no") return undefined;
  const sockets = socketsOf(tags);
  const isForBicycles = tags["bicycle"] === "yes" && tags["motorcar"] !== "yes" && sockets.length === 0;
  if (isForBicycles) return undefined;
  const price = readPrice(tags["fee"], tags["charge"]);
  const known = sockets.length > 0 ? sockets : assumed(tags, region);
  const operator = tags["operator"];
  return chargerOf({
    id,
    name,
    lat,
    lon,
    connectors: known.map((connector) => (price === undefined ? connector : { ...connector, price })),
    source: "osm",
    ...(operator !== undefined && { operator }),
  });
}

function socketsOf(tags: Readonly<Record<string, string>>): Connector[] {
  const whole = readPower(tags["charging_station:output"] ?? tags["maxpower"]);
  return sockets.flatMap(([key, plug, usual]) => {
    const count = readCount(tags[`socket:${key}`]);
    if (count === 0) return [];
    const said = readPower(tags[`socket:${key}:output`]);
    // What the whole station gives bounds the usual of one socket, and says more than that for its direct current.
    const assumedPower = whole === undefined ? usual : currentOf(plug) === "dc" ? whole : Math.min(usual, whole);
    return [{ plug, current: currentOf(plug), power: said ?? assumedPower, powerIsAssumed: said === undefined, count }];
  });
}

function assumed(
  tags: Readonly<Record<string, string>>,
  region: { readonly ac: Plug; readonly dc: Plug },
): Connector[] {
  const power = readPower(tags["charging_station:output"] ?? tags["maxpower"]);
  const plug = power !== undefined && power > 43_000 ? region.dc : region.ac;
  const count = Math.max(readCount(tags["capacity"]), 1);
  return [{ plug, current: currentOf(plug), power: power ?? 11_000, powerIsAssumed: power === undefined, count }];
}
