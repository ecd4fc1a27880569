import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, createRouter } from "@caravan/roads/routing";
import { openCity } from "@caravan/roads";
import { findPreparedCity } from "../start/city-request.ts";
import { prepareCityInChild } from "../start/city.ts";
import type { BenchOptions, Row } from "./main.ts";
import { agreementRows } from "./roads/agreement.ts";
import { defaultCityRows } from "./roads/default-city.ts";
import { carComputerRows, rerouteRow } from "./roads/driving.ts";
import { exactnessRows, metricRows, queryRows, tableRows } from "./roads/engine-rows.ts";
import { share, timed } from "./roads/figures.ts";

/** Of the car computer that is measured. */
const port = 28_610;

/** Seconds until a city can be driven in, in a process of its own as `npm start` does it; waits then until it is drawn too. */
async function prepare(data: string, map?: string): Promise<{ readonly ready: number; readonly drawn: number }> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1_000;
  const city = await prepareCityInChild({ data, ...(map === undefined ? {} : { map }) });
  const ready = seconds();
  await city.drawn;
  return { ready, drawn: seconds() };
}

/** Milliseconds from a prepared city's folder to its first route. */
function reopen(data: string, map: string): number {
  const [ms = Number.NaN] = timed(1, () => {
    const prepared = findPreparedCity({ data, map });
    if (prepared === undefined) throw new Error("the city was not prepared");
    const city = openCity(readFileSync(join(prepared.folder, "city.bin")));
    createRouter(city, createEngine(city)).route(
      city.centre,
      { lat: city.bounds[1], lon: city.bounds[0] },
      { reach: 5_000 },
    );
  });
  return ms;
}

/** What is promised for greater Porto, in the order it is promised. */
async function portoRows(folder: string, data: string, quick: boolean): Promise<readonly Row[]> {
  const map = join(folder, "maps", "porto.osm.pbf");
  const porto = await prepare(data, map);
  const reopened = Array.from({ length: 3 }, () => reopen(data, map));
  const gothenburg = await prepare(data);
  const prepared = findPreparedCity({ data, map });
  if (prepared === undefined) throw new Error("Porto was not prepared");
  const all = readFileSync(join(folder, "maps", "porto-osrm-500.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  const lines = quick ? all.slice(0, 150) : all;
  const city = openCity(readFileSync(join(prepared.folder, "city.bin")));
  const engine = createEngine(city);
  const queries = queryRows(city, engine, quick);
  const { answer, memory } = await carComputerRows({ data, folder: prepared.folder, port }, lines);
  const metric = metricRows(city, engine, quick);
  const tables = tableRows(city, engine, quick);
  return [
    {
      name: "import of greater Porto until it can be driven in",
      value: porto.ready,
      unit: "s",
      bar: 8,
      better: "less",
    },
    { name: "... until it is drawn as well", value: porto.drawn, unit: "s", better: "less" },
    {
      name: "reopened from the cache, to the first route",
      value: share(reopened, 0.5) / 1_000,
      unit: "s",
      bar: 0.3,
      better: "less",
    },
    {
      name: "default city from nothing until it can be driven in",
      value: gothenburg.ready,
      unit: "s",
      bar: 2,
      better: "less",
    },
    { name: "... until it is drawn as well", value: gothenburg.drawn, unit: "s", better: "less" },
    ...queries,
    ...answer,
    ...metric,
    ...tables,
    await rerouteRow(prepared.folder, lines),
    ...memory,
    ...agreementRows(createRouter(city, engine), lines),
    ...exactnessRows(city, quick),
  ];
}

/** Greater Porto from its file to routes under new traffic, where the test data lies at hand; then the default city. */
export async function run({ quick, data }: BenchOptions): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "caravan-bench-roads-"));
  try {
    const testData = data ?? process.env["CARAVAN_TESTDATA"];
    const porto = testData === undefined ? [] : await portoRows(testData, folder, quick);
    if (testData === undefined) await prepare(folder);
    return [...porto, ...defaultCityRows(folder, quick)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
