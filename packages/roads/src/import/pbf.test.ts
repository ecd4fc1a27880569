import fc from "fast-check";
import { deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { neverInflate, writePbf } from "../../test/write-pbf.ts";
import type { PbfContent } from "../../test/write-pbf.ts";
import { MapError } from "../map-error.ts";
import { importCity } from "./import-city.ts";
import { readPbf } from "./pbf.ts";

const inflate = (bytes: Uint8Array, size: number) => inflateSync(bytes, { maxOutputLength: Math.max(1, size) });

const streets: PbfContent = {
  nodes: [
    { id: 10, x: 119_700_000, y: 577_000_000 },
    { id: 11, x: 119_710_000, y: 577_000_000, tags: { highway: "crossing" } },
    { id: 5_000_000_000, x: 119_720_000, y: 577_000_000 },
    { id: 5_000_000_001, x: -119_720_000, y: -577_000_000, tags: { name: "Far away", place: "village" } },
  ],
  ways: [{ id: 7, nodes: [10, 11, 5_000_000_000, 99], tags: { highway: "residential", name: "Götgatan" } }],
  relations: [
    { tags: { type: "restriction", restriction: "no_left_turn" }, members: [{ kind: 1, id: 7, role: "from" }] },
  ],
};

const coordinate = fc.integer({ min: -900_000_000, max: 900_000_000 });
const word = fc.string({ maxLength: 12, unit: "grapheme" });
const tags = fc.dictionary(fc.constantFrom("name", "highway", "ref", "a"), word, { noNullPrototype: true });
const content = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 2, maxLength: 12 }).chain((ids) =>
  fc.record({
    nodes: fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), x: coordinate, y: coordinate, tags }))),
    ways: fc.array(
      fc.record({
        id: fc.integer({ min: 1, max: 2 ** 33 }),
        nodes: fc.array(fc.constantFrom(...ids), { minLength: 2, maxLength: 8 }),
        tags: tags.map((some) => ({ ...some, highway: "residential" })),
      }),
      { maxLength: 4 },
    ),
  }),
);

test("a map that was written is read back point for point", async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.boolean(), fc.boolean(), async (map, dense, packed) => {
      const file = writePbf(map, { dense, ...(packed ? { pack: (bytes) => deflateSync(bytes) } : {}) });
      const read = await readPbf(file, inflate, () => {});
      expect(read.ways.length).toBe(map.ways.length);
      for (const [i, way] of read.ways.entries()) {
        const written = map.ways[i];
        expect(way.id).toBe(written.id);
        expect(Object.fromEntries(way.tags)).toEqual(written.tags);
        const positions = Array.from(way.points, (point) => [read.pointX[point], read.pointY[point]]);
        const wanted = written.nodes.map((id) => {
          const node = map.nodes.find((one) => one.id === id);
          return [node?.x, node?.y];
        });
        expect(positions).toEqual(wanted);
      }
      for (const node of map.nodes) {
        if (!map.ways.some((way) => way.nodes.includes(node.id))) continue;
        const point = read.pointOfNode(node.id);
        expect(Object.fromEntries(read.pointTags.get(point) ?? [])).toEqual(node.tags);
      }
    }),
    { numRuns: 60 },
  );
});

test("ways, tagged points, named places and restrictions of a file arrive; nodes beyond its edge are left out", async () => {
  const map = await readPbf(writePbf(streets), neverInflate, () => {});
  expect(map.ways).toHaveLength(1);
  expect(map.ways[0].points).toHaveLength(3);
  expect(map.ways[0].tags.get("name")).toBe("Götgatan");
  expect([...map.pointTags.values()].map((one) => Object.fromEntries(one))).toEqual([
    { highway: "crossing" },
    { name: "Far away", place: "village" },
  ]);
  expect(map.pointY.at(-1)).toBe(-577_000_000);
  expect(map.relations[0].members).toEqual([{ kind: "way", id: 7, role: "from" }]);
});

test("a map cut off anywhere is refused in one sentence", async () => {
  const whole = writePbf(streets, { pack: (bytes) => deflateSync(bytes) });
  for (let length = 1; length < whole.length; length++) {
    const outcome = await importCity({ kind: "pbf", bytes: whole.subarray(0, length), inflate }, { name: "cut" }).catch(
      (error: unknown) => error,
    );
    expect(outcome).toBeInstanceOf(MapError);
    expect(String(outcome)).toMatch(/^MapError: [^\n]+\.$/);
  }
});

test("damaged bytes give a city or a MapError, never anything else", async () => {
  const whole = writePbf(streets);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
      async (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        const outcome = await importCity({ kind: "pbf", bytes, inflate }, { name: "damaged" }).catch(
          (error: unknown) => error,
        );
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(MapError);
      },
    ),
    { numRuns: 400 },
  );
});

test("random bytes are no map", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await expect(importCity({ kind: "pbf", bytes, inflate }, { name: "noise" })).rejects.toBeInstanceOf(MapError);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ["history", writePbf(streets, { feature: "HistoricalInformation" }), "unsupported"],
  ["an unknown feature", writePbf(streets, { feature: "Made-Up" }), "unsupported"],
  ["no roads", writePbf({ nodes: streets.nodes }), "no-roads"],
  [
    "a block that unpacks to something else",
    writePbf(streets, { pack: (bytes) => deflateSync(bytes.subarray(1)) }),
    "broken-map",
  ],
  ["a block that does not unpack", writePbf(streets, { pack: (bytes) => bytes }), "broken-map"],
])("a file with %s is refused with its reason", async (_what, bytes, code) => {
  await expect(importCity({ kind: "pbf", bytes, inflate }, { name: "x" })).rejects.toMatchObject({
    name: "MapError",
    code,
  });
});
