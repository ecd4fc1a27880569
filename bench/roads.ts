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

/** Names of the rows that belong together. */
export const groups = [
  "import",
  "query",
  "answer",
  "metric",
  "tables",
  "reroute",
  "memory",
  "agreement",
  "exactness",
  "default-city",
] as const;

type Wants = (...some: readonly (typeof groups)[number][]) => boolean;

/** How long cities take until they can be driven in, and until they are drawn. */
async function importRows(data: string, map: string): Promise<readonly Row[]> {
  const gothenburg = await prepare(data);
  const porto = await prepare(data, map);
  const reopened = Array.from({ length: 3 }, () => reopen(data, map));
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
  ];
}

/** What is promised for greater Porto, in the order it is promised. */
async function portoRows(folder: string, data: string, quick: boolean, wants: Wants): Promise<readonly Row[]> {
  const map = join(folder, "maps", "porto.osm.pbf");
  const imports = wants("import") ? await importRows(data, map) : [];
  await prepare(data, map);
  const prepared = findPreparedCity({ data, map });
  if (prepared === undefined) throw new Error("Porto was not prepared");
  const all = readFileSync(join(folder, "maps", "porto-osrm-500.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  const lines = quick ? all.slice(0, 150) : all;
  const city = openCity(readFileSync(join(prepared.folder, "city.bin")));
  const engine = createEngine(city);
  const queries = wants("query") ? queryRows(city, engine, quick) : [];
  const { answer, memory } = wants("answer", "memory")
    ? await carComputerRows({ data, folder: prepared.folder, port }, lines)
    : { answer: [], memory: [] };
  return [
    ...imports,
    ...queries,
    ...(wants("answer") ? answer : []),
    ...(wants("metric") ? metricRows(city, engine, quick) : []),
    ...(wants("tables") ? tableRows(city, engine, quick) : []),
    ...(wants("reroute") ? [await rerouteRow(prepared.folder, lines)] : []),
    ...(wants("memory") ? memory : []),
    ...(wants("agreement") ? agreementRows(createRouter(city, engine), lines) : []),
    ...(wants("exactness") ? exactnessRows(city, quick) : []),
  ];
}

/** Greater Porto from its file to routes under new traffic, where the test data lies at hand; then the default city. */
export async function run({ quick, data, only }: BenchOptions): Promise<readonly Row[]> {
  const wants: Wants = (...some) => only === undefined || some.some((group) => group === only);
  const folder = mkdtempSync(join(tmpdir(), "caravan-bench-roads-"));
  try {
    const testData = data ?? process.env["CARAVAN_TESTDATA"];
    const porto =
      testData === undefined || only === "default-city" ? [] : await portoRows(testData, folder, quick, wants);
    if (!wants("default-city")) return porto;
    await (
      await prepareCityInChild({ data: folder })
    ).drawn;
    return [...porto, ...defaultCityRows(folder, quick)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
