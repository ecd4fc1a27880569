import { encodeBatch, packSamples } from "@caravan/link";
import type { Samples, SignalValue } from "@caravan/link";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { quiet } from "../broker/test-cloud.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";
import { packing } from "./packing.ts";
import type { TelemetryTables } from "./tables.ts";
import { Telemetry } from "./telemetry.ts";

const now = Date.UTC(2026, 10, 13, 12);
const clock = { now: () => now };
const boot = 1_700_000_000;
let database: Database;
let telemetry: Telemetry;
let number = 0;
let vehicle = "";

beforeAll(async () => {
  database = await testDatabase();
  telemetry = new Telemetry({ db: database.tables<TelemetryTables>(), clock, log: quiet });
  await telemetry.start();
});
afterAll(async () => {
  await telemetry.stop();
  await database.stop();
});
beforeEach(async () => {
  vehicle = `test${String(Math.floor(performance.now() * 1000)).padStart(10, "0")}`;
  const { rows } = await database.pool.query(
    "insert into vehicle (vehicle, name, model, simulated, enrolled_at) values ($1, 'Test', 'Test', true, now()) returning number",
    [vehicle],
  );
  number = rows[0].number;
});

const sender = () => ({ vehicle, number });

function samples(...rows: readonly (readonly [string, number, SignalValue | undefined])[]): Samples {
  return {
    paths: rows.map(([path]) => path),
    path: rows.map((_, index) => index),
    at: rows.map(([, at]) => at),
    value: rows.map(([, , value]) => value),
  };
}

function batch(seq: number, content: Samples, floor = 1): Uint8Array {
  return encodeBatch({ boot, seq, floor }, packSamples(content, packing));
}

async function stored(): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await database.pool.query(
    `select path, round(extract(epoch from at) * 1000)::float8 as at, round(extract(epoch from car_at) * 1000)::float8 as car_at, number, flag, words, list
     from sample join signal_path using (signal) where vehicle = $1 order by at, path`,
    [number],
  );
  return rows;
}

test("a batch is in the history and in the twin once it is acknowledged", async () => {
  const content = samples(
    ["Vehicle.Speed", now - 3, 48.25],
    ["Vehicle.Cabin.Door.Row1.DriverSide.IsOpen", now - 2, false],
    ["Vehicle.Cabin.Lights.AmbientLight", now - 1, 'it\'s {blue}, "deep" \\ 蓝'],
    ["Vehicle.Body.Tags", now, ["a", 1, true]],
  );
  expect(await telemetry.ingest.take(sender(), batch(1, content))).toEqual({
    kind: "settled",
    ack: { v: 1, boot, seq: 1, class: "trip" },
  });
  const none = { car_at: null, number: null, flag: null, words: null, list: null };
  expect(await stored()).toEqual([
    { ...none, path: "Vehicle.Speed", at: now - 3, number: 48.25 },
    { ...none, path: "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen", at: now - 2, flag: false },
    { ...none, path: "Vehicle.Cabin.Lights.AmbientLight", at: now - 1, words: 'it\'s {blue}, "deep" \\ 蓝' },
    { ...none, path: "Vehicle.Body.Tags", at: now, list: ["a", 1, true] },
  ]);
  expect(telemetry.twin.values(vehicle).get("Vehicle.Speed")).toEqual({ value: 48.25, at: now - 3 });
});

test("a batch that is sent again is acknowledged again and stored once", async () => {
  const message = batch(1, samples(["Vehicle.Speed", now, 1]));
  for (let time = 0; time < 3; time++) {
    expect(await telemetry.ingest.take(sender(), message)).toEqual({
      kind: "settled",
      ack: { v: 1, boot, seq: 1, class: "trip" },
    });
  }
  const together = [message, message, batch(2, samples(["Vehicle.Speed", now + 1, 2])), message];
  await Promise.all(together.map((each) => telemetry.ingest.take(sender(), each)));
  expect((await stored()).map((row) => row["number"])).toEqual([1, 2]);
});

