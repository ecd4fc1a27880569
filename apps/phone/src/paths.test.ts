import { catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import { doorLocked, doorOpen, doors, paths, tyreIsLow, tyrePressure, wheels, windowPosition } from "./paths.ts";

test("every signal that the phone shows is in the catalogue", () => {
  const shown: string[] = [
    ...Object.values(paths),
    ...doors.flatMap((door) => [doorOpen(door), doorLocked(door), windowPosition(door)]),
    ...wheels.flatMap((wheel) => [tyrePressure(wheel), tyreIsLow(wheel)]),
  ];
  expect(shown.filter((path) => catalogue.find(path) === undefined)).toEqual([]);
});
