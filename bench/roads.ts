import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { inflateSync } from "node:zlib";
import { createRouter, createSearch, importCity, nearestEdge, openCity } from "@caravan/roads";
import type { City, LatLon, Route, Router } from "@caravan/roads";
import { findPreparedCity, prepareCity } from "../start/city.ts";
import type { BenchOptions, Row } from "./main.ts";

function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(part * (values.length - 1))] ?? Number.NaN;
}

/** Milliseconds that each of the calls takes. */
function timed(count: number, call: (i: number) => void): readonly number[] {
  return Array.from({ length: count }, (_, i) => {
    const start = performance.now();
    call(i);
    return performance.now() - start;
  });
}

/** Points spread evenly over a city, the same each time (Weyl sequence). */
function spread(city: City, i: number): LatLon {
  const [west, south, east, north] = city.bounds;
  const x = (0.5 + i * 0.7548776662466927) % 1;
  const y = (0.5 + i * 0.5698402909980532) % 1;
  return { lon: west + (0.2 + 0.6 * x) * (east - west), lat: south + (0.2 + 0.6 * y) * (north - south) };
}

/** Our distances and times beside OSRM's on the same map, as shares of theirs. */
function compare(router: Router, rows: readonly string[]) {
  const distances: number[] = [];
  const durations: number[] = [];
  const times: number[] = [];
  for (const row of rows) {
    const [fromLon = 0, fromLat = 0, toLon = 0, toLat = 0, duration = 1, distance = 1] = row.split(",").map(Number);
    const start = performance.now();
    const route = router.route({ lon: fromLon, lat: fromLat }, { lon: toLon, lat: toLat });
    times.push(performance.now() - start);
    if (route.kind !== "route") continue;
    distances.push(Math.abs(route.distance / distance - 1) * 100);
    durations.push(Math.abs(route.duration / duration - 1) * 100);
  }
  return { distances, durations, times };
}

async function porto(folder: string, quick: boolean): Promise<readonly Row[]> {
  const bytes = readFileSync(join(folder, "maps", "porto.osm.pbf"));
  const start = performance.now();
  const inflate = (packed: Uint8Array, size: number) => inflateSync(packed, { maxOutputLength: Math.max(1, size) });
  const city = await importCity({ kind: "pbf", bytes, inflate }, { name: "Porto" });
  const importSeconds = (performance.now() - start) / 1_000;
  const lines = readFileSync(join(folder, "maps", "porto-osrm-500.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  const { distances, durations, times } = compare(createRouter(city), quick ? lines.slice(0, 100) : lines);
  return [
    { name: "greater Porto from .osm.pbf, roads and graph", value: importSeconds, unit: "s", better: "less" },
    {
      name: "routes found of those that OSRM finds",
      value: (100 * distances.length) / times.length,
      unit: "%",
      bar: 100,
      better: "more",
    },
    {
      name: "distance beside OSRM, median deviation",
      value: share(distances, 0.5),
      unit: "%",
      bar: 0.5,
      better: "less",
    },
    { name: "distance beside OSRM, 95th percentile", value: share(distances, 0.95), unit: "%", bar: 5, better: "less" },
    { name: "duration beside OSRM, median deviation", value: share(durations, 0.5), unit: "%", bar: 1, better: "less" },
    { name: "duration beside OSRM, 95th percentile", value: share(durations, 0.95), unit: "%", bar: 8, better: "less" },
    { name: "route over greater Porto, whole answer, median", value: share(times, 0.5), unit: "ms", better: "less" },
  ];
}

/** The default city from its file to routes and names; with test data also greater Porto beside OSRM. */
export async function run({ quick, data }: BenchOptions): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "caravan-bench-roads-"));
  try {
    const cpu = process.cpuUsage();
    const prepared = await prepareCity({ data: folder });
    const { user, system } = process.cpuUsage(cpu);
    const again = timed(3, () => findPreparedCity({ data: folder }));

    const before = process.memoryUsage();
    const start = performance.now();
    const city = openCity(readFileSync(join(prepared.folder, "city.bin")));
    const openMs = performance.now() - start;
    const after = process.memoryUsage();
    const megabytes = (after.arrayBuffers - before.arrayBuffers + Math.max(0, after.heapUsed - before.heapUsed)) / 1e6;

    const router = createRouter(city);
    const journeys = quick ? 200 : 1_000;
    let longest: Route | undefined;
    const routes = timed(journeys, (i) => {
      const route = router.route(spread(city, 2 * i), spread(city, 2 * i + 1), { reach: 1_000 });
      if (route.kind === "route" && route.distance > (longest?.distance ?? 0)) longest = route;
    });
    const snaps = timed(journeys, (i) => nearestEdge(city, spread(city, i), { radius: 200 }));
    const search = createSearch(city);
    const questions = ["vasag", "sodra vagen", "hjalmar brantingsgatan", "linneg", "E6", "kungsports"];
    const searches = timed(journeys / 5, (i) => search.find(questions[i % questions.length] ?? "", city.centre));

    const rows: Row[] = [
      { name: "default city prepared, CPU", value: (user + system) / 1e6, unit: "s", bar: 12, better: "less" },
      { name: "prepared city found again", value: share(again, 0.5), unit: "ms", bar: 100, better: "less" },
      { name: "stored city opened", value: openMs, unit: "ms", bar: 150, better: "less" },
      { name: "memory of an open city", value: megabytes, unit: "MB", bar: 60, better: "less" },
      { name: "route with manoeuvres, median", value: share(routes, 0.5), unit: "ms", bar: 20, better: "less" },
      {
        name: "route with manoeuvres, 95th percentile",
        value: share(routes, 0.95),
        unit: "ms",
        bar: 60,
        better: "less",
      },
      { name: "longest of these routes", value: (longest?.distance ?? 0) / 1_000, unit: "km", better: "more" },
      { name: "nearest edge, median", value: share(snaps, 0.5), unit: "ms", bar: 1, better: "less" },
      { name: "search, 95th percentile", value: share(searches, 0.95), unit: "ms", bar: 50, better: "less" },
    ];
    const testData = data ?? process.env["CARAVAN_TESTDATA"];
    return testData === undefined ? rows : [...rows, ...(await porto(testData, quick))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
