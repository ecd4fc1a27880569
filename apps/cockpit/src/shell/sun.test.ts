import { expect, test } from "vitest";
import { isDark, sunElevation } from "./sun.ts";

test("the noon sun at the equinox stands at ninety degrees minus the latitude", () => {
  expect(sunElevation(0, 0, Date.UTC(2026, 2, 20, 12, 7))).toBeGreaterThan(89);
  expect(sunElevation(57.7, 11.97, Date.UTC(2026, 2, 20, 11, 20))).toBeCloseTo(90 - 57.7, 0);
});

test("Gothenburg is dark on a December afternoon and bright on a June evening", () => {
  expect(isDark(57.7, 11.97, Date.UTC(2026, 11, 21, 16, 0))).toBe(true);
  expect(isDark(57.7, 11.97, Date.UTC(2026, 5, 21, 19, 0))).toBe(false);
});

test("when it is noon in Shanghai it is night in Gothenburg in winter", () => {
  const noonInShanghai = Date.UTC(2026, 0, 10, 4, 0);
  expect(isDark(31.2, 121.5, noonInShanghai)).toBe(false);
  expect(isDark(57.7, 11.97, noonInShanghai)).toBe(true);
});
