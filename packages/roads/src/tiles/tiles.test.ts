import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { PMTiles, zxyToTileId } from "pmtiles";
import { PbfReader } from "pbf";
import { expect, test } from "vitest";
import { origin, placeAt, smallCity } from "../../test/small-map.ts";
import { buildTiles } from "./build-tiles.ts";
import { drawDensity } from "./density.ts";
import { writeArchive } from "./pmtiles-archive.ts";
import { tileId } from "./tile-id.ts";

function open(archive: Uint8Array): PMTiles {
  return new PMTiles({
    getKey: () => "test",
    getBytes: async (offset, length) => ({ data: Uint8Array.from(archive.subarray(offset, offset + length)).buffer }),
  });
}

const facts = {
  bounds: [11, 57, 12, 58] as const,
  centre: origin,
  minZoom: 0,
  maxZoom: 15,
  gzipped: false,
  metadata: { name: "test" },
};

test("tiles are numbered as the archive's readers number them", () => {
  const tile = fc
    .integer({ min: 0, max: 20 })
    .chain((zoom) => fc.tuple(fc.constant(zoom), fc.nat(2 ** zoom - 1), fc.nat(2 ** zoom - 1)));
  fc.assert(fc.property(tile, ([zoom, column, row]) => tileId(zoom, column, row) === zxyToTileId(zoom, column, row)));
});

test("every tile of an archive is read back, with one directory or with leaves", async () => {
  for (const count of [3, 9_000]) {
    const tiles = Array.from({ length: count }, (_, i) => ({
      zoom: 12,
      column: (i * 37) % 4096,
      row: Math.floor(i / 64) * 5,
      bytes: new TextEncoder().encode(`tile ${i}`),
    }));
    const unique = new Map(tiles.map((tile) => [tileId(tile.zoom, tile.column, tile.row), tile]));
    const archive = open(
      writeArchive(
        [...unique].map(([id, { bytes }]) => ({ id, bytes })),
        facts,
      ),
    );
    const header = await archive.getHeader();
    expect(header.numAddressedTiles).toBe(unique.size);
    expect((header.leafDirectoryLength ?? 0) > 0).toBe(count > 1_000);
    for (const { zoom, column, row, bytes } of [...unique.values()].filter((_, i) => i % 97 === 0)) {
      const found = await archive.getZxy(zoom, column, row);
      expect(new TextDecoder().decode(found?.data)).toBe(new TextDecoder().decode(bytes));
    }
    expect(await archive.getZxy(12, 4095, 4095)).toBeUndefined();
  }
});

test("equal neighbours are stored once", async () => {
  const bytes = new TextEncoder().encode("open land");
  const tiles = [0, 1, 2, 3].map((i) => ({ id: tileId(1, i >> 1, i & 1), bytes }));
  const archive = open(writeArchive(tiles, facts));
  expect((await archive.getHeader()).numTileContents).toBe(1);
  for (const { column, row } of [
    { column: 0, row: 0 },
    { column: 1, row: 1 },
  ]) {
    expect(new TextDecoder().decode((await archive.getZxy(1, column, row))?.data)).toBe("open land");
  }
});

/** Layers of a vector tile with the texts of their keys, read with nothing but the wire format (Mapbox vector tile specification 2.1). */
function layersOf(tile: Uint8Array): Record<string, { keys: string[]; values: unknown[]; features: number }> {
  const layers: Record<string, { keys: string[]; values: unknown[]; features: number }> = {};
  new PbfReader(tile).readFields((field, all, reader) => {
    if (field !== 3) return;
    const layer = { name: "", keys: [] as string[], values: [] as unknown[], features: 0 };
    reader.readMessage((inner, one) => {
      if (inner === 1) one.name = reader.readString();
      else if (inner === 2) one.features++;
      else if (inner === 3) one.keys.push(reader.readString());
      else if (inner === 4) {
        reader.readMessage((kind, values) => {
          if (kind === 1) values.push(reader.readString());
          else if (kind === 3) values.push(reader.readDouble());
          else if (kind === 5) values.push(reader.readVarint());
          else if (kind === 6) values.push(reader.readSVarint());
          else if (kind === 7) values.push(reader.readBoolean());
        }, one.values);
      }
    }, layer);
    all[layer.name] = layer;
  }, layers);
  return layers;
}

