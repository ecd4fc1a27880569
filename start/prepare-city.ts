// Runs in a process of its own that people wait for: what is not always needed, or only after the roads, is loaded when it is.
import { MapError } from "@caravan/roads";
import type { City, ImportedCity } from "@caravan/roads";
import { densityCorners, encodeCity, importCity, importLand, tileZooms } from "@caravan/roads/importing";
import type { ImportOptions, MapSource } from "@caravan/roads/importing";
import { roadsShare, shelfIn } from "./city-request.ts";
import type { CityRequest } from "./city-request.ts";
import type { CityShelf, PreparedCity } from "./city-shelf.ts";
import { findMapFile, mapSourceOf, readMapFile, versionOf } from "./city-source.ts";
import { OrderThreads } from "./order-threads.ts";
import { simulatedChargers, simulatedPlaces } from "./simulated-places.ts";

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
  const file = findMapFile(map);
  const bytes = readMapFile(file);
  const version = versionOf(bytes, file.name);
  const known = shelf.find(version);
  if (known !== undefined) onReady(known);
  if (known !== undefined && shelf.isDrawn(known)) return known;
  const options: ImportOptions = {
    name: file.name,
    version,
    onProgress: (fraction, what) => onProgress(fraction * roadsShare * 0.9, what),
    romanise,
    ...(signal === undefined ? {} : { signal }),
  };
  const source = () => mapSourceOf(bytes, file.file);
  const { prepared, land } =
    known === undefined
      ? await importRoads(shelf, source, options, bytes.length)
      : { prepared: known, land: await importLand(source(), options) };
  if (known === undefined) onReady(prepared);
  onProgress(roadsShare, "drawing the map");
  const { drawCity } = await import("./draw-city.ts");
  const files = await drawCity(land, (fraction, what) => {
    if (signal?.aborted ?? false) throw new MapError("stopped", "The import of the map was stopped.");
    onProgress(roadsShare + fraction * (0.99 - roadsShare), what);
  });
  shelf.add(prepared, files);
  shelf.prune(version);
  onProgress(1, "map ready");
  return prepared;
}

async function romanise() {
  const { pinyin } = await import("pinyin-pro");
  return (text: string) => pinyin(text, { toneType: "none", type: "array", nonZh: "consecutive" });
}

/** A city that lies on the shelf with all that is needed to drive in it. */
async function importRoads(shelf: CityShelf, source: () => MapSource, options: ImportOptions, size: number) {
  // They load while the map is parsed.
  const threads = size < fewestForThreads ? undefined : new OrderThreads();
  try {
    const city = await importCity(source(), { ...options, order: threads?.order });
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

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
