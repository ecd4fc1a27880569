import fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt, smallCity } from "../../test/small-map.ts";
import { MapError } from "../map-error.ts";
import { createRouter } from "../route/router.ts";
import { encodeCity } from "./encode-city.ts";
import { columns } from "./layout.ts";
import { openCity } from "./open-city.ts";

const city = smallCity({
  nodes: { a: [0, 0], b: [300, 0], c: [300, 400], p: [5, 5, { place: "suburb", name: "Öster" }] },
  ways: [
    { nodes: "a b", tags: { name: "Ett", maxspeed: "40" } },
    { nodes: "b c", tags: { name: "Två", oneway: "yes" } },
  ],
});
const file = encodeCity(city);

test("a stored city is the city that was stored", () => {
  const { scenery: _scenery, graph, ...facts } = city;
  const opened = openCity(file);
  const { graph: openedGraph, ...openedFacts } = opened;
  expect(openedFacts).toEqual(facts);
  const stored = Object.fromEntries(Object.entries(openedGraph).filter(([name]) => name !== "runIndex"));
  const original = Object.fromEntries(Object.entries(graph).filter(([name]) => name !== "runIndex"));
  expect(stored).toEqual(original);
  expect(Object.keys(columns).every((name) => name in stored)).toBe(true);
  expect(createRouter(opened).route(placeAt(10, 0), placeAt(300, 300))).toEqual(
    createRouter(city).route(placeAt(10, 0), placeAt(300, 300)),
  );
});

test("bytes that do not begin at a multiple of eight are opened too", () => {
  const moved = new Uint8Array(file.length + 3);
  moved.set(file, 3);
  expect(openCity(moved.subarray(3)).name).toBe("Small");
});

test("a cut file is refused, wherever it is cut", () => {
  fc.assert(
    fc.property(fc.nat(file.length - 1), (length) => {
      expect(() => openCity(file.subarray(0, length))).toThrow(MapError);
    }),
  );
});

test("a single damaged byte is noticed, wherever it is", () => {
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = file.slice();
      damaged[at] ^= change;
      expect(() => openCity(damaged)).toThrow(MapError);
    }),
    { numRuns: 500 },
  );
});
