import type { VehicleSummary } from "@caravan/link";
import { expect, test } from "vitest";
import { doorLocked, doorOpen, windowPosition } from "../paths.ts";
import { closureOf, readingsOf } from "./readings.ts";

function carWith(values: Record<string, number | boolean | string>) {
  const dated: Record<string, { value: number | boolean | string; at: number }> = {};
  for (const [path, value] of Object.entries(values)) dated[path] = { value, at: 1 };
  const vehicle: VehicleSummary = { vehicle: "a", name: "", model: "", simulated: true, online: true, values: dated };
  return readingsOf(vehicle);
}

test("a car that never spoke of its locks is neither locked nor unlocked", () => {
  expect(closureOf(carWith({})).lock).toBeUndefined();
});

test("one unlocked door makes the car partly locked", () => {
  const car = carWith({ [doorLocked("Row1.DriverSide")]: false, [doorLocked("Row1.PassengerSide")]: true });
  expect(closureOf(car).lock).toBe("partly");
});

test("open doors and lowered windows are counted", () => {
  const car = carWith({
    [doorOpen("Row2.DriverSide")]: true,
    [windowPosition("Row1.DriverSide")]: 40,
    [windowPosition("Row1.PassengerSide")]: 0,
  });
  expect(closureOf(car)).toMatchObject({ doorsOpen: 1, windowsOpen: 1, trunkOpen: false });
});

test("a value of another type than expected reads as missing", () => {
  expect(carWith({ "Vehicle.Speed": "fast" }).number("Vehicle.Speed")).toBeUndefined();
});
