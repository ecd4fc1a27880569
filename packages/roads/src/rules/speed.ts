import type { Tags } from "../import/map-data.ts";
import type { RoadClass } from "./road-class.ts";

const kmh = 1 / 3.6;
const mph = 0.44704;

/** Walking pace where the law says no more: 7 km/h, the figure German courts and most routers take. */
const walkingPace = 7 * kmh;

/** General limits that "COUNTRY:kind" refers to, in km/h where they differ from the common European ones below. Source: OpenStreetMap wiki, Default speed limits. */
const generalLimits: Readonly<Record<string, number>> = {
  "SE:rural": 70,
  "SE:motorway": 110,
  "SE:trunk": 90,
  "DE:rural": 100,
  "AT:rural": 100,
  "AT:trunk": 100,
  "FR:rural": 80,
  "CH:rural": 80,
  "CH:trunk": 100,
  "CH:motorway": 120,
  "PT:motorway": 120,
  "PT:trunk": 100,
  "ES:motorway": 120,
  "ES:trunk": 90,
  "IT:motorway": 130,
  "BE:motorway": 120,
  "NL:rural": 80,
  "NL:motorway": 100,
  "NO:rural": 80,
  "DK:rural": 80,
  "FI:rural": 80,
  "RU:urban": 60,
  "RU:living_street": 20,
  "RU:motorway": 110,
  "PL:living_street": 20,
  "CZ:living_street": 20,
  "FR:living_street": 20,
  "CH:living_street": 20,
  "ES:living_street": 20,
  "GB:nsl_restricted": 48.28,
  "GB:nsl_single": 96.56,
  "GB:nsl_dual": 112.65,
  "GB:motorway": 112.65,
};
const commonLimits: Readonly<Record<string, number>> = {
  urban: 50,
  rural: 90,
  trunk: 110,
  motorway: 130,
  living_street: 7,
};

/**
 * A limit in m/s from a `maxspeed` value: "50", "50 km/h", "30 mph", "walk", "SE:urban", "DE:zone:30", or a list, of which the lowest counts.
 * Undefined where there is no figure: "none", "signals", "variable", and all that cannot be read or is no speed of a car (under 1, over 300 km/h).
 */
export function parseMaxspeed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  let lowest: number | undefined;
  for (const part of text.split(/[;|,]/)) {
    const speed = parseOne(part.trim());
    if (speed !== undefined && (lowest === undefined || speed < lowest)) lowest = speed;
  }
  return lowest;
}

function parseOne(text: string): number | undefined {
  const figure = /^(\d{1,3}(?:\.\d+)?)\s*(mph|km\/h|kmh|kph|knots)?$/i.exec(text);
  if (figure !== null) {
    const unit = (figure[2] ?? "").toLowerCase();
    if (unit === "knots") return undefined;
    const speed = Number(figure[1]) * (unit === "mph" ? mph : kmh);
    return speed >= 1 * kmh && speed <= 300 * kmh ? speed : undefined;
  }
  if (text === "walk") return walkingPace;
  const place = /^([A-Z]{2}):(\w+?):?(\d{1,3})?$/.exec(text);
  if (place === null) return undefined;
  if (place[2] === "zone" || place[2] === "bicycle_road") {
    return place[3] === undefined ? undefined : parseOne(`${place[3]}${place[1] === "GB" ? " mph" : ""}`);
  }
  if (text === "DE:motorway") return undefined;
  const limit = generalLimits[text] ?? commonLimits[place[2] ?? ""];
  return limit === undefined ? undefined : limit * kmh;
}

