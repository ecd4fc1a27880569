import { expect, test } from "vitest";
import { destinationOf } from "./destination.ts";

test.each<[Record<string, string>, -1 | 0 | 1, string]>([
  [{ destination: "Köln;Bonn", "destination:ref": "A 59" }, 1, "A 59: Köln, Bonn"],
  [{ "destination:ref": "A 59;A 4" }, 1, "A 59, A 4"],
  [{ "destination:street": "Ring" }, 1, "Ring"],
  [{ destination: "Köln" }, 0, ""],
  [{ "destination:forward": "Köln", "destination:backward": "Bonn" }, -1, "Bonn"],
  [{}, 1, ""],
])("the sign of %o in direction %i reads %j", (tags, oneWay, sign) => {
  expect(destinationOf(new Map(Object.entries(tags)), oneWay)).toBe(sign);
});
