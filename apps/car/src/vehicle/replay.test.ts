import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { catalogue, Vehicle } from "@caravan/signals";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { City } from "@caravan/roads";

import { Car } from "./car.ts";
import { openCarDatabase } from "./database.ts";
import { Replay } from "./replay.ts";
import { cornerOf, testCity, testMap } from "./test-city.ts";

let city: City;
const folder = mkdtempSync(join(tmpdir(), "caravan-replay-"));
beforeAll(async () => {
  city = await testCity();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const log = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };
const clock = { now: () => Date.now() };

function carPlaying(text: string): Car {
  const file = join(folder, "drive.csv");
  writeFileSync(file, text);
  return new Car({
    number: 1,
    version: "test",
    seed: 7,
    database: openCarDatabase(":memory:"),
    city,
    map: testMap(city),
    clock,
    newId: () => "id",
    log,
    language: "en",
    listensBeyondMachine: false,
    feed: (store) => new Replay({ file, store, clock, log }),
    link: undefined,
  });
}

const { lat, lon } = cornerOf(2, 2);
const header = "time,Vehicle.CurrentLocation.Latitude,Vehicle.CurrentLocation.Longitude\n";

test("a recording plays once and then stands, with nothing that it did not tell", async () => {
  const car = carPlaying(`${header}0,${lat},${lon}\n0.1,${lat},${lon + 0.0005}\n`);
  await car.start();
  expect(car.cockpit.navigator.journey()).toMatchObject({ kind: "replay", file: "drive.csv" });
  expect(car.cockpit.facts()).toMatchObject({ simulated: false, model: "Recording" });
  await expect.poll(() => car.cockpit.navigator.journey()).toEqual({ kind: "replay", file: "drive.csv", ended: true });
  car.step(4);
  expect(car.cockpit.navigator.road().street).toBe("East Street 3");
  expect(car.cockpit.pose()).toMatchObject({ lon: Math.round((lon + 0.0005) * 1e7) / 1e7, heading: 90, speed: 0 });
  expect(car.store.get(Vehicle.CurrentLocation.Latitude)?.quality).toBe("stale");
  const recorded = catalogue.signals.filter((signal) => car.store.get(signal)?.source.startsWith("replay"));
  expect(recorded.map(({ path }) => path).toSorted()).toEqual([
    "Vehicle.CurrentLocation.Latitude",
    "Vehicle.CurrentLocation.Longitude",
  ]);
  expect(car.store.value(Vehicle.Speed)).toBeUndefined();
  expect(car.store.value(Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed)).toBeUndefined();
  await car.stop();
});

test("a car far from the map has a position and no road", async () => {
  const car = carPlaying(`${header}0,52.37,4.91\n60,52.37,4.92\n`);
  await car.start();
  await expect.poll(() => car.cockpit.pose()?.lat).toBe(52.37);
  car.step(4);
  expect(car.cockpit.navigator.road()).toEqual({ street: "", ref: "" });
  expect(car.cockpit.navigator.journey()).toEqual({ kind: "replay", file: "drive.csv" });
  await car.stop();
});

test("a file that is no recording keeps the car from starting, with one sentence", async () => {
  await expect(carPlaying("hello\n").start()).rejects.toThrow(/^drive\.csv is no recording/);
});
