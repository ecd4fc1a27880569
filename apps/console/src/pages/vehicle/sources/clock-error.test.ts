import { expect, test } from "vitest";
import { clockErrorMs } from "./clock-error.ts";

test("a message's way is no error of the clock, an hour is", () => {
  expect(clockErrorMs(100_000, 100_900)).toBe(0);
  expect(clockErrorMs(100_000, 3_700_000)).toBe(-3_600_000);
  expect(clockErrorMs(3_700_000, 100_000)).toBe(3_600_000);
});
