/** A value a tile may carry. */
export type TileValue = string | number | boolean;

/** Layers of our tiles; names and meaning as in the OpenMapTiles schema 3.15. */
export type TileLayer =
  | "transportation"
  | "transportation_name"
  | "building"
  | "water"
  | "waterway"
  | "landcover"
  | "landuse"
  | "park"
  | "place"
  | "poi";

/** One thing to draw. `rings` are lon, lat, lon, lat, ...: one point, one line, or an outer ring followed by its holes. */
export interface SceneryFeature {
  readonly layer: TileLayer;
  readonly shape: "point" | "line" | "polygon";
  readonly rings: readonly Float64Array[];
  readonly minZoom: number;
  readonly properties: Readonly<Record<string, TileValue>>;
}

/** Everything of a map that is drawn, in no particular order. */
export type Scenery = readonly SceneryFeature[];
