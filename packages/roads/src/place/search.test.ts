import fc from "fast-check";
import { expect, test } from "vitest";
import { placeAt, smallCity } from "../../test/small-map.ts";
import { fold, wordsOf } from "./fold.ts";
import { createSearch } from "./search.ts";

const city = smallCity({
  nodes: {
    a: [0, 0],
    b: [300, 0],
    c: [700, 0],
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
  expect(search.find("gröna").map(({ name, kind }) => [name, kind])).toEqual([["Gröna hissen", "tram_stop"]]);
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

const shops = smallCity({
  nodes: {
    a: [0, 0],
    b: [400, 0],
    c: [400, 400],
    d: [0, 400],
    k: [100, 20, { amenity: "cafe", name: "Kaffe Norr" }],
    l: [380, 390, { amenity: "cafe", brand: "Bean" }],
    m: [200, 10, { amenity: "charging_station", "socket:type2": "2", "socket:type2:output": "22 kW" }],
    n: [60, 12, { "addr:street": "Storgatan", "addr:housenumber": "12 B" }],
    o: [200, 10, { amenity: "parking", access: "private" }],
    s: [10, 10, { place: "square", name: "人民广场" }],
  },
  ways: [
    { nodes: "a b", tags: { name: "Storgatan" } },
    { nodes: "b c", tags: { name: "南京西路" } },
    { nodes: "c d", tags: { name: "Norra vägen" } },
  ],
  romanise: (text) =>
    ({ 人民广场: ["ren", "min", "guang", "chang"], 南京西路: ["nan", "jing", "xi", "lu"] })[text] ?? [text],
});
const finder = createSearch(shops, {
  extra: [{ name: "Fuel (simulated)", kind: "fuel", category: "fuel", simulated: true, ...placeAt(20, 5) }],
});

test("Chinese names are found as they are said: syllables, joined, begun, first letters, with a slip", () => {
  for (const text of ["ren min guang chang", "renminguangchang", "renmin guang", "rmgc", "renmingaungchang"]) {
    expect(finder.find(text)[0]?.name).toBe("人民广场");
  }
  expect(finder.find("njxl")[0]?.name).toBe("南京西路");
});

test("a category gives its places, nearest first, and one without a name by what it is", () => {
  expect(finder.find("coffee", placeAt(390, 390)).map(({ name }) => name)).toEqual(["Bean", "Kaffe Norr"]);
  expect(finder.near("charging", placeAt(0, 0))).toMatchObject([
    { name: "", kind: "charging_station", category: "charging", detail: "Storgatan" },
  ]);
  expect(finder.near("charging", placeAt(0, 0))[0]?.distance).toBeCloseTo(200.2, 0);
  expect(finder.find("coffee near Norra vägen")[0]?.name).toBe("Bean");
});

test("a private car park is no answer, and simulated places say that they are", () => {
  expect(finder.near("parking", placeAt(0, 0))).toEqual([]);
  expect(finder.find("加油站", placeAt(0, 0))).toMatchObject([{ name: "Fuel (simulated)", simulated: true }]);
});

test("two streets give their crossing, however they are joined", () => {
  for (const text of ["Storgatan & 南京西路", "nan jing xi lu and storgatn", "storgatan nanjingxilu"]) {
    const [hit] = finder.find(text);
    expect(hit?.kind).toBe("crossing");
    expect([hit?.lat, hit?.lon]).toEqual([
      expect.closeTo(placeAt(400, 0).lat, 6),
      expect.closeTo(placeAt(400, 0).lon, 6),
    ]);
  }
  expect(finder.find("Storgatan & Norra vägen")[0]?.kind).not.toBe("crossing");
});

test("a house number is found in its street", () => {
  expect(finder.find("12b storgatan")[0]).toMatchObject({ name: "Storgatan 12 B", kind: "address" });
  expect(finder.find("Storgatan 99")[0]).toMatchObject({ name: "Storgatan", kind: "street" });
});
