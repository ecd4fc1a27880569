import { expect, test } from "vitest";

import { readPlaces } from "./city-extras.ts";

test("places stored beside a map are read, and what is none is left out", () => {
  const cafe = { lat: 57.7, lon: 11.97, name: "Coffee (simulated)", kind: "cafe", category: "coffee", simulated: true };
  const broken = [{ ...cafe, lat: 91 }, { ...cafe, category: "dragons" }, null, 7];
  expect(readPlaces(JSON.stringify([cafe, ...broken]))).toEqual([cafe]);
});

test.each([undefined, "", "{", "{}", "7"])("a file that holds no places has none: %j", (text) => {
  expect(readPlaces(text)).toEqual([]);
});
