import { expect, test } from "vitest";

import { placeAt, smallCity } from "../../test/small-map.ts";
import { nearestEdge } from "../place/nearest-edge.ts";
import { roadAhead } from "./road-ahead.ts";

/** A road to the east with a side road to the north after 400 m. */
const city = smallCity({
  nodes: {
    a: [0, 0],
    b: [200, 0, { railway: "level_crossing" }],
    c: [400, 0],
    d: [600, 0, { highway: "speed_camera" }],
    e: [800, 0],
    f: [400, 300, { highway: "speed_camera" }],
    g: [400, 500],
  },
  ways: [
    { nodes: "a b c", tags: { name: "East Road", highway: "primary", maxspeed: "70" } },
    { nodes: "c d e", tags: { name: "East Road", highway: "primary", maxspeed: "50" } },
    { nodes: "c f g", tags: { name: "North Lane", maxspeed: "70" } },
  ],
});

function seenFrom(east: number, heading: number, reach: number, route?: readonly number[]) {
  const place = nearestEdge(city, placeAt(east, 0), { heading });
  if (place === undefined) throw new Error("no road");
  return roadAhead(city, place, reach, route).map(({ kind, distance }) => [kind, Math.round(distance / 10) * 10]);
}

test("a car sees what lies before it on its road, nearest first, and a lower limit where it begins", () => {
  expect(seenFrom(50, 90, 700)).toEqual([
    ["rail-crossing", 150],
    ["limit-drop", 350],
    ["camera", 550],
  ]);
});

test("what is behind it or farther than it looks is not there", () => {
  expect(seenFrom(250, 90, 160)).toEqual([["limit-drop", 150]]);
  expect(seenFrom(350, 270, 400)).toEqual([["rail-crossing", 150]]);
});

test("a route that turns off leads past other things", () => {
  const edgeTo = (east: number, north: number, heading: number) =>
    nearestEdge(city, placeAt(east, north), { heading })?.edge;
  const route = [edgeTo(300, 0, 90), edgeTo(400, 100, 0)].flatMap((edge) => edge ?? []);
  expect(seenFrom(300, 90, 600, route)).toEqual([["camera", 400]]);
});

test("two tracks are one crossing, and an incident is ahead until it is passed", () => {
  const twoTracks = smallCity({
    nodes: {
      a: [0, 0],
      b: [200, 0, { railway: "level_crossing" }],
      c: [212, 0, { railway: "level_crossing" }],
      d: [600, 0],
    },
    ways: [{ nodes: "a b c d", tags: { name: "Rail Road" } }],
  });
  const { edge = -1 } = nearestEdge(twoTracks, placeAt(10, 0), { heading: 90 }) ?? {};
  const incidents = [{ id: "7", kind: "accident" as const, ...placeAt(590, 0), edges: [edge] }];
  const kinds = (along: number) =>
    roadAhead(twoTracks, { edge, along }, 1_000, undefined, incidents).map(({ kind }) => kind);
  expect(kinds(50)).toEqual(["rail-crossing", "accident"]);
  expect(kinds(205)).toEqual(["accident"]);
  expect(kinds(300)).toEqual(["accident"]);
  expect(kinds(585)).toEqual(["accident"]);
  expect(kinds(595)).toEqual([]);
  expect(roadAhead(twoTracks, { edge, along: 10 }, 1_000)).toHaveLength(1);
});

test("where nobody knows which way the car goes on, nothing is told of either", () => {
  const fork = smallCity({
    nodes: { a: [0, 0], b: [200, 0], l: [200, 200, { highway: "speed_camera" }], m: [200, 300], r: [200, -300] },
    ways: [{ nodes: "a b" }, { nodes: "b l m" }, { nodes: "b r" }],
  });
  const { edge = -1 } = nearestEdge(fork, placeAt(10, 0), { heading: 90 }) ?? {};
  expect(roadAhead(fork, { edge, along: 10 }, 1_000)).toEqual([]);
});
