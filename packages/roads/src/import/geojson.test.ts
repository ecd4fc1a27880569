import { expect, test } from "vitest";
import { importCity } from "./import-city.ts";
import { readGeoJson } from "./geojson.ts";

const line = (coordinates: readonly (readonly unknown[])[], properties: Record<string, unknown>) => ({
  type: "Feature",
  id: "way/12",
  properties,
  geometry: { type: "LineString", coordinates },
});
const collection = (...features: unknown[]) => ({ type: "FeatureCollection", features });

test("ways that share a position meet there", () => {
  const map = readGeoJson(
    collection(
      line(
        [
          [11.97, 57.7],
          [11.98, 57.7],
        ],
        { highway: "residential", lanes: 2, lit: true, note: null },
      ),
      line(
        [
          [11.98, 57.7],
          [11.98, 57.71],
        ],
        { highway: "residential" },
      ),
    ),
  );
  expect(map.pointX.length).toBe(3);
  expect(map.ways[0].points[1]).toBe(map.ways[1].points[0]);
  expect(map.ways[0].id).toBe(12);
  expect(Object.fromEntries(map.ways[0].tags)).toEqual({ highway: "residential", lanes: "2", lit: "true" });
});

test("an area is drawn but not driven on", async () => {
  const square = {
    type: "Feature",
    properties: { highway: "pedestrian", name: "Sveaplan" },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [11.97, 57.7],
          [11.971, 57.7],
          [11.971, 57.701],
          [11.97, 57.7],
        ],
      ],
    },
  };
  const street = line(
    [
      [11.97, 57.7],
      [11.98, 57.7],
    ],
    { highway: "residential" },
  );
  const city = await importCity({ kind: "geojson", value: collection(square, street) }, { name: "x" });
  expect(city.graph.roadCount).toBe(1);
  expect(city.scenery.find((feature) => feature.shape === "polygon")?.properties["class"]).toBe("square");
});

test.each([
  ["nothing", undefined, "not-a-map"],
  ["a list", [], "not-a-map"],
  ["another kind of GeoJSON", { type: "Feature" }, "not-a-map"],
  ["a line of texts", collection(line([["a", "b"]], { highway: "residential" })), "broken-map"],
  [
    "a line that is none",
    collection({ type: "Feature", geometry: { type: "LineString", coordinates: 7 } }),
    "broken-map",
  ],
  [
    "a place outside the world",
    collection(
      line(
        [
          [11, 57],
          [300, 57],
        ],
        { highway: "residential" },
      ),
    ),
    "broken-map",
  ],
  [
    "only a footway",
    collection(
      line(
        [
          [11, 57],
          [11, 58],
        ],
        { highway: "footway" },
      ),
    ),
    "no-roads",
  ],
  ["no features", collection(), "no-roads"],
])("%s is refused with its reason", async (_what, value, code) => {
  await expect(importCity({ kind: "geojson", value }, { name: "x" })).rejects.toMatchObject({ name: "MapError", code });
});

test("positions are the same point however many there are", () => {
  const far = Array.from({ length: 70_000 }, (_, i) => [-180 + i * 0.005, i % 90]);
  const { pointX, ways } = readGeoJson(
    collection(line(far, { highway: "primary" }), line(far.toReversed(), { highway: "primary" })),
  );
  expect(pointX.length).toBe(far.length);
  expect(ways[1]?.points).toEqual(ways[0]?.points.toReversed());
});

test("what says Chinese names in Latin letters is loaded only for a map that has some", async () => {
  let loaded = 0;
  const romanise = async () => {
    loaded++;
    return () => ["nan", "jing", "lu"];
  };
  const street = (name: string) => {
    const ends = [
      [11, 57],
      [11, 57.001],
    ];
    return { kind: "geojson", value: collection(line(ends, { highway: "residential", name })) } as const;
  };
  await importCity(street("Storgatan"), { name: "x", romanise });
  expect(loaded).toBe(0);
  const { sounds } = await importCity(street("南京路"), { name: "x", romanise });
  expect([loaded, sounds.get("南京路")]).toEqual([1, "nan jing lu"]);
});

test("an import that is told to stop stops", async () => {
  const value = collection(
    line(
      [
        [11, 57],
        [11, 58],
      ],
      { highway: "residential" },
    ),
  );
  await expect(importCity({ kind: "geojson", value }, { name: "x", signal: { aborted: true } })).rejects.toMatchObject({
    code: "stopped",
  });
});
