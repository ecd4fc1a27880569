import type { Tags } from "../import/map-data.ts";
import { highwaySpeed } from "./highway-speeds.ts";
import { fits, isTooLow } from "./size-limits.ts";
import { alongWay, directed } from "./tag-reading.ts";
import type { Directed } from "./tag-reading.ts";

/** May a private car use this: freely, only with business there, or not at all. */
export type Access = "open" | "restricted" | "closed";

export type WayAccess = Directed<Access>;

// Most specific first: https://wiki.openstreetmap.org/wiki/Key:access, transport mode hierarchy.
const modes = ["motorcar", "motor_vehicle", "vehicle", "access"];

// The values that OSRM's car profile knows (BSD-2-Clause); all others leave a way as it is.
const openValues = new Set("yes motorcar motor_vehicle vehicle permissive designated hov".split(" "));
const restrictedValues = new Set("private delivery destination customers permit residents".split(" "));
const closedValues = new Set(
  "no agricultural forestry emergency psv taxi share_taxi minibus bus foot bicycle emergency_vehicle restricted military official discouraged_by_law use_sidepath".split(
    " ",
  ),
);

/** The value that counts in a list "destination;delivery": who may for one reason may. */
function bestOf(value: string): string {
  if (!value.includes(";")) return value;
  const parts = value.split(";").map((part) => part.trim());
  return (
    parts.find((part) => openValues.has(part)) ??
    parts.find((part) => restrictedValues.has(part)) ??
    parts.find((part) => closedValues.has(part)) ??
    value
  );
}

/** What an access value means on a road for cars; on other ways, such as footways, business there does not open them. */
function accessOf(value: string, isRoad: boolean): Access {
  const best = bestOf(value);
  if (closedValues.has(best)) return "closed";
  if (restrictedValues.has(best)) return isRoad ? "restricted" : "closed";
  return best === "unknown" && isRoad ? "restricted" : "open";
}

const closedServices = new Set(["emergency_access", "bus", "busway"]);
const truths = new Set(["yes", "true", "1"]);
const denials = new Set(["no", "false", "0"]);

/** -1 against the way, 1 along it, 0 both ways: tagged, or implied by motorways and roundabouts. */
export function oneWayOf(tags: Tags): -1 | 0 | 1 {
  const tag = ["oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"]
    .map((key) => tags.get(key))
    .find((value) => value !== undefined && value !== "");
  if (tag === "-1") return -1;
  if (tag !== undefined && truths.has(tag)) return 1;
  if (tag !== undefined && denials.has(tag)) return 0;
  const junction = tags.get("junction");
  const implied = tags.get("highway") === "motorway" || junction === "roundabout" || junction === "circular";
  return implied ? 1 : 0;
}

/** All lanes of a direction are kept for cars with several people. */
function isForPools(lanes: string | undefined): boolean {
  return lanes?.split("|").every((lane) => lane === "designated") ?? false;
}

/** Works that leave a road open. */
const harmlessWorks = new Set(["no", "widening", "minor"]);

/** Not there, not yet there, or not to be driven whatever else is tagged. Ways that change direction by the hour of the day are among them. */
function isOutOfUse(tags: Tags): boolean {
  const highway = tags.get("highway");
  if (highway === "steps" || highway === "construction" || highway === "proposed") return true;
  if (tags.get("railway") === "construction") return true;
  const works = tags.get("construction");
  if (works !== undefined && works !== "" && !harmlessWorks.has(works)) return true;
  // "proposed=secondary" tells what an existing road may become; "proposed=yes" that there is none.
  if (tags.get("proposed") === "yes") return true;
  return (
    tags.get("area") === "yes" ||
    tags.get("oneway") === "reversible" ||
    tags.get("impassable") === "yes" ||
    tags.get("status") === "impassable" ||
    closedServices.has(tags.get("service") ?? "")
  );
}

const carried = new Set(["ferry", "shuttle_train"]);

/** A ferry or a train that carries cars. */
export function isCarried(tags: Tags): boolean {
  return carried.has(tags.get("route") ?? "");
}

const closed: WayAccess = { forward: "closed", backward: "closed" };

/** The access values that hold for a car in each direction, undefined where the map has none. */
export function accessTags(tags: Tags): Directed<string | undefined> {
  return directed(tags, modes);
}

/**
 * Who may drive a way in its two directions, by its class, access tags, one-way rules and size. What is only closed at times stays open, as
 * in OSRM. A way that is no road for cars by itself, as a footway or a runway, is open where an access tag says so.
 */
export function accessOfWay(tags: Tags): WayAccess {
  const highway = tags.get("highway") ?? "";
  const isRoad = highwaySpeed(highway) !== undefined;
  if ((highway === "" && !isCarried(tags)) || isOutOfUse(tags)) return closed;
  const values = accessTags(tags);
  const room = fits(tags);
  const oneWay = oneWayOf(tags);
  const pools = alongWay(tags, "hov:lanes", oneWay);
  const isDesignated = tags.get("hov") === "designated";
  const accessIn = (side: "forward" | "backward"): Access => {
    if (!room[side] || (side === "forward" ? oneWay === -1 : oneWay === 1)) return "closed";
    const value = values[side];
    if (value === undefined && !isRoad && !isCarried(tags)) return "closed";
    const access = value === undefined ? "open" : accessOf(value, isRoad);
    return access === "open" && (isDesignated || isForPools(pools[side])) ? "restricted" : access;
  };
  return { forward: accessIn("forward"), backward: accessIn("backward") };
}

const openBarriers = new Set(
  "no cattle_grid border_control toll_booth sally_port gate lift_gate entrance height_restrictor arch".split(" "),
);

/** Barriers that are not what they are called: a bollard that sinks, a kerb one rolls over, a fence one hears. */
function isHarmless(barrier: string, tags: Tags): boolean {
  const kerb = tags.get("kerb");
  return (
    tags.get("bollard") === "rising" ||
    kerb === "lowered" ||
    kerb === "flush" ||
    (barrier === "kerb" && tags.get("highway") === "crossing") ||
    (barrier === "fence" && /^audi(o|ble)$/.test(tags.get("sensory") ?? ""))
  );
}

/** Whether a car is stopped for good at a tagged point: bollards, blocks, closed or locked gates. An access tag counts more than the barrier. */
export function blocksCars(tags: Tags): boolean {
  const barrier = tags.get("barrier") ?? "";
  if (barrier !== "" && tags.get("locked") === "yes") return true;
  const value = accessTags(tags).forward;
  if (value !== undefined) return accessOf(value, true) === "closed";
  if (barrier === "") return false;
  if (barrier === "height_restrictor" && isTooLow(tags.get("maxheight"))) return true;
  return !openBarriers.has(barrier) && !isHarmless(barrier, tags);
}
