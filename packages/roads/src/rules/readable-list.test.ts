import { expect, test } from "vitest";
import { readableList } from "./readable-list.ts";

test("two road numbers read like a sign", () => {
  expect(readableList("E 6;E 20")).toBe("E 6 / E 20");
});

test("one value stays as it is, without stray marks", () => {
  expect(readableList("40")).toBe("40");
  expect(readableList(" 40 ; ")).toBe("40");
});
