import { expect, test } from "vitest";
import { hasChanged, isInRange } from "./trigger.ts";
import type { Operator } from "./filter.ts";

function changes(operator: Operator, diff: number, values: readonly number[]): readonly number[] {
  let reference: number | undefined;
  return values.filter((value) => {
    const step = hasChanged(reference, value, { kind: "change", operator, diff });
    reference = step.reference;
    return step.triggered;
  });
}

test("a slow rise is reported each time it has added up to the difference", () => {
  expect(changes("gte", 10, [0, 4, 8, 12, 16, 20, 24])).toEqual([12, 24]);
  expect(changes("gt", 10, [0, 10, 11])).toEqual([11]);
  expect(changes("lte", -5, [20, 18, 14, 13, 9])).toEqual([14, 9]);
});

test("each step counts by itself where the difference is nothing", () => {
  expect(changes("gt", 0, [0, 1, 0, 1, 1])).toEqual([1, 1]);
  expect(changes("lt", 0, [1, 0, 1, 0])).toEqual([0, 0]);
  expect(changes("ne", 0, [0, 1, 1, 0])).toEqual([1, 0]);
  expect(changes("eq", 0, [3, 3, 4, 4])).toEqual([3, 4]);
});

test("two boundaries are joined as asked", () => {
  const boundaries = [
    { operator: "gt", boundary: 49 },
    { operator: "lt", boundary: 51 },
  ] as const;
  const inside = { kind: "range", boundaries, combine: "AND" } as const;
  expect([49, 50, 51].filter((value) => isInRange(value, inside))).toEqual([50]);
  expect([48, 50, 52].filter((value) => isInRange(value, { ...inside, combine: "OR" }))).toEqual([48, 50, 52]);
});
