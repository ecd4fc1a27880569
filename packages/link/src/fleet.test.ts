import { expect, test } from "vitest";
import type { VehicleSummary } from "./live.ts";
import { applyLive } from "./fleet.ts";

const car: VehicleSummary = {
  vehicle: "a",
  name: "Car 1",
  model: "Simulated",
  simulated: true,
  online: true,
  seenAt: 1_000,
  values: { "Vehicle.Speed": { value: 10, at: 1_000 }, "Vehicle.IsMoving": { value: true, at: 900 } },
};
const fleet = applyLive(new Map(), { type: "snapshot", vehicles: [car] });

test("new values replace old ones and leave the others", () => {
  const next = applyLive(fleet, {
    type: "values",
    vehicle: "a",
    values: { "Vehicle.Speed": { value: 20, at: 2_000 } },
  });
  expect(next.get("a")?.values).toEqual({
    "Vehicle.Speed": { value: 20, at: 2_000 },
    "Vehicle.IsMoving": { value: true, at: 900 },
  });
  expect(next.get("a")?.seenAt).toBe(2_000);
});

test("a car that goes offline keeps its last values and when it was seen", () => {
  const next = applyLive(fleet, { type: "presence", vehicle: "a", online: false, at: 9_000 }).get("a");
  expect(next).toMatchObject({ online: false, seenAt: 1_000, values: car.values });
});

test("values of a car that nobody announced change nothing", () => {
  expect(applyLive(fleet, { type: "values", vehicle: "b", values: {} })).toBe(fleet);
});

test("a car that was given away leaves the list", () => {
  expect(applyLive(fleet, { type: "gone", vehicle: "a" }).size).toBe(0);
});
