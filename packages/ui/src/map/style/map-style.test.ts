import { expect, test } from "vitest";
import type { Look } from "../../tokens.ts";
import { chineseRanges } from "../fonts.ts";
import { restyle } from "../restyle.ts";
import type { MapCity } from "../types.ts";
import { firstAboveRoute, mapLayers, mapStyle } from "./map-style.ts";

const city: MapCity = {
  version: "v1",
  name: "Gothenburg",
  bounds: [11.87, 57.65, 12.09, 57.75],
  centre: [11.96, 57.7],
  minZoom: 8,
  maxZoom: 15,
  tiles: "/tiles/v1/{z}/{x}/{y}.mvt",
  detailed: false,
  attribution: "© OpenStreetMap contributors",
};
const parts = { look: "night", language: "en", size: 1, unsaid: [] } as const;
const looks: readonly Look[] = ["night", "day"];

test("every layer draws from a source that the style has", () => {
  for (const detailed of [false, true]) {
    const density = {
      url: "/density/v1.png",
      corners: [
        [0, 1],
        [1, 1],
        [1, 0],
        [0, 0],
      ],
    } as const;
    const style = mapStyle(
      { ...city, detailed, density },
      { ...parts, origin: "http://localhost:8090", fontFaces: {} },
    );
    const ids = style.layers.map((layer) => layer.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(firstAboveRoute);
    for (const layer of style.layers) {
      if ("source" in layer) expect(Object.keys(style.sources)).toContain(layer.source);
    }
  }
});

test("tile addresses keep their braces and get the origin of the page", () => {
  const style = mapStyle(city, { ...parts, origin: "http://localhost:8090", fontFaces: {} });
  expect(style.sources["city"]).toMatchObject({ tiles: ["http://localhost:8090/tiles/v1/{z}/{x}/{y}.mvt"] });
});

test("a change of look reaches every colour, and changing back restores them all", () => {
  const living = new Map<string, unknown>();
  const engine = {
    setPaintProperty: (layer: string, name: string, value: unknown) => living.set(`${layer}/${name}`, value),
    setLayoutProperty: (layer: string, name: string, value: unknown) => living.set(`${layer}/${name}`, value),
  };
  const [night, day] = looks.map((look) => mapLayers(city, { ...parts, look }));
  if (night === undefined || day === undefined) throw new Error("no layers");
  restyle(engine, night, day);
  expect(living.get("land/background-color")).toBe("#E9EEF1");
  expect(living.has("road/line-width")).toBe(false);
  const changed = [...living.keys()];
  living.clear();
  restyle(engine, day, night);
  expect([...living.keys()].toSorted()).toEqual(changed.toSorted());
  expect(living.get("land/background-color")).toBe("#0B0F14");
});

test("streets that the screen says elsewhere are not written on the map", () => {
  const names = mapLayers(city, { ...parts, unsaid: ["Avenyn"] }).find((layer) => layer.id === "names");
  expect(JSON.stringify(names)).toContain("Avenyn");
});

test("only the Chinese part of a font's ranges is drawn from it", () => {
  expect(chineseRanges("U+20-7e, U+4e00-4e05,U+ff01")).toEqual(["U+4e00-4e05", "U+ff01"]);
});