test("a batch behind a gap waits for the missing one", async () => {
  await telemetry.ingest.take(sender(), batch(1, samples(["Vehicle.Speed", now, 1])));
  expect(await telemetry.ingest.take(sender(), batch(3, samples(["Vehicle.Speed", now + 2, 3])))).toMatchObject({
    ack: { seq: 1 },
  });
  expect(await stored()).toHaveLength(1);
  await telemetry.ingest.take(sender(), batch(2, samples(["Vehicle.Speed", now + 1, 2])));
  expect(await telemetry.ingest.take(sender(), batch(3, samples(["Vehicle.Speed", now + 2, 3])))).toMatchObject({
    ack: { seq: 3 },
  });
  expect((await stored()).map((row) => row["number"])).toEqual([1, 2, 3]);
});

test("what a car had to give up does not stop what comes after, and is counted", async () => {
  await telemetry.ingest.take(sender(), batch(1, samples(["Vehicle.Speed", now, 1])));
  expect(await telemetry.ingest.take(sender(), batch(7, samples(["Vehicle.Speed", now + 6, 7]), 7))).toMatchObject({
    ack: { seq: 7 },
  });
  const { rows } = await database.pool.query("select skipped::int from batch_cursor where vehicle = $1", [number]);
  expect(rows).toEqual([{ skipped: 5 }]);
});

test("a body that cannot be read is passed over, so that the next batch arrives", async () => {
  const broken = batch(1, samples(["Vehicle.Speed", now, 1])).slice(0, -2);
  expect(await telemetry.ingest.take(sender(), broken)).toMatchObject({ kind: "settled", ack: { seq: 1 } });
  expect(await telemetry.ingest.take(sender(), batch(2, samples(["Vehicle.Speed", now, 2])))).toMatchObject({
    ack: { seq: 2 },
  });
  expect((await stored()).map((row) => row["number"])).toEqual([2]);
});

test("bytes that are no batch at all are refused", async () => {
  expect(await telemetry.ingest.take(sender(), new Uint8Array())).toEqual({ kind: "refused" });
  expect(await telemetry.ingest.take(sender(), Uint8Array.from([9, 9, 9]))).toEqual({ kind: "refused" });
  expect(await telemetry.ingest.take(sender(), new Uint8Array(70_000))).toEqual({ kind: "refused" });
});

test("a sample with an absurd date is filed at its arrival and keeps its own time beside", async () => {
  const strange = [0, -(2 ** 50), 2 ** 50, now + 3 * 86_400_000, now - 400 * 86_400_000];
  await telemetry.ingest.take(
    sender(),
    batch(1, samples(...strange.map((at, index) => [`Vehicle.T${index}`, at, 1] as const))),
  );
  const rows = await stored();
  expect(rows.map((row) => row["at"])).toEqual(strange.map(() => now));
  expect(rows.map((row) => row["car_at"])).toEqual([
    0,
    -62_135_596_800_000,
    253_402_300_799_999,
    strange[3],
    strange[4],
  ]);
});

test("late samples find their own day, also where nobody made its partition", async () => {
  const at = now - 20 * 86_400_000;
  await telemetry.ingest.take(sender(), batch(1, samples(["Vehicle.Speed", at, 5])));
  expect(await stored()).toMatchObject([{ at, car_at: null, number: 5 }]);
});

test("a value that went away leaves the twin and is remembered as a gap", async () => {
  await telemetry.ingest.take(sender(), batch(1, samples(["Vehicle.Speed", now, 5])));
  await telemetry.ingest.take(sender(), batch(2, samples(["Vehicle.Speed", now + 1, undefined])));
  expect(telemetry.twin.values(vehicle).has("Vehicle.Speed")).toBe(false);
  expect((await stored()).map((row) => row["number"])).toEqual([5, null]);
});

