import type { Bounds, Land } from "../city.ts";
import type { SceneryFeature } from "../scenery.ts";
import { writeArchive } from "./pmtiles-archive.ts";
import type { ArchiveTile } from "./pmtiles-archive.ts";
import { streetLines } from "./street-lines.ts";
import { TileCutter, tileMargin } from "./tile-cutter.ts";
import { tileId } from "./tile-id.ts";
import { boundsOfRings, overlaps, rangeUnder, tileBounds, tileRange, tileZooms } from "./tile-range.ts";
import type { TileRange } from "./tile-range.ts";

/** From this zoom on the city is cut block by block (one tile of this zoom each), so that memory does not grow with the city. */
const blockZoom = 12;

interface Boxed {
  readonly feature: SceneryFeature;
  readonly box: Bounds;
}

/** Bounds of everything drawn, so that water and green beyond the last road are not cut off; at most a quarter more than the roads on each side. */
function drawnBounds(roads: Bounds, drawn: readonly Boxed[]): Bounds {
  const [west, south, east, north] = roads;
  const spareX = (east - west) / 4;
  const spareY = (north - south) / 4;
  let [minX, minY, maxX, maxY] = roads;
  for (const { box } of drawn) {
    minX = Math.min(minX, box[0]);
    minY = Math.min(minY, box[1]);
    maxX = Math.max(maxX, box[2]);
    maxY = Math.max(maxY, box[3]);
  }
  return [
    Math.max(minX, west - spareX),
    Math.max(minY, south - spareY),
    Math.min(maxX, east + spareX),
    Math.min(maxY, north + spareY),
  ];
}

/**
 * A PMTiles v3 archive of vector tiles, zooms 8 to 15, layers as in docs/maps.md. With `gzip` its tiles are stored gzipped, else plain;
 * directories are always plain.
 */
export async function buildTiles(
  city: Land,
  options: {
    readonly gzip?: (bytes: Uint8Array) => Uint8Array;
    readonly onProgress?: (fraction: number, what: string) => void;
  } = {},
): Promise<Uint8Array> {
  const { gzip, onProgress = () => {} } = options;
  const what = "drawing the map";
  onProgress(0, what);
  const drawn = [...city.scenery, ...streetLines(city.scenery)].map((feature): Boxed => ({
    feature,
    box: boundsOfRings(feature.rings),
  }));
  const bounds = drawnBounds(city.bounds, drawn);
  const tiles: ArchiveTile[] = [];

  function cut(cutter: TileCutter, zoom: number, { west, east, north, south }: TileRange): void {
    for (let column = west; column <= east; column++) {
      for (let row = north; row <= south; row++) {
        const bytes = cutter.tile(zoom, column, row);
        if (bytes !== undefined) {
          tiles.push({ id: tileId(zoom, column, row), bytes: gzip === undefined ? bytes : gzip(bytes) });
        }
      }
    }
  }

  // One zoom more than is cut, so that the last one is simplified like the others.
  const overview = new TileCutter(
    drawn.flatMap(({ feature }) => (feature.minZoom < blockZoom ? [feature] : [])),
    blockZoom,
  );
  for (let zoom: number = tileZooms.min; zoom < blockZoom; zoom++) cut(overview, zoom, tileRange(bounds, zoom));
  onProgress(0.1, what);

  const blocks = tileRange(bounds, blockZoom);
  const count = (blocks.east - blocks.west + 1) * (blocks.south - blocks.north + 1);
  let done = 0;
  for (let column = blocks.west; column <= blocks.east; column++) {
    for (let row = blocks.north; row <= blocks.south; row++) {
      const around = tileBounds(blockZoom, column, row, tileMargin);
      const inside = drawn.flatMap(({ feature, box }) => (overlaps(box, around) ? [feature] : []));
      const cutter = new TileCutter(inside, tileZooms.max);
      for (let zoom: number = blockZoom; zoom <= tileZooms.max; zoom++) {
        cut(cutter, zoom, rangeUnder(tileRange(bounds, zoom), zoom - blockZoom, column, row));
        const share = (zoom - blockZoom + 1) / (tileZooms.max - blockZoom + 1);
        onProgress(0.1 + (0.9 * (done + share * share)) / count, what);
      }
      done++;
    }
  }
  const layers = [...new Set(drawn.map(({ feature }) => feature.layer))];
  return writeArchive(tiles, {
    bounds,
    centre: city.centre,
    minZoom: tileZooms.min,
    maxZoom: tileZooms.max,
    gzipped: gzip !== undefined,
    metadata: {
      name: city.name,
      attribution: city.attribution,
      vector_layers: layers.map((id) => ({ id, fields: {}, minzoom: tileZooms.min, maxzoom: tileZooms.max })),
    },
  });
}
