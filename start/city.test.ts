import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { MapError, openCity } from "@caravan/roads";
import { afterEach, beforeEach, expect, test } from "vitest";
import { densityPng } from "./city-png.ts";
import { findPreparedCity } from "./city-request.ts";
import { prepareCityInChild } from "./city.ts";
import { prepareCity } from "./prepare-city.ts";

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "caravan-city-"));
});
afterEach(() => rmSync(data, { recursive: true }));

/** A village of two streets, moved by `shift` degrees so that each has bytes of its own. */
function village(shift = 0): string {
  const street = (name: string, coordinates: readonly (readonly [number, number])[]) => ({
    type: "Feature",
    properties: { highway: "residential", name },
    geometry: { type: "LineString", coordinates },
  });
  const lon = 11.97 + shift;
  const features = [
    street("Ett", [
      [lon, 57.7],
      [lon + 0.01, 57.7],
    ]),
    street("Två", [
      [lon, 57.7],
      [lon, 57.71],
    ]),
  ];
  return JSON.stringify({ type: "FeatureCollection", features });
}

function mapFile(name: string, content: string | Uint8Array): string {
  const file = join(data, name);
  writeFileSync(file, content);
  return file;
}

const shelf = () => readdirSync(join(data, "maps")).toSorted();

test("a map becomes a folder with the city, its tiles, the tone of its land and its facts", async () => {
  const seen: number[] = [];
  const map = mapFile("Village.geojson", village());
  const { folder, version } = await prepareCity({ data, map, onProgress: (fraction) => seen.push(fraction) });
  expect(folder).toBe(join(data, "maps", version));
  const city = openCity(readFileSync(join(folder, "city.bin")));
  expect(city).toMatchObject({ name: "Village", version, detailed: false });
  const facts = JSON.parse(readFileSync(join(folder, "city.json"), "utf8"));
  expect(facts).toMatchObject({
    name: "Village",
    version,
    bounds: [...city.bounds],
    attribution: "© OpenStreetMap contributors",
  });
  expect(facts.density.corners).toHaveLength(4);
  expect(readFileSync(join(folder, "tiles.pmtiles")).subarray(0, 7).toString()).toBe("PMTiles");
  expect(readFileSync(join(folder, "density.png")).subarray(1, 4).toString()).toBe("PNG");
  expect(seen.at(-1)).toBe(1);
  expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
});

test("the same map is imported once, and again when a file of it has gone", async () => {
  const map = mapFile("a.geojson", village());
  const first = await prepareCity({ data, map });
  const written = statSync(join(first.folder, "city.bin")).mtimeMs;
  expect(findPreparedCity({ data, map })).toEqual(first);
  expect(await prepareCity({ data, map })).toEqual(first);
  expect(statSync(join(first.folder, "city.bin")).mtimeMs).toBe(written);
  truncateSync(join(first.folder, "city.bin"), 10);
  expect(findPreparedCity({ data, map })).toBeUndefined();
  const again = await prepareCity({ data, map });
  expect(openCity(readFileSync(join(again.folder, "city.bin"))).name).toBe("a");
});

test("three cities are kept, the last used ones, and what a killed import left is cleared away", async () => {
  const made: string[] = [];
  for (let i = 0; i < 4; i++) {
    const { folder, version } = await prepareCity({ data, map: mapFile("city.geojson", village(i / 10)) });
    utimesSync(folder, new Date(1_000_000 + i * 1_000), new Date(1_000_000 + i * 1_000));
    made.push(version);
    // The first one is used again, so the second is the oldest.
    if (i === 2) utimesSync(join(data, "maps", made[0]), new Date(2_000_000_000), new Date(2_000_000_000));
    mkdirSync(join(data, "maps", ".making-999999999-x"), { recursive: true });
  }
  await prepareCity({ data, map: mapFile("city.geojson", village(0.9)) });
  const left = shelf();
  expect(left).toHaveLength(3);
  expect(left).toContain(made[0]);
  expect(left).toContain(made[3]);
});

