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
 * They are found by open addressing: a map keyed by text takes as long as all the rest of the reading.
 */
class PointTable {
  readonly x: number[] = [];
  readonly y: number[] = [];
  /** Number of a point plus one, 0 where none is; at most half full, and a power of two long. */
  private slots = new Uint32Array(1 << 16);

  add(position: unknown): number {
    if (!Array.isArray(position)) throw new MapError("broken-map", notAMap);
    const lon: unknown = position[0];
    const lat: unknown = position[1];
    if (typeof lon !== "number" || typeof lat !== "number" || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
      throw new MapError("broken-map", "This GeoJSON map has a position outside the world.");
    }
    const x = toUnits(lon);
    const y = toUnits(lat);
    const slot = this.slotOf(x, y);
    if (this.slots[slot] > 0) return this.slots[slot] - 1;
    this.slots[slot] = this.x.push(x);
    this.y.push(y);
    if (this.x.length * 2 > this.slots.length) this.grow();
    return this.x.length - 1;
  }

  line(positions: unknown): Uint32Array {
    if (!Array.isArray(positions)) throw new MapError("broken-map", notAMap);
    const points = new Uint32Array(positions.length);
    for (let i = 0; i < points.length; i++) points[i] = this.add(positions[i]);
    return points;
  }

  /** Where the point lies, or where it belongs. */
  private slotOf(x: number, y: number): number {
    const last = this.slots.length - 1;
    // Multiplicative hashing (Knuth, The Art of Computer Programming 6.4).
    const hash = Math.imul(x ^ Math.imul(y, 0x85eb_ca6b), 0x9e37_79b1);
    let slot = (hash ^ (hash >>> 15)) & last;
    for (;;) {
      const point = this.slots[slot] - 1;
      if (point < 0 || (this.x[point] === x && this.y[point] === y)) return slot;
      slot = (slot + 1) & last;
    }
  }

  private grow(): void {
    this.slots = new Uint32Array(this.slots.length * 2);
    for (let point = 0; point < this.x.length; point++) {
      this.slots[this.slotOf(this.x[point], this.y[point])] = point + 1;
    }
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