const city = smallCity({
  nodes: {
    a: [0, 0],
    b: [300, 0],
    c: [600, 50],
    d: [0, 100],
    e: [100, 100],
    f: [100, 200],
    s: [20, 20, { place: "suburb", name: "Öster" }],
  },
  ways: [
    { nodes: "a b", tags: { name: "Långa gatan", highway: "primary", lanes: "4", ref: "40" } },
    {
      nodes: "b c",
      tags: { name: "Långa gatan", highway: "primary", lanes: "4", ref: "40", bridge: "yes", oneway: "-1" },
    },
    { nodes: "a d", tags: { highway: "footway" } },
    { nodes: "d e f d", tags: { highway: "", building: "yes" } },
  ],
});

test("the tiles of a city hold its layers, and what the map's style needs of each", async () => {
  for (const gzip of [undefined, (bytes: Uint8Array) => gzipSync(bytes)]) {
    const archive = open(await buildTiles(city, gzip === undefined ? {} : { gzip }));
    const { minZoom, maxZoom } = await archive.getHeader();
    expect([minZoom, maxZoom]).toEqual([8, 15]);
    const zoom = 15;
    const place = placeAt(50, 50);
    const column = Math.floor(((place.lon + 180) / 360) * 2 ** zoom);
    const row = Math.floor((0.5 - Math.asinh(Math.tan((place.lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** zoom);
    const layers = layersOf(new Uint8Array((await archive.getZxy(zoom, column, row))?.data ?? new ArrayBuffer(0)));
    expect(Object.keys(layers).toSorted()).toEqual(["building", "place", "transportation", "transportation_name"]);
    expect(layers["transportation"].keys).toEqual(
      expect.arrayContaining([
        "class",
        "k",
        "w",
        "layer",
        "lanes",
        "br",
        "tu",
        "brunnel",
        "oneway",
        "name",
        "ref",
        "subclass",
      ]),
    );
    expect(layers["transportation"].keys).not.toContain("minZoom");
    expect(layers["transportation"].features).toBe(3);
    expect(layers["building"].keys).toEqual(expect.arrayContaining(["render_height", "assumed"]));
    expect(layers["place"].values).toEqual(expect.arrayContaining(["suburb", "Öster"]));
    const far = layersOf(new Uint8Array((await archive.getZxy(8, column >> 7, row >> 7))?.data ?? new ArrayBuffer(0)));
    expect(Object.keys(far)).toEqual([]);
  }
});

test("where roads are the land is toned, where none are it is not, and the corners lie around the city", () => {
  const { width, height, alpha, corners } = drawDensity(city);
  expect(Math.max(width, height)).toBe(2_048);
  expect(alpha).toHaveLength(width * height);
  const [northWest, , southEast] = corners;
  expect(northWest.lon).toBeLessThan(city.bounds[0]);
  expect(northWest.lat).toBeGreaterThan(city.bounds[3]);
  expect(southEast.lon).toBeGreaterThan(city.bounds[2]);
  expect(southEast.lat).toBeLessThan(city.bounds[1]);
  const toneAt = (east: number, north: number) => {
    const { lat, lon } = placeAt(east, north);
    const x = Math.floor(((lon - northWest.lon) / (southEast.lon - northWest.lon)) * width);
    const y = Math.floor(((northWest.lat - lat) / (northWest.lat - southEast.lat)) * height);
    return alpha[y * width + x];
  };
  expect(toneAt(150, 0)).toBeGreaterThan(20);
  expect(toneAt(300, 45)).toBe(0);
});