test("the twin is the same after a restart of the cloud", async () => {
  await telemetry.ingest.take(
    sender(),
    batch(1, samples(["Vehicle.Speed", now, 5], ["Vehicle.Body.Tags", now, ["x"]], ["Vehicle.Gone", now, 1])),
  );
  await telemetry.ingest.take(
    sender(),
    batch(2, samples(["Vehicle.Speed", now - 500, 6], ["Vehicle.Gone", now, undefined])),
  );
  const second = new Telemetry({ db: database.tables<TelemetryTables>(), clock, log: quiet });
  await second.start();
  expect(second.twin.values(vehicle)).toEqual(telemetry.twin.values(vehicle));
  expect(Object.fromEntries(second.twin.values(vehicle))).toEqual({
    "Vehicle.Speed": { value: 6, at: now - 500 },
    "Vehicle.Body.Tags": { value: ["x"], at: now },
  });
  await second.stop();
});

test("paths that are no paths are left out, the rest of the batch is stored", async () => {
  await telemetry.ingest.take(
    sender(),
    batch(1, samples(["Robert'); drop table sample; --", now, 1], ["Vehicle.Speed", now, 2], ["..", now, 3])),
  );
  expect((await stored()).map((row) => row["path"])).toEqual(["Vehicle.Speed"]);
});

test("while the database is away nothing is acknowledged, and nothing is lost once the car sends it again", async () => {
  const message = batch(1, samples(["Vehicle.Speed", now, 1]));
  await database.pool.query("alter table batch_cursor rename to batch_cursor_away");
  expect(await telemetry.ingest.take(sender(), message)).toEqual({ kind: "later" });
  await database.pool.query("alter table batch_cursor_away rename to batch_cursor");
  expect(await telemetry.ingest.take(sender(), message)).toMatchObject({ kind: "settled", ack: { seq: 1 } });
  expect(await stored()).toHaveLength(1);
});

test("a database that is away is told of once, and once more when it works again", async () => {
  const told: string[] = [];
  const log = { ...quiet, warn: (message: string) => void told.push(message) };
  const listening = new Telemetry({ db: database.tables<TelemetryTables>(), clock, log });
  await listening.start();
  const message = batch(1, samples(["Vehicle.Speed", now, 1]));
  for (const outage of [1, 2]) {
    await database.pool.query("alter table batch_cursor rename to batch_cursor_away");
    for (let time = 0; time < 2; time++)
      expect(await listening.ingest.take(sender(), message)).toEqual({ kind: "later" });
    await database.pool.query("alter table batch_cursor_away rename to batch_cursor");
    for (let time = 0; time < 2; time++)
      expect(await listening.ingest.take(sender(), message)).toMatchObject({ kind: "settled" });
    expect(told).toHaveLength(2 * outage);
  }
  expect(told.slice(0, 2)).toEqual([
    "telemetry not committed, cars will send it again",
    "telemetry is committed again",
  ]);
  await listening.stop();
});

test("a value that the database refuses holds up neither the other cars nor its own", async () => {
  const db = database.tables<TelemetryTables>();
  await sql`create or replace function pick() returns trigger language plpgsql as $$
    begin if 13 = any(new.numbers) then raise exception using errcode = '22003'; end if; return new; end $$`.execute(
    db,
  );
  await sql`create trigger picky before insert on measured for each row execute function pick()`.execute(db);
  const other = { vehicle: "other", number: number + 1_000_000 };
  const [bad, good] = await Promise.all([
    telemetry.ingest.take(sender(), batch(1, samples(["Vehicle.Speed", now, 13]))),
    telemetry.ingest.take(other, batch(1, samples(["Vehicle.Speed", now, 14]))),
  ]);
  await sql`drop trigger picky on measured`.execute(db);
  expect([bad, good]).toMatchObject([
    { kind: "settled", ack: { seq: 1 } },
    { kind: "settled", ack: { seq: 1 } },
  ]);
  expect(await telemetry.ingest.take(sender(), batch(2, samples(["Vehicle.Speed", now, 15])))).toMatchObject({
    ack: { seq: 2 },
  });
  expect((await stored()).map((row) => row["number"])).toEqual([15]);
});

