import fc from "fast-check";
import { deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { writePbf } from "../../test/write-pbf.ts";
import type { PbfContent } from "../../test/write-pbf.ts";
import { MapError } from "../map-error.ts";
import { importCity } from "./import-city.ts";

const inflate = (bytes: Uint8Array, size: number) => inflateSync(bytes, { maxOutputLength: Math.max(1, size) });
const importPbf = (bytes: Uint8Array) => importCity({ kind: "pbf", bytes, inflate }, { name: "x" });

const streets: PbfContent = {
  nodes: [
    { id: 10, x: 119_700_000, y: 577_000_000 },
    { id: 11, x: 119_710_000, y: 577_000_000, tags: { highway: "stop", direction: "forward" } },
    { id: 12, x: 119_720_000, y: 577_000_000 },
    { id: 13, x: 119_710_000, y: 577_010_000, tags: { highway: "speed_camera" } },
  ],
  ways: [
    { id: 7, nodes: [10, 11], tags: { highway: "residential", name: "Ett", maxspeed: "30 mph" } },
    { id: 8, nodes: [11, 12], tags: { highway: "primary", "turn:lanes": "left|through", lanes: "2" } },
    { id: 9, nodes: [11, 13], tags: { route: "ferry", duration: "00:10" } },
  ],
  relations: [
    {
      tags: { type: "restriction", "restriction:conditional": "no_left_turn @ (Mo-Fr 07:00-09:00)" },
      members: [
        { kind: 1, id: 7, role: "from" },
        { kind: 0, id: 11, role: "via" },
        { kind: 1, id: 8, role: "to" },
      ],
    },
  ],
};

/** What any import comes to: a city one can drive in, or a sentence about what is wrong with the map. */
async function comesToAnEnd(importing: Promise<unknown>): Promise<void> {
  const outcome = await importing.catch((error: unknown) => error);
  if (outcome instanceof MapError) expect(outcome.message).toMatch(/^[A-Z].+\.$/);
  else expect(outcome).toHaveProperty("graph.edgeCount");
}

const change = fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), to: fc.nat(255), kind: fc.nat(2) });

/** Bytes set to others, left out, or put in between. */
function changed(bytes: Uint8Array, changes: readonly { at: number; to: number; kind: number }[]): Uint8Array {
  const list = Array.from(bytes);
  for (const { at, to, kind } of changes) {
    const index = Math.floor(at * list.length);
    if (kind === 0) list[index] = to;
    else if (kind === 1) list.splice(index, 1);
    else list.splice(index, 0, to);
  }
  return Uint8Array.from(list);
}

test("a map in PBF whose bytes are changed anywhere, packed or not, is a city or is refused in a sentence", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.constantFrom("file", "blocks", "plain"),
      fc.boolean(),
      async (changes, where, dense) => {
        const pack = (bytes: Uint8Array) => deflateSync(where === "blocks" ? changed(bytes, changes) : bytes);
        const file = writePbf(streets, { dense, ...(where === "plain" ? {} : { pack }) });
        await comesToAnEnd(importPbf(where === "blocks" ? file : changed(file, changes)));
      },
    ),
    { numRuns: 120 },
  );
});

const xml = `<osm version="0.6"><node id="1" lat="31.23" lon="121.47"/><node id="2" lat="31.23" lon="121.48"><tag k="highway" v="stop"/></node>
<way id="5"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way><relation id="6"><member type="way" ref="5" role="from"/>
<tag k="type" v="restriction"/></relation></osm>`;

test("a map in XML whose signs are changed anywhere is a city or is refused in a sentence", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const text = new TextDecoder().decode(changed(new TextEncoder().encode(xml), changes));
      await comesToAnEnd(importCity({ kind: "osm-xml", text }, { name: "x" }));
    }),
    { numRuns: 60 },
  );
});

test("a map in GeoJSON with anything in it is a city or is refused in a sentence", async () => {
  const feature = fc.record({
    type: fc.constant("Feature"),
    properties: fc.oneof(fc.constant({ highway: "primary" }), fc.jsonValue()),
    geometry: fc.record({
      type: fc.constantFrom("LineString", "Point", "Polygon"),
      coordinates: fc.oneof(fc.jsonValue(), fc.array(fc.tuple(fc.double(), fc.double()), { maxLength: 3 })),
    }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(feature, { maxLength: 3 }), async (features) => {
      await comesToAnEnd(
        importCity({ kind: "geojson", value: { type: "FeatureCollection", features } }, { name: "x" }),
      );
    }),
    { numRuns: 60 },
  );
});

test("nodes out of order, told twice, missing, or with negative ids do not stop an import", async () => {
  const [a, b, c] = streets.nodes;
  const odd = writePbf({
    nodes: [c, b, { ...a, id: -10 }, b, { ...a, id: 10, x: 119_690_000 }],
    ways: [
      { id: 7, nodes: [-10, 11, 12, 999, 12, 12], tags: { highway: "residential" } },
      { id: 7, nodes: [11], tags: { highway: "residential" } },
      { id: 8, nodes: [998, 999], tags: { highway: "residential" } },
      { id: 9, nodes: [], tags: { highway: "residential" } },
    ],
  });
  const { graph } = await importPbf(odd);
  expect(graph.roadCount).toBeGreaterThan(0);
  expect(graph.pointNode).toContain(-10);
});

test("a small file that unpacks to a flood is refused before memory is full", async () => {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);
  // One field that nobody knows, as long as a block may be.
  const size = 32 * 1024 * 1024;
  const zeros = new Uint8Array(size);
  zeros.set([122, ...varint(size - 5)]);
  const flood = deflateSync(zeros);
  const block = writePbf(streets, { pack: (bytes) => deflateSync(bytes) });
  // The last block of the file, packed, with the flood in its place: its header (type, size), then size and bytes of the blob.
  const body = [16, ...varint(size), 26, ...varint(flood.length), ...flood];
  const header = [10, 7, ...new TextEncoder().encode("OSMData"), 24, ...varint(body.length)];
  const bomb = [0, 0, 0, header.length, ...header, ...body];
  const file = Uint8Array.from([...block, ...Array.from({ length: 20 }, () => bomb).flat()]);
  await expect(importPbf(file)).rejects.toMatchObject({ name: "MapError" });
});
