import { Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { at, carAt, routeBetween, testTown } from "../test-town.ts";
import type { Hindrance } from "./hindrance.ts";
import { createTraffic } from "./traffic.ts";

const city = await testTown();
const begin = 1_700_000_000_000;
const route = routeBetween(city, at(20, 0), at(3_400, 0));

const jamAt = (x: number, change: Partial<Hindrance> = {}): Hindrance => ({
  id: "h",
  kind: "jam",
  ...at(x, 0),
  from: begin,
  until: begin + 3_600_000,
  ...change,
});

/** One car on the main road in its traffic; `run` lets time pass until something is so. */
function drive(hindrances: readonly Hindrance[], seed = 1) {
  const clock = { at: begin, now: () => clock.at };
  const traffic = createTraffic({ city, seed });
  traffic.hinder(hindrances);
  const own = carAt(city, route, clock, { traffic });
  own.car.drive(own.path);
  const run = (seconds: number, each: () => void = () => undefined): void => {
    for (let t = 0; t < seconds; t += 0.05) {
      clock.at += 50;
      traffic.step(0.05, clock.at);
      own.car.step(0.05);
      each();
    }
  };
  const along = (): number => {
    const activity = own.car.activity();
    return activity.kind === "driving" ? activity.routeAlong : NaN;
  };
  const standing = (): number => traffic.near(own.car.pose(), 4_000).filter(isQueued).length;
  return { ...own, clock, traffic, run, along, standing };
}

const isQueued = ({ kind, speed, heading }: { kind: string; speed: number; heading: number }): boolean =>
  kind !== "obstacle" && speed < 2 && Math.abs(heading - 90) < 5;

test("before a broken-down vehicle a queue grows by itself, our car joins its end, waits its turn and drives on", () => {
  const { store, car, traffic, run, along, standing } = drive([jamAt(1_000)]);
  let closest = Infinity;
  let hardest = 0;
  let longest = 0;
  let stoodAt = NaN;
  let passed = 0;
  let seconds = 0;
  run(420, () => {
    seconds += 0.05;
    hardest = Math.min(hardest, store.value(Vehicle.Acceleration.Longitudinal) ?? 0);
    const pose = car.pose();
    if (Math.round(seconds * 20) % 20 === 0 && along() < 980) {
      longest = Math.max(longest, standing());
      for (const other of traffic.near(pose, 30).filter(isQueued)) {
        const metres = (other.lon - pose.lon) * 59_500;
        if (metres > 0) closest = Math.min(closest, metres - other.length / 2 - 2.34);
      }
    }
    if (Number.isNaN(stoodAt) && seconds > 10 && pose.speed < 0.05) stoodAt = along();
    if (passed === 0 && along() > 1_010) passed = seconds;
  });
  expect(longest).toBeGreaterThan(4);
  // It stood well before the obstacle, behind others, and nobody was touched.
  expect(stoodAt).toBeGreaterThan(500);
  expect(stoodAt).toBeLessThan(970);
  expect(closest).toBeGreaterThan(0.8);
  expect(hardest).toBeGreaterThan(-3.5);
  expect(passed).toBeGreaterThan(120);
  expect(car.activity().kind).toBe("arrived");
});

test("a free road costs our car next to no time", () => {
  const free = drive([]);
  let seconds = 0;
  free.run(320, () => {
    if (free.car.activity().kind === "driving") seconds += 0.05;
  });
  expect(free.car.activity().kind).toBe("arrived");
  expect(seconds).toBeLessThan(free.car.forecast(free.path).duration * 1.15);
});

test("a hindrance that has been there for minutes has its queue when our car sets out; when it is gone, so is the queue", () => {
  const until = begin + 60_000;
  const { run, standing } = drive([jamAt(1_500, { from: begin - 300_000, until })]);
  run(2);
  expect(standing()).toBeGreaterThan(8);
  run(58 + 90);
  expect(standing()).toBe(0);
});

test("nobody passes a closure: our car stops before it, the others take another way", () => {
  const { car, run, along, standing } = drive([jamAt(900, { kind: "closure" })]);
  run(300);
  expect(car.pose().speed).toBe(0);
  expect(along()).toBeGreaterThan(840);
  expect(along()).toBeLessThan(880);
  expect(standing()).toBeLessThan(3);
});

test("what happens on a crossing holds up those who come to it, one direction alone where it is told", () => {
  const along = (hindrance: Hindrance): number => {
    const one = drive([hindrance]);
    one.run(110);
    return one.along();
  };
  expect(along(jamAt(1_000, { kind: "closure" }))).toBeLessThan(1_000);
  expect(along(jamAt(1_000, { kind: "closure", heading: 90 }))).toBeLessThan(1_000);
  expect(along(jamAt(1_000, { kind: "closure", heading: 270 }))).toBeGreaterThan(1_000);
  expect(along(jamAt(1_100, { kind: "closure", heading: 270 }))).toBeGreaterThan(1_100);
});

test("the same seed gives the same traffic, another seed another", () => {
  const picture = (seed: number) => {
    const { run, traffic, car } = drive([jamAt(700)], seed);
    run(60);
    return [traffic.near(car.pose(), 2_000), car.pose()];
  };
  expect(picture(5)).toEqual(picture(5));
  expect(picture(5)).not.toEqual(picture(6));
});

test("there are never more vehicles than the bound, and none when nobody drives", () => {
  const clock = { at: begin, now: () => clock.at };
  const traffic = createTraffic({ city, seed: 2 });
  traffic.hinder([jamAt(3_000, { from: begin - 1_200_000, perMinute: 60 }), jamAt(1_700, { id: "i", perMinute: 30 })]);
  const cars = Array.from({ length: 5 }, () => carAt(city, route, clock, { traffic }));
  traffic.step(1, clock.at);
  expect(traffic.count()).toBe(0);
  for (const { car, path } of cars) car.drive(path);
  let most = 0;
  for (let i = 0; i < 1_200; i++) {
    clock.at += 50;
    traffic.step(0.05, clock.at);
    for (const { car } of cars) car.step(0.05);
    most = Math.max(most, traffic.count());
  }
  expect(most).toBeGreaterThan(60);
  expect(most).toBeLessThanOrEqual(200);
  for (const { car } of cars) car.stop();
  for (let i = 0; i < 800; i++) {
    clock.at += 50;
    traffic.step(0.05, clock.at);
    for (const { car } of cars) car.step(0.05);
  }
  expect(traffic.count()).toBe(0);
  expect(traffic.near(at(1_000, 0), 5_000)).toEqual([]);
});

test("one of our cars stops behind another of our cars", () => {
  const clock = { at: begin, now: () => clock.at };
  const traffic = createTraffic({ city, seed: 3 });
  const first = carAt(city, routeBetween(city, at(300, 0), at(3_400, 0)), clock, { traffic });
  const second = carAt(city, route, clock, { traffic });
  const run = (seconds: number): void => {
    for (let t = 0; t < seconds; t += 0.05) {
      clock.at += 50;
      traffic.step(0.05, clock.at);
      first.car.step(0.05);
      second.car.step(0.05);
    }
  };
  traffic.hinder([jamAt(600, { kind: "closure" })]);
  first.car.drive(first.path);
  run(40);
  second.car.drive(second.path);
  run(90);
  expect(first.car.pose().speed).toBe(0);
  expect(second.car.pose().speed).toBe(0);
  const between = (first.car.pose().lon - second.car.pose().lon) * 59_500;
  expect(between).toBeGreaterThan(4.7 + 1.5);
  expect(between).toBeLessThan(60);
});
