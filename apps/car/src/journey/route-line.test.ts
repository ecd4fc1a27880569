import { expect, test } from "vitest";

import { project } from "./route-line.ts";
import { RouteTimes } from "./route-times.ts";
import { testWay } from "./test-way.ts";

const way = testWay({ stops: [300] });
const eastOf = (metres: number): number => 12 + metres / (111_195.08 * Math.cos((57 * Math.PI) / 180));

test("a queue ahead delays everybody alike, while free roads go by the car's own pace", () => {
  const queued = testWay({ piece: (i) => (i === 5 ? { seconds: 70 } : {}) });
  const brisk = new RouteTimes(queued.route, 0.8);
  expect(brisk.at(1_000)).toBeCloseTo(0.8 * 100 + 60, 6);
  expect(brisk.delayAt(500)).toBe(0);
  expect(brisk.delayAt(550)).toBeCloseTo(30, 6);
});

test("a car beside its route is as far off as it is", () => {
  const place = project(way.route, { lat: 57 + 30 / 111_195.08, lon: eastOf(420) });
  expect(place.offset).toBeCloseTo(30, 0);
  expect(place.along).toBeCloseTo(420, 0);
});

test("where a route comes back along the same street, the car is found on the stretch it is on", () => {
  const there = Array.from(way.route.geometry);
  const back: number[] = [];
  for (let i = there.length - 4; i >= 0; i -= 2) back.push(there[i] ?? 0, there[i + 1] ?? 0);
  const line = {
    geometry: Float64Array.from([...there, ...back]),
    along: Float64Array.from({ length: 21 }, (_, i) => i * 100),
  };
  const car = { lat: 57, lon: eastOf(400) };
  expect(project(line, car, { along: 380, offset: 0, segment: 3 }).along).toBeCloseTo(400, 0);
  expect(project(line, car, { along: 1_590, offset: 0, segment: 15 }).along).toBeCloseTo(1_600, 0);
});
