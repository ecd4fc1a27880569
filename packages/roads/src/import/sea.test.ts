import { expect, test } from "vitest";
import { placeAt, smallCity, smallMap } from "../../test/small-map.ts";
import type { SmallMap } from "../../test/small-map.ts";
import type { Bounds } from "../city.ts";
import { seaOf } from "./sea.ts";

const west = placeAt(-1000, -1000);
const east = placeAt(1000, 1000);
const roads: Bounds = [west.lon, west.lat, east.lon, east.lat];
const coast = { natural: "coastline", highway: "" };

/** Whether a place lies in the sea by the rule of even and odd crossings over all rings. */
function isSea(map: SmallMap, x: number, y: number): boolean {
  const { lon, lat } = placeAt(x, y);
  let inside = false;
  for (const { rings } of seaOf(smallMap(map), roads)) {
    for (const ring of rings) {
      for (let i = 2; i < ring.length; i += 2) {
        const [x1, y1, x2, y2] = ring.subarray(i - 2, i + 2);
        if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
      }
    }
  }
  return inside;
}

test("the sea lies to the right of the coast, also where the map ends a little beyond or before its last road", () => {
  const nodes: SmallMap["nodes"] = { a: [-980, 0], b: [0, 100], c: [1010, 0] };
  const northern: SmallMap = {
    nodes,
    ways: [
      { nodes: "b c", tags: coast },
      { nodes: "a b", tags: coast },
    ],
  };
  expect(isSea(northern, 0, -300)).toBe(true);
  expect(isSea(northern, 0, 300)).toBe(false);
  expect(isSea(northern, -1400, -1400)).toBe(true);
  const southern: SmallMap = { nodes, ways: [{ nodes: "c b a", tags: coast }] };
  expect(isSea(southern, 0, -300)).toBe(false);
  expect(isSea(southern, 0, 300)).toBe(true);
});

test("a peninsula and a bay, two coasts of one sea", () => {
  const nodes: SmallMap["nodes"] = {
    a: [-300, 990],
    b: [-300, -500],
    c: [300, -500],
    d: [300, 990],
    e: [-990, -800],
    f: [990, -800],
  };
  // Land between a-b-c-d and land south of e-f.
  const map: SmallMap = {
    nodes,
    ways: [
      { nodes: "d c b a", tags: coast },
      { nodes: "f e", tags: coast },
    ],
  };
  const seen = [
    [0, 0, false],
    [-700, 0, true],
    [700, 0, true],
    [0, -650, true],
    [0, -950, false],
  ] as const;
  for (const [x, y, sea] of seen) expect([x, y, isSea(map, x, y)]).toEqual([x, y, sea]);
});

test("around an island is sea, on it is none", () => {
  const nodes: SmallMap["nodes"] = { a: [-200, -200], b: [200, -200], c: [200, 200], d: [-200, 200] };
  const island: SmallMap = { nodes, ways: [{ nodes: "a b c d a", tags: coast }] };
  expect(isSea(island, 0, 0)).toBe(false);
  expect(isSea(island, 800, 800)).toBe(true);
});

test("a coast that ends in the middle of the map tells of no sea, and neither does a map without a coast", () => {
  const nodes: SmallMap["nodes"] = { a: [-980, 0], b: [0, 100] };
  expect(seaOf(smallMap({ nodes, ways: [{ nodes: "a b", tags: coast }] }), roads)).toEqual([]);
  expect(seaOf(smallMap({ nodes, ways: [] }), roads)).toEqual([]);
});

test("a city by the sea has it among what is drawn", () => {
  const nodes: SmallMap["nodes"] = { a: [0, 0], b: [500, 0], c: [500, 500], x: [0, 100], y: [500, 100] };
  const city = smallCity({ nodes, ways: [{ nodes: "a b c" }, { nodes: "x y", tags: coast }] });
  expect(city.scenery.filter(({ layer }) => layer === "water").map(({ properties }) => properties["class"])).toEqual([
    "ocean",
  ]);
});
