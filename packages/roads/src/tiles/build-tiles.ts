import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import type { Feature, Geometry } from "geojson";
import type { Bounds, ImportedCity } from "../city.ts";
import type { SceneryFeature, TileLayer } from "../scenery.ts";
import { streetLines } from "./street-lines.ts";
import { writeArchive } from "./pmtiles-archive.ts";
import type { ArchiveTile } from "./pmtiles-archive.ts";
import { tileId } from "./tile-id.ts";

/** Below zoom 8 a city is a dot; above 15 the tiles of 15 are drawn larger, exact to 15 cm. */
export const tileZooms = { min: 8, max: 15 } as const;

const extent = 4096;

/** One tile of one layer as the cutter gives it; of its features only the tags are ours to change. */
interface CutTile {
  readonly features: readonly { readonly tags?: Readonly<Record<string, unknown>> | null }[];
}

interface Cutter {
  getTile(zoom: number, column: number, row: number): CutTile | null;
}

interface TileRange {
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
}

/** Columns and rows of the web mercator tiles that a box touches. */
function tileRange(bounds: Bounds, zoom: number): TileRange {
  const size = 2 ** zoom;
  const clamp = (tile: number) => Math.min(size - 1, Math.max(0, Math.floor(tile)));
  const column = (lon: number) => clamp(((lon + 180) / 360) * size);
  const row = (lat: number) => clamp((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * size);
  return { west: column(bounds[0]), east: column(bounds[2]), north: row(bounds[3]), south: row(bounds[1]) };
}

function toGeoJson({ shape, rings, properties, minZoom }: SceneryFeature): Feature {
  const lines = rings.map((ring) => {
    const positions: [number, number][] = [];
    for (let i = 0; i < ring.length; i += 2) positions.push([ring[i], ring[i + 1]]);
    return positions;
  });
  const geometry: Geometry =
    shape === "point"
      ? { type: "Point", coordinates: lines[0][0] }
      : shape === "line"
        ? { type: "LineString", coordinates: lines[0] }
        : { type: "Polygon", coordinates: lines };
  return { type: "Feature", geometry, properties: { ...properties, minZoom } };
}

/** One index for each layer; what is not drawn at a zoom is filtered from its tiles. */
class LayerIndex {
  readonly name: TileLayer;
  private readonly index: Cutter;

  constructor(name: TileLayer, features: readonly SceneryFeature[]) {
    this.name = name;
    this.index = new GeoJSONVT(
      { type: "FeatureCollection", features: features.map(toGeoJson) },
      { maxZoom: tileZooms.max, indexMaxZoom: tileZooms.min, indexMaxPoints: 0, extent, buffer: 96, tolerance: 3 },
    );
  }

  tile(zoom: number, column: number, row: number): CutTile | undefined {
    const tile = this.index.getTile(zoom, column, row);
    if (tile === null) return undefined;
    const features: CutTile["features"][number][] = [];
    for (const feature of tile.features) {
      const { minZoom, ...tags } = feature.tags ?? {};
      if (typeof minZoom === "number" && zoom < minZoom) continue;
      features.push({ ...feature, tags });
    }
    return features.length === 0 ? undefined : { ...tile, features };
  }
}

/** Bounds of everything drawn, so that water and green beyond the last road are not cut off; at most a quarter more than the roads on each side. */
function drawnBounds(city: ImportedCity): Bounds {
  const [west, south, east, north] = city.bounds;
  const spareX = (east - west) / 4;
  const spareY = (north - south) / 4;
  let [minX, minY, maxX, maxY] = city.bounds;
  for (const { rings } of city.scenery) {
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        minX = Math.min(minX, ring[i]);
        maxX = Math.max(maxX, ring[i]);
        minY = Math.min(minY, ring[i + 1]);
        maxY = Math.max(maxY, ring[i + 1]);
      }
    }
  }
  return [
    Math.max(minX, west - spareX),
    Math.max(minY, south - spareY),
    Math.min(maxX, east + spareX),
    Math.min(maxY, north + spareY),
  ];
}

function vectorLayers(layers: readonly LayerIndex[]): readonly object[] {
  return layers.map(({ name }) => ({ id: name, fields: {}, minzoom: tileZooms.min, maxzoom: tileZooms.max }));
}

/**
 * A PMTiles v3 archive of vector tiles, zooms 8 to 15, layers as in docs/maps.md. With `gzip` its tiles are stored gzipped, else plain;
 * directories are always plain.
 */
export async function buildTiles(
  city: ImportedCity,
  options: {
    readonly gzip?: (bytes: Uint8Array) => Uint8Array;
    readonly onProgress?: (fraction: number, what: string) => void;
  } = {},
): Promise<Uint8Array> {
  const { gzip, onProgress = () => {} } = options;
  const what = "drawing the map";
  onProgress(0, what);
  const grouped = Map.groupBy([...city.scenery, ...streetLines(city.scenery)], (feature) => feature.layer);
  const layers = [...grouped].map(([name, features]) => new LayerIndex(name, features));
  onProgress(0.2, what);
  const bounds = drawnBounds(city);
  const tiles: ArchiveTile[] = [];
  // The last zoom holds three quarters of all tiles.
  for (let zoom: number = tileZooms.min; zoom <= tileZooms.max; zoom++) {
    const range = tileRange(bounds, zoom);
    for (let column = range.west; column <= range.east; column++) {
      for (let row = range.north; row <= range.south; row++) {
        const found: Record<string, CutTile> = {};
        for (const layer of layers) {
          const tile = layer.tile(zoom, column, row);
          if (tile !== undefined) found[layer.name] = tile;
        }
        if (Object.keys(found).length === 0) continue;
        const bytes = fromGeojsonVt(found, { version: 2, extent });
        tiles.push({ id: tileId(zoom, column, row), bytes: gzip === undefined ? bytes : gzip(bytes) });
      }
      const done = (column - range.west + 1) / (range.east - range.west + 1);
      if (zoom === tileZooms.max) onProgress(0.4 + 0.6 * done, what);
    }
    if (zoom < tileZooms.max)
      onProgress(0.2 + 0.2 * ((zoom - tileZooms.min + 1) / (tileZooms.max - tileZooms.min)), what);
  }
  return writeArchive(tiles, {
    bounds,
    centre: city.centre,
    minZoom: tileZooms.min,
    maxZoom: tileZooms.max,
    gzipped: gzip !== undefined,
    metadata: { name: city.name, attribution: city.attribution, vector_layers: vectorLayers(layers) },
  });
}
