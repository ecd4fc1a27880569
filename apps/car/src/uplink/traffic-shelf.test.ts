import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeTraffic } from "@caravan/link";
import type { TrafficMessage } from "@caravan/link";
import { afterAll, beforeEach, expect, test } from "vitest";
import { TrafficShelf } from "./traffic-shelf.ts";

const start = Date.UTC(2026, 10, 23, 8);
const minute = 60_000;
const hour = 60 * minute;
const folders: string[] = [];
let folder = "";
let now = start;
let told: TrafficMessage[] = [];
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "caravan-traffic-"));
  folders.push(folder);
  now = start;
  told = [];
});
afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))));

async function openShelf(): Promise<TrafficShelf> {
  const shelf = new TrafficShelf({
    folder,
    clock: { now: () => now },
    log,
    onTraffic: (message) => told.push(message),
  });
  await shelf.open();
  return shelf;
}

const slow = { from: 1, to: 2, speed: 18 / 3.6, age: 10, probes: 2 };
const picture = (at: number, more: Partial<TrafficMessage> = {}) =>
  encodeTraffic({ at, speeds: [slow], incidents: [], ...more });

test("what the cloud tells is handed on, and told again after a restart while it is fresh", async () => {
  const shelf = await openShelf();
  expect(told).toEqual([]);
  shelf.heard("traffic", picture(now));
  expect(told).toEqual([{ v: 1, at: now, speeds: [slow], incidents: [] }]);
  await shelf.close();
  now += 20 * minute;
  await (await openShelf()).close();
  expect(told).toHaveLength(2);
  expect(told[1]).toEqual(told[0]);
});

test("without the cloud the car goes by what was usual at this time of the week, once for each quarter hour", async () => {
  const shelf = await openShelf();
  shelf.heard("traffic", picture(now));
  await shelf.close();
  now = start + 7 * 24 * hour;
  told = [];
  const later = await openShelf();
  expect(told).toEqual([{ v: 1, at: now, speeds: [{ ...slow, age: 0, probes: 0 }], incidents: [] }]);
  later.tick();
  expect(told).toHaveLength(1);
  now += 2 * hour;
  later.tick();
  expect(told[1]?.speeds).toEqual([]);
  later.heard("traffic", picture(now));
  expect(told[2]?.speeds).toEqual([slow]);
  await later.close();
});

test("what the cloud says is usual fills the gaps of what cars drive now", async () => {
  const shelf = await openShelf();
  const usual = [
    { from: 2, to: 3, speed: 36 / 3.6, age: 0, probes: 0 },
    { ...slow, speed: 36 / 3.6, probes: 0 },
  ];
  shelf.heard("usual", encodeTraffic({ at: now, speeds: usual, incidents: [] }));
  expect(told.at(-1)?.speeds).toHaveLength(2);
  now += 5 * minute;
  shelf.heard("traffic", picture(now));
  expect(told.at(-1)).toEqual({ v: 1, at: now, speeds: [slow, { ...usual[0], age: 300 }], incidents: [] });
  now += minute;
  expect(shelf.figures()).toMatchObject([{ value: 2 }, { value: 60, unit: "s" }]);
  await shelf.close();
});

test("a closure is believed until it ends, one without an end for six hours without news", async () => {
  const closure = { id: "a", kind: "closure" as const, lat: 57.7, lon: 11.9 };
  const shelf = await openShelf();
  shelf.heard("traffic", picture(now, { incidents: [closure, { ...closure, id: "b", until: start + 10 * hour }] }));
  const ids = () => told.at(-1)?.incidents.map(({ id }) => id);
  for (const [after, expected] of [
    [2 * hour, ["a", "b"]],
    [7 * hour, ["b"]],
    [11 * hour, []],
  ] as const) {
    now = start + after;
    shelf.tick();
    expect(ids()).toEqual(expected);
  }
  await shelf.close();
});

test("an old picture that the broker kept, one from the future and rubbish are not handed on", async () => {
  const shelf = await openShelf();
  shelf.heard("traffic", picture(now - hour));
  shelf.heard("traffic", picture(now + hour));
  shelf.heard("traffic", Uint8Array.of(1, 2, 3));
  expect(told).toEqual([]);
  await shelf.close();
  expect(await readdir(folder)).toEqual([]);
});

test("damaged files are as good as none", async () => {
  await writeFile(join(folder, "traffic.bin"), "rubbish");
  await writeFile(join(folder, "typical-week.json"), '{"v":1,"segments":[{"from":-1}]}');
  const shelf = await openShelf();
  expect(told).toEqual([]);
  shelf.heard("traffic", picture(now));
  expect(told).toHaveLength(1);
  await shelf.close();
});