test("history is thinned to the extremes of each bucket and says nothing of what it does not know", async () => {
  const rows = Array.from(
    { length: 600 },
    (_, index) => ["Vehicle.Speed", now - 600_000 + index * 1_000, index === 301 ? 130 : (index % 7) + 1] as const,
  );
  const messages = Array.from({ length: 60 }, (_, index) => {
    const part = rows.slice(index * 10, index * 10 + 10);
    const content = {
      paths: ["Vehicle.Speed"],
      path: part.map(() => 0),
      at: part.map(([, at]) => at),
      value: part.map(([, , value]) => value),
    };
    return batch(index + 1, content);
  });
  await Promise.all(messages.map((message) => telemetry.ingest.take(sender(), message)));
  const found = await telemetry.history({
    vehicle: number,
    paths: ["Vehicle.Speed", "Vehicle.Unknown"],
    from: now - 600_000,
    to: now,
    points: 60,
  });
  const speed = found?.get("Vehicle.Speed") ?? [];
  expect(speed.length).toBeLessThanOrEqual(60);
  expect(speed.length).toBeGreaterThan(30);
  expect(Math.max(...speed.map(({ value }) => value))).toBe(130);
  expect(speed.map(({ at }) => at)).toEqual(speed.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(speed.find(({ value }) => value === 130)?.at).toBe(now - 600_000 + 301_000);
  expect(found?.get("Vehicle.Unknown")).toEqual([]);
});

test("the health page knows how much there is and how much there may be", async () => {
  await database.pool.query("analyze measured");
  const health = await telemetry.health();
  expect(health.rows).toBeGreaterThan(600);
  expect(health.bytes).toBeGreaterThan(8_192);
  expect(health.bounds).toEqual({ days: 30, bytes: 4 * 1024 ** 3 });
  expect(health.ingest.duplicates).toBeGreaterThan(3);
});

test("a gap that a car fills later, and one that it cannot fill any more, are both on record", async () => {
  const head = { class: "bulk", campaign: "fast1", boot } as const;
  const send = (seq: number, floor: number) => {
    const body = packSamples(samples(["Vehicle.Speed", now + seq, seq]), packing);
    return telemetry.ingest.take(sender(), encodeBatch({ ...head, seq, floor }, body));
  };
  await send(1, 1);
  await send(4, 1);
  expect(telemetry.ingest.openGaps(sender())).toEqual([{ firstSeq: 2, lastSeq: 3 }]);
  for (const seq of [2, 3, 4]) await send(seq, 2);
  expect(telemetry.ingest.openGaps(sender())).toEqual([]);
  await send(9, 9);
  const { rows } = await database.pool.query(
    `select kind, class, first_seq::int as first, last_seq::int as last, round(extract(epoch from to_at - from_at) * 1000)::int as ms
     from batch_gap where vehicle = $1 order by first_seq`,
    [number],
  );
  expect(rows).toEqual([
    { kind: "filled", class: 3, first: 2, last: 3, ms: 1 },
    { kind: "lost", class: 3, first: 5, last: 8, ms: 5 },
  ]);
  const { rows: origins } = await database.pool.query(
    "select distinct campaign, class from measured where vehicle = $1",
    [number],
  );
  expect(origins).toEqual([{ campaign: "fast1", class: 3 }]);
});

test("two classes of one boot do not wait for each other", async () => {
  const body = packSamples(samples(["Vehicle.Speed", now, 1]), packing);
  const head = { campaign: "fast1", boot, seq: 1, floor: 1 } as const;
  await telemetry.ingest.take(sender(), encodeBatch({ ...head, class: "alarm" as const }, body));
  expect(await telemetry.ingest.take(sender(), encodeBatch({ ...head, class: "trip" as const }, body))).toEqual({
    kind: "settled",
    ack: { v: 1, boot, seq: 1, class: "trip" },
  });
  expect(await stored()).toHaveLength(2);
});
