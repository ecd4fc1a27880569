import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { BatchClass } from "@caravan/link/campaigns";
import * as fc from "fast-check";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { Outbox } from "./outbox.ts";
import type { OutboxLimits, Packed } from "./outbox.ts";

const folder = mkdtempSync(join(tmpdir(), "caravan-outbox-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const log = pino({ level: "silent" });
const now = 1_800_000_000_000;
let files = 0;

function open(file = `outbox-${files++}.sqlite`, limits: Partial<OutboxLimits> = {}, at = now): Outbox {
  return new Outbox({ file: join(folder, file), now: at, log, limits });
}

const body = (size = 8, samples = 1, name: BatchClass = "trip"): Packed => ({
  class: name,
  campaign: "standard",
  body: new Uint8Array(size).fill(7),
  samples,
});
const time = { now, uptime: 1_000 };

test("what was stored is there after the car computer was started anew, in the order in which it was made", () => {
  const first = open("again.sqlite");
  for (const size of [3, 4, 5]) expect(first.append(body(size, 1), time).kind).toBe("stored");
  first.close();
  const second = open("again.sqlite");
  second.append(body(6, 1), time);
  expect(second.after("trip", 0, 0, 10).map((batch) => batch.body.length)).toEqual([3, 4, 5, 6]);
  expect(second.boot).toBeGreaterThan(first.boot);
  expect(second.health()).toMatchObject({ batches: 4, samples: 4, bytes: 18, oldestAt: now });
  second.close();
});

test("the boot number rises also when the clock went back, and jumps ahead of a disk that was put back", () => {
  const first = open("boot.sqlite");
  first.close();
  const second = open("boot.sqlite", {}, 0);
  second.close();
  expect(second.boot).toBe(first.boot + 1);
  const restored = open("other.sqlite", {}, now + 5_000);
  restored.close();
  expect(restored.boot).toBe(now / 1_000 + 5);
});

test("acknowledged batches are not given out again and are gone after the next commit", () => {
  const outbox = open();
  for (let count = 0; count < 5; count++) outbox.append(body(8, 2), time);
  outbox.acknowledge("trip", outbox.boot, 3);
  expect(outbox.after("trip", 0, 0, 10).map(({ seq }) => seq)).toEqual([4, 5]);
  expect(outbox.floor("trip", outbox.boot)).toBe(4);
  outbox.append(body(8, 2), time);
  expect(outbox.health()).toMatchObject({ batches: 3, samples: 6, bytes: 24 });
  outbox.acknowledge("trip", outbox.boot, 6);
  outbox.flush();
  expect(outbox.health()).toMatchObject({ batches: 0, samples: 0, bytes: 0 });
  expect(outbox.floor("trip", outbox.boot)).toBeUndefined();
  outbox.close();
});

test("a full outbox gives up its oldest batches and remembers how many", () => {
  const outbox = open("full.sqlite", { bytes: 1_000, batches: 1_000 });
  for (let count = 0; count < 50; count++) outbox.append(body(40, 3), time);
  const health = outbox.health();
  expect(health.bytes).toBeLessThanOrEqual(1_000);
  expect(health.batches).toBeGreaterThan(15);
  expect(health.givenUp).toEqual({ batches: 50 - health.batches, samples: (50 - health.batches) * 3 });
  expect(outbox.after("trip", 0, 0, 1_000).at(-1)?.seq).toBe(50);
  expect(outbox.floor("trip", outbox.boot)).toBe(51 - health.batches);
  outbox.close();
  const again = open("full.sqlite", { bytes: 1_000, batches: 1_000 });
  expect(again.health().givenUp).toEqual(health.givenUp);
  again.close();
});

test("the number of batches has a bound too", () => {
  const outbox = open("many.sqlite", { batches: 10 });
  for (let count = 0; count < 25; count++) outbox.append(body(8, 1), time);
  expect(outbox.health().batches).toBeLessThanOrEqual(10);
  expect(outbox.health().givenUp.batches).toBeGreaterThanOrEqual(15);
  outbox.close();
});

test("whatever is appended and acknowledged, the figures are those of the table", () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant("append" as const),
      size: fc.integer({ min: 0, max: 60 }),
      samples: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({ kind: fc.constant("acknowledge" as const), seq: fc.integer({ min: 0, max: 40 }) }),
  );
  const outbox = open("figures.sqlite", { bytes: 600, batches: 12 });
  const table = new DatabaseSync(join(folder, "figures.sqlite"));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      for (const each of steps) {
        if (each.kind === "append") outbox.append(body(each.size, each.samples), time);
        else outbox.acknowledge("trip", outbox.boot, each.seq);
      }
      outbox.flush();
      const sums = table
        .prepare("select count(*) as batches, total(samples) as samples, total(length(body)) as bytes from batch")
        .get();
      expect(outbox.health()).toMatchObject({ ...sums });
    }),
    { numRuns: 30 },
  );
  table.close();
  outbox.close();
});

