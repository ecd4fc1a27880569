import type { Tags } from "../import/map-data.ts";
import { isCarried } from "./access.ts";
import type { WayAccess } from "./access.ts";
import { highwaySpeed } from "./highway-speeds.ts";
import { secondsIn } from "./measures.ts";
import { directed } from "./tag-reading.ts";
import type { Directed } from "./tag-reading.ts";

// All figures of this file are those of OSRM's car profile (BSD-2-Clause), in km/h unless said otherwise.

/** A way on which only an access tag lets cars. */
const otherWaySpeed = 10;
const carriedSpeeds: ReadonlyMap<string, number> = new Map([
  ["ferry", 5],
  ["shuttle_train", 10],
]);
const movableBridgeSpeed = 5;

/** Upper bounds by surface. */
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
  ["snow", 30],
  ["earth", 20],
  ["stone", 20],
  ["rocky", 20],
  ["sand", 20],
  ["ice", 20],
  ["laterite", 15],
  ["mud", 10],
]);

const trackSpeeds: ReadonlyMap<string, number> = new Map([
  ["grade1", 60],
  ["grade2", 40],
  ["grade3", 30],
  ["grade4", 25],
  ["grade5", 20],
]);

const smoothnessSpeeds: ReadonlyMap<string, number> = new Map([
  ["intermediate", 80],
  ["bad", 40],
  ["very_bad", 20],
  ["horrible", 10],
  ["very_horrible", 5],
  ["impassable", 0],
]);

/** Of a posted limit this much is driven on average. */
const shareOfLimit = 0.8;

const mphInKmh = 1.609;

/** Limits by kind of place, where a country has none of its own. */
const commonLimits: ReadonlyMap<string, number> = new Map([
  ["urban", 50],
  ["rural", 90],
  ["trunk", 110],
  ["motorway", 130],
]);

/** Limits that "country:kind" stands for; 0 is no limit. */
const impliedLimits: ReadonlyMap<string, number> = new Map([
  ["ar:urban", 40],
  ["ar:rural", 110],
  ["at:rural", 100],
  ["at:trunk", 100],
  ["be:motorway", 120],
  ["be-bru:rural", 70],
  ["be-bru:urban", 30],
  ["be-vlg:rural", 70],
  ["bg:motorway", 140],
  ["by:urban", 60],
  ["by:motorway", 110],
  ["ca-on:rural", 80],
  ["ch:rural", 80],
  ["ch:trunk", 100],
  ["ch:motorway", 120],
  ["de:living_street", 7],
  ["de:rural", 100],
  ["de:motorway", 0],
  ["dk:rural", 80],
  ["es:trunk", 90],
  ["fr:rural", 80],
  ["gb:nsl_single", 60 * mphInKmh],
  ["gb:nsl_dual", 70 * mphInKmh],
  ["gb:motorway", 70 * mphInKmh],
  ["lv:living_street", 20],
  ["nl:rural", 80],
  ["nl:trunk", 100],
  ["no:rural", 80],
  ["no:motorway", 110],
  ["ph:urban", 40],
  ["ph:rural", 80],
  ["ph:motorway", 100],
  ["pl:rural", 100],
  ["pl:expressway", 120],
  ["pl:motorway", 140],
  ["ro:trunk", 100],
  ["ru:living_street", 20],
  ["ru:urban", 60],
  ["ru:motorway", 110],
  ["uk:nsl_single", 60 * mphInKmh],
  ["uk:nsl_dual", 70 * mphInKmh],
  ["uk:motorway", 70 * mphInKmh],
  ["za:urban", 60],
  ["za:rural", 100],
  ["none", 140],
]);

/** km/h that a `maxspeed` value stands for when times are reckoned, 0 where it says nothing; kept apart from what the sign shows. */
export function reckonedLimit(text: string | undefined): number {
  if (text === undefined) return 0;
  const figure = /^\d+/.exec(text);
  if (figure !== null) return Number(figure[0]) * (/mp\/?h/.test(text) ? mphInKmh : 1);
  const name = text.toLowerCase();
  const known = impliedLimits.get(name);
  if (known !== undefined) return known;
  const kind = /[a-z][a-z]:([a-z]+)/.exec(name)?.[1];
  return kind === undefined ? 0 : (commonLimits.get(kind) ?? 0);
}

