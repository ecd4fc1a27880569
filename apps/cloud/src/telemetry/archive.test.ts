import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SignalValue } from "@caravan/link";
import { encodeBatch, packSamples } from "@caravan/link";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder, quiet } from "../broker/test-cloud.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";
import { Archive } from "./archive.ts";
import { detachDay } from "./archive.store.ts";
import { dayMs, dayOf } from "./day.ts";
import { packing } from "./packing.ts";
import type { TelemetryTables } from "./tables.ts";
import { Telemetry } from "./telemetry.ts";

let database: Database;
let files: Awaited<ReturnType<typeof temporaryFolder>>;
let archive: Archive;
let telemetry: Telemetry;
const now = Date.UTC(2026, 10, 13, 12);
const old = now - 10 * dayMs;
const clock = { now: () => now };
const car = { vehicle: "testcar12345", number: 1 };
let seq = 0;

beforeAll(async () => {
  files = await temporaryFolder();
  database = await testDatabase();
  const db = database.tables<TelemetryTables>();
  archive = new Archive({ db, pool: database.pool, folder: files.folder, clock, log: quiet });
  telemetry = new Telemetry({ db, clock, log: quiet, archive });
  await telemetry.start();
});
afterAll(async () => {
  await telemetry.stop();
  await archive.stop();
  await database.stop();
  await files.remove();
});

async function send(...rows: readonly (readonly [path: string, at: number, value: SignalValue])[]): Promise<void> {
  seq += 1;
  const columns = { paths: rows.map(([path]) => path), path: rows.map((_, index) => index) };
  const samples = { ...columns, at: rows.map(([, at]) => at), value: rows.map(([, , value]) => value) };
  // As a car does: what is not settled is sent again.
  const take = () => telemetry.ingest.take(car, encodeBatch({ boot: 1, seq, floor: 1 }, packSamples(samples, packing)));
  await expect.poll(async () => (await take()).kind).toBe("settled");
}

const speeds = async (from: number, to: number) =>
  (await telemetry.history({ vehicle: 1, paths: ["Vehicle.Speed"], from, to, points: 4_000 }))?.get("Vehicle.Speed") ??
  [];

test("an old day moves into a file, and history, old and new, is answered as one", async () => {
  await send(
    ["Vehicle.Speed", old + 7, 40.25],
    ["Vehicle.IsMoving", old + 8, true],
    ["Vehicle.Name", old + 9, 'a "b", 蓝'],
  );
  await send(["Vehicle.Speed", now - 5_000, 50]);
  const before = await speeds(old - 1_000, now);
  await archive.rollOver();
  expect(await speeds(old - 1_000, now)).toEqual(before);
  expect(before.map(({ at, value }) => [at, value])).toEqual([
    [old + 7, 40.25],
    [now - 5_000, 50],
  ]);
  expect(await archive.health()).toMatchObject({ files: 1, samples: 3 });
  const { rows } = await database.pool.query("select count(*)::int as n from measured");
  expect(rows).toEqual([{ n: 1 }]);
});

test("what comes late for a day that has left goes into a file of its own, once", async () => {
  await send(["Vehicle.Speed", old + 60_000, 41]);
  await archive.rollOver();
  await archive.rollOver();
  expect((await archive.health()).files).toBe(2);
  expect((await speeds(old, old + 3_600_000)).map(({ value }) => value)).toEqual([40.25, 41]);
});

test("a crash between two steps of the move loses nothing and doubles nothing", async () => {
  await send(["Vehicle.Speed", old + 120_000, 42]);
  await detachDay(database.tables<TelemetryTables>(), dayOf(old));
  // Another sample comes for the day while it is on its way.
  telemetry = new Telemetry({ db: database.tables<TelemetryTables>(), clock, log: quiet, archive });
  await send(["Vehicle.Speed", old + 180_000, 43]);
  await archive.rollOver();
  expect((await speeds(old, old + 3_600_000)).map(({ value }) => value)).toEqual([40.25, 41, 42, 43]);
});

test("an export holds both, as CSV and as Parquet", async () => {
  const query = { vehicle: 1, paths: [], from: old - 1_000, to: now };
  const csv = await archive.export({ ...query, format: "csv" });
  const lines = (await readFile(join(csv.folder, csv.name), "utf8")).trim().split("\n");
  expect(lines[0]).toBe("at,path,number,flag,words,list,car_at,campaign");
  expect(lines[1]).toBe("2026-11-03 12:00:00.007,Vehicle.Speed,40.25,,,,,");
  expect(lines).toHaveLength(1 + 7);
  expect(lines.join("\n")).toContain('"a ""b"", 蓝"');
  const parquet = await archive.export({ ...query, paths: ["Vehicle.Speed"], format: "parquet" });
  expect((await readFile(join(parquet.folder, parquet.name))).subarray(0, 4).toString()).toBe("PAR1");
});
