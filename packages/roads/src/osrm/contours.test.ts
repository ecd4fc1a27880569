import fc from "fast-check";
import { expect, test } from "vitest";
import { patchesWithin } from "./contours.ts";

test("a hill has one contour around it, a crater one with a hole", () => {
  const field = (value: (x: number, y: number) => number) => ({
    columns: 11,
    rows: 11,
    values: Float64Array.from({ length: 121 }, (_, i) => value((i % 11) - 5, Math.floor(i / 11) - 5)),
  });
  const hill = patchesWithin(
    field((x, y) => Math.hypot(x, y)),
    3,
  );
  expect(hill).toHaveLength(1);
  for (let i = 0; i < hill[0][0].length; i += 2) {
    expect(Math.hypot(hill[0][0][i] - 5, hill[0][0][i + 1] - 5)).toBeCloseTo(3, 0.5);
  }
  const crater = patchesWithin(
    field((x, y) => Math.abs(Math.hypot(x, y) - 3)),
    1,
  );
  expect(crater.map((patch) => patch.length)).toEqual([2]);
});

test("whatever the field, rings are closed and every place within lies in some patch", () => {
  const size = 6;
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: size * size, maxLength: size * size }), (list) => {
      const patches = patchesWithin({ columns: size, rows: size, values: Float64Array.from(list) }, 4.5);
      const rings = patches.flat();
      for (const ring of rings) {
        expect([ring.at(-2), ring.at(-1)]).toEqual([ring[0], ring[1]]);
        expect(ring.length).toBeGreaterThanOrEqual(8);
      }
      expect(patches.length > 0).toBe(list.some((value) => value <= 4));
      for (const [i, value] of list.entries()) {
        // Even-odd over all rings: inside of an outer one and of no hole.
        const crossings = rings.reduce((sum, ring) => sum + crossed(ring, i % size, Math.floor(i / size)), 0);
        expect(crossings % 2 === 1).toBe(value <= 4);
      }
    }),
  );
});

function crossed(ring: readonly number[], x: number, y: number): number {
  let count = 0;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x1, y1, x2, y2] = [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]];
    if (y1 > y + 1e-7 !== y2 > y + 1e-7 && x < x1 + ((y + 1e-7 - y1) / (y2 - y1)) * (x2 - x1)) count++;
  }
  return count;
}
