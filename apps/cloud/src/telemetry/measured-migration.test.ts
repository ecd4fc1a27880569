import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../engines/database.ts";
import { migrate, readMigrations } from "../engines/migrations.ts";
import { emptyTestDatabase } from "../engines/test-database.ts";

let database: Database;
beforeAll(async () => {
  database = await emptyTestDatabase();
});
afterAll(() => database.stop());

test("a history of one row for each sample becomes one of rows for each second, to the last value", async () => {
  const { pool } = database;
  const all = await readMigrations();
  const first = all.findIndex(({ name }) => name.endsWith("0301-measured"));
  await migrate(pool, all.slice(0, first));
  await pool.query(`
    create table sample_20261113 partition of sample for values from ('2026-11-13T00:00:00Z') to ('2026-11-14T00:00:00Z');
    insert into signal_path (path) values ('Vehicle.Speed'), ('Vehicle.IsMoving'), ('Vehicle.Name'), ('Vehicle.Tags'), ('Vehicle.Gone');
    insert into sample (at, car_at, vehicle, signal, number, flag, words, list) values
      ('2026-11-13T10:00:00.004Z', null, 1, 1, 40.25, null, null, null),
      ('2026-11-13T10:00:00.999Z', null, 1, 2, null, false, null, null),
      ('2026-11-13T10:00:00.999Z', '1970-01-01T00:00:05Z', 1, 3, null, null, 'a "b"', null),
      ('2026-11-13T10:00:01.000Z', null, 1, 4, null, null, null, '["x", 1]'),
      ('2026-11-13T10:00:01.500Z', null, 1, 5, null, null, null, null),
      ('2026-11-13T10:00:00.004Z', null, 2, 1, 7, null, null, null);
    insert into twin (vehicle, signal, at, value) values
      (1, 1, '2026-11-13T10:00:00.004Z', '40.25'), (1, 5, '2026-11-13T10:00:01.500Z', 'null');
    insert into batch_cursor (vehicle, boot, last_seq, updated_at) values (1, 1800000000, 12, now());`);
  const read = `select vehicle, signal, round(extract(epoch from at) * 1000)::text as at, round(extract(epoch from car_at) * 1000)::text as car_at,
                       number, flag, words, list from sample order by vehicle, at, signal`;
  const before = await pool.query(read);
  await migrate(pool, all);
  expect((await pool.query(read)).rows).toEqual(before.rows);
  expect((await pool.query("select count(*)::int as n from measured")).rows).toEqual([{ n: 3 }]);
  expect((await pool.query("select vehicle, latest from twin_state")).rows).toEqual([
    { vehicle: 1, latest: { "Vehicle.Speed": [Date.UTC(2026, 10, 13, 10, 0, 0, 4), 40.25] } },
  ]);
  expect((await pool.query("select class, last_seq::int from batch_cursor")).rows).toEqual([
    { class: 2, last_seq: 12 },
  ]);
});
