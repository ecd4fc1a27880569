import { expect, test } from "vitest";
import { placeAt, smallCity } from "../../test/small-map.ts";
import type { SmallMap } from "../../test/small-map.ts";
import { createRouter } from "./router.ts";

function told(map: SmallMap, from: readonly [number, number], to: readonly [number, number]) {
  const route = createRouter(smallCity(map)).route(placeAt(...from), placeAt(...to));
  if (route.kind !== "route") throw new Error(route.kind);
  return route.manoeuvres
    .slice(1)
    .map(({ kind, modifier, street, exit }) => [kind, modifier, street, ...(exit === undefined ? [] : [exit])]);
}

const ring: SmallMap = {
  nodes: { s: [0, -20], e: [20, 0], n: [0, 20], w: [-20, 0], S: [0, -200], E: [200, 0], N: [0, 200], W: [-200, 0] },
  ways: [
    { nodes: "s e n w s", tags: { junction: "roundabout" } },
    { nodes: "S s", tags: { name: "Söder" } },
    { nodes: "E e", tags: { name: "Öster" } },
    { nodes: "N n", tags: { name: "Norr" } },
    { nodes: "W w", tags: { name: "Väster" } },
  ],
};

test.each([
  [[150, 0], 1, "Öster"],
  [[0, 150], 2, "Norr"],
  [[-150, 0], 3, "Väster"],
] as const)("in a roundabout the exit towards %j is number %i", (to, exit, street) => {
  expect(told(ring, [0, -150], to)).toEqual([
    ["roundabout", "right", street, exit],
    ["exit roundabout", "right", street],
    ["arrive", "straight", street],
  ]);
});

test("a street that only bends is not worth a word, a new name straight on is where it holds for long", () => {
  const bend: SmallMap = {
    nodes: { a: [0, -200], b: [0, 0], c: [200, 0], d: [400, 0] },
    ways: [
      { nodes: "a b", tags: { name: "Ett" } },
      { nodes: "b c", tags: { name: "Ett" } },
      { nodes: "c d", tags: { name: "Två" } },
    ],
  };
  expect(told(bend, [0, -150], [350, 0])).toEqual([
    ["new name", "straight", "Två"],
    ["arrive", "straight", "Två"],
  ]);
  expect(told(bend, [0, -150], [280, 0])).toEqual([["arrive", "straight", "Två"]]);
});

test("a side street passed by is not worth a word, turning into it is", () => {
  const sides: SmallMap = {
    nodes: { a: [0, -200], b: [0, 0], c: [0, 200], d: [200, 20] },
    ways: [
      { nodes: "a b c", tags: { name: "Ett" } },
      { nodes: "b d", tags: { name: "Två" } },
    ],
  };
  expect(told(sides, [0, -150], [0, 150])).toEqual([["arrive", "straight", "Ett"]]);
  expect(told(sides, [0, -150], [150, 15])).toEqual([
    ["turn", "right", "Två"],
    ["arrive", "straight", "Två"],
  ]);
});

const motorway: SmallMap = {
  nodes: {
    a: [-600, 0],
    b: [0, 0],
    c: [600, 0],
    x: [200, -40],
    y: [260, -200],
    z: [260, -400],
    u: [420, -60],
    q: [260, -100],
    v: [900, 0],
  },
  ways: [
    { nodes: "a b", tags: { highway: "motorway", ref: "E 6" } },
    { nodes: "b c", tags: { highway: "motorway", ref: "E 6" } },
    { nodes: "c v", tags: { highway: "motorway", ref: "E 6" } },
    { nodes: "b x y", tags: { highway: "motorway_link", oneway: "yes", destination: "Centrum" } },
    { nodes: "y z", tags: { highway: "secondary", name: "Stadsvägen", oneway: "no" } },
    { nodes: "y q", tags: { highway: "secondary", name: "Stadsvägen" } },
    { nodes: "y u c", tags: { highway: "motorway_link" } },
  ],
};

test("leaving a motorway, and joining it again, are said as such with where they lead", () => {
  const route = createRouter(smallCity(motorway)).route(placeAt(-500, 0), placeAt(260, -350));
  if (route.kind !== "route") throw new Error(route.kind);
  expect(route.manoeuvres[1]).toMatchObject({ kind: "off ramp", modifier: "slight right", destination: "Centrum" });
  expect(told(motorway, [260, -350], [850, 0]).map(([kind]) => kind)).toEqual(["on ramp", "merge", "arrive"]);
});

test("where a road splits into two alike, the side to keep to is said", () => {
  const fork: SmallMap = {
    nodes: { a: [0, -300], b: [0, 0], l: [-60, 250], r: [60, 250] },
    ways: [
      { nodes: "a b", tags: { highway: "primary", name: "Leden" } },
      { nodes: "b l", tags: { highway: "primary", name: "Vänster led" } },
      { nodes: "b r", tags: { highway: "primary", name: "Höger led" } },
    ],
  };
  expect(told(fork, [0, -250], [-50, 210])[0]).toEqual(["fork", "slight left", "Vänster led"]);
  expect(told(fork, [0, -250], [50, 210])[0]).toEqual(["fork", "slight right", "Höger led"]);
});

test("the side of the street the place lies on is said on arrival", () => {
  const street: SmallMap = { nodes: { a: [0, 0], b: [0, 400] }, ways: [{ nodes: "a b", tags: { name: "Ett" } }] };
  expect(told(street, [0, 50], [20, 300])).toEqual([["arrive", "right", "Ett"]]);
  expect(told(street, [0, 50], [-20, 300])).toEqual([["arrive", "left", "Ett"]]);
});
