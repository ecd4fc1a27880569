import { expect, test } from "vitest";
import { columnsOf, extremesOf } from "./columns.ts";

const format = String;

test("a silence becomes a gap in the line, not a straight line across it", () => {
  const series = { label: "Speed", unit: "km/h", format, at: [0, 1_000, 9_000], values: [10, 20, 30] };
  expect(columnsOf([series], 2_000)).toEqual([
    [0, 1_000, 1_001, 9_000],
    [10, 20, null, 30],
  ]);
});

test("series with different times share one axis, and a time without a sample is no gap", () => {
  const speed = { label: "Speed", unit: "km/h", format, at: [0, 2_000], values: [10, 30] };
  const charge = { label: "Battery", unit: "%", format, at: [1_000], values: [64], low: [63], high: [65] };
  expect(columnsOf([speed, charge], 60_000)).toEqual([
    [0, 1_000, 2_000],
    [10, undefined, 30],
    [undefined, 64, undefined],
    [undefined, 63, undefined],
    [undefined, 65, undefined],
  ]);
});

test("an unknown value is a gap too", () => {
  const series = { label: "Speed", unit: "km/h", format, at: [0, 1, 2], values: [1, undefined, 3] };
  expect(columnsOf([series], 100)[1]).toEqual([1, null, 3]);
});

test("the summary knows the last, lowest and highest value", () => {
  const series = { label: "Speed", unit: "km/h", format, at: [0, 1, 2], values: [5, 9, 7], high: [5, 12, 7] };
  expect(extremesOf(series)).toEqual({ last: 7, low: 5, high: 12 });
  expect(extremesOf({ ...series, at: [], values: [] })).toBeUndefined();
});
