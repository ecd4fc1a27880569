import { expect, test } from "vitest";
import { readHindrances } from "./hindrance.ts";

const jam = { id: "a", kind: "jam", lat: 57.7, lon: 11.97, from: 1_000, until: 2_000 };

test("what another program wrote down becomes hindrances", () => {
  const all = { ...jam, heading: 90, perMinute: 3 };
  expect(readHindrances({ hindrances: [jam, all] })).toEqual({ hindrances: [jam, all], problems: 0 });
});

test.each([
  [{ ...jam, id: "" }],
  [{ ...jam, kind: "rain" }],
  [{ ...jam, lat: 91 }],
  [{ ...jam, lon: "11" }],
  [{ ...jam, until: 999 }],
  [{ ...jam, heading: 361 }],
  [{ ...jam, perMinute: 0 }],
  [null],
  ["jam"],
])("what is no hindrance is left out and counted: %j", (item) => {
  expect(readHindrances({ hindrances: [item, jam] })).toEqual({ hindrances: [jam], problems: 1 });
});

test.each([undefined, null, 7, "x", [], {}, { hindrances: {} }])("a file that is none has one problem: %j", (value) => {
  expect(readHindrances(value)).toEqual({ hindrances: [], problems: 1 });
});

test("of a list that is too long the first fifty count", () => {
  const read = readHindrances({ hindrances: Array.from({ length: 60 }, () => jam) });
  expect(read.hindrances.length).toBe(50);
  expect(read.problems).toBe(10);
});
