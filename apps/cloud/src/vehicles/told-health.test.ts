import { encodeHealth, type CarHealth } from "@caravan/link/health";
import { expect, test } from "vitest";
import { HealthOfCars } from "./told-health.ts";

const health: CarHealth = {
  v: 1,
  at: 90_000,
  drivers: [],
  readings: [{ source: "simulation", quality: "simulated", signals: 170 }],
  signals: [],
  signalsLeftOut: 0,
  link: { connections: 1, batchesSent: 2, batchesSentAgain: 0, batchesOnTheirWay: 0 },
  outbox: { samples: 0, batches: 0, mostBatches: 9, bytes: 0, mostBytes: 900, givenUp: 0, lost: 0, disk: "ok" },
};

test("the last that a car told is kept beside the time it came, so that its clock can be compared", () => {
  const cars = new HealthOfCars({ clock: { now: () => 100_000 } });
  expect(cars.of("car")).toBeUndefined();
  expect(cars.heard("car", encodeHealth(health))).toBe(true);
  expect(cars.of("car")).toEqual({ health, arrivedAt: 100_000 });
});

test("a message that is no health changes nothing", () => {
  const cars = new HealthOfCars({ clock: { now: () => 100_000 } });
  cars.heard("car", encodeHealth(health));
  expect(cars.heard("car", new TextEncoder().encode('{"v":1}'))).toBe(false);
  expect(cars.of("car")?.health).toEqual(health);
});
