import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import {
  buildTiles,
  drawDensity,
  encodeCity,
  importCity,
  importerVersion,
  MapError,
  mapErrorCodes,
} from "@caravan/roads";
import type { City } from "@caravan/roads";
import { pinyin } from "pinyin-pro";
import Type from "typebox";
import { Value } from "typebox/value";
import { densityPng } from "./city-png.ts";
import { CityShelf } from "./city-shelf.ts";
import type { PreparedCity } from "./city-shelf.ts";
import { simulatedChargers, simulatedPlaces } from "./simulated-places.ts";
import { findMapFile, mapSourceOf, mapsFolder, readMapFile, versionOf } from "./city-source.ts";

export type { PreparedCity } from "./city-shelf.ts";

/** 0 to 1, with a word for people about what is being done. */
export type Progress = (fraction: number, what: string) => void;

export interface CityRequest {
  /** The data folder; cities lie in `<data>/maps/<version>/`. */
  readonly data: string;
  /** An OpenStreetMap extract; the default city without one. */
  readonly map?: string;
  readonly onProgress?: Progress;
  readonly signal?: AbortSignal;
}

function shelfIn(data: string): CityShelf {
  return new CityShelf({ folder: mapsFolder(data), importerVersion });
}

/** The city of a request if it was prepared before; takes some tens of milliseconds. Throws `MapError` if there is no such map file. */
export function findPreparedCity({ data, map }: CityRequest): PreparedCity | undefined {
  const shelf = shelfIn(data);
  const city = shelf.find(shelf.versionOf(findMapFile(map)));
  if (city !== undefined) shelf.touch(city, new Date());
  return city;
}

/** What a map view and the servers must know without opening the graph. */
function factsOf(city: City, corners: ReturnType<typeof drawDensity>["corners"] | undefined) {
  const { name, bounds, centre, detailed, attribution, drivingSide } = city;
  const density = corners === undefined ? {} : { density: { corners: corners.map(({ lon, lat }) => [lon, lat]) } };
  return { name, bounds, centre, detailed, attribution, drivingSide, ...density };
}

/**
 * The city of a map file (the default one without `map`), imported unless it was before. Everything that is wrong with the map is a
 * `MapError` with one sentence, and leaves the shelf as it was.
 */
export async function prepareCity(request: CityRequest): Promise<PreparedCity> {
  const { data, map, onProgress = () => {}, signal } = request;
  const known = findPreparedCity(request);
  if (known !== undefined) return known;
  const file = findMapFile(map);
  const bytes = readMapFile(file);
  const version = versionOf(bytes, file.name);
  const stop = signal === undefined ? {} : { signal };
  const city = await importCity(mapSourceOf(bytes, file.file), {
    name: file.name,
    version,
    onProgress: (fraction, what) => onProgress(fraction * 0.35, what),
    romanise: (text) => pinyin(text, { toneType: "none", type: "array", nonZh: "consecutive" }),
    ...stop,
  });
  const files = new Map<string, Uint8Array>();
  files.set("city.bin", encodeCity(city));
  const invented = simulatedPlaces(city);
  files.set("places.json", encode(invented));
  files.set("chargers.json", encode(simulatedChargers(invented, city, new Date())));
  const density = city.detailed ? undefined : drawDensity(city);
  if (density !== undefined) files.set("density.png", densityPng(density));
  onProgress(0.45, "drawing the map");
  const tiles = await buildTiles(city, {
    gzip: (tile) => gzipSync(tile, { level: 6 }),
    onProgress: (fraction, what) => {
      if (signal?.aborted ?? false) throw new MapError("stopped", "The import of the map was stopped.");
      onProgress(0.45 + fraction * 0.5, what);
    },
  });
  files.set("tiles.pmtiles", tiles);
  onProgress(0.97, "storing the map");
  const shelf = shelfIn(data);
  const prepared = shelf.put(version, files, factsOf(city, density?.corners));
  shelf.prune(version);
  onProgress(1, "map ready");
  return prepared;
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

const Line = Type.Union([
  Type.Object({ progress: Type.Number(), what: Type.String() }),
  Type.Object({ ready: Type.Object({ version: Type.String(), folder: Type.String() }) }),
  Type.Object({ failed: Type.String(), code: Type.Enum([...mapErrorCodes]) }),
]);

/**
 * As `prepareCity`, but the import runs in a process of its own, so that its memory is given back. A city that was prepared before is
 * answered at once without one.
 */
export async function prepareCityInChild(request: CityRequest): Promise<PreparedCity> {
  const { data, map, onProgress = () => {}, signal } = request;
  const known = findPreparedCity(request);
  if (known !== undefined) {
    onProgress(1, "map ready");
    return known;
  }
  // The tether ends the import when this process is gone; it needs the channel.
  const child = spawn(
    process.execPath,
    [
      "--import",
      join(import.meta.dirname, "tether.ts"),
      join(import.meta.dirname, "city-worker.ts"),
      JSON.stringify({ data, map }),
    ],
    { stdio: ["ignore", "pipe", "pipe", "ipc"], ...(signal === undefined ? {} : { signal }) },
  );
  const problems: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => {
    problems.push(chunk.toString());
    if (problems.length > 20) problems.shift();
  });
  return new Promise((resolve, reject) => {
    const failed = (cause?: unknown) =>
      reject(
        (signal?.aborted ?? false)
          ? new MapError("stopped", "The import of the map was stopped.")
          : new MapError("broken-map", "The import of the map ended before it was done.", {
              cause: cause ?? problems.join(""),
            }),
      );
    child.once("error", failed);
    child.once("close", () => failed());
    if (child.stdout === null) return failed();
    createInterface({ input: child.stdout }).on("line", (text) => {
      let line: unknown;
      try {
        line = JSON.parse(text);
      } catch {
        return;
      }
      if (!Value.Check(Line, line)) return;
      if ("progress" in line) onProgress(line.progress, line.what);
      else if ("ready" in line) resolve(line.ready);
      else reject(new MapError(line.code, line.failed));
    });
  });
}
