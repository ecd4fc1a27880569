import { expect, test } from "vitest";

import { progressAt } from "./progress.ts";
import { project, projectNear } from "./route-line.ts";
import { testLeg } from "./test-leg.ts";

const { route, summary } = testLeg();
const eastOf = (metres: number): number => 12 + metres / (111_195.08 * Math.cos((57 * Math.PI) / 180));

test("the way left and the time left fall as the car goes on", () => {
  const place = project(route, { lat: 57, lon: eastOf(250) });
  const progress = progressAt(route, summary.manoeuvres, place);
  expect(progress.along).toBeCloseTo(250, 0);
  expect(progress.remaining).toBeCloseTo(750, 0);
  expect(progress.remainingTime).toBeCloseTo(75, 0);
});

test("the next manoeuvre is the first one ahead of the car, and the arrival after the last turn", () => {
  const before = progressAt(route, summary.manoeuvres, project(route, { lat: 57, lon: eastOf(100) }));
  expect(before.next).toBe(1);
  expect(before.toNext).toBeCloseTo(400, 0);
  const behind = progressAt(route, summary.manoeuvres, project(route, { lat: 57, lon: eastOf(600) }));
  expect(behind.next).toBe(2);
  expect(behind.toNext).toBeCloseTo(400, 0);
});

test("a car beside its route is as far off as it is", () => {
  const place = project(route, { lat: 57 + 30 / 111_195.08, lon: eastOf(420) });
  expect(place.offset).toBeCloseTo(30, 0);
  expect(place.along).toBeCloseTo(420, 0);
});

test("where a route comes back along the same street, the car is found on the stretch it is on", () => {
  const there = Array.from(route.geometry);
  const back: number[] = [];
  for (let i = there.length - 4; i >= 0; i -= 2) back.push(there[i] ?? 0, there[i + 1] ?? 0);
  const line = {
    geometry: Float64Array.from([...there, ...back]),
    along: Float64Array.from({ length: 21 }, (_, i) => i * 100),
    time: Float64Array.from({ length: 21 }, (_, i) => i * 10),
  };
  const car = { lat: 57, lon: eastOf(400) };
  expect(project(line, car, { along: 380, offset: 0, segment: 3 }).along).toBeCloseTo(400, 0);
  expect(project(line, car, { along: 1_590, offset: 0, segment: 15 }).along).toBeCloseTo(1_600, 0);
  // Short of the turning place both stretches are near; only the car's own count tells them apart.
  const nearTheEnd = { lat: 57, lon: eastOf(950) };
  expect(projectNear(line, nearTheEnd, 955).along).toBeCloseTo(950, 0);
  expect(projectNear(line, nearTheEnd, 1_045).along).toBeCloseTo(1_050, 0);
});
