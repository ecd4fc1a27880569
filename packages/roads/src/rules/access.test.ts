import { expect, test } from "vitest";
import { accessOfWay, blocksCars, oneWayOf } from "./access.ts";

const way = (tags: Record<string, string>) => new Map(Object.entries({ highway: "residential", ...tags }));

test.each<[Record<string, string>, "open" | "restricted" | "closed"]>([
  [{}, "open"],
  [{ access: "private" }, "restricted"],
  [{ access: "no" }, "closed"],
  [{ access: "no", motor_vehicle: "yes" }, "open"],
  [{ access: "yes", motor_vehicle: "no" }, "closed"],
  [{ motor_vehicle: "no", motorcar: "destination" }, "restricted"],
  [{ vehicle: "no", bus: "yes" }, "closed"],
  [{ access: "destination" }, "restricted"],
  [{ access: "customers" }, "restricted"],
  [{ access: "permissive" }, "open"],
  [{ access: "something" }, "open"],
  [{ access: "" }, "open"],
  [{ motor_vehicle: "agricultural;forestry" }, "closed"],
  [{ motor_vehicle: "agricultural;destination" }, "restricted"],
  [{ "motor_vehicle:conditional": "no @ (22:00-05:00)" }, "open"],
  [{ highway: "service", service: "bus" }, "closed"],
  [{ highway: "footway" }, "closed"],
  [{ highway: "footway", access: "permissive" }, "open"],
  [{ highway: "footway", access: "private" }, "closed"],
  [{ highway: "pedestrian", motorcar: "destination" }, "closed"],
  [{ highway: "steps", access: "yes" }, "closed"],
  [{ highway: "road" }, "closed"],
  [{ highway: "construction" }, "closed"],
  [{ construction: "yes" }, "closed"],
  [{ construction: "minor" }, "open"],
  [{ proposed: "yes" }, "closed"],
  [{ proposed: "trunk" }, "open"],
  [{ area: "yes" }, "closed"],
  [{ hov: "designated" }, "restricted"],
  [{ hov: "yes" }, "open"],
  [{ "hov:lanes": "designated|designated" }, "restricted"],
  [{ "hov:lanes": "designated|" }, "open"],
  [{ highway: "", route: "ferry" }, "open"],
  [{ highway: "", route: "ferry", motor_vehicle: "no" }, "closed"],
  [{ highway: "", railway: "rail" }, "closed"],
  [{ maxheight: "1.8" }, "closed"],
  [{ maxheight: "default" }, "open"],
  [{ width: "1.9" }, "closed"],
  [{ width: "6'3\"" }, "open"],
  [{ maxweight: "1.5" }, "closed"],
  [{ maxweight: "3500 kg" }, "open"],
  [{ maxlength: "4" }, "closed"],
])("%o is %s to a car", (tags, access) => {
  expect(accessOfWay(way(tags))).toEqual({ forward: access, backward: access });
});

test.each<[Record<string, string>, -1 | 0 | 1]>([
  [{}, 0],
  [{ oneway: "yes" }, 1],
  [{ oneway: "1" }, 1],
  [{ oneway: "-1" }, -1],
  [{ oneway: "alternating" }, 0],
  [{ "oneway:motorcar": "no", oneway: "yes" }, 0],
  [{ "oneway:vehicle": "yes", oneway: "no" }, 1],
  [{ "oneway:bicycle": "no", oneway: "yes" }, 1],
  [{ junction: "roundabout" }, 1],
  [{ junction: "circular" }, 1],
  [{ junction: "roundabout", oneway: "-1" }, -1],
  [{ highway: "motorway" }, 1],
  [{ highway: "motorway", oneway: "no" }, 0],
  [{ highway: "motorway_link" }, 0],
  [{ highway: "trunk" }, 0],
])("%o runs in direction %i", (tags, direction) => {
  expect(oneWayOf(way(tags))).toBe(direction);
});

test("one direction can be closed by its own tag", () => {
  expect(accessOfWay(way({ "motor_vehicle:backward": "no" }))).toEqual({ forward: "open", backward: "closed" });
  expect(accessOfWay(way({ access: "no", "motorcar:forward": "yes" }))).toEqual({
    forward: "open",
    backward: "closed",
  });
  expect(accessOfWay(way({ oneway: "-1" }))).toEqual({ forward: "closed", backward: "open" });
  expect(accessOfWay(way({ oneway: "reversible" }))).toEqual({ forward: "closed", backward: "closed" });
});

test.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ barrier: "bollard" }, true],
  [{ barrier: "bollard", bollard: "rising" }, false],
  [{ barrier: "gate" }, false],
  [{ barrier: "gate", locked: "yes" }, true],
  [{ barrier: "gate", access: "private" }, false],
  [{ barrier: "gate", access: "no" }, true],
  [{ access: "agricultural" }, true],
  [{ barrier: "kerb" }, true],
  [{ barrier: "kerb", kerb: "lowered" }, false],
  [{ barrier: "kerb", highway: "crossing" }, false],
  [{ barrier: "fence", sensory: "audible" }, false],
  [{ barrier: "height_restrictor", maxheight: "1.9" }, true],
  [{ barrier: "height_restrictor", maxheight: "2.2" }, false],
  [{ barrier: "block", motor_vehicle: "yes" }, false],
  [{ barrier: "toll_booth" }, false],
])("a point with %o stops a car: %s", (tags, stops) => {
  expect(blocksCars(new Map(Object.entries(tags)))).toBe(stops);
});
