import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { buildTiles, densityCorners, drawDensity, tileZooms } from "@caravan/roads/drawing";
import { MapError, mapErrorCodes } from "@caravan/roads";
import { encodeCity, importCity, importerVersion, importLand } from "@caravan/roads/importing";
import type { City, ImportedCity, Land } from "@caravan/roads";
import type { ImportOptions, MapSource } from "@caravan/roads/importing";
import { pinyin } from "pinyin-pro";
import Type from "typebox";
import { Value } from "typebox/value";
import { densityPng } from "./city-png.ts";
import { CityShelf } from "./city-shelf.ts";
import type { PreparedCity } from "./city-shelf.ts";
import { simulatedChargers, simulatedPlaces } from "./simulated-places.ts";
import { OrderThreads } from "./order-threads.ts";
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
function factsOf(city: City) {
  const { name, bounds, centre, detailed, attribution, drivingSide } = city;
  const corners = densityCorners(bounds).map(({ lon, lat }) => [lon, lat]);
  return {
    name,
    bounds,
    centre,
    detailed,
    attribution,
    drivingSide,
    zooms: tileZooms,
    ...(detailed ? {} : { density: { corners } }),
    drawn: detailed ? ["tiles.pmtiles"] : ["density.png", "tiles.pmtiles"],
  };
}

/** The roads of a smaller map file are in order before threads have begun. */
const fewestForThreads = 256 * 1024;

/** The share of the work after which a city can be driven in; the rest is drawing. */
const roadsShare = 0.6;

/**
 * The city of a map file (the default one without `map`), imported unless it was before. `onReady` is called as soon as it can be driven
 * in; the answer comes when its map is drawn too. Everything that is wrong with the map is a `MapError` with one sentence, and leaves the
 * shelf as it was.
 */
export async function prepareCity(
  request: CityRequest & { readonly onReady?: (city: PreparedCity) => void },
): Promise<PreparedCity> {
  const { data, map, onProgress = () => {}, onReady = () => {}, signal } = request;
  const shelf = shelfIn(data);
  const known = findPreparedCity(request);
  if (known !== undefined) onReady(known);
  if (known !== undefined && shelf.isDrawn(known)) return known;
  const file = findMapFile(map);
  const bytes = readMapFile(file);
  const version = versionOf(bytes, file.name);
  const source = mapSourceOf(bytes, file.file);
  const options: ImportOptions = {
    name: file.name,
    version,
    onProgress: (fraction, what) => onProgress(fraction * roadsShare * 0.9, what),
    romanise: (text) => pinyin(text, { toneType: "none", type: "array", nonZh: "consecutive" }),
    ...(signal === undefined ? {} : { signal }),
  };
  const { prepared, land } =
    known === undefined
      ? await importRoads(shelf, source, options, bytes.length)
      : { prepared: known, land: await importLand(source, options) };
  if (known === undefined) onReady(prepared);
  onProgress(roadsShare, "drawing the map");
  const files = await draw(land, (fraction, what) => {
    if (signal?.aborted ?? false) throw new MapError("stopped", "The import of the map was stopped.");
    onProgress(roadsShare + fraction * (0.99 - roadsShare), what);
  });
  shelf.add(prepared, files);
  shelf.prune(version);
  onProgress(1, "map ready");
  return prepared;
}

/** A city that lies on the shelf with all that is needed to drive in it. */
async function importRoads(shelf: CityShelf, source: MapSource, options: ImportOptions, size: number) {
  const threads = size < fewestForThreads ? undefined : new OrderThreads();
  try {
    const city = await importCity(source, { ...options, order: threads?.order });
    return { prepared: storeRoads(shelf, city), land: city };
  } finally {
    await threads?.stop();
  }
}

function storeRoads(shelf: CityShelf, city: ImportedCity): PreparedCity {
  const invented = simulatedPlaces(city);
  const files = new Map<string, Uint8Array>([
    ["city.bin", encodeCity(city)],
    ["places.json", encode(invented)],
    ["chargers.json", encode(simulatedChargers(invented, city, new Date()))],
  ]);
  return shelf.put(city.version, files, factsOf(city));
}

/** Everything that is needed to see it. */
async function draw(city: Land, onProgress: Progress): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  if (!city.detailed) files.set("density.png", densityPng(drawDensity(city)));
  const tiles = await buildTiles(city, { gzip: (tile) => gzipSync(tile, { level: 6 }), onProgress });
  return files.set("tiles.pmtiles", tiles);
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

const Line = Type.Union([
  Type.Object({ progress: Type.Number(), what: Type.String() }),
  Type.Object({ ready: Type.Object({ version: Type.String(), folder: Type.String() }) }),
  Type.Object({ drawn: Type.Literal(true) }),
  Type.Object({ failed: Type.String(), code: Type.Enum([...mapErrorCodes]) }),
]);

/** A city that can be driven in while its map is still being drawn; `drawn` rejects where that fails. */
export interface ReadyCity extends PreparedCity {
  readonly drawn: Promise<void>;
}

/**
 * As `prepareCity`, but in a process of its own, so that its memory is given back, and answered as soon as the city can be driven in. A
 * city that was prepared and drawn before is answered at once without one.
 */
export async function prepareCityInChild(request: CityRequest): Promise<ReadyCity> {
  const { data, map, onProgress = () => {}, signal } = request;
  const known = findPreparedCity(request);
  if (known !== undefined && shelfIn(data).isDrawn(known)) {
    onProgress(1, "map ready");
    return { ...known, drawn: Promise.resolve() };
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
  const ready = Promise.withResolvers<PreparedCity>();
  const drawn = Promise.withResolvers<void>();
  const fail = (error: MapError) => {
    ready.reject(error);
    drawn.reject(error);
  };
  const failed = (cause?: unknown) =>
    fail(
      (signal?.aborted ?? false)
        ? new MapError("stopped", "The import of the map was stopped.")
        : new MapError("broken-map", "The import of the map ended before it was done.", {
            cause: cause ?? problems.join(""),
          }),
    );
  // Whoever does not wait for the drawing need not hear of its end.
  drawn.promise.catch(() => undefined);
  child.once("error", failed);
  child.once("close", () => failed());
  if (child.stdout === null) failed();
  else {
    let isReady = false;
    createInterface({ input: child.stdout }).on("line", (text) => {
      let line: unknown;
      try {
        line = JSON.parse(text);
      } catch {
        return;
      }
      if (!Value.Check(Line, line)) return;
      if ("progress" in line) {
        if (!isReady) onProgress(Math.min(1, line.progress / roadsShare), line.what);
      } else if ("ready" in line) {
        isReady = true;
        ready.resolve(line.ready);
      } else if ("drawn" in line) drawn.resolve();
      else fail(new MapError(line.code, line.failed));
    });
  }
  return { ...(await ready.promise), drawn: drawn.promise };
}
