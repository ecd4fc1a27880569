import { Compression, PMTiles } from "pmtiles";

/** The drawn map of a city, tile by tile. */
export interface TileArchive {
  /** An uncompressed vector tile; undefined where the map is empty, and outside the zooms that are drawn. */
  tile(zoom: number, column: number, row: number): Promise<Uint8Array | undefined>;
}

/**
 * Tiles out of a PMTiles archive as `buildTiles` makes it. `read` gives the bytes of the file from an offset, fewer only at its end;
 * `gunzip` unpacks a gzip member; `name` tells this archive from others.
 */
export async function openTiles(parts: {
  readonly name: string;
  readonly read: (offset: number, length: number) => Promise<ArrayBuffer>;
  readonly gunzip: (packed: Uint8Array) => Promise<Uint8Array>;
}): Promise<TileArchive> {
  const source = {
    getKey: () => parts.name,
    getBytes: async (offset: number, length: number) => ({ data: await parts.read(offset, length) }),
  };
  const archive = new PMTiles(source, undefined, async (bytes, compression) => {
    if (compression === Compression.None || compression === Compression.Unknown) return bytes;
    if (compression !== Compression.Gzip) throw new Error(`tiles compressed by method ${compression} cannot be read`);
    return Uint8Array.from(await parts.gunzip(new Uint8Array(bytes))).buffer;
  });
  const { minZoom, maxZoom } = await archive.getHeader();
  return {
    async tile(zoom, column, row) {
      if (zoom < minZoom || zoom > maxZoom || column >= 2 ** zoom || row >= 2 ** zoom) return undefined;
      const found = await archive.getZxy(zoom, column, row);
      return found === undefined ? undefined : new Uint8Array(found.data);
    },
  };
}
