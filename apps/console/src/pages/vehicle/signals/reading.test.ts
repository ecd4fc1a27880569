import { expect, test } from "vitest";
import { freshnessOf, shortAge, unitSign, valueText } from "./reading.ts";

const words = { yes: "yes", no: "no" };

test("missing is not zero, and a value nobody has told again is old", () => {
  const there = { isReachable: true, isFixed: false };
  expect(freshnessOf(undefined, 1_000, there)).toBe("absent");
  expect(freshnessOf({ value: 0, at: 0 }, 15 * 60_000, there)).toBe("fresh");
  expect(freshnessOf({ value: 0, at: 0 }, 17 * 60_000, there)).toBe("old");
  expect(freshnessOf({ value: 0, at: 0 }, 1_000, { isReachable: false, isFixed: false })).toBe("old");
});

test("a length measured last year is still the length", () => {
  expect(freshnessOf({ value: 4_694, at: 0 }, 1e12, { isReachable: false, isFixed: true })).toBe("fresh");
});

test("sums of steps are not written in full, and places keep their metres", () => {
  expect(valueText(0.1 + 0.2, words)).toBe("0.3");
  expect(valueText(11.974512, words)).toBe("11.974512");
  expect(valueText([true, false], words)).toBe("yes, no");
});

test("units have their signs", () => {
  expect([unitSign("percent"), unitSign("km/h"), unitSign(undefined)]).toEqual(["%", "km/h", ""]);
});

test("ages are short, and a clock that runs ahead is no negative age", () => {
  expect([-5_000, 59_999, 60_000, 7_200_000, 172_800_000].map(shortAge)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "2 h",
    "2 d",
  ]);
});
