import fc from "fast-check";
import { expect, test } from "vitest";
import { simplify } from "./curve.ts";
import type { Point } from "./curve.ts";

function lineAt(points: readonly Point[], at: number): number {
  const next = points.findIndex((point) => point.at >= at);
  const to = points[next];
  const from = points[Math.max(0, next - 1)];
  if (!from || !to || to.at === from.at) return to?.value ?? Number.NaN;
  return from.value + ((at - from.at) / (to.at - from.at)) * (to.value - from.value);
}

test("a straight line needs its two ends only", () => {
  const points = Array.from({ length: 50 }, (_, i) => ({ at: i * 100, value: 3 * i }));
  expect(simplify(points, 1e-9)).toEqual([points[0], points[49]]);
});

test("a peak stays", () => {
  const points = [0, 0, 0, 9, 0, 0].map((value, at) => ({ at, value }));
  expect(simplify(points, 0.5)).toContainEqual({ at: 3, value: 9 });
});

test("no point is further from the drawn line than allowed, and both ends stay", () => {
  const curves = fc.array(fc.double({ noNaN: true, min: -1_000, max: 1_000 }), { minLength: 2, maxLength: 120 });
  fc.assert(
    fc.property(curves, fc.double({ noNaN: true, min: 0, max: 100 }), (values, maxError) => {
      const points = values.map((value, index) => ({ at: index * 10, value }));
      const kept = simplify(points, maxError);
      expect(kept[0]).toBe(points[0]);
      expect(kept.at(-1)).toBe(points.at(-1));
      for (const { at, value } of points)
        expect(Math.abs(value - lineAt(kept, at))).toBeLessThanOrEqual(maxError + 1e-9);
    }),
  );
});

test("points of one instant do not break it", () => {
  expect(
    simplify(
      [0, 5, 0].map((value) => ({ at: 7, value })),
      1,
    ),
  ).toHaveLength(3);
});
