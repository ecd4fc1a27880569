import type { TileLayer, TileValue } from "../scenery.ts";
import type { Tags } from "./map-data.ts";

export interface Area {
  readonly layer: TileLayer;
  readonly minZoom: number;
  readonly properties: Readonly<Record<string, TileValue>>;
}

/** Height in metres that stands in where none is tagged; low on purpose, and marked. */
const assumedBuildingHeight = 6;
const metresPerLevel = 3;

const landcover: ReadonlyMap<string, string> = new Map([
  ["natural=wood", "wood"],
  ["landuse=forest", "wood"],
  ["natural=scrub", "grass"],
  ["natural=heath", "grass"],
  ["natural=grassland", "grass"],
  ["landuse=grass", "grass"],
  ["landuse=meadow", "grass"],
  ["landuse=village_green", "grass"],
  ["landuse=recreation_ground", "grass"],
  ["landuse=allotments", "grass"],
  ["landuse=orchard", "grass"],
  ["landuse=vineyard", "grass"],
  ["landuse=farmland", "farmland"],
  ["natural=beach", "sand"],
  ["natural=sand", "sand"],
  ["natural=bare_rock", "rock"],
  ["natural=wetland", "wetland"],
]);
const parks = new Set(["park", "garden", "golf_course", "nature_reserve", "pitch", "playground", "common"]);
const landuses = new Set([
  "residential",
  "commercial",
  "industrial",
  "retail",
  "cemetery",
  "railway",
  "military",
  "construction",
]);

/** Metres from "12", "12 m" or levels; undefined where no height is tagged. */
function heightOf(tags: Tags): number | undefined {
  const height = Number.parseFloat(tags.get("height") ?? tags.get("building:height") ?? "");
  if (height > 0 && height < 1_000) return Math.round(height * 10) / 10;
  const levels = Number.parseFloat(tags.get("building:levels") ?? "");
  return levels > 0 && levels < 300 ? levels * metresPerLevel : undefined;
}

/** What a closed line with these tags is, if it is an area that is drawn. */
export function areaOf(tags: Tags): Area | undefined {
  const building = tags.get("building");
  if (building !== undefined && building !== "no") {
    const height = heightOf(tags);
    const properties: Record<string, TileValue> = { render_height: height ?? assumedBuildingHeight };
    if (height === undefined) properties["assumed"] = true;
    return { layer: "building", minZoom: 13, properties };
  }
  const natural = tags.get("natural");
  const landuse = tags.get("landuse");
  if (natural === "water" || landuse === "reservoir" || landuse === "basin" || tags.get("waterway") === "riverbank") {
    return { layer: "water", minZoom: 8, properties: { class: tags.get("water") ?? "water" } };
  }
  if (tags.get("leisure") === "swimming_pool") return { layer: "water", minZoom: 15, properties: { class: "pool" } };
  const leisure = tags.get("leisure");
  if (leisure !== undefined && parks.has(leisure))
    return { layer: "park", minZoom: 11, properties: { class: leisure } };
  const cover = landcover.get(`natural=${natural}`) ?? landcover.get(`landuse=${landuse}`);
  if (cover !== undefined) return { layer: "landcover", minZoom: 10, properties: { class: cover } };
  if (landuse !== undefined && landuses.has(landuse)) {
    return { layer: "landuse", minZoom: 11, properties: { class: landuse } };
  }
  const highway = tags.get("highway");
  if (highway === "platform" || tags.get("public_transport") === "platform" || tags.get("railway") === "platform") {
    return { layer: "transportation", minZoom: 15, properties: { class: "platform", k: -1 } };
  }
  const isArea = tags.get("area") === "yes";
  if (tags.get("place") === "square" || (isArea && (highway === "pedestrian" || highway === "footway"))) {
    return { layer: "transportation", minZoom: 14, properties: { class: "square", k: -1 } };
  }
  if (isArea && highway !== undefined)
    return { layer: "transportation", minZoom: 14, properties: { class: "area", k: 0 } };
  return undefined;
}
