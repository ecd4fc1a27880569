import fc from "fast-check";
import { expect, test } from "vitest";
import { Peaks } from "./peaks.ts";

test("a few points are drawn as they are, with one beyond each edge", () => {
  const line = new Peaks([0, 10, 20, 30, 40], [1, 2, 3, 4, 5], 100).window(12, 28, 50);
  expect(line).toEqual({ at: [10, 20, 30], values: [2, 3, 4] });
});

test("a silence becomes a gap in the line, not a straight line across it", () => {
  const line = new Peaks([0, 1_000, 9_000], [10, 20, 30], 2_000).window(0, 9_000, 50);
  expect(line).toEqual({ at: [0, 1_000, 1_001, 9_000], values: [10, 20, null, 30] });
});

test("a single point among a million keeps its peak at any zoom", () => {
  const at = Float64Array.from({ length: 1_000_000 }, (_, index) => index * 1_000);
  const values = new Float64Array(at.length);
  values[765_432] = 99;
  const peaks = new Peaks(at, values, 5_000);
  for (const [from, to] of [
    [0, 1e9],
    [700e6, 800e6],
    [765_431_000, 765_433_000],
  ] as const) {
    const line = peaks.window(from, to, 800);
    expect(Math.max(...line.values.map(Number))).toBe(99);
    expect(line.at.length).toBeLessThanOrEqual(3_300);
  }
});

test("points that are farther apart than the longest silence do not fill the chart with gaps", () => {
  const at = Array.from({ length: 10_000 }, (_, index) => index * 60_000);
  const line = new Peaks(at, at, 1_000).window(0, 10_000 * 60_000, 100);
  expect(line.values.filter((value) => value === null)).toEqual([]);
});

test("whatever the points and the window, what is drawn rises in time, is bounded, and has the window's extremes", () => {
  const steps = fc.array(fc.record({ wait: fc.integer({ min: 1, max: 90 }), value: fc.integer({ min: -9, max: 9 }) }), {
    minLength: 1,
    maxLength: 700,
  });
  fc.assert(
    fc.property(
      steps,
      fc.nat(9_000),
      fc.integer({ min: 1, max: 9_000 }),
      fc.integer({ min: 1, max: 60 }),
      (all, from, width, stretches) => {
        let time = 0;
        const at = all.map(({ wait }) => (time += wait));
        const values = all.map(({ value }) => value);
        const line = new Peaks(at, values, 60).window(from, from + width, stretches);
        expect(line.at).toEqual([...new Set(line.at)].toSorted((a, b) => a - b));
        expect(line.at.length).toBeLessThanOrEqual((stretches + 2) * 10);
        const inside = values.filter((_, index) => (at[index] ?? 0) >= from && (at[index] ?? 0) <= from + width);
        for (const value of [Math.min(...inside), Math.max(...inside)])
          if (inside.length > 0) expect(line.values).toContain(value);
      },
    ),
  );
});
