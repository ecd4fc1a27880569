import { catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import { paths } from "./paths.ts";

test("every signal that the console shows is in the catalogue", () => {
  expect(Object.values(paths).filter((path) => catalogue.find(path) === undefined)).toEqual([]);
});
