import { expect, test } from "vitest";
import { accessOfWay } from "./access.ts";
import { reckonedLimit, travelOf } from "./travel-speed.ts";

function driven(tags: Record<string, string>) {
  const way = new Map(Object.entries({ highway: "primary", ...tags }));
  const { forward, backward, worth, duration } = travelOf(way, accessOfWay(way));
  return [Math.round(forward * 36) / 10, Math.round(backward * 36) / 10, worth.forward, duration];
}

test.each<[string, number]>([
  ["50", 50],
  ["50;30", 50],
  ["30 mph", 48.27],
  ["DE:rural", 100],
  ["FR:urban", 50],
  ["DE:motorway", 0],
  ["none", 140],
  ["walk", 0],
  ["signals", 0],
])("a limit of %j is reckoned as %f km/h", (text, limit) => {
  expect(reckonedLimit(text)).toBeCloseTo(limit, 6);
});

test.each<[Record<string, string>, number, number]>([
  [{}, 65, 65],
  [{ maxspeed: "60" }, 48, 48],
  [{ maxspeed: "60", "maxspeed:advisory": "40" }, 32, 32],
  [{ maxspeed: "60", "maxspeed:backward": "30" }, 48, 24],
  [{ surface: "gravel", maxspeed: "100" }, 40, 40],
  [{ tracktype: "grade5" }, 20, 20],
  [{ smoothness: "impassable" }, 0, 0],
  [{ highway: "footway", access: "yes" }, 10, 10],
  [{ highway: "service" }, 15, 15],
  [{ bridge: "movable" }, 5, 5],
])("%o is driven at %f and %f km/h", (tags, forward, backward) => {
  expect(driven(tags).slice(0, 2)).toEqual([forward, backward]);
});

test.each<[Record<string, string>, number]>([
  [{}, 1],
  [{ highway: "service", service: "alley" }, 0.5],
  [{ lanes: "1" }, 0.5],
  [{ lanes: "1", oneway: "yes" }, 1],
  [{ width: "3" }, 0.5],
  [{ oneway: "alternating" }, 0.4],
  [{ side_road: "yes" }, 0.8],
])("%o is worth %f of its speed to the router", (tags, worth) => {
  expect(driven(tags)[2]).toBe(worth);
});

test("a ferry takes as long as its timetable says, else it goes at a walk", () => {
  expect(driven({ highway: "", route: "ferry" })).toEqual([5, 5, 1, undefined]);
  expect(driven({ highway: "", route: "shuttle_train", duration: "0:35" })).toEqual([10, 10, 1, 2_100]);
});
