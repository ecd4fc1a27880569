import type { VehicleSummary } from "@caravan/link";
import { expect, test } from "vitest";
import { grown, lineOf, since } from "./live-history.ts";

const car = (at: number, value: number): VehicleSummary => ({
  vehicle: "a",
  name: "",
  model: "",
  simulated: true,
  online: true,
  values: { "Vehicle.Speed": { value, at } },
});

test("a newer value grows the line, an older or repeated one does not", () => {
  const line = { at: [10], values: [1] };
  expect(grown(line, car(20, 2), "Vehicle.Speed")).toEqual({ at: [10, 20], values: [1, 2] });
  expect(grown(line, car(10, 2), "Vehicle.Speed")).toBe(line);
});

test("a line never outgrows its bound", () => {
  let line: ReturnType<typeof grown> = { at: [], values: [] };
  for (let at = 1; at <= 4_100; at++) line = grown(line, car(at, at), "Vehicle.Speed");
  expect(line.at).toHaveLength(4_000);
  expect(line.at[0]).toBe(101);
  expect(line.values.at(-1)).toBe(4_100);
});

test("old points leave a moving window", () => {
  const line = { at: [10, 20, 30], values: [1, 2, 3] };
  expect(since(line, 20)).toEqual({ at: [20, 30], values: [2, 3] });
  expect(since(line, 5)).toBe(line);
  expect(since(line, 31)).toEqual({ at: [], values: [] });
});

test("a signal without history is an empty line", () => {
  expect(lineOf({ from: 0, to: 1, series: [] }, "Vehicle.Speed")).toEqual({ at: [], values: [] });
});
