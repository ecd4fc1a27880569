import type { Fleet, VehicleSummary } from "@caravan/link";
import { expect, test } from "vitest";
import { paths } from "../../paths.ts";
import { rowsOf } from "./row.ts";

function car(name: string, values: Record<string, number | string>): [string, VehicleSummary] {
  const dated: Record<string, { value: number | string; at: number }> = {};
  for (const [path, value] of Object.entries(values)) dated[path] = { value, at: 1 };
  return [name, { vehicle: name, name, model: "Simulated", simulated: true, online: true, values: dated }];
}

const fleet: Fleet = new Map([
  car("Car 10", { [paths.speed]: 30, [paths.street]: "Vasagatan" }),
  car("Car 2", { [paths.speed]: 50 }),
  car("Car 1", {}),
]);
const names = (filter: string, by: "name" | "speed", descending: boolean) =>
  rowsOf(fleet, filter, { by, descending }).map((row) => row.name);

test("names sort as people count", () => {
  expect(names("", "name", false)).toEqual(["Car 1", "Car 2", "Car 10"]);
});

test("a car that does not tell its speed comes last in both directions", () => {
  expect(names("", "speed", false)).toEqual(["Car 10", "Car 2", "Car 1"]);
  expect(names("", "speed", true)).toEqual(["Car 2", "Car 10", "Car 1"]);
});

test("the filter finds a street in any case", () => {
  expect(names(" vasa", "name", false)).toEqual(["Car 10"]);
});
