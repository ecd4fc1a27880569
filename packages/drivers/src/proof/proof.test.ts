import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "@caravan/signals";
import { afterEach, expect, test } from "vitest";
import { parseDbc } from "../dbc/parse-dbc.ts";
import { lookAtRecording } from "./look-at-recording.ts";
import { readDriverFolder } from "./manifest.ts";
import { proveDriver } from "./prove-driver.ts";
import { startOf } from "./start-of-driver.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A fresh driver, some of its files replaced. */
function folderWith(changes: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "caravan-driver-"));
  folders.push(folder);
  for (const [name, text] of startOf("some-make")) writeFileSync(join(folder, name), changes[name] ?? text);
  return folder;
}

async function failuresWith(changes: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = proveDriver(await readDriverFolder(folderWith(changes), catalogue), catalogue);
  return findings.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`);
}

test("what driver:new makes is a driver that passes", async () => {
  const driver = await readDriverFolder(folderWith(), catalogue);
  expect(proveDriver(driver, catalogue)).toMatchObject({ passes: true, frames: 3, seconds: 2 });
  expect(driver).toMatchObject({ name: "some-make", isSimulated: true });
});

const drive = startOf("x").get("drive.candump") ?? "";
const expected = (signals: unknown, more: object = {}): string => JSON.stringify({ signals, ...more });

test.each([
  [
    "a value that is not what was expected",
    { "drive.expected.json": expected({ "Vehicle.Speed": [{ at: 1, value: 12, within: 1 }] }) },
    "Vehicle.Speed at 1 s: 10, expected 12 ± 1",
  ],
  [
    "a value before any frame told it",
    { "drive.expected.json": expected({ "Vehicle.Exterior.AirTemperature": [{ at: 1, value: 0 }] }) },
    "Vehicle.Exterior.AirTemperature at 1 s: expected 0, but it never came",
  ],
  [
    "a value after the end",
    { "drive.expected.json": expected({ "Vehicle.Speed": [{ at: 60, value: 50 }] }) },
    "Vehicle.Speed at 60 s: the recording ends after 2.000 s",
  ],
  [
    "a signal that the car has although it should not",
    { "drive.expected.json": expected({}, { absent: ["Vehicle.Speed"] }) },
    "what this car does not have stays unknown: not absent: Vehicle.Speed",
  ],
  [
    "a mapped signal that never comes",
    { "drive.candump": drive.replaceAll(/#(\w{4})03/g, "#$105").replaceAll("#000000", "#000005") },
    "every mapped signal is seen in the recording: never seen: Vehicle.Powertrain.Transmission.SelectedGear",
  ],
  ["a broken line", { "drive.candump": `${drive}hello\n` }, "the recording is readable: 3 frames, 1 broken lines"],
  [
    "a reading outside of its limits",
    {
      "mapping.json": JSON.stringify({
        signals: {
          "Vehicle.Chassis.Brake.PedalPosition": { message: "SPEED", field: "SPEED", scale: 10, unit: "percent" },
        },
      }),
      "drive.expected.json": expected({}),
    },
    "every reading obeys its signal: Vehicle.Chassis.Brake.PedalPosition: 1 readings outside of its type or limits",
  ],
  [
    "a position",
    {
      "mapping.json": JSON.stringify({
        signals: { "Vehicle.CurrentLocation.Latitude": { message: "SPEED", value: "SPEED" } },
      }),
      "drive.expected.json": expected({}),
    },
    "the recording tells no position: it holds latitude or longitude; remove those frames",
  ],
])("%s is found", async (_, changes, failure) => {
  expect(await failuresWith(changes)).toContain(failure);
});

test.each([
  [
    "a manifest that names another folder",
    { "driver.json": '{"name":"x","dbc":"../car.dbc"}' },
    /driver\.json: \/dbc|driver\.json: /,
  ],
  ["a DBC with a slip", { "car.dbc": "BO_ 1 A: 8 X\n SG_ S : 0|0@1+\n" }, /car\.dbc: line 2: S: the length in bits/],
  ["a mapping that is no JSON", { "mapping.json": "{" }, /mapping\.json: /],
  ["a mapping of nothing", { "mapping.json": '{"signals":{}}' }, /mapping\.json: signals: it maps nothing/],
  [
    "expectations of a wrong shape",
    { "drive.expected.json": '{"signals":{"Vehicle.Speed":[]}}' },
    /drive\.expected\.json: /,
  ],
])("%s is refused with the file's name", async (_, changes, sentence) => {
  await expect(readDriverFolder(folderWith(changes), catalogue)).rejects.toThrow(sentence);
});

test("what a recording holds is told in the words of its DBC", () => {
  const dbc = parseDbc(startOf("x").get("car.dbc") ?? "");
  const recording = new TextEncoder().encode(`${drive}(2.5) can0 7FF#00\nhello\n`);
  expect(lookAtRecording(dbc, recording)).toEqual({
    seconds: 2.5,
    frames: 4,
    unknown: 1,
    broken: 1,
    messages: [
      {
        name: "SPEED",
        frames: 3,
        perSecond: 1.2,
        fields: [
          { name: "SPEED", unit: "km/h", least: 0, most: 50, changes: 2, words: [] },
          { name: "GEAR", unit: "", least: 0, most: 3, changes: 1, words: ["P", "R", "N", "D"] },
        ],
      },
    ],
  });
});

test("a folder without a manifest is refused in one sentence", async () => {
  await expect(readDriverFolder(join(tmpdir(), "no-such-driver"), catalogue)).rejects.toThrow(
    "driver.json: it is not there or cannot be read",
  );
});
