import type { Tags } from "./map-data.ts";
import { isCarried } from "../rules/access.ts";
import { isPlace } from "./places.ts";

const wayKeys = [
  "highway",
  "railway",
  "waterway",
  "building",
  "landuse",
  "natural",
  "leisure",
  "place",
  "public_transport",
  "amenity",
  "tourism",
  "shop",
] as const;

/** Ways that are driven on or drawn; ways without tags may be the outline of an area that only a relation names. */
export function keepsWay(tags: Tags): boolean {
  return tags.size === 0 || wayKeys.some((key) => tags.has(key)) || isCarried(tags) || onlySource(tags);
}

function onlySource(tags: Tags): boolean {
  for (const key of tags.keys()) if (key !== "source" && key !== "created_by" && key !== "note") return false;
  return true;
}

/** Turn restrictions, areas of several lines, and what speed cameras watch. */
export function keepsRelation(tags: Tags): boolean {
  const type = tags.get("type");
  return type === "restriction" || type === "multipolygon" || type === "enforcement";
}

/** Nodes that are worth keeping although no way needs them: what somebody may look for, and cameras beside the road. */
export function keepsNode(tags: Tags): boolean {
  return isPlace(tags) || tags.get("highway") === "speed_camera";
}
