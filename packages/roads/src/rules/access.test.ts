import { expect, test } from "vitest";
import { accessOfWay, blocksCars, oneWayOf } from "./access.ts";

const way = (tags: Record<string, string>) => new Map(Object.entries({ highway: "residential", ...tags }));

test.each<[Record<string, string>, "open" | "restricted" | "closed"]>([
  [{}, "open"],
  [{ access: "private" }, "closed"],
  [{ access: "no" }, "closed"],
  [{ access: "no", motor_vehicle: "yes" }, "open"],
  [{ access: "yes", motor_vehicle: "no" }, "closed"],
  [{ motor_vehicle: "no", motorcar: "destination" }, "restricted"],
  [{ vehicle: "no", bus: "yes" }, "closed"],
  [{ access: "destination" }, "restricted"],
  [{ access: "customers" }, "restricted"],
  [{ access: "permissive" }, "open"],
  [{ motor_vehicle: "agricultural;forestry" }, "closed"],
  [{ motor_vehicle: "agricultural;destination" }, "restricted"],
  [{ highway: "service", service: "bus" }, "closed"],
  [{ highway: "footway" }, "closed"],
  [{ highway: "pedestrian", motor_vehicle: "yes" }, "closed"],
  [{ area: "yes" }, "closed"],
])("%o is %s to a car", (tags, access) => {
  expect(accessOfWay(way(tags))).toEqual({ forward: access, backward: access });
});

test.each<[Record<string, string>, -1 | 0 | 1]>([
  [{}, 0],
  [{ oneway: "yes" }, 1],
  [{ oneway: "1" }, 1],
  [{ oneway: "-1" }, -1],
  [{ junction: "roundabout" }, 1],
  [{ junction: "roundabout", oneway: "-1" }, -1],
  [{ highway: "motorway" }, 1],
  [{ highway: "motorway_link" }, 1],
  [{ highway: "motorway_link", oneway: "no" }, 0],
  [{ highway: "trunk" }, 0],
])("%o runs in direction %i", (tags, direction) => {
  expect(oneWayOf(way(tags))).toBe(direction);
});

test("one direction can be closed by its own tag", () => {
  expect(accessOfWay(way({ "motor_vehicle:backward": "no" }))).toEqual({ forward: "open", backward: "closed" });
  expect(accessOfWay(way({ oneway: "-1" }))).toEqual({ forward: "closed", backward: "open" });
  expect(accessOfWay(way({ oneway: "reversible" }))).toEqual({ forward: "closed", backward: "closed" });
});

test.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ barrier: "bollard" }, true],
  [{ barrier: "bollard", bollard: "rising" }, false],
  [{ barrier: "gate" }, false],
  [{ barrier: "gate", locked: "yes" }, true],
  [{ barrier: "gate", access: "private" }, true],
  [{ barrier: "block", motor_vehicle: "yes" }, false],
  [{ barrier: "toll_booth" }, false],
])("a point with %o stops a car: %s", (tags, stops) => {
  expect(blocksCars(new Map(Object.entries(tags)))).toBe(stops);
});
