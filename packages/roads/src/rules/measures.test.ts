import { expect, test } from "vitest";
import { kilogramsIn, metresIn, secondsIn } from "./measures.ts";

test.each([
  ["2.5", 2.5],
  ["2,5 m", 2.5],
  ["6'3\"", 1.905],
  ["7'", 2.1336],
  ["narrow", undefined],
  [undefined, undefined],
])("%j is %f metres", (text, metres) => {
  expect(metresIn(text)).toEqual(metres === undefined ? undefined : expect.closeTo(metres, 6));
});

test.each([
  ["3.5", 3_500],
  ["8.9t", 8_900],
  ["2000 kg", 2_000],
  ["100 lbs", 45.359237],
  ["unsigned", undefined],
])("%j is %f kilograms", (text, kilograms) => {
  expect(kilogramsIn(text)).toEqual(kilograms === undefined ? undefined : expect.closeTo(kilograms, 6));
});

test.each([
  ["45", 2_700],
  ["1:30", 5_400],
  ["01:30:20", 5_420],
  ["PT1M", 60],
  ["P1DT2H", 93_600],
  ["P2W", 1_209_600],
  ["PT", undefined],
  ["soon", undefined],
])("%j is %i seconds", (text, seconds) => {
  expect(secondsIn(text)).toBe(seconds);
});
