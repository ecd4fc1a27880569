import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import type { Feature, Geometry } from "geojson";
import type { SceneryFeature } from "../scenery.ts";

const extent = 4096;

/** Room around a tile, in units of `extent`: the widest road at the largest zoom reaches so far over the edge. */
const buffer = 96;

/** The same room as a share of a tile's side. */
export const tileMargin = buffer / extent;

/** One tile of one layer as geojson-vt gives it; of its features only the tags are ours to change. */
interface CutTile {
  readonly features: readonly { readonly tags?: Readonly<Record<string, unknown>> | null }[];
}

interface LayerIndex {
  getTile(zoom: number, column: number, row: number): CutTile | null;
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

/** Cuts features into vector tiles (Mapbox vector tile specification 2.1), one index for each layer. Keeps what it has cut until it is dropped. */
export class TileCutter {
  private readonly layers: readonly (readonly [string, LayerIndex])[];

  /** Tiles of `maxZoom` are exact, those above are simplified. */
  constructor(features: readonly SceneryFeature[], maxZoom: number) {
    this.layers = [...Map.groupBy(features, (feature) => feature.layer)].map(([name, members]) => [
      name,
      new GeoJSONVT(
        { type: "FeatureCollection", features: members.map(toGeoJson) },
        { maxZoom, indexMaxZoom: 0, indexMaxPoints: 0, extent, buffer, tolerance: 3 },
      ),
    ]);
  }

  /** The tile's bytes, undefined where there is nothing to draw. */
  tile(zoom: number, column: number, row: number): Uint8Array | undefined {
    const found: Record<string, CutTile> = {};
    for (const [name, index] of this.layers) {
      const tile = index.getTile(zoom, column, row);
      if (tile === null) continue;
      const features: CutTile["features"][number][] = [];
      for (const feature of tile.features) {
        const { minZoom, ...tags } = feature.tags ?? {};
        if (typeof minZoom === "number" && zoom < minZoom) continue;
        features.push({ ...feature, tags });
      }
      if (features.length > 0) found[name] = { ...tile, features };
    }
    return Object.keys(found).length === 0 ? undefined : fromGeojsonVt(found, { version: 2, extent });
  }
}
