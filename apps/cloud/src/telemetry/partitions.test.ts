import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quiet } from "../broker/test-cloud.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";
import { dayMs, dayOf, dayOfPartition, partitionOf, placeInTime } from "./day.ts";
import { outOfBounds, Partitions, trimBefore } from "./partitions.ts";
import type { TelemetryTables } from "./tables.ts";

const now = Date.UTC(2026, 10, 13, 12);
const today = dayOf(now);
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.stop());

test("days before the retention go, and then the oldest until the rest fits; today stays whatever happens", () => {
  const partition = (day: number, bytes: number) => ({ day, bytes, rows: 1 });
  const partitions = [
    partition(today - 40, 5),
    partition(today - 3, 50),
    partition(today - 2, 50),
    partition(today, 80),
  ];
  expect(outOfBounds(partitions, { days: 30, bytes: 1_000 }, today)).toEqual([today - 40]);
  expect(outOfBounds(partitions, { days: 30, bytes: 140 }, today)).toEqual([today - 40, today - 3]);
  expect(outOfBounds(partitions, { days: 30, bytes: 10 }, today)).toEqual([today - 40, today - 3, today - 2]);
});

test("partitions are made ahead, and old ones are really gone from the database", async () => {
  const db = database.tables<TelemetryTables>();
  const time = { now };
  const partitions = new Partitions({
    db,
    clock: { now: () => time.now },
    log: quiet,
    retention: { days: 3, bytes: 1e9 },
  });
  await partitions.maintain();
  expect((await partitions.list()).map(({ day }) => day)).toEqual([today, today + 1, today + 2]);
  await database.pool.query(
    "insert into measured (at, arrived, boot, seq, vehicle, class, signals, offsets, numbers) values ($1, $1, 1, 1, 1, 2, '{1}', '{0}', '{1}')",
    [new Date(now)],
  );
  await partitions.maintain();
  time.now += 3 * dayMs;
  await partitions.maintain();
  expect((await partitions.list()).map(({ day }) => day)).toEqual([
    today + 1,
    today + 2,
    today + 3,
    today + 4,
    today + 5,
  ]);
  expect((await database.pool.query("select 1 from sample")).rows).toEqual([]);
});

test("a day that is too much alone loses its oldest hours", async () => {
  const partitions = (rows: number) => [{ day: today, bytes: 0, rows }];
  expect(trimBefore(partitions(1_000), { days: 3, bytes: 300_000 }, now)).toBeUndefined();
  expect(trimBefore(partitions(2_000), { days: 3, bytes: 300_000 }, now)).toBe(
    today * dayMs + (now - today * dayMs) * 0.55,
  );
  const db = database.tables<TelemetryTables>();
  await new Partitions({ db, clock: { now: () => now }, log: quiet, retention: { days: 9, bytes: 1e9 } }).ensure([
    today,
  ]);
  await database.pool.query(
    `insert into measured (at, arrived, boot, seq, vehicle, class, signals, offsets, numbers)
     select $1::timestamptz + (now - $1::timestamptz) * n / 1000, now, 1, n, 1, 2, '{1}', '{0}', array[n] from generate_series(0, 999) n, (values ($2::timestamptz)) as t (now)`,
    [new Date(today * dayMs), new Date(now)],
  );
  await database.pool.query("analyze measured");
  await new Partitions({
    db,
    clock: { now: () => now },
    log: quiet,
    retention: { days: 9, bytes: 150_000 },
  }).maintain();
  const { rows } = await database.pool.query<{ count: number; least: number }>(
    "select count(*)::int as count, min(number)::int as least from sample",
  );
  expect(rows).toEqual([{ count: 450, least: 550 }]);
});

test("two processes may make the same day", async () => {
  const db = database.tables<TelemetryTables>();
  const make = () => new Partitions({ db, clock: { now: () => now }, log: quiet, retention: { days: 3, bytes: 1e9 } });
  await make().ensure([today + 10]);
  await make().ensure([today + 10]);
  expect((await make().list()).some(({ day }) => day === today + 10)).toBe(true);
});

test("a partition's name is its day, and nothing else is taken for one", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), (day) => dayOfPartition(partitionOf(day)) === day));
  for (const name of ["measured", "measured_20260230", "measured_2026111", "vehicle", "measured_20261113_old"])
    expect(dayOfPartition(name)).toBeUndefined();
});

test("no time of a car falls outside the days that are kept", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 50), max: 2 ** 50 }), (at) => {
      const placed = placeInTime(at, now, 30);
      expect(dayOf(placed)).toBeGreaterThan(today - 30);
      expect(placed).toBeLessThanOrEqual(now + dayMs);
      if (placed !== now) expect(placed).toBe(at);
    }),
  );
});
