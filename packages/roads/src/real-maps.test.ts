import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { importCity } from "./import/import-city.ts";
import { nearestEdge } from "./place/nearest-edge.ts";
import { createSearch } from "./place/search.ts";
import { createRouter } from "./route/router.ts";

const data = process.env["CARAVAN_TESTDATA"];
const maps = join(data ?? "", "maps");
const inflate = (bytes: Uint8Array, size: number) => inflateSync(bytes, { maxOutputLength: Math.max(1, size) });
const pbf = (name: string) =>
  importCity({ kind: "pbf", bytes: readFileSync(join(maps, `${name}.osm.pbf`)), inflate }, { name });

/** Every tenth journey, another tenth each day; `npm run test:all` takes all of them. */
const day = Math.floor(Date.now() / 86_400_000) % 10;
const takesAll = process.env["CARAVAN_TEST_ALL"] !== undefined;

function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))];
}

test.skipIf(data === undefined)(
  `on journeys over greater Porto (sample ${takesAll ? "of all" : day}) we agree with OSRM about distance and time`,
  async () => {
    const router = createRouter(await pbf("porto"));
    const rows = readFileSync(join(maps, "porto-osrm-500.csv"), "utf8").trim().split("\n").slice(1);
    const distances: number[] = [];
    const durations: number[] = [];
    for (const row of rows.filter((_, i) => takesAll || i % 10 === day)) {
      const [fromLon, fromLat, toLon, toLat, duration, distance] = row.split(",").map(Number);
      const route = router.route({ lon: fromLon, lat: fromLat }, { lon: toLon, lat: toLat });
      if (route.kind !== "route") throw new Error(`${route.kind}: ${row}`);
      distances.push(Math.abs(route.distance / distance - 1));
      durations.push(Math.abs(route.duration / duration - 1));
    }
    expect(distances.length).toBeGreaterThanOrEqual(50);
    expect(share(distances, 0.5)).toBeLessThan(0.005);
    expect(share(distances, 0.95)).toBeLessThan(0.1);
    expect(share(durations, 0.5)).toBeLessThan(0.01);
    expect(share(durations, 0.95)).toBeLessThan(0.1);
  },
  120_000,
);

test.skipIf(data === undefined)(
  "Monaco comes with its buildings, its green and its places",
  async () => {
    const city = await pbf("monaco");
    expect(city.detailed).toBe(true);
    expect(city.drivingSide).toBe("right");
    const layers = Map.groupBy(city.scenery, ({ layer }) => layer);
    for (const layer of ["transportation", "building", "water", "park", "poi", "place"] as const) {
      expect(layers.get(layer)?.length ?? 0, layer).toBeGreaterThan(10);
    }
    const search = createSearch(city);
    expect(search.find("boulevard albert 1er")[0].name).toBe("Boulevard Albert 1er");
    expect(search.find("monte carlo").map(({ name }) => name)).toContain("Monte-Carlo");
    const route = createRouter(city).route({ lat: 43.7347, lon: 7.4206 }, { lat: 43.7496, lon: 7.4413 });
    expect(route.kind).toBe("route");
  },
  60_000,
);

test.skipIf(data === undefined)(
  "the middle of Shanghai is read from XML, with its Chinese names",
  async () => {
    const text = readFileSync(join(maps, "shanghai-centre.osm"), "utf8");
    const city = await importCity({ kind: "osm-xml", text }, { name: "Shanghai" });
    expect(city.graph.wayClass.length).toBeGreaterThan(700);
    expect(nearestEdge(city, city.centre, { radius: 500 })?.street).toMatch(/\p{sc=Han}/u);
    const search = createSearch(city);
    expect(search.find("南京西")[0].name).toContain("南京西路");
  },
  60_000,
);
