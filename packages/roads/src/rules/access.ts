import type { Tags } from "../import/map-data.ts";
import { classIndex } from "./road-class.ts";

/** May a private car use this: freely, only with business there, or not at all. */
export type Access = "open" | "restricted" | "closed";

export interface WayAccess {
  readonly forward: Access;
  readonly backward: Access;
}

// Most specific last: https://wiki.openstreetmap.org/wiki/Key:access, transport mode hierarchy.
const modes = ["access", "vehicle", "motor_vehicle", "motorcar"] as const;

const closedValues = new Set(
  "no private agricultural forestry emergency psv bus military permit discouraged_by_law use_sidepath foot bicycle".split(
    " ",
  ),
);
const restrictedValues = new Set(["destination", "customers", "delivery", "residents"]);

function accessOf(value: string): Access {
  // "destination;delivery": who may for one reason may.
  let best: Access = "closed";
  for (const part of value.split(";")) {
    const one = part.trim();
    if (closedValues.has(one)) continue;
    if (!restrictedValues.has(one)) return "open";
    best = "restricted";
  }
  return best;
}

function accessFrom(tags: Tags, suffix: "" | ":forward" | ":backward"): Access | undefined {
  let access: Access | undefined;
  for (const mode of modes) {
    const value = tags.get(mode + suffix);
    if (value !== undefined && value !== "") access = accessOf(value);
  }
  return access;
}

const closedServices = new Set(["emergency_access", "bus", "busway"]);
const truths = new Set(["yes", "true", "1"]);

/** -1 against the way, 1 along it, 0 both ways: tagged, or implied by motorways and roundabouts (OpenStreetMap wiki, Key:oneway). */
export function oneWayOf(tags: Tags): -1 | 0 | 1 {
  const tag = tags.get("oneway:motor_vehicle") ?? tags.get("oneway:motorcar") ?? tags.get("oneway");
  if (tag === "-1" || tag === "reverse") return -1;
  if (tag !== undefined && truths.has(tag)) return 1;
  if (tag === "no" || tag === "false" || tag === "0") return 0;
  const junction = tags.get("junction");
  if (junction === "roundabout" || junction === "circular") return 1;
  const highway = tags.get("highway");
  if (highway === "motorway" || highway === "motorway_link") return 1;
  return 0;
}

/** Who may drive a way in its two directions, by its class, access tags and one-way rules. Areas and ways that change direction by time are closed. */
export function accessOfWay(tags: Tags): WayAccess {
  const closed: WayAccess = { forward: "closed", backward: "closed" };
  if (classIndex(tags.get("highway")) < 0 || tags.get("area") === "yes") return closed;
  if (closedServices.has(tags.get("service") ?? "")) return closed;
  if (tags.get("impassable") === "yes" || tags.get("oneway") === "reversible") return closed;
  const both = accessFrom(tags, "") ?? "open";
  const forward = accessFrom(tags, ":forward") ?? both;
  const backward = accessFrom(tags, ":backward") ?? both;
  switch (oneWayOf(tags)) {
    case 1:
      return { forward, backward: "closed" };
    case -1:
      return { forward: "closed", backward };
    case 0:
      return { forward, backward };
  }
}

const openBarriers = new Set(
  "no cattle_grid border_control toll_booth sally_port gate lift_gate swing_gate entrance height_restrictor arch kerb".split(
    " ",
  ),
);

/** Whether a car is stopped for good at a tagged point: bollards, blocks, closed or locked gates. */
export function blocksCars(tags: Tags): boolean {
  const barrier = tags.get("barrier");
  if (barrier === undefined) return false;
  if (tags.get("locked") === "yes") return true;
  const access = accessFrom(tags, "");
  if (access !== undefined) return access === "closed";
  if (barrier === "bollard" && tags.get("bollard") === "rising") return false;
  return !openBarriers.has(barrier);
}
