import { expect, test } from "vitest";
import { columnsOf } from "./columns.ts";

test("lines with different times share one axis, and a time without a sample is no gap", () => {
  const speed = { at: [0, 1, 2_000], values: [10, null, 30] };
  const charge = { at: [1_000, 2_000], values: [64, 63] };
  expect(columnsOf([speed, charge])).toEqual([
    [0, 1, 1_000, 2_000],
    [10, null, undefined, 30],
    [undefined, undefined, 64, 63],
  ]);
});
