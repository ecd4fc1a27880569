import { open, readFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import type { MapInfo } from "@caravan/link";
import type { City } from "@caravan/roads";
import { Compression, PMTiles } from "pmtiles";
import type { RangeResponse, Source } from "pmtiles";
import Type from "typebox";
import { Value } from "typebox/value";

const Point = Type.Tuple([Type.Number(), Type.Number()]);
/** What the import wrote beside the tiles; only the corners of the density picture are taken from here. */
const CityJson = Type.Object({
  density: Type.Optional(Type.Object({ corners: Type.Tuple([Point, Point, Point, Point]) })),
});

const inflate = promisify(gunzip);

/** The drawn map of one city as files, opened once for all cars of the process. */
export interface CityFiles {
  readonly info: MapInfo;
  /** An uncompressed vector tile; undefined where the map is empty. */
  tile(z: number, x: number, y: number): Promise<Uint8Array | undefined>;
  /** The tone of the land as a PNG; undefined where the city needs none. */
  readonly density: Uint8Array | undefined;
  close(): Promise<void>;
}

export async function openCityFiles(folder: string, city: City): Promise<CityFiles> {
  const handle = await open(join(folder, "tiles.pmtiles"), "r");
  const tiles = new PMTiles(new FileSource(handle, city.version), undefined, decompress);
  const header = await tiles.getHeader();
  const described: unknown = JSON.parse(await readFile(join(folder, "city.json"), "utf8"));
  const corners = Value.Check(CityJson, described) ? described.density?.corners : undefined;
  const density = corners === undefined ? undefined : await readFile(join(folder, "density.png"));
  return {
    info: {
      version: city.version,
      name: city.name,
      bounds: city.bounds,
      centre: [city.centre.lon, city.centre.lat],
      minZoom: header.minZoom,
      maxZoom: header.maxZoom,
      tiles: `/tiles/${city.version}/{z}/{x}/{y}.mvt`,
      ...(corners === undefined ? {} : { density: { url: `/density/${city.version}.png`, corners } }),
      detailed: city.detailed,
      attribution: city.attribution,
    },
    tile: async (z, x, y) => {
      if (z < header.minZoom || z > header.maxZoom || x >= 2 ** z || y >= 2 ** z) return undefined;
      const found = await tiles.getZxy(z, x, y);
      return found === undefined ? undefined : new Uint8Array(found.data);
    },
    density,
    close: () => handle.close(),
  };
}

class FileSource implements Source {
  readonly #handle: FileHandle;
  readonly #key: string;

  constructor(handle: FileHandle, key: string) {
    this.#handle = handle;
    this.#key = key;
  }

  getKey(): string {
    return this.#key;
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    const data = new ArrayBuffer(length);
    const { bytesRead } = await this.#handle.read(new Uint8Array(data), 0, length, offset);
    return { data: bytesRead === length ? data : data.slice(0, bytesRead) };
  }
}

async function decompress(bytes: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  if (compression === Compression.None || compression === Compression.Unknown) return bytes;
  if (compression !== Compression.Gzip) throw new Error(`tiles compressed by method ${compression} cannot be read`);
  return Uint8Array.from(await inflate(new Uint8Array(bytes))).buffer;
}
