import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { MapInfo } from "@caravan/link";
import { Compression, PMTiles } from "pmtiles";
import type { RangeResponse, Source } from "pmtiles";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { StartProblem } from "../engines/problem.ts";

const inflate = promisify(gunzip);
const Degrees = Type.Number();
const Point = Type.Tuple([Degrees, Degrees]);

/** What the import wrote about the city; the cloud draws it and never loads its roads. */
const CityFacts = Type.Object({
  name: Type.String(),
  version: Type.String({ pattern: "^[A-Za-z0-9._-]{1,80}$" }),
  bounds: Type.Tuple([Degrees, Degrees, Degrees, Degrees]),
  centre: Type.Object({ lat: Degrees, lon: Degrees }),
  detailed: Type.Boolean(),
  attribution: Type.String(),
  density: Type.Optional(Type.Object({ corners: Type.Array(Point, { minItems: 4, maxItems: 4 }) })),
});

/** The drawn map of one city, read from its files. */
export interface CityFiles {
  readonly info: MapInfo;
  /** An uncompressed vector tile; undefined where the map is empty. */
  readonly tile: (z: number, x: number, y: number) => Promise<Uint8Array | undefined>;
  /** The tone of the land as a PNG; undefined where the city needs none. */
  readonly density: Uint8Array | undefined;
  readonly close: () => Promise<void>;
}

export async function openCityFiles(folder: string): Promise<CityFiles> {
  if (!existsSync(join(folder, "city.json"))) {
    throw new StartProblem("no-map", `There is no prepared city in ${folder}.`);
  }
  const facts: unknown = JSON.parse(await readFile(join(folder, "city.json"), "utf8"));
  if (!Value.Check(CityFacts, facts)) {
    throw new StartProblem(
      "bad-map",
      `The prepared city in ${folder} cannot be read; remove that folder and start again.`,
    );
  }
  const picture = join(folder, "density.png");
  const density = facts.density !== undefined && existsSync(picture) ? await readFile(picture) : undefined;
  const handle = await open(join(folder, "tiles.pmtiles"), "r");
  const archive = new PMTiles(new FileSource(handle, facts.version), undefined, decompress);
  const { minZoom, maxZoom } = await archive.getHeader();
  return {
    info: {
      version: facts.version,
      name: facts.name,
      bounds: facts.bounds,
      centre: [facts.centre.lon, facts.centre.lat],
      minZoom,
      maxZoom,
      tiles: `/api/tiles/${facts.version}/{z}/{x}/{y}.mvt`,
      ...(density === undefined || facts.density === undefined
        ? {}
        : { density: { url: `/api/density/${facts.version}.png`, corners: facts.density.corners } }),
      detailed: facts.detailed,
      attribution: facts.attribution,
    },
    async tile(z, x, y) {
      if (z < minZoom || z > maxZoom || x >= 2 ** z || y >= 2 ** z) return undefined;
      const found = await archive.getZxy(z, x, y);
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

async function decompress(packed: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  if (compression === Compression.None || compression === Compression.Unknown) return packed;
  if (compression !== Compression.Gzip) throw new Error(`tiles compressed by method ${compression} cannot be read`);
  return Uint8Array.from(await inflate(new Uint8Array(packed))).buffer;
}
