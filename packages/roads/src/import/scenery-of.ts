import { readableList } from "../rules/readable-list.ts";
import { toDegrees } from "../geometry.ts";
import { layerOf } from "../graph/road-ways.ts";
import type { RoadWay } from "../graph/road-ways.ts";
import { oneWayOf } from "../rules/access.ts";
import { toneOfClass } from "../rules/road-class.ts";
import type { SceneryFeature, TileLayer, TileValue } from "../scenery.ts";
import { areaOf } from "./areas.ts";
import { joinRings } from "./join-rings.ts";
import type { MapData, MapWay, Tags } from "./map-data.ts";

type Properties = Record<string, TileValue>;

/** The smallest zoom at which a road of each tone is drawn. */
const minZoomOfTone: readonly number[] = [13, 12, 11, 10, 9, 8, 8];

const railways = new Set(["rail", "tram", "light_rail", "subway", "narrow_gauge", "funicular", "monorail"]);
const paths = new Set("footway path cycleway steps pedestrian bridleway track corridor construction".split(" "));
const placeZooms: ReadonlyMap<string, number> = new Map([
  ["city", 8],
  ["town", 9],
  ["village", 11],
  ["suburb", 11],
  ["borough", 11],
  ["hamlet", 13],
  ["quarter", 13],
  ["neighbourhood", 13],
  ["island", 11],
  ["square", 15],
  ["locality", 14],
]);

/** Points people look for, by the tag that names them. */
const poiKeys = ["amenity", "shop", "tourism", "leisure", "historic", "office"] as const;
const notWorthNaming = new Set(
  "bench waste_basket parking_space bicycle_parking telephone post_box vending_machine artwork information".split(" "),
);

/** The name, and what it is called in the languages of the screens. */
const nameKeys = ["name", "name:en", "name:zh"] as const;

function lineOf(map: MapData, points: Uint32Array): Float64Array {
  const line = new Float64Array(points.length * 2);
  for (let i = 0; i < points.length; i++) {
    line[2 * i] = toDegrees(map.pointX[points[i]]);
    line[2 * i + 1] = toDegrees(map.pointY[points[i]]);
  }
  return line;
}

function isSet(tags: Tags, key: string): boolean {
  const value = tags.get(key);
  return value !== undefined && value !== "no";
}

function namesOf(tags: Tags): Properties {
  const names: Properties = {};
  for (const key of nameKeys) {
    const name = tags.get(key);
    if (name !== undefined) names[key] = name;
  }
  return names;
}

/** What lines of roads, paths and rails have in common. */
function onItsLevel(tags: Tags): Properties {
  const bridge = isSet(tags, "bridge");
  const tunnel = isSet(tags, "tunnel");
  const properties: Properties = { br: bridge ? 1 : 0, tu: tunnel ? 1 : 0, layer: layerOf(tags) };
  if (bridge) properties["brunnel"] = "bridge";
  else if (tunnel) properties["brunnel"] = "tunnel";
  return Object.assign(properties, namesOf(tags));
}

function roadFeature(map: MapData, way: RoadWay): SceneryFeature {
  const { tags } = way.source;
  const k = toneOfClass(way.class);
  const properties: Properties = {
    ...onItsLevel(tags),
    class: way.class,
    k,
    w: Math.round(way.width * 10) / 10,
    lanes: way.lanes.forward + way.lanes.backward,
  };
  const oneWay = oneWayOf(tags);
  if (oneWay !== 0) properties["oneway"] = oneWay;
  const ref = tags.get("ref");
  if (ref !== undefined) properties["ref"] = readableList(ref);
  const junction = tags.get("junction");
  if (junction === "roundabout" || junction === "circular") properties["roundabout"] = true;
  return {
    layer: "transportation",
    shape: "line",
    rings: [lineOf(map, way.source.points)],
    minZoom: minZoomOfTone[k] ?? 13,
    properties,
  };
}

/** Ways that are drawn but not driven on: foot and cycle ways, closed roads, rails. */
function otherLine(map: MapData, way: MapWay): SceneryFeature | undefined {
  const { tags } = way;
  const highway = tags.get("highway");
  const railway = tags.get("railway");
  const waterway = tags.get("waterway");
  const rings = [lineOf(map, way.points)];
  if (highway === "platform" || railway === "platform" || tags.get("public_transport") === "platform") {
    const properties = { ...onItsLevel(tags), class: "platform", k: -1, w: 2.6 };
    return { layer: "transportation", shape: "line", rings, minZoom: 15, properties };
  }
  if (highway !== undefined && highway !== "proposed" && highway !== "razed") {
    const properties: Properties = {
      ...onItsLevel(tags),
      class: "path",
      subclass: highway,
      k: -1,
      w: highway === "steps" ? 2 : 2.5,
    };
    if (!paths.has(highway)) Object.assign(properties, { w: 4, closed: true });
    if (highway === "pedestrian") properties["w"] = 5;
    return { layer: "transportation", shape: "line", rings, minZoom: highway === "pedestrian" ? 13 : 14, properties };
  }
  if (railway !== undefined && railways.has(railway)) {
    const properties = { ...onItsLevel(tags), class: "rail", subclass: railway, k: -2, w: 1.5 };
    return { layer: "transportation", shape: "line", rings, minZoom: railway === "rail" ? 11 : 13, properties };
  }
  if (waterway !== undefined && /^(river|canal|stream|ditch|drain)$/.test(waterway) && !isSet(tags, "tunnel")) {
    const big = waterway === "river" || waterway === "canal";
    return { layer: "waterway", shape: "line", rings, minZoom: big ? 9 : 13, properties: { class: waterway } };
  }
  if (tags.get("natural") === "coastline") {
    return { layer: "waterway", shape: "line", rings, minZoom: 8, properties: { class: "coastline" } };
  }
  return undefined;
}

