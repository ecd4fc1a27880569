import { catalogue, Store, Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { standardCampaign } from "@caravan/link/campaigns";
import { Sampler } from "./sampler.ts";

const from = { source: "test" };

function setup() {
  const time = { now: 1_800_000_000_000 };
  const store = new Store({ catalogue, clock: { now: () => time.now } });
  const sampler = new Sampler({ store, rules: standardCampaign.rules, refreshMs: 900_000 });
  sampler.start();
  const take = (ms: number) => {
    const samples = sampler.take(ms);
    return Object.fromEntries(
      (samples?.path ?? []).map((which, index) => [samples?.paths[which], samples?.value[index]]),
    );
  };
  return { store, sampler, take, time };
}

test("a car that starts says everything it knows once, and nothing it does not know", () => {
  const { store, take } = setup();
  store.set(Vehicle.Cabin.Door.Row1.DriverSide.IsLocked, true, from);
  store.set(Vehicle.Speed, 0, from);
  expect(take(0)).toEqual({ "Vehicle.Cabin.Door.Row1.DriverSide.IsLocked": true, "Vehicle.Speed": 0 });
  expect(take(1_000)).toEqual({});
});

test("speed goes once a second and only when it changed enough, but standing still is always told", () => {
  const { store, take } = setup();
  store.set(Vehicle.Speed, 50, from);
  take(0);
  store.set(Vehicle.Speed, 60, from);
  expect(take(500)).toEqual({});
  expect(take(1_000)).toEqual({ "Vehicle.Speed": 60 });
  store.set(Vehicle.Speed, 60.3, from);
  expect(take(2_000)).toEqual({});
  store.set(Vehicle.Speed, 60.6, from);
  expect(take(3_000)).toEqual({ "Vehicle.Speed": 60.6 });
  store.set(Vehicle.Speed, 0.3, from);
  take(4_000);
  store.set(Vehicle.Speed, 0, from);
  expect(take(5_000)).toEqual({ "Vehicle.Speed": 0 });
});

test("a tick that comes a little early is early enough", () => {
  const { store, take } = setup();
  for (let second = 0; second < 5; second++) {
    store.set(Vehicle.Speed, second * 10 + 10, from);
    expect(take(second * 990)).toEqual({ "Vehicle.Speed": second * 10 + 10 });
  }
});

test("many changes in a second are one sample, the newest with its own time", () => {
  const { store, sampler, time } = setup();
  for (let step = 0; step < 20; step++) {
    time.now += 50;
    store.set(Vehicle.Speed, step, from);
  }
  expect(sampler.take(1_000)).toEqual({ paths: ["Vehicle.Speed"], path: [0], at: [time.now], value: [19] });
});

test("a latitude never goes without its longitude", () => {
  const { store, take } = setup();
  store.set(Vehicle.CurrentLocation.Latitude, 57.7, from);
  store.set(Vehicle.CurrentLocation.Longitude, 11.97, from);
  take(0);
  store.set(Vehicle.CurrentLocation.Latitude, 57.701, from);
  expect(take(1_000)).toEqual({
    "Vehicle.CurrentLocation.Latitude": 57.701,
    "Vehicle.CurrentLocation.Longitude": 11.97,
  });
});

test("a parked car whose position trembles by less than a metre is silent", () => {
  const { store, take } = setup();
  store.set(Vehicle.CurrentLocation.Latitude, 57.7, from);
  store.set(Vehicle.CurrentLocation.Longitude, 11.97, from);
  take(0);
  for (let second = 1; second < 60; second++) {
    store.set(Vehicle.CurrentLocation.Latitude, 57.7 + (second % 3) * 0.000_002, from);
    expect(take(second * 1_000)).toEqual({});
  }
});

test("a slow drift is told as soon as it adds up", () => {
  const { store, take } = setup();
  const heard: unknown[] = [];
  for (let second = 0; second < 40; second++) {
    store.set(Vehicle.CurrentLocation.Latitude, 57.7 + second * 0.000_001, from);
    store.set(Vehicle.CurrentLocation.Longitude, 11.97, from);
    heard.push(...Object.keys(take(second * 1_000)));
  }
  expect(heard.filter((path) => path === "Vehicle.CurrentLocation.Latitude").length).toBeGreaterThanOrEqual(3);
});

test("a change that comes too soon is not forgotten", () => {
  const { store, take } = setup();
  store.set(Vehicle.Powertrain.TractionBattery.StateOfCharge.Current, 80, from);
  take(0);
  store.set(Vehicle.Powertrain.TractionBattery.StateOfCharge.Current, 79, from);
  expect(take(1_000)).toEqual({});
  expect(take(5_000)).toEqual({ "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current": 79 });
});

test("a value that goes away is told, with undefined", () => {
  const { store, take } = setup();
  store.set(Vehicle.Speed, 5, from);
  take(0);
  store.remove(Vehicle.Speed);
  expect(take(1_000)).toEqual({ "Vehicle.Speed": undefined });
});

test("everything is told again after a quarter of an hour", () => {
  const { store, take } = setup();
  store.set(Vehicle.Cabin.Door.Row1.DriverSide.IsOpen, false, from);
  take(0);
  expect(take(899_000)).toEqual({});
  expect(take(900_000)).toEqual({ "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen": false });
});

test("a clock that jumps back neither stops nor floods the samples", () => {
  const { store, take, time } = setup();
  store.set(Vehicle.Speed, 10, from);
  take(0);
  time.now -= 365 * 86_400_000;
  store.set(Vehicle.Speed, 20, from);
  expect(take(1_000)).toEqual({ "Vehicle.Speed": 20 });
});

test("a text that a batch cannot carry is left out, the rest goes", () => {
  const { store, take } = setup();
  store.set(Vehicle.VehicleIdentification.VIN, "x".repeat(3_000), from);
  store.set(Vehicle.Speed, 5, from);
  expect(take(0)).toEqual({ "Vehicle.Speed": 5 });
});

test("more than fits into one batch goes with the next", () => {
  const { store, take } = setup();
  let set = 0;
  for (const signal of catalogue.signals) {
    if (signal.datatype !== "boolean") continue;
    store.setByPath(signal.path, true, from);
    set += 1;
  }
  const heard = new Set<string>();
  for (let second = 0; second < 5; second++) for (const path of Object.keys(take(second * 1_000))) heard.add(path);
  expect(heard.size).toBe(set);
});
