import { catalogue, Store, Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";

import { distanceBetween } from "../journey/ground.ts";
import { RecordedPose } from "./recorded-pose.ts";

const { Latitude, Longitude, Heading } = Vehicle.CurrentLocation;
const from = { source: "test" };

function somewhere() {
  const clock = { time: 1_000_000, now: () => clock.time };
  const store = new Store({ catalogue, clock });
  const fix = (lat: number, lon: number) => {
    store.set(Latitude, lat, from);
    store.set(Longitude, lon, from);
  };
  return { clock, store, fix, pose: new RecordedPose({ store, clock }) };
}

test("a car that has not told its position is nowhere", () => {
  const { store, pose } = somewhere();
  expect(pose.now()).toBeUndefined();
  store.set(Latitude, 52, from);
  expect(pose.now()).toBeUndefined();
});

test("between two positions the car goes on as it did, but not for ever", () => {
  const { clock, store, fix, pose } = somewhere();
  store.set(Vehicle.Speed, 36, from);
  store.set(Heading, 90, from);
  fix(52, 5);
  const away = () => distanceBetween({ lat: 52, lon: 5 }, pose.now() ?? { lat: 0, lon: 0 });
  expect(away()).toBeCloseTo(0, 6);
  clock.time += 500;
  expect(away()).toBeCloseTo(5, 2);
  expect(pose.now()).toMatchObject({ heading: 90, speed: 10 });
  clock.time += 60_000;
  expect(away()).toBeCloseTo(15, 2);
});

test("a car without a compass points where it moves, and noise does not turn it", () => {
  const { fix, pose } = somewhere();
  fix(52, 5);
  expect(pose.now()).toMatchObject({ heading: 0, speed: 0 });
  fix(51.9999, 5);
  expect(pose.now()?.heading).toBeCloseTo(180, 6);
  fix(51.9999, 5.00001);
  expect(pose.now()?.heading).toBeCloseTo(180, 6);
  fix(51.9999, 5.0002);
  expect(pose.now()?.heading).toBeCloseTo(90, 3);
});

test("a car whose recording is over stands where it was last", () => {
  const { clock, store, fix, pose } = somewhere();
  store.set(Vehicle.Speed, 50, from);
  fix(52, 5);
  clock.time += 1_000;
  const { at = 0 } = store.get(Latitude) ?? {};
  store.set(Latitude, 52, { source: "test", at, quality: "stale" });
  expect(pose.now()).toEqual({ lat: 52, lon: 5, heading: 0, speed: 0 });
});
