import fc from "fast-check";
import { expect, test } from "vitest";
import { Slips } from "./slips.ts";
import { WordIndex } from "./word-index.ts";

const index = new WordIndex(
  [
    [["rua", "santa", "catarina"], ["n14"]],
    [["rua", "santo", "antonio"], []],
    [["avenida", "da", "boavista"], ["n13"]],
    [
      ["rua", "nova"],
      ["santa", "catarina"],
    ],
  ],
  [2, 1],
);
const every = (...words: string[]) => index.find(words).every.map(({ item }) => item);
const any = (...words: string[]) => index.find(words).any.map(({ item }) => item);

test("what has all words comes before what has some, and a word counts for more in the field that counts for more", () => {
  expect(every("santa", "catarina")).toEqual([0, 3]);
  expect(every("rua", "boavista")).toEqual([]);
  expect(any("rua", "boavista")[0]).toBe(2);
});

test("a word is found by its beginning and with a slip, itself best", () => {
  expect(every("boav")).toEqual([2]);
  expect(every("catarna")).toEqual([0, 3]);
  expect(every("santa")).toEqual([0, 3, 1]);
  expect(every("sonta")).toEqual([0, 3]);
  expect(any("xyz")).toEqual([]);
});

test("an answer does not depend on what was asked before", () => {
  const first = index.find(["rua", "santa"]);
  index.find(["boavista"]);
  expect(index.find(["rua", "santa"])).toEqual(first);
});

/** By the definition. */
function distance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const change = distance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1);
  return Math.min(change, distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1);
}

test("slips are counted as they are defined, up to as many as are allowed", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
  const slips = new Slips();
  fc.assert(
    fc.property(word, word, fc.nat(4), (a, b, most) => {
      const counted = slips.between(a, b, most);
      if (distance(a, b) <= most) expect(counted).toBe(distance(a, b));
      else expect(counted).toBeGreaterThan(most);
    }),
  );
});