function areaFeature(tags: Tags, rings: readonly Float64Array[]): SceneryFeature | undefined {
  const area = areaOf(tags);
  return area === undefined || rings.length === 0 ? undefined : { ...area, shape: "polygon", rings };
}

function isClosed(way: MapWay): boolean {
  return way.points.length >= 4 && way.points[0] === way.points.at(-1);
}

/** The middle of a line's or ring's bounding box. */
function middleOf(ring: Float64Array): Float64Array {
  let [west, south] = [Infinity, Infinity];
  let [east, north] = [-Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    west = Math.min(west, ring[i]);
    east = Math.max(east, ring[i]);
    south = Math.min(south, ring[i + 1]);
    north = Math.max(north, ring[i + 1]);
  }
  return Float64Array.of((west + east) / 2, (south + north) / 2);
}

/** A named point, from the tags of a node, a building or a platform. */
function pointFeature(tags: Tags, at: Float64Array): SceneryFeature | undefined {
  const name = tags.get("name");
  if (name === undefined || name === "") return undefined;
  const point = (layer: TileLayer, kind: string, minZoom: number): SceneryFeature => ({
    layer,
    shape: "point",
    rings: [at],
    minZoom,
    properties: { class: kind, ...namesOf(tags) },
  });
  const place = tags.get("place");
  if (place !== undefined) {
    const zoom = placeZooms.get(place);
    return zoom === undefined ? undefined : point("place", place, zoom);
  }
  const railway = tags.get("railway");
  if (railway === "tram_stop" || tags.get("tram") === "yes") return point("poi", "tram_stop", 15);
  if (railway === "station" || railway === "halt") return point("poi", "station", 13);
  // Platforms of one letter are only bays of a stop.
  const platform = tags.get("highway") === "bus_stop" || tags.get("public_transport") === "platform";
  if (platform || tags.get("highway") === "platform") return name.length > 2 ? point("poi", "bus_stop", 15) : undefined;
  for (const key of poiKeys) {
    const value = tags.get(key);
    if (value !== undefined && value !== "no" && !notWorthNaming.has(value)) {
      return point("poi", key === "shop" ? "shop" : value, key === "tourism" || key === "historic" ? 14 : 15);
    }
  }
  return undefined;
}

/** Everything on a map that is drawn: roads with their true widths, paths, rails, water, green, buildings and named points. */
export function sceneryOf(map: MapData, roads: readonly RoadWay[]): readonly SceneryFeature[] {
  const features: SceneryFeature[] = [];
  const add = (feature: SceneryFeature | undefined) => {
    if (feature !== undefined) features.push(feature);
  };
  const isRoad = new Set(roads.map((way) => way.source));
  for (const way of roads) add(roadFeature(map, way));

  const wayById = new Map<number, MapWay>();
  for (const way of map.ways) {
    if (way.points.length < 2) continue;
    wayById.set(way.id, way);
    if (isRoad.has(way)) continue;
    const line = lineOf(map, way.points);
    const area = isClosed(way) ? areaFeature(way.tags, [line]) : undefined;
    add(area ?? otherLine(map, way));
    add(pointFeature(way.tags, middleOf(line)));
  }
  for (const { tags, members } of map.relations) {
    if (tags.get("type") !== "multipolygon" || areaOf(tags) === undefined) continue;
    const linesOf = (inner: boolean) =>
      members
        .filter((member) => member.kind === "way" && (member.role === "inner") === inner)
        .flatMap((member) => wayById.get(member.id)?.points ?? []);
    const holes = joinRings(linesOf(true));
    for (const outer of joinRings(linesOf(false))) {
      // A hole belongs to the outer ring around it; with several outer rings all holes are given to each, which fills the same.
      add(
        areaFeature(
          tags,
          [outer, ...holes].map((ring) => lineOf(map, ring)),
        ),
      );
    }
  }
  for (const [point, tags] of map.pointTags) {
    add(pointFeature(tags, Float64Array.of(toDegrees(map.pointX[point]), toDegrees(map.pointY[point]))));
  }
  return features;
}
