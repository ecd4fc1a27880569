import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createEngine, createRouter } from "@caravan/roads/routing";
import { createSearch, nearestEdge } from "@caravan/roads/places";
import { openCity } from "@caravan/roads";
import type { City, LatLon } from "@caravan/roads";
import type { Route } from "@caravan/roads/routing";
import { findPreparedCity } from "../../start/city-request.ts";
import type { Row } from "../main.ts";
import { share, timed } from "./figures.ts";

/** Points spread evenly over a city, the same each time (Weyl sequence). */
function spread(city: City, i: number): LatLon {
  const [west, south, east, north] = city.bounds;
  const x = (0.5 + i * 0.7548776662466927) % 1;
  const y = (0.5 + i * 0.5698402909980532) % 1;
  return { lon: west + (0.2 + 0.6 * x) * (east - west), lat: south + (0.2 + 0.6 * y) * (north - south) };
}

/** Memory that an open city and an engine over it take in a process that has nothing else. */
function openMegabytes(file: string): number {
  const script = `
    import { readFileSync } from "node:fs";
    import { openCity } from "@caravan/roads";
    import { createEngine } from "@caravan/roads/routing";
    const used = () => {
      gc();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    const before = used();
    const city = openCity(readFileSync(process.argv[1]));
    const engine = createEngine(city);
    const bytes = used() - before;
    console.log(JSON.stringify({ bytes, roads: city.graph.roadCount, edges: engine.edgeMs().length }));`;
  const args = ["--expose-gc", "--input-type=module", "--eval", script, file];
  const said = execFileSync(process.execPath, args, { cwd: import.meta.dirname, encoding: "utf8" });
  const { bytes }: { readonly bytes: number } = JSON.parse(said);
  return bytes / 1e6;
}

/** Routes and names on the default city, which lies prepared in a data folder. */
export function defaultCityRows(data: string, quick: boolean): readonly Row[] {
  const prepared = findPreparedCity({ data });
  if (prepared === undefined) throw new Error("the default city was not prepared");
  const again = timed(3, () => findPreparedCity({ data }));
  const file = join(prepared.folder, "city.bin");
  const megabytes = openMegabytes(file);
  const start = performance.now();
  const city = openCity(readFileSync(file));
  const openMs = performance.now() - start;

  const router = createRouter(city, createEngine(city));
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
  return [
    { name: "prepared default city found again", value: share(again, 0.5), unit: "ms", bar: 100, better: "less" },
    { name: "stored default city opened", value: openMs, unit: "ms", bar: 150, better: "less" },
    {
      name: "memory of the open default city, its engine included",
      value: megabytes,
      unit: "MB",
      bar: 60,
      better: "less",
    },
    { name: "route with manoeuvres, median", value: share(routes, 0.5), unit: "ms", bar: 20, better: "less" },
    { name: "route with manoeuvres, 95th percentile", value: share(routes, 0.95), unit: "ms", bar: 60, better: "less" },
    { name: "longest of these routes", value: (longest?.distance ?? 0) / 1_000, unit: "km", better: "more" },
    { name: "nearest edge, median", value: share(snaps, 0.5), unit: "ms", bar: 1, better: "less" },
    { name: "search, 95th percentile", value: share(searches, 0.95), unit: "ms", bar: 50, better: "less" },
  ];
}
