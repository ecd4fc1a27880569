import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { MapInfo } from "@caravan/link";
import { openTiles } from "@caravan/roads/tiles";
import type { TileArchive } from "@caravan/roads/tiles";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { StartProblem } from "../engines/problem.ts";

const inflate = promisify(gunzip);
const Degrees = Type.Number();
const Point = Type.Tuple([Degrees, Degrees]);

/** What the import wrote about the city. */
const CityFacts = Type.Object({
  name: Type.String(),
  version: Type.String({ pattern: "^[A-Za-z0-9._-]{1,80}$" }),
  bounds: Type.Tuple([Degrees, Degrees, Degrees, Degrees]),
  centre: Type.Object({ lat: Degrees, lon: Degrees }),
  detailed: Type.Boolean(),
  attribution: Type.String(),
  zooms: Type.Object({ min: Type.Integer(), max: Type.Integer() }),
  density: Type.Optional(Type.Object({ corners: Type.Array(Point, { minItems: 4, maxItems: 4 }) })),
});

/** A map is drawn within a minute of the first start; who asks before waits so long for it. */
const drawnWithinMs = 60_000;
const lookEveryMs = 250;

/** The drawn map of one city, read from its files. */
export interface CityFiles {
  readonly info: MapInfo;
  /** An uncompressed vector tile; "empty" where the map is, "not-drawn" where it is still being drawn after a minute. */
  readonly tile: (z: number, x: number, y: number) => Promise<Uint8Array | "empty" | "not-drawn">;
  /** The tone of the land as a PNG; undefined where the city needs none or it is not drawn yet. */
  readonly density: () => Promise<Uint8Array | undefined>;
  readonly close: () => Promise<void>;
}

/** The files of a prepared city; those of its drawing may come later. Throws where there is no such city. */
export async function openCityFiles(folder: string): Promise<CityFiles> {
  if (!existsSync(join(folder, "city.json"))) {
    throw new StartProblem("no-map", `There is no prepared city in ${folder}.`);
  }
  const city: unknown = JSON.parse(await readFile(join(folder, "city.json"), "utf8"));
  if (!Value.Check(CityFacts, city)) {
    throw new StartProblem(
      "bad-map",
      `The prepared city in ${folder} cannot be read; remove that folder and start again.`,
    );
  }
  const { density, zooms, version } = city;
  const closing = new AbortController();
  let handle: FileHandle | undefined;
  let archive: Promise<TileArchive | undefined> | undefined;

  async function openArchive(): Promise<TileArchive | undefined> {
    const file = join(folder, "tiles.pmtiles");
    if (!(await appears(file, closing.signal))) return undefined;
    const opened = await open(file, "r");
    handle = opened;
    return openTiles({
      name: version,
      read: (offset, length) => readBytes(opened, offset, length),
      gunzip: async (packed) => inflate(packed),
    });
  }

  return {
    info: {
      version,
      name: city.name,
      bounds: city.bounds,
      centre: [city.centre.lon, city.centre.lat],
      minZoom: zooms.min,
      maxZoom: zooms.max,
      tiles: `/api/tiles/${version}/{z}/{x}/{y}.mvt`,
      ...(density === undefined ? {} : { density: { url: `/api/density/${version}.png`, corners: density.corners } }),
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