test("while the disk takes nothing, nothing is promised, and later it goes on without a hole", () => {
  const outbox = open("disk.sqlite");
  outbox.append(body(8, 1), time);
  const holder = new DatabaseSync(join(folder, "disk.sqlite"));
  holder.exec("begin exclusive");
  expect(outbox.append(body(8, 1), time)).toEqual({ kind: "failed", why: "disk-error" });
  holder.exec("rollback");
  holder.close();
  expect(outbox.append(body(8, 1), time)).toEqual({ kind: "stored", seq: 2 });
  expect(outbox.health()).toMatchObject({ batches: 2, samples: 2 });
  outbox.close();
});

test("a damaged outbox is put aside, and the car goes on", () => {
  writeFileSync(
    join(folder, "damaged.sqlite"),
    "this is not a database, and it is long enough to be looked at as one".repeat(20),
  );
  const outbox = open("damaged.sqlite");
  expect(outbox.append(body(8, 1), time).kind).toBe("stored");
  expect(readdirSync(folder)).toContain("damaged.sqlite.damaged-1");
  outbox.close();
});

test("an outbox of a newer Caravan is left alone", () => {
  const newer = new DatabaseSync(join(folder, "newer.sqlite"));
  newer.exec("pragma user_version = 99");
  newer.close();
  expect(() => open("newer.sqlite")).toThrow(expect.objectContaining({ code: "outbox-newer" }));
});

test("a full outbox gives up the oldest of the lowest class, and an alarm last of all", () => {
  const outbox = open("classes.sqlite", { bytes: 1_000, batches: 1_000 });
  outbox.append(body(100, 1, "alarm"), time);
  for (let count = 0; count < 5; count++) outbox.append(body(100, 1, "trip"), time);
  for (let count = 0; count < 20; count++) outbox.append(body(100, 1, "bulk"), time);
  expect(outbox.after("alarm", 0, 0, 99)).toHaveLength(1);
  expect(outbox.after("trip", 0, 0, 99)).toHaveLength(5);
  expect(outbox.after("bulk", 0, 0, 99).map(({ seq }) => seq)).toEqual([17, 18, 19, 20]);
  expect(outbox.floor("bulk", outbox.boot)).toBe(17);
  for (let count = 0; count < 20; count++) outbox.append(body(100, 1, "state"), time);
  expect(outbox.after("alarm", 0, 0, 99)).toHaveLength(1);
  expect(outbox.health().givenUpOf).toMatchObject({ alarm: 0, trip: 5, bulk: 20 });
  outbox.close();
  const again = open("classes.sqlite");
  expect(again.health().givenUpOf).toMatchObject({ alarm: 0, trip: 5, bulk: 20 });
  again.close();
});

test("a clock that is put right later tells how wrong it was, also after the next start, and sleep is no error", () => {
  const outbox = open("clock.sqlite");
  outbox.append(body(), { now: 5_000, uptime: 1_000 });
  outbox.append(body(), { now: now + 3_000, uptime: 3_000 });
  const errors = (box: Outbox) => box.after("trip", 0, 0, 9).map(({ clockErrorMs }) => clockErrorMs);
  expect(errors(outbox)).toEqual([4_000 - now, 0]);
  // Eight hours of sleep pass on both clocks.
  outbox.append(body(), { now: now + 28_803_000, uptime: 28_803_000 });
  expect(errors(outbox)).toEqual([4_000 - now, 0, 0]);
  outbox.close();
  const again = open("clock.sqlite");
  expect(errors(again)).toEqual([4_000 - now, 0, 0]);
  again.close();
});

test("what an outbox of the first version holds is sent as it was packed", () => {
  const first = new DatabaseSync(join(folder, "first.sqlite"));
  first.exec(`create table meta (key text primary key, value integer not null) strict, without rowid;
    create table batch (boot integer not null, seq integer not null, at real not null, samples integer not null, body blob not null,
      primary key (boot, seq)) strict, without rowid;
    insert into meta values ('boot', 7);
    insert into batch values (7, 3, 1800000000000, 2, x'00');
    pragma user_version = 1`);
  first.close();
  const outbox = open("first.sqlite");
  expect(outbox.after("trip", 0, 0, 9)).toMatchObject([{ boot: 7, seq: 3, campaign: "", clockErrorMs: 0 }]);
  expect(outbox.health()).toMatchObject({ batches: 1, samples: 2 });
  outbox.close();
});
