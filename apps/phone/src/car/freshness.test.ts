import type { VehicleSummary } from "@caravan/link";
import { expect, test } from "vitest";
import { freshnessOf } from "./freshness.ts";

const car: VehicleSummary = {
  vehicle: "a",
  name: "a",
  model: "x",
  simulated: true,
  online: true,
  seenAt: 100_000,
  values: { "Vehicle.IsMoving": { value: true, at: 100_000 } },
};

test("figures that came a moment ago are live", () => {
  expect(freshnessOf(car, false, 110_000)).toEqual({ kind: "live" });
});

test("a driving car that is held for connected but silent shows the age of its figures", () => {
  expect(freshnessOf(car, false, 200_000)).toEqual({ kind: "silent", at: 100_000 });
});

test("a standing car has nothing new to say and stays live", () => {
  const standing = { ...car, values: { "Vehicle.IsMoving": { value: false, at: 100_000 } } };
  expect(freshnessOf(standing, false, 900_000)).toEqual({ kind: "live" });
});

test("with no answer from the cloud the figures are old, however new they are", () => {
  expect(freshnessOf(car, true, 100_001)).toEqual({ kind: "cut-off", at: 100_000 });
});

test("a car that never spoke has no age", () => {
  const { seenAt: _, ...silent } = car;
  expect(freshnessOf({ ...silent, online: false }, false, 100_000)).toEqual({ kind: "offline", at: undefined });
});
