import { expect, test } from "vitest";
import { dashes, ribbon } from "./ribbon.ts";

const length = (pieces: ReturnType<typeof dashes>) =>
  pieces.reduce((sum, [ax, ay, bx, by]) => sum + Math.hypot(bx - ax, by - ay), 0);

test("an undashed line keeps every metre of itself", () => {
  expect(length(dashes([0, 0, 10, 0, 10, 5], undefined))).toBeCloseTo(15, 9);
});

test("half of a dashed line is painted, whatever its corners", () => {
  expect(length(dashes([0, 0, 7, 0, 7, 5, -5, 5], 3))).toBeCloseTo(12, 9);
});

test("a dash goes on round a corner where the last piece left off", () => {
  expect(dashes([0, 0, 2, 0, 2, 10], 3)).toEqual([
    [0, 0, 2, 0],
    [2, 0, 2, 1],
    [2, 4, 2, 7],
  ]);
});

test("a ribbon is as wide as asked, square to its line", () => {
  expect(ribbon([0, 0, 4, 0], 0.5)).toEqual([0, 0.25, 4, 0.25, 4, -0.25, 0, -0.25]);
});
