import { MapError } from "../map-error.ts";
import { toUnits } from "../geometry.ts";
import { openStreetMapAttribution } from "./map-data.ts";
import type { MapData, MapWay, Tags } from "./map-data.ts";

const notAMap = "This file is not a GeoJSON map of OpenStreetMap ways.";

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readTags(properties: unknown): Tags {
  const tags = new Map<string, string>();
  if (!isObject(properties)) return tags;
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "string") tags.set(key, value);
    else if (typeof value === "number" || typeof value === "boolean") tags.set(key, String(value));
  }
  return tags;
}

/** The number in ids such as "way/5016127". */
function readId(id: unknown): number {
  const digits = typeof id === "string" ? Number(id.slice(id.indexOf("/") + 1)) : id;
  return typeof digits === "number" && Number.isSafeInteger(digits) ? digits : 0;
}

/**
 * Points of a GeoJSON export of OpenStreetMap. It names no nodes, so equal coordinates are the same point; that is how the ways connect.
 */
class PointTable {
  private readonly indexOf = new Map<string, number>();
  readonly x: number[] = [];
  readonly y: number[] = [];

  add(position: unknown): number {
    if (!Array.isArray(position)) throw new MapError("broken-map", notAMap);
    const lon: unknown = position[0];
    const lat: unknown = position[1];
    if (typeof lon !== "number" || typeof lat !== "number" || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
      throw new MapError("broken-map", "This GeoJSON map has a position outside the world.");
    }
    const key = `${lon},${lat}`;
    const known = this.indexOf.get(key);
    if (known !== undefined) return known;
    const index = this.x.length;
    this.indexOf.set(key, index);
    this.x.push(toUnits(lon));
    this.y.push(toUnits(lat));
    return index;
  }

  line(positions: unknown): Uint32Array {
    if (!Array.isArray(positions)) throw new MapError("broken-map", notAMap);
    return Uint32Array.from(positions, (position) => this.add(position));
  }
}

/** Ways, areas (outer rings) and named points of a GeoJSON FeatureCollection whose properties are OpenStreetMap tags. */
export function readGeoJson(value: unknown): MapData {
  if (!isObject(value) || value["type"] !== "FeatureCollection" || !Array.isArray(value["features"])) {
    throw new MapError("not-a-map", notAMap);
  }
  const points = new PointTable();
  const ways: MapWay[] = [];
  const pointTags = new Map<number, Tags>();
  for (const feature of value["features"]) {
    if (!isObject(feature) || !isObject(feature["geometry"])) continue;
    const { type, coordinates } = feature["geometry"];
    const tags = readTags(feature["properties"]);
    const id = readId(feature["id"] ?? tags.get("@id"));
    if (type === "LineString") ways.push({ id, points: points.line(coordinates), tags });
    else if (type === "Point") pointTags.set(points.add(coordinates), tags);
    else if (type === "Polygon" && Array.isArray(coordinates)) {
      // Only rings of ways are areas of their own right; the exporter closes ways such as roundabouts too.
      ways.push({
        id,
        points: points.line(coordinates[0]),
        tags: tags.has("area") ? tags : new Map([...tags, ["area", "yes"]]),
      });
    }
  }
  return {
    pointX: Int32Array.from(points.x),
    pointY: Int32Array.from(points.y),
    pointNode: Float64Array.from(points.x, (_, index) => index + 1),
    pointTags,
    ways,
    relations: [],
    pointOfNode: () => -1,
    attribution: openStreetMapAttribution,
  };
}
