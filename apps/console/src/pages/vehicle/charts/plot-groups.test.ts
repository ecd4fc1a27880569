import { catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import { groupsOf } from "./plot-groups.ts";

const group = (paths: readonly string[]) =>
  groupsOf(
    paths,
    (path) => catalogue.find(path),
    (unit) => unit ?? "",
  );

test("signals of one unit share a chart, others have their own", () => {
  const groups = group([
    "Vehicle.Speed",
    "Vehicle.IsMoving",
    "Vehicle.CurrentLocation.Heading",
    "Vehicle.AverageSpeed",
  ]);
  expect(groups.map(({ unit, signals }) => [unit, signals.length])).toEqual([
    ["km/h", 2],
    ["0/1", 1],
    ["degrees", 1],
  ]);
  expect(groups[1]?.signals[0]?.isStepped).toBe(true);
});

test("a fifth signal of a unit begins another chart, so that no two lines look the same", () => {
  expect(group(["a", "b", "c", "d", "e"]).map(({ signals }) => signals.length)).toEqual([4, 1]);
});
