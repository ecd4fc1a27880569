import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

import type { MapInfo } from "@caravan/link";
import { openTiles } from "@caravan/roads/tiles";
import type { City } from "@caravan/roads";
import type { TileArchive } from "@caravan/roads/tiles";
import Type from "typebox";
import { Value } from "typebox/value";

const Point = Type.Tuple([Type.Number(), Type.Number()]);
/** What the import wrote beside the roads. */
const CityJson = Type.Object({
  density: Type.Optional(Type.Object({ corners: Type.Tuple([Point, Point, Point, Point]) })),
  zooms: Type.Object({ min: Type.Integer(), max: Type.Integer() }),
});

const inflate = promisify(gunzip);

/** A map is drawn within a minute of the first start; who asks before waits so long for it. */
const drawnWithinMs = 60_000;
const lookEveryMs = 250;

/** The drawn map of one city as files, opened once for all cars of the process. */
export interface CityFiles {
  readonly info: MapInfo;
  /** An uncompressed vector tile; "empty" where the map is, "not-drawn" where it is still being drawn after a minute. */
  tile(z: number, x: number, y: number): Promise<Uint8Array | "empty" | "not-drawn">;
  /** The tone of the land as a PNG; undefined where the city needs none or it is not drawn yet. */
  density(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** The files of a prepared city; those of its drawing may come later. Throws where there is no such city. */
export async function openCityFiles(folder: string, city: City): Promise<CityFiles> {
  const described: unknown = JSON.parse(await readFile(join(folder, "city.json"), "utf8"));
  if (!Value.Check(CityJson, described)) throw new Error(`the prepared city in ${folder} cannot be read`);
  const { density, zooms } = described;
  const closing = new AbortController();
  let handle: FileHandle | undefined;
  let archive: Promise<TileArchive | undefined> | undefined;

  async function openArchive(): Promise<TileArchive | undefined> {
    const file = join(folder, "tiles.pmtiles");
    if (!(await appears(file, closing.signal))) return undefined;
    const opened = await open(file, "r");
    handle = opened;
    return openTiles({
      name: city.version,
      read: (offset, length) => readBytes(opened, offset, length),
      gunzip: async (packed) => inflate(packed),
    });
  }

  return {
    info: {
      version: city.version,
      name: city.name,
      bounds: city.bounds,
      centre: [city.centre.lon, city.centre.lat],
      minZoom: zooms.min,
      maxZoom: zooms.max,
      tiles: `/tiles/${city.version}/{z}/{x}/{y}.mvt`,
      ...(density === undefined ? {} : { density: { url: `/density/${city.version}.png`, corners: density.corners } }),
      detailed: city.detailed,
      attribution: city.attribution,
    },
    async tile(z, x, y) {
      archive ??= openArchive();
      const opened = await archive;
      // Asked again later it may be there.
      if (opened === undefined) archive = undefined;
      return opened === undefined ? "not-drawn" : ((await opened.tile(z, x, y)) ?? "empty");
    },
    async density() {
      const file = join(folder, "density.png");
      return density !== undefined && (await appears(file, closing.signal)) ? readFile(file) : undefined;
    },
    async close() {
      closing.abort();
      await handle?.close();
    },
  };
}

/** Waits for a file that is being made; it comes whole, by a rename. */
async function appears(file: string, signal: AbortSignal): Promise<boolean> {
  for (let waited = 0; !existsSync(file); waited += lookEveryMs) {
    if (waited >= drawnWithinMs || signal.aborted) return false;
    await sleep(lookEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return true;
}

async function readBytes(handle: FileHandle, offset: number, length: number): Promise<ArrayBuffer> {
  const data = new ArrayBuffer(length);
  const { bytesRead } = await handle.read(new Uint8Array(data), 0, length, offset);
  return bytesRead === length ? data : data.slice(0, bytesRead);
}
