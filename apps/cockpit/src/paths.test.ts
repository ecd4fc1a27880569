import { catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import {
  doorLocked,
  doorOpen,
  gearLetter,
  gears,
  paths,
  seats,
  tyreIsLow,
  tyrePressure,
  wheels,
  windowPosition,
} from "./paths.ts";

const known = new Map(catalogue.signals.map((signal) => [signal.path, signal]));

test("every path the cockpit names is one of the catalogue", () => {
  const all = [
    ...Object.values(paths),
    ...seats.flatMap((seat) => [doorLocked(seat), doorOpen(seat), windowPosition(seat)]),
    ...wheels.flatMap((wheel) => [tyrePressure(wheel), tyreIsLow(wheel)]),
  ];
  expect(all.filter((path) => !known.has(path))).toEqual([]);
});

test("what the cockpit sets can be set, by the standard", () => {
  const set = [
    paths.gear,
    paths.driveMode,
    paths.setTemperature,
    paths.fan,
    paths.driverSeat,
    paths.chargeLimit,
    paths.lowBeam,
    paths.volume,
    ...seats.flatMap((seat) => [doorLocked(seat), doorOpen(seat), windowPosition(seat)]),
  ];
  expect(set.filter((path) => known.get(path)?.kind !== "actuator")).toEqual([]);
});

test("the gear is read as VSS writes it", () => {
  expect([gears.P, gears.R, gears.N, gears.D, 3, -2].map(gearLetter)).toEqual(["P", "R", "N", "D", "D", "R"]);
  expect(gearLetter(undefined)).toBeUndefined();
});
