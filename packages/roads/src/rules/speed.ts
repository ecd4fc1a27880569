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

/** Posted limits in m/s along and against a way, undefined where the map has none; where each lane has its own, the lowest. */
export function postedLimits(tags: Tags): {
  readonly forward: number | undefined;
  readonly backward: number | undefined;
} {
  const both =
    parseMaxspeed(tags.get("maxspeed")) ??
    parseMaxspeed(tags.get("maxspeed:lanes")) ??
    parseMaxspeed(tags.get("maxspeed:type")) ??
    parseMaxspeed(tags.get("source:maxspeed")) ??
    parseMaxspeed(tags.get("zone:maxspeed"));
  const limitIn = (side: "forward" | "backward") =>
    parseMaxspeed(tags.get(`maxspeed:${side}`)) ?? parseMaxspeed(tags.get(`maxspeed:lanes:${side}`)) ?? both;
  return {
    forward: limitIn("forward"),
    backward: limitIn("backward"),
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
