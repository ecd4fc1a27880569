import { expect, test } from "vitest";
import { agrees, isAt } from "./fuzzy.ts";

test.each<[string, string, boolean]>([
  ["ab,bc", "ab,bc", true],
  ["ab,bc", "ab", false],
  ["", "", true],
  ["x", "", false],
  ["", "x", false],
  ["104m", "100m +-5", true],
  ["106m", "100m +-5", false],
  ["104m", "100m ~5%", true],
  ["106m", "100m ~5%", false],
  ["89 km/h", "90 km/h", true],
  ["88 km/h", "90 km/h", false],
  ["11s", "11.1s", true],
  ["11.4s", "11.1s", false],
  ["11.4s", "11 km/h", false],
  ["199.9m,0m", "200m,0m", true],
  ["199.9m,0m", "200m", false],
  ["11:11.2", "11:11.1", true],
  ["46.1", "46.2", true],
  ["46", "47", false],
  ["ab,cd,ef", "/ab,.*,ef/", true],
  ["ab,cd", "/ab,.*,ef/", false],
  ["0->92,88->0", "0->90,90->0 +-3", true],
  ["0->95,88->0", "0->90,90->0 +-3", false],
  ["0->92", "0->90,90->0 +-3", false],
  ["true:2 false:181;true:90", "true:0 false:180;true:90 +-5", true],
  ["true:2 true:181;true:90", "true:0 false:180;true:90 +-5", false],
])("%j is what %j asks for: %s", (got, want, expected) => {
  expect(agrees(got, want)).toBe(expected);
});

test("a location is a place to within 25 millionths", () => {
  expect(isAt([1.00001, 1], { lon: 1, lat: 1 })).toBe(true);
  expect(isAt([1.0001, 1], { lon: 1, lat: 1 })).toBe(false);
  expect(isAt(undefined, { lon: 1, lat: 1 })).toBe(false);
});
