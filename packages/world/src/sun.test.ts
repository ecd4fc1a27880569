import { expect, test } from "vitest";
import { isDarkAt, sunElevation } from "./sun.ts";

const gothenburg = { lat: 57.7, lon: 11.97 };

test("the noon sun at the equinox stands at ninety degrees minus the latitude", () => {
  expect(sunElevation({ lat: 0, lon: 0 }, Date.UTC(2026, 2, 20, 12, 7))).toBeGreaterThan(89);
  expect(sunElevation(gothenburg, Date.UTC(2026, 2, 20, 11, 20))).toBeCloseTo(90 - 57.7, 0);
});

test("headlights are wanted on a December afternoon, and not on a June evening", () => {
  expect(isDarkAt(gothenburg, Date.UTC(2026, 11, 21, 16))).toBe(true);
  expect(isDarkAt(gothenburg, Date.UTC(2026, 5, 21, 19))).toBe(false);
});

test("noon in Shanghai is a winter's night in Gothenburg", () => {
  const at = Date.UTC(2026, 0, 10, 4);
  expect(isDarkAt({ lat: 31.2, lon: 121.5 }, at)).toBe(false);
  expect(isDarkAt(gothenburg, at)).toBe(true);
});
