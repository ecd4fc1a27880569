import { expect, test } from "vitest";
import { distanceInDegrees, metresPerDegreeLat, metresPerDegreeLon } from "./geometry.ts";

test.each([
  { lat: 0, perLat: 110_574.3, perLon: 111_319.5 },
  { lat: 45, perLat: 111_131.8, perLon: 78_846.8 },
  { lat: -60, perLat: 111_412.3, perLon: 55_800 },
  { lat: 90, perLat: 111_693.9, perLon: 0 },
])("a degree at latitude $lat is as long as on the WGS-84 ellipsoid", ({ lat, perLat, perLon }) => {
  expect(Math.abs(metresPerDegreeLat(lat) - perLat)).toBeLessThan(0.1);
  expect(Math.abs(metresPerDegreeLon(lat) - perLon)).toBeLessThan(0.1);
});

test("the way there is as long as the way back, whichever way it leads", () => {
  const there = distanceInDegrees(11.97, 57.7, 11.98, 57.71);
  expect(distanceInDegrees(11.98, 57.71, 11.97, 57.7)).toBe(there);
  expect(Math.abs(there - Math.hypot(0.01 * 59_599, 0.01 * 111_371))).toBeLessThan(1);
});