const limitKeys = ["maxspeed:advisory", "maxspeed", "source:maxspeed", "maxspeed:type"];

function baseSpeed(tags: Tags): number {
  const carried = carriedSpeeds.get(tags.get("route") ?? "");
  if (carried !== undefined) return carried;
  if (tags.get("bridge") === "movable") return movableBridgeSpeed;
  return highwaySpeed(tags.get("highway") ?? "") ?? otherWaySpeed;
}

/** Average km/h in each direction, 0 where nobody gets along. */
function speedsOf(tags: Tags): Directed<number> {
  const base = baseSpeed(tags);
  const limits = directed(tags, limitKeys);
  const bound = Math.min(
    surfaceSpeeds.get(tags.get("surface") ?? "") ?? Infinity,
    trackSpeeds.get(tags.get("tracktype") ?? "") ?? Infinity,
    smoothnessSpeeds.get(tags.get("smoothness") ?? "") ?? Infinity,
  );
  const speedFor = (limit: string | undefined) => {
    const reckoned = reckonedLimit(limit);
    return Math.min(bound, reckoned > 0 ? reckoned * shareOfLimit : base);
  };
  return { forward: speedFor(limits.forward), backward: speedFor(limits.backward) };
}

const byways = new Set(["alley", "parking", "parking_aisle", "driveway", "drive-through", "drive-thru"]);
const bywayShare = 0.5;
const narrowShare = 0.5;
const alternatingShare = 0.4;
const sideRoadShare = 0.8;
const yieldingShare = 0.7;

/** Metres; ways that are no wider make cars wait for each other, and so do single lanes for both directions. */
const narrowWidth = 3;

function wholeNumberIn(text: string | undefined): number | undefined {
  const found = /^\d+/.exec(text ?? "");
  return found === null ? undefined : Number(found[0]);
}

/** What a kilometre is worth to the router, as a share of its speed: less where through traffic does not belong. */
function worthOf(tags: Tags, isTwoWay: boolean): Directed<number> {
  const lanes = wholeNumberIn(tags.get("lanes")) ?? Infinity;
  const width = wholeNumberIn(tags.get("width")) ?? Infinity;
  const side = tags.get("side_road");
  const share = Math.min(
    byways.has(tags.get("service") ?? "") ? bywayShare : 1,
    width <= narrowWidth || (lanes <= 1 && isTwoWay) ? narrowShare : 1,
    tags.get("oneway") === "alternating" ? alternatingShare : 1,
    side === "yes" || side === "rotary" ? sideRoadShare : 1,
  );
  // Where one direction has the right of way, the other one waits.
  const priority = tags.get("priority");
  return {
    forward: priority === "backward" ? Math.min(share, yieldingShare) : share,
    backward: priority === "forward" ? Math.min(share, yieldingShare) : share,
  };
}

/** How a way is driven in time: average speeds in m/s (0 is no getting along), what they are worth to the router, and its duration if told. */
export interface Travel {
  readonly forward: number;
  readonly backward: number;
  readonly worth: Directed<number>;
  /** Seconds for the whole way, whatever its length; undefined for all but ferries, trains and movable bridges. */
  readonly duration: number | undefined;
}

export function travelOf(tags: Tags, access: WayAccess): Travel {
  const speeds = speedsOf(tags);
  const isTwoWay = access.forward !== "closed" && access.backward !== "closed";
  const timed = isCarried(tags) || tags.get("bridge") === "movable";
  const duration = timed ? secondsIn(tags.get("duration")) : undefined;
  return {
    forward: speeds.forward / 3.6,
    backward: speeds.backward / 3.6,
    worth: worthOf(tags, isTwoWay),
    duration: duration === undefined ? undefined : Math.max(1, duration),
  };
}
