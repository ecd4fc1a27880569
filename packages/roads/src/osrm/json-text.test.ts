import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonText } from "./json-text.ts";

function written(write: (out: JsonText) => void): string {
  const out = new JsonText();
  write(out);
  return new TextDecoder().decode(out.take());
}

test("a written number is the number, rounded to its decimals", () => {
  const number = fc.double({ min: -1e7, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(number, fc.constantFrom(1, 10, 1e3, 1e6), (value, factor) => {
      const text = written((out) => out.decimals(value, factor));
      expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5 / factor + 1e-9);
      expect(text).toBe(JSON.stringify(Number(text)).replace("e", "!"));
    }),
  );
  expect(written((out) => out.decimals(0.0001, 10))).toBe("0");
  expect(written((out) => out.decimals(-0.05, 1e6))).toBe("-0.05");
  expect(written((out) => out.tenths(Infinity))).toBe("null");
});

test("whole numbers are written as they are, also those that need more than 32 bits", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 48), max: 2 ** 48 }), (value) => {
      expect(written((out) => out.whole(value))).toBe(String(value));
    }),
  );
});

test("whatever a street is called, its name is JSON", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const text = String.fromCharCode(...units);
      expect(JSON.parse(written((out) => out.quoted(text)))).toBe(text);
    }),
  );
});

test("a text grows as long as it has to, and the next one begins with nothing", () => {
  const out = new JsonText();
  const long = "ä".repeat(700_000);
  expect(new TextDecoder().decode(out.add("[").quoted(long).add("]").take())).toBe(`["${long}"]`);
  expect(new TextDecoder().decode(out.list(3, (i) => out.whole(i)).take())).toBe("[0,1,2]");
});
