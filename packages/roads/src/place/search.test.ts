import fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt, smallCity } from "../../test/small-map.ts";
import { fold, wordsOf } from "./fold.ts";
import { createSearch } from "./search.ts";

const city = smallCity({
  nodes: {
    a: [0, 0],
    b: [300, 0],
    c: [600, 0],
    d: [5000, 0],
    e: [5300, 0],
    f: [300, 300],
    g: [0, 300],
    p: [5100, 100, { place: "suburb", name: "Östra Förstaden" }],
    t: [10, 10, { railway: "tram_stop", name: "Gröna hissen" }],
    u: [40, 10, { railway: "tram_stop", name: "Gröna hissen" }],
  },
  ways: [
    { nodes: "a b", tags: { name: "Göteborgsgatan" } },
    { nodes: "b c", tags: { name: "Göteborgsgatan", alt_name: "Paradgatan" } },
    { nodes: "d e", tags: { name: "Göteborgsgatan" } },
    { nodes: "b f", tags: { name: "Storgatan", highway: "secondary" } },
    { nodes: "a g", tags: { name: "南京东路", ref: "E 6" } },
  ],
});
const search = createSearch(city);
const names = (text: string) => search.find(text).map(({ name }) => name);

test("a street is found whole, by its beginning, without its accents and with a slip", () => {
  for (const text of ["Göteborgsgatan", "GÖTEBORGS", "goteborgsg", "göteborsgatan", "  göteborgsgatan "]) {
    expect(names(text)[0]).toBe("Göteborgsgatan");
  }
  expect(names("storgatan")[0]).toBe("Storgatan");
});

test("one street is one hit for each part of the city that has one, told apart by what is there", () => {
  const hits = search.find("Göteborgsgatan");
  expect(hits.map(({ name, detail, kind }) => ({ name, detail, kind }))).toEqual([
    { name: "Göteborgsgatan", detail: "Storgatan", kind: "street" },
    { name: "Göteborgsgatan", detail: "Östra Förstaden", kind: "street" },
  ]);
});

test("what is close comes first", () => {
  expect(search.find("Göteborgsgatan", placeAt(5000, 0))[0].detail).toBe("Östra Förstaden");
  expect(search.find("Göteborgsgatan", placeAt(0, 0))[0].detail).toBe("Storgatan");
});

test("other names, road numbers, suburbs and stops are found, and a stop with two platforms is one", () => {
  expect(names("paradgatan")).toEqual(["Göteborgsgatan"]);
  expect(names("e6")).toEqual(["南京东路"]);
  expect(names("E 6")).toEqual(["南京东路"]);
  expect(names("östra")).toEqual(["Östra Förstaden"]);
  expect(search.find("gröna").map(({ name, kind }) => [name, kind])).toEqual([["Gröna hissen", "place"]]);
});

test("Chinese names are found by any two signs of them", () => {
  expect(names("京东")).toEqual(["南京东路"]);
});

test("coordinates are a point, named by themselves and the street beside them", () => {
  expect(search.find("57.70, 11.97")).toEqual([
    { lat: 57.7, lon: 11.97, name: "57.70000, 11.97000", detail: expect.any(String), kind: "point" },
  ]);
  expect(search.find("57.70 11.97")[0].kind).toBe("point");
  expect(search.find("97.70, 11.97").every(({ kind }) => kind !== "point")).toBe(true);
});

test("nothing is found for nothing and for nonsense, and no text does harm", () => {
  expect(search.find("")).toEqual([]);
  expect(search.find("   ")).toEqual([]);
  expect(search.find("qqqqwwww")).toEqual([]);
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => search.find(text, undefined, 3).length <= 3));
});

test("folding spells out letters and drops accents", () => {
  expect(fold("Ærø Straße Łódź")).toBe("aero strasse lodz");
  expect(wordsOf("E 45.01 南京")).toEqual(["e", "45", "e45", "01", "南", "南京", "京"]);
});
