import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonText } from "./json-text.ts";
import { decodePolyline, writePolyline } from "./polyline.ts";

function encoded(line: readonly number[], digits: 5 | 6): string {
  const out = new JsonText();
  writePolyline(out, line, 0, line.length / 2 - 1, digits);
  return String(JSON.parse(new TextDecoder().decode(out.take())));
}

test("the format's own published example is written as published", () => {
  const line = [-120.2, 38.5, -120.95, 40.7, -126.453, 43.252];
  expect(encoded(line, 5)).toBe("_p~iF~ps|U_ulLnnqC_mqNvxq`@");
  expect(decodePolyline("_p~iF~ps|U_ulLnnqC_mqNvxq`@", 5)).toEqual(line);
});

test("a line that is written and read again is the same line, to its precision", () => {
  const degrees = fc.tuple(
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(degrees, { maxLength: 20 }), fc.constantFrom(5 as const, 6 as const), (points, digits) => {
      const line = points.flat();
      const read = decodePolyline(encoded(line, digits), digits) ?? [];
      expect(read).toHaveLength(line.length);
      for (const [i, value] of line.entries())
        expect(Math.abs(value - read[i])).toBeLessThanOrEqual(0.6 / 10 ** digits);
    }),
  );
});

test("what is no polyline is refused and never read as one", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = decodePolyline(text, 5);
      expect(read === undefined || (read.length % 2 === 0 && read.every(Number.isFinite))).toBe(true);
    }),
  );
  expect(decodePolyline("_p~iF", 5)).toBeUndefined();
  expect(decodePolyline(" ", 5)).toBeUndefined();
});
