import fc from "fast-check";
import { expect, test } from "vitest";
import { decimals, quoted } from "./text.ts";

test("a written number is the number, rounded to its decimals", () => {
  const number = fc.double({ min: -1e7, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(number, fc.constantFrom(1, 10, 1e3, 1e6), (value, factor) => {
      const text = decimals(value, factor);
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5 / factor + 1e-9);
      expect(text).toBe(JSON.stringify(Number(text)).replace("e", "!"));
    }),
  );
  expect(decimals(0.0001, 10)).toBe("0");
  expect(decimals(-0.05, 1e6)).toBe("-0.05");
});

test("whatever a street is called, its name is JSON", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const text = String.fromCharCode(...units);
      expect(JSON.parse(quoted(text))).toBe(text);
    }),
  );
});
