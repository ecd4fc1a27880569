import { expect, test } from "vitest";
import { turnLanesOf } from "./turn-lanes.ts";

test.each<[Record<string, string>, -1 | 0 | 1, string, string]>([
  [{ "turn:lanes": "left|through" }, 1, "left|through", ""],
  [{ "turn:lanes": "left|through" }, -1, "", "left|through"],
  [{ "turn:lanes:forward": "left|", "turn:lanes:backward": "through|right" }, 0, "left|", "through|right"],
  [{ "turn:lanes": "left|through||", "lanes:psv": "1" }, 1, "left|through|", ""],
  [{ "turn:lanes": "left|through|right", "vehicle:lanes": "yes|yes|no" }, 1, "left|through", ""],
  [{ "turn:lanes": "left|through", "vehicle:lanes": "no" }, 1, "left|through", ""],
  [{}, 0, "", ""],
])("lanes of %o in direction %i are %j and %j", (tags, oneWay, forward, backward) => {
  expect(turnLanesOf(new Map(Object.entries(tags)), oneWay)).toEqual({ forward, backward });
});
