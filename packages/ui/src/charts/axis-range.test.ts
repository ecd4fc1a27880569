import fc from "fast-check";
import { expect, test } from "vitest";
import { axisRange } from "./axis-range.ts";

test("a charge that fell by a tenth of a percent is drawn as nearly flat", () => {
  const [from, to] = axisRange(71.2, 71.3, 4);
  expect(to - from).toBeCloseTo(4);
  expect(from).toBeLessThan(71.2);
});

test("a standing car's speed lies on the foot of its axis", () => {
  expect(axisRange(0, 0, 20)).toEqual([0, 20]);
});

test("recuperation goes below nought", () => {
  expect(axisRange(-30, 20, 10)[0]).toBeLessThan(-30);
});

test("every value lies inside and the span is at least the least", () => {
  const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(figure, figure, fc.double({ min: 0, max: 100, noNaN: true }), (a, b, least) => {
      const [from, to] = axisRange(Math.min(a, b), Math.max(a, b), least);
      expect(from).toBeLessThanOrEqual(Math.min(a, b));
      expect(to).toBeGreaterThanOrEqual(Math.max(a, b));
      expect(to).toBeGreaterThan(from);
      expect(to - from).toBeGreaterThanOrEqual(least - 1e-6);
    }),
  );
});
