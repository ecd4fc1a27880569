import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { catalogue, Store, Vehicle } from "@caravan/signals";
import { afterAll, expect, test } from "vitest";

import { isCandump, liveBuses, readTranslation } from "./can-setup.ts";
import { driverClock } from "./driven-feed.ts";
import { feedOf } from "./feed-of.ts";

const example = join(import.meta.dirname, "../../../../extensions/drivers/example");
const folder = mkdtempSync(join(tmpdir(), "caravan-can-setup-"));
afterAll(() => rmSync(folder, { recursive: true }));

const log = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
const clock = { now: () => Date.now() };
const translation = { dbc: join(example, "car.dbc"), mapping: join(example, "mapping.json") };
const drive = readFileSync(join(example, "drive.candump"), "utf8");

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The part of the example's drive around 10 s, all at one time, so that nobody has to wait. */
const moment = drive
  .split("\n")
  .filter((line) => /^\((?:9|10)\./.test(line))
  .map((line) => line.replace(/^\([^)]*\)/, "(10.000000)"))
  .join("\n");

test.each([
  ["plain", file("moment.candump", moment)],
  ["packed", file("moment.candump.gz", gzipSync(moment))],
])("a %s recording of a bus plays into the car, and its readings go stale when it is over", async (_, replay) => {
  const feed = await feedOf({ replay, translation }, clock, log);
  const store = new Store({ catalogue, clock });
  const playing = feed?.(store);
  const seen: unknown[] = [];
  store.subscribe([Vehicle.Speed], () => seen.push(store.get(Vehicle.Speed)?.quality));
  await new Promise<void>((resolve, reject) => void playing?.start(resolve).catch(reject));
  expect(playing).toMatchObject({ isRecording: true });
  expect(seen[0]).toBe("replayed");
  expect(store.get(Vehicle.Speed)).toMatchObject({ quality: "stale" });
  expect(store.value(Vehicle.Speed)).toBeGreaterThan(20);
  expect(store.value(Vehicle.Powertrain.FuelSystem.RelativeLevel)).toBeUndefined();
  const speed = playing?.sources().find(({ path }) => path === Vehicle.Speed.path);
  expect(speed?.sources.map(({ source, isChosen }) => [source, isChosen])).toEqual([
    [expect.stringContaining("MOTION.SPEED"), true],
    [expect.stringContaining("WHEELS.WHEEL_RL+WHEEL_RR"), false],
  ]);
  await playing?.stop();
});

test("what is a recording of a bus is told from what is none", async () => {
  expect(await isCandump(join(example, "drive.candump"))).toBe(true);
  expect(await isCandump(file("drive.csv", "time,Vehicle.Speed\n0,1\n"))).toBe(false);
  expect(await isCandump(file("empty", ""))).toBe(false);
  await expect(isCandump(join(folder, "nowhere"))).rejects.toThrow(/nowhere cannot be read/);
});

test.each([
  [
    "without a meaning",
    { replay: join(example, "drive.candump") },
    /drive\.candump is a recording of a CAN bus: say what/,
  ],
  [
    "with a meaning for something else",
    { replay: file("other.csv", "time,Vehicle.Speed\n0,1\n"), translation },
    /other\.csv is no candump recording/,
  ],
  [
    "with a DBC that cannot be right",
    {
      replay: join(example, "drive.candump"),
      translation: { ...translation, dbc: file("bad.dbc", "BO_ 1 A: 8 X\n SG_ S : 0|99@1+") },
    },
    /^bad\.dbc, line 2: S: the length in bits/,
  ],
  [
    "with a mapping that cannot be right",
    {
      replay: join(example, "drive.candump"),
      translation: { ...translation, mapping: file("bad.json", '{"signals":{"Vehicle.Speed":"MOTION.SPED"}}') },
    },
    /^bad\.json, signals\["Vehicle\.Speed"\]: the message MOTION has no field SPED/,
  ],
  [
    "with a mapping that is no JSON",
    { replay: join(example, "drive.candump"), translation: { ...translation, mapping: file("no.json", "{") } },
    /^no\.json, it is no JSON/,
  ],
  [
    "with a DBC that is not there",
    { replay: join(example, "drive.candump"), translation: { ...translation, dbc: join(folder, "gone.dbc") } },
    /gone\.dbc cannot be read/,
  ],
])("a recording %s keeps the car from starting, with one sentence", async (_, settings, sentence) => {
  await expect(feedOf(settings, clock, log)).rejects.toThrow(sentence);
});

test("DBC files of an older code page keep their degree signs", async () => {
  const old = file("old.dbc", Buffer.from(readFileSync(translation.dbc, "utf8"), "latin1"));
  copyFileSync(translation.mapping, join(folder, "mapping.json"));
  const warnings: string[] = [];
  const { dbc } = await readTranslation({ dbc: old, mapping: join(folder, "mapping.json") }, (warning) =>
    warnings.push(warning),
  );
  expect(dbc.messages.flatMap(({ signals }) => signals).some(({ unit }) => unit === "°C")).toBe(true);
  expect(warnings).toEqual([]);
});

test("each bus that settings name is a driver of its own; what is none is refused with one sentence", async () => {
  const read = await readTranslation(translation, () => undefined);
  const buses = (can: readonly { name: string; at: string }[], canBitrate?: number) =>
    liveBuses({ can, canBitrate }, read, driverClock(clock));
  expect(buses([{ name: "can0", at: "vcan0" }]).map(({ name, quality }) => [name, quality])).toEqual([
    ["can0", "good"],
  ]);
  expect(() => buses([{ name: "can0", at: "can0;ls" }])).toThrow(/names no CAN adapter/);
  expect(() => buses([{ name: "body", at: "can1" }])).toThrow(/nothing for a bus called body/);
  expect(() => buses([{ name: "can0", at: "/dev/ttyACM0" }], 123_456)).toThrow(/--can-bitrate is one of/);
});
