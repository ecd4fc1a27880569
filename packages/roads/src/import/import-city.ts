import type { Bounds, City, ImportedCity, NamedPlace } from "../city.ts";
import { toDegrees } from "../geometry.ts";
import { buildGraph } from "../graph/build-graph.ts";
import { MapError } from "../map-error.ts";
import type { Scenery } from "../scenery.ts";
import { drivingSideAt } from "./driving-side.ts";
import { readGeoJson } from "./geojson.ts";
import type { MapData } from "./map-data.ts";
import { readPbf } from "./pbf.ts";
import type { Inflate } from "./pbf-blobs.ts";
import { readOsmXml } from "./osm-xml.ts";
import { sceneryOf } from "./scenery-of.ts";

/**
 * A map as it comes: an OpenStreetMap extract as `.osm.pbf` (with a function that inflates its blocks, RFC 1950) or `.osm` XML, or a
 * GeoJSON FeatureCollection of ways with their tags as properties.
 */
export type MapSource =
  | { readonly kind: "pbf"; readonly bytes: Uint8Array; readonly inflate: Inflate }
  | { readonly kind: "osm-xml"; readonly text: string }
  | { readonly kind: "geojson"; readonly value: unknown };

export interface ImportOptions {
  readonly name: string;
  /** Content hash; whoever has a hash function passes it in. */
  readonly version?: string;
  /** 0 to 1, with a word for people about what is being done. */
  readonly onProgress?: (fraction: number, what: string) => void;
  readonly signal?: { readonly aborted: boolean };
}

/** Kinds of scenery that make a map more than roads. */
const details = new Set(["building", "water", "landcover", "landuse", "park"]);

/** Fewer details than this are chance, not a map of the land. */
const fewestDetails = 50;

function boundsOf(city: City["graph"]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < city.pointX.length; i++) {
    west = Math.min(west, city.pointX[i]);
    east = Math.max(east, city.pointX[i]);
    south = Math.min(south, city.pointY[i]);
    north = Math.max(north, city.pointY[i]);
  }
  return [toDegrees(west), toDegrees(south), toDegrees(east), toDegrees(north)];
}

/** The middle of all roads by their points: where the city is, even if a motorway sticks out of it. */
function centreOf(graph: City["graph"]): City["centre"] {
  const middle = (values: Int32Array) => toDegrees(values.toSorted()[values.length >> 1]);
  return { lat: middle(graph.pointY), lon: middle(graph.pointX) };
}

function placesOf(scenery: Scenery): readonly NamedPlace[] {
  const places: NamedPlace[] = [];
  for (const { layer, shape, rings, properties } of scenery) {
    const { name } = properties;
    if (shape !== "point" || (layer !== "place" && layer !== "poi") || typeof name !== "string") continue;
    const [point] = rings;
    places.push({ name, kind: String(properties["class"]), lon: point[0], lat: point[1] });
  }
  return places;
}

async function read(source: MapSource, onProgress: (fraction: number) => void): Promise<MapData> {
  switch (source.kind) {
    case "pbf":
      return readPbf(source.bytes, source.inflate, onProgress);
    case "osm-xml":
      return readOsmXml(source.text);
    case "geojson":
      return readGeoJson(source.value);
  }
}

/** A city from an OpenStreetMap extract. Throws `MapError` for everything that is no usable map; `signal` ends it between two steps. */
export async function importCity(source: MapSource, options: ImportOptions): Promise<ImportedCity> {
  const { onProgress = () => {}, signal } = options;
  const step = (fraction: number, what: string) => {
    if (signal?.aborted ?? false) throw new MapError("stopped", "The import of the map was stopped.");
    onProgress(fraction, what);
  };
  step(0, "reading the map");
  const map = await read(source, (fraction) => step(fraction * 0.5, "reading the map"));
  step(0.5, "building the road graph");
  const first = map.pointX.length === 0 ? { x: 0, y: 0 } : { x: map.pointX[0], y: map.pointY[0] };
  const drivingSide = drivingSideAt(toDegrees(first.y), toDegrees(first.x));
  const { graph, ways } = buildGraph(map, drivingSide, (fraction) =>
    step(0.5 + fraction * 0.35, "building the road graph"),
  );
  const scenery = sceneryOf(map, ways);
  step(0.95, "collecting names");
  const city: ImportedCity = {
    name: options.name,
    version: options.version ?? "0",
    bounds: boundsOf(graph),
    centre: centreOf(graph),
    detailed: scenery.filter((feature) => details.has(feature.layer)).length >= fewestDetails,
    attribution: map.attribution,
    drivingSide,
    graph,
    places: placesOf(scenery),
    scenery,
  };
  step(1, "map read");
  return city;
}
