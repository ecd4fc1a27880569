import type { Bounds } from "../city.ts";

/** Below zoom 8 a city is a dot; above 15 the tiles of 15 are drawn larger, exact to 15 cm. */
export const tileZooms = { min: 8, max: 15 } as const;

/** Columns and rows of the tiles of one zoom, all inclusive. */
export interface TileRange {
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
}

/** Columns and rows of the web mercator tiles that a box touches. */
export function tileRange(bounds: Bounds, zoom: number): TileRange {
  const size = 2 ** zoom;
  const clamp = (tile: number) => Math.min(size - 1, Math.max(0, Math.floor(tile)));
  const column = (lon: number) => clamp(((lon + 180) / 360) * size);
  const row = (lat: number) => clamp((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * size);
  return { west: column(bounds[0]), east: column(bounds[2]), north: row(bounds[3]), south: row(bounds[1]) };
}

/** Tiles of a range that lie under the tile `column`, `row` of the zoom `levels` further out. */
export function rangeUnder(range: TileRange, levels: number, column: number, row: number): TileRange {
  const size = 2 ** levels;
  return {
    west: Math.max(range.west, column * size),
    east: Math.min(range.east, (column + 1) * size - 1),
    north: Math.max(range.north, row * size),
    south: Math.min(range.south, (row + 1) * size - 1),
  };
}

/** The box of a tile, larger by `margin` of its side all around. */
export function tileBounds(zoom: number, column: number, row: number, margin: number): Bounds {
  const size = 2 ** zoom;
  const lon = (x: number) => (x / size) * 360 - 180;
  const lat = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / size))) * 180) / Math.PI;
  return [lon(column - margin), lat(row + 1 + margin), lon(column + 1 + margin), lat(row - margin)];
}

export function overlaps(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}

/** The box around lines of lon, lat, lon, lat, ... */
export function boundsOfRings(rings: readonly Float64Array[]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      west = Math.min(west, ring[i]);
      east = Math.max(east, ring[i]);
      south = Math.min(south, ring[i + 1]);
      north = Math.max(north, ring[i + 1]);
    }
  }
  return [west, south, east, north];
}