test.each<[string, string | Uint8Array | undefined, string]>([
  ["missing", undefined, "missing-file"],
  ["empty", "", "not-a-map"],
  ["a text", "once upon a time", "not-a-map"],
  ["half a JSON", village().slice(0, 200), "broken-map"],
  ["JSON of something else", '{"a": 1}', "not-a-map"],
  ["an XML of something else", "<html></html>", "not-a-map"],
  ["without roads", '{"type":"FeatureCollection","features":[]}', "no-roads"],
  ["a PBF cut off", Uint8Array.from([0, 0, 0, 13, 10, 9, ...Buffer.from("OSMHeader"), 24, 100]), "broken-map"],
])(
  "a map that is %s is refused in one sentence and nothing is stored",
  async (_what, content, code) => {
    const map = content === undefined ? join(data, "nowhere.pbf") : mapFile("x.osm.pbf", content);
    const error: unknown = await prepareCity({ data, map }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "MapError", code });
    expect(String(error)).toMatch(/^MapError: [A-Z][^\n]*\.$/u);
    expect(existsSync(join(data, "maps")) ? shelf() : []).toEqual([]);
  },
  60_000,
);

test("a process of its own prepares the city too, tells how far it is, and is not needed a second time", async () => {
  const map = mapFile("b.geojson", village());
  const told: string[] = [];
  const { drawn, ...made } = await prepareCityInChild({ data, map, onProgress: (_fraction, what) => told.push(what) });
  expect(told.length).toBeGreaterThan(3);
  await drawn;
  expect(await prepareCity({ data, map })).toEqual(made);
  told.length = 0;
  expect(await prepareCityInChild({ data, map, onProgress: (_fraction, what) => told.push(what) })).toMatchObject(made);
  expect(told).toEqual(["map ready"]);
});

test("a city can be driven in before its map is drawn, and a drawing that was cut short is made up for", async () => {
  const map = mapFile("d.geojson", village());
  let drawnWhenReady: boolean | undefined;
  const { folder, version } = await prepareCity({
    data,
    map,
    onReady: (city) => {
      drawnWhenReady = existsSync(join(city.folder, "tiles.pmtiles"));
      openCity(readFileSync(join(city.folder, "city.bin")));
    },
  });
  expect(drawnWhenReady).toBe(false);
  const tiles = readFileSync(join(folder, "tiles.pmtiles"));
  rmSync(join(folder, "tiles.pmtiles"));
  const written = statSync(join(folder, "city.bin")).mtimeMs;
  expect(findPreparedCity({ data, map })).toEqual({ folder, version });
  const again = await prepareCityInChild({ data, map });
  await again.drawn;
  expect(readFileSync(join(folder, "tiles.pmtiles"))).toEqual(tiles);
  rmSync(join(folder, "tiles.pmtiles"));
  const told = new Set<string>();
  await prepareCity({ data, map, onProgress: (_fraction, what) => told.add(what) });
  expect(told).toContain("drawing the map");
  expect(told).not.toContain("ordering the roads");
  expect(statSync(join(folder, "city.bin")).mtimeMs).toBe(written);
});

test("what is wrong with a map is told through the process too", async () => {
  const map = mapFile("x.osm.pbf", "once upon a time");
  const error: unknown = await prepareCityInChild({ data, map }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MapError);
  expect(error).toMatchObject({ code: "not-a-map" });
});

test("a data folder that cannot be written is said to be one", async () => {
  const map = mapFile("c.geojson", village());
  writeFileSync(join(data, "maps"), "a file where the folder should be");
  await expect(prepareCity({ data, map })).rejects.toMatchObject({ name: "MapError", code: "unwritable" });
});

test("the picture of the land has the right pixels, from clear to the full tone", () => {
  const png = densityPng({ width: 2, height: 2, alpha: Uint8Array.of(0, 255, 128, 7) });
  const at = png.indexOf("IDAT");
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  expect([...rows]).toEqual([0, 0, 255, 0, 128, 7]);
  const opacity = png.subarray(png.indexOf("tRNS") + 4);
  expect([opacity[0], opacity[255]]).toEqual([0, 52]);
});

test("a city whose facts are broken or lie about its files is imported anew", async () => {
  const map = mapFile("Village.geojson", village());
  const { folder, version } = await prepareCity({ data, map });
  const lies = [{ version }, { version, files: { "city.bin": "1" } }, { version, files: { "city.bin": 1 } }];
  for (const broken of ["{", "[]", "null", ...lies.map((lie) => JSON.stringify(lie))]) {
    writeFileSync(join(folder, "city.json"), broken);
    expect(findPreparedCity({ data, map })).toBeUndefined();
  }
  await prepareCity({ data, map });
  expect(findPreparedCity({ data, map })).toMatchObject({ folder });
});