/** Posted limits in m/s along and against a way, undefined where the map has none. */
export function postedLimits(tags: Tags): {
  readonly forward: number | undefined;
  readonly backward: number | undefined;
} {
  const both =
    parseMaxspeed(tags.get("maxspeed")) ??
    parseMaxspeed(tags.get("maxspeed:type")) ??
    parseMaxspeed(tags.get("source:maxspeed")) ??
    parseMaxspeed(tags.get("zone:maxspeed"));
  return {
    forward: parseMaxspeed(tags.get("maxspeed:forward")) ?? both,
    backward: parseMaxspeed(tags.get("maxspeed:backward")) ?? both,
  };
}

/**
 * What a careful driver drives in a city where no limit is posted, km/h. Never above the general limit of a built-up area (50 km/h in Sweden,
 * Trafikförordning 1998:1276, chapter 3 section 17, as in most of Europe) below trunk roads; walking pace in living streets (chapter 8
 * section 1); narrow streets less, by our own judgement.
 */
const unpostedSpeeds: Readonly<Record<RoadClass, number>> = {
  service: 20,
  living_street: 7,
  road: 30,
  residential: 30,
  unclassified: 40,
  tertiary_link: 40,
  tertiary: 50,
  secondary_link: 40,
  secondary: 50,
  primary_link: 40,
  primary: 50,
  trunk_link: 50,
  trunk: 70,
  motorway_link: 60,
  motorway: 90,
};

/** m/s one may drive where nothing is posted. */
export function unpostedSpeed(name: RoadClass, service: string | undefined): number {
  if (name === "service" && service !== undefined) return 10 * kmh;
  return unpostedSpeeds[name] * kmh;
}

/**
 * Average speeds of free traffic, stops at junctions within, km/h; the figures of OSRM's car profile (BSD-2-Clause), which were fitted
 * to real drives.
 */
const travelSpeeds: Readonly<Record<RoadClass, number>> = {
  service: 15,
  living_street: 10,
  road: 25,
  residential: 25,
  unclassified: 25,
  tertiary_link: 20,
  tertiary: 40,
  secondary_link: 25,
  secondary: 55,
  primary_link: 30,
  primary: 65,
  trunk_link: 40,
  trunk: 85,
  motorway_link: 45,
  motorway: 90,
};

/** Upper bounds by surface, km/h, from the same profile. */
const surfaceSpeeds: ReadonlyMap<string, number> = new Map([
  ["cement", 80],
  ["compacted", 80],
  ["fine_gravel", 80],
  ["paving_stones", 60],
  ["metal", 60],
  ["bricks", 60],
  ["grass", 40],
  ["wood", 40],
  ["sett", 40],
  ["grass_paver", 40],
  ["gravel", 40],
  ["unpaved", 40],
  ["ground", 40],
  ["dirt", 40],
  ["pebblestone", 40],
  ["tartan", 40],
  ["cobblestone", 30],
  ["clay", 30],
  ["earth", 20],
  ["stone", 20],
  ["rocky", 20],
  ["sand", 20],
  ["mud", 10],
]);

const smoothnessSpeeds: ReadonlyMap<string, number> = new Map([
  ["intermediate", 80],
  ["bad", 40],
  ["very_bad", 20],
  ["horrible", 10],
  ["very_horrible", 5],
  ["impassable", 1],
]);

/** Of a posted limit this much is driven on average. */
const shareOfLimit = 0.8;

/** Average m/s in one direction of a way, for the time a route takes; kept apart from what may be driven there. */
export function travelSpeed(name: RoadClass, tags: Tags, limit: number | undefined): number {
  let speed = limit === undefined ? travelSpeeds[name] * kmh : limit * shareOfLimit;
  // Parking aisles and driveways are no way through; the profile halves what they are worth.
  if (name === "service" && limit === undefined && tags.has("service")) speed /= 2;
  const surface = surfaceSpeeds.get(tags.get("surface") ?? "");
  if (surface !== undefined) speed = Math.min(speed, surface * kmh);
  const smoothness = smoothnessSpeeds.get(tags.get("smoothness") ?? "");
  if (smoothness !== undefined) speed = Math.min(speed, smoothness * kmh);
  return speed;
}
