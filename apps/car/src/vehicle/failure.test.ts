import { expect, test } from "vitest";

import { failureSentence } from "./failure.ts";

const places = { data: "/car/data", map: "/car/map" };
const failed = (code: string): string => failureSentence(Object.assign(new Error("mkdir failed"), { code }), places);

test("a folder that cannot be written is named with what to do about it", () => {
  expect(failed("EACCES")).toMatch(/may not write in \/car\/data.*--data/);
  expect(failed("EROFS")).toBe(failed("EACCES"));
  expect(failed("ENOTDIR")).toMatch(/not a folder/);
  expect(failed("ENOSPC")).toMatch(/full/);
});

test("a failure that already is a sentence stays as it is", () => {
  expect(failureSentence(new Error("Port 1 is taken."), places)).toBe("Port 1 is taken.");
  expect(failureSentence("odd", places)).toBe("odd");
});
