import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test("commas, quotes and missing values survive a spreadsheet", () => {
  expect(csvOf(["a", "b"], [['say "hi", you', undefined]])).toBe('a,b\r\n"say ""hi"", you",');
});

test("a name that looks like a formula stays text", () => {
  expect(csvOf(["a"], [["=1+1"]])).toBe("a\r\n'=1+1");
});

test("a negative number stays a number", () => {
  expect(csvOf(["a"], [[-3]])).toBe("a\r\n-3");
});
