import { gzipSync } from "node:zlib";
import type { Land } from "@caravan/roads";
import { buildTiles, drawDensity } from "@caravan/roads/drawing";
import { densityPng } from "./city-png.ts";
import type { Progress } from "./city-request.ts";

/** The files that are needed to see a city, by name. */
export async function drawCity(city: Land, onProgress: Progress): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  if (!city.detailed) files.set("density.png", densityPng(drawDensity(city)));
  const tiles = await buildTiles(city, { gzip: (tile) => gzipSync(tile, { level: 6 }), onProgress });
  return files.set("tiles.pmtiles", tiles);
}
