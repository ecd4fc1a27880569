import { expect, test } from "vitest";
import { Fleet } from "./fleet.ts";

const car = (lon: number) => ({ id: "1", lat: 57.7, lon, heading: 0, name: "One", online: true });
const lonOf = (points: ReturnType<Fleet["step"]>) => points?.features[0]?.geometry.coordinates[0];

test("a car of the fleet glides to its new place and then rests", () => {
  const fleet = new Fleet();
  fleet.set([car(11.97)], 0);
  expect(lonOf(fleet.step(0))).toBe(11.97);
  fleet.set([car(11.971)], 1);
  const halfway = lonOf(fleet.step(1.45)) ?? 0;
  expect(halfway).toBeGreaterThan(11.9702);
  expect(halfway).toBeLessThan(11.9708);
  expect(fleet.step(1.5)).toBeUndefined();
  expect(lonOf(fleet.step(2))).toBe(11.971);
  expect(fleet.moving()).toBe(false);
  expect(fleet.step(3)).toBeUndefined();
});

test("a car that is suddenly far away does not fly there", () => {
  const fleet = new Fleet();
  fleet.set([car(11.97)], 0);
  fleet.step(0);
  fleet.set([car(12.3)], 1);
  expect(lonOf(fleet.step(1.3))).toBe(12.3);
});
