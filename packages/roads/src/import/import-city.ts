import type { ImportedCity, Land } from "../city.ts";
import { MapError } from "../map-error.ts";
import { hierarchyOf, roadNetOf } from "../engine/order/build-hierarchy.ts";
import { orderRoads } from "../engine/order/order-roads.ts";
import type { OrderElsewhere } from "../engine/order/order-roads.ts";
import { roadsOf } from "../graph/build-graph.ts";
import type { MapRoads } from "../graph/build-graph.ts";
import { drivingSideOf, landOf } from "./city-of.ts";
import { readGeoJson } from "./geojson.ts";
import type { MapData } from "./map-data.ts";
import { readPbf } from "./pbf.ts";
import type { Inflate } from "./pbf-blobs.ts";
import { readOsmXml } from "./osm-xml.ts";
import { hasChinese, soundsOf } from "./sounds.ts";
import type { Romanise } from "./sounds.ts";

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
  /**
   * The moment, as Unix seconds on the clock of the place, at which turn restrictions that hold at times are decided; without it only those
   * that always hold are kept.
   */
  readonly now?: number;
  /** Loads what gives Latin syllables, asked if a name is Chinese; without it such names are found in Chinese only. */
  readonly romanise?: () => Promise<Romanise>;
  /** Orders the roads while the rest is read; without it this thread does both, one after the other. */
  readonly order?: OrderElsewhere | undefined;
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

/** Tells how far the reading is, or ends it. */
type Step = (fraction: number, what: string) => void;

function stepsOf({ onProgress = () => {}, signal }: ImportOptions): Step {
  return (fraction, what) => {
    if (signal?.aborted ?? false) throw new MapError("stopped", "The import of the map was stopped.");
    onProgress(fraction, what);
  };
}

async function readRoads(source: MapSource, step: Step): Promise<{ readonly map: MapData; readonly roads: MapRoads }> {
  step(0, "reading the map");
  const map = await read(source, (fraction) => step(fraction * 0.5, "reading the map"));
  step(0.5, "building the road graph");
  const roads = roadsOf(map, drivingSideOf(map));
  step(0.6, "building the road graph");
  return { map, roads };
}

async function readLand(map: MapData, roads: MapRoads, options: ImportOptions, step: Step): Promise<Land> {
  const { name, version = "0", now, romanise } = options;
  const onProgress: Step = (fraction, what) => step(0.6 + fraction * 0.2, what);
  const land = landOf(map, { name, version, onProgress, now }, roads);
  const { graph, places } = land;
  if (romanise === undefined || !hasChinese(graph.names, places)) return land;
  return { ...land, sounds: soundsOf(graph.names, places, await romanise()) };
}

/** A city from an OpenStreetMap extract. Throws `MapError` for everything that is no usable map; `signal` ends it between two steps. */
export async function importCity(source: MapSource, options: ImportOptions): Promise<ImportedCity> {
  const step = stepsOf(options);
  const { map, roads } = await readRoads(source, step);
  const net = roadNetOf(roads.network);
  const ordering = options.order?.(net);
  // Whoever stops the reading of the rest has no use for the order.
  ordering?.catch(() => undefined);
  const land = await readLand(map, roads, options, step);
  step(0.8, "ordering the roads");
  const hierarchy = hierarchyOf(land.graph, ordering === undefined ? orderRoads(net) : await ordering);
  step(1, "map read");
  return { ...land, hierarchy };
}

/** As `importCity`, but only what is drawn. */
export async function importLand(source: MapSource, options: ImportOptions): Promise<Land> {
  const step = stepsOf(options);
  const { map, roads } = await readRoads(source, step);
  return readLand(map, roads, options, step);
}
