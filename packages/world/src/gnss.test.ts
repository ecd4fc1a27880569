import { Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { frameAt, toX, toY } from "./frame.ts";
import { block, carAndStore, start } from "./test-car.ts";
import { planPath } from "./plan-path.ts";
import { at, carAt, routeBetween, testTown } from "./test-town.ts";

const { CurrentLocation } = Vehicle;
const city = await testTown();

test("in a tunnel positions stop while wheels and yaw rate go on; one to two seconds after it they are back", () => {
  const clock = { at: 0, now: () => clock.at };
  const { store, car, path } = carAt(city, routeBetween(city, at(1_200, 0), at(2_400, 0)), clock);
  car.drive(path);
  let entered = NaN;
  let left = NaN;
  let back = NaN;
  let worst = 0;
  let inside = new Set<unknown>();
  let slowest = Infinity;
  const frame = frameAt(at(0, 0));
  for (let t = 0; t < 130; t += 0.05) {
    clock.at += 50;
    car.step(0.05);
    const x = toX(frame, car.pose().lon);
    if (x > 1_500 && Number.isNaN(entered)) entered = t;
    if (x > 2_000 && Number.isNaN(left)) left = t;
    const fix = store.value(CurrentLocation.GNSSReceiver.FixType);
    if (x > 1_502 && x < 2_000) {
      expect(fix).toBe("NONE");
      inside = inside.add(store.value(CurrentLocation.Longitude));
      slowest = Math.min(slowest, store.value(Vehicle.Speed) ?? 0);
      worst = Math.max(worst, store.value(CurrentLocation.HorizontalAccuracy) ?? 0);
    }
    if (!Number.isNaN(left) && Number.isNaN(back) && fix !== "NONE") back = t;
  }
  expect(inside.size).toBe(1);
  expect(slowest).toBeGreaterThan(45);
  expect(worst).toBeGreaterThan(30);
  expect(back - left).toBeGreaterThan(0.9);
  expect(back - left).toBeLessThan(2.2);
  expect(store.value(CurrentLocation.GNSSReceiver.FixType)).toBe("THREE_D");
  expect(store.value(CurrentLocation.HorizontalAccuracy)).toBeLessThan(1);
});

test("somebody can take the satellites away and give them back", () => {
  const { store, car, run } = carAndStore();
  run(1);
  car.loseSatellites(true);
  run(1);
  expect(store.value(CurrentLocation.GNSSReceiver.FixType)).toBe("NONE");
  car.loseSatellites(false);
  run(3);
  expect(store.value(CurrentLocation.GNSSReceiver.FixType)).toBe("THREE_D");
});

test("dead reckoning by wheel speed and yaw rate comes near the truth and never quite there", () => {
  const { store, car, run } = carAndStore({ seed: 9 });
  const path = planPath(block, { from: car.pose() });
  if (path === undefined) throw new Error("no path");
  car.drive(path);
  const frame = frameAt(start);
  let x = 0;
  let y = 0;
  let heading = 0;
  let metres = 0;
  let offset = 0;
  run(60, () => {
    // One learns the sensor's offset while the car stands, as it does at first.
    if (metres === 0 && store.value(Vehicle.IsMoving) === false) offset = store.value(Vehicle.AngularVelocity.Yaw) ?? 0;
    const speed = (store.value(Vehicle.Speed) ?? 0) / 3.6;
    heading += (((store.value(Vehicle.AngularVelocity.Yaw) ?? 0) - offset) * Math.PI * 0.05) / 180;
    x += speed * Math.cos(heading) * 0.05;
    y += speed * Math.sin(heading) * 0.05;
    metres += speed * 0.05;
  });
  const off = Math.hypot(x - toX(frame, car.pose().lon), y - toY(frame, car.pose().lat));
  expect(metres).toBeGreaterThan(300);
  expect(off).toBeGreaterThan(0.1);
  expect(off).toBeLessThan(0.04 * metres);
});
