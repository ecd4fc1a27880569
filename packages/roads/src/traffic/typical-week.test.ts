import fc from "fast-check";
import { expect, test } from "vitest";
import { quarterOfWeek, quartersOfWeek, TypicalWeek } from "./typical-week.ts";

test("a week begins on Monday at midnight and has 672 quarter hours", () => {
  expect(quarterOfWeek(Date.UTC(2026, 10, 23))).toBe(0);
  expect(quarterOfWeek(Date.UTC(2026, 10, 23, 0, 14, 59))).toBe(0);
  expect(quarterOfWeek(Date.UTC(2026, 10, 24, 8, 30))).toBe(96 + 34);
  expect(quarterOfWeek(Date.UTC(2026, 10, 22, 23, 59))).toBe(quartersOfWeek - 1);
  expect(quarterOfWeek(-1)).toBe(3 * 96 - 1);
});

test("what was heard at one time of the week is usual then and shortly before and after, and nothing is known of other times", () => {
  const week = new TypicalWeek();
  week.learn({ from: 1, to: 2, speed: 5 }, 0);
  expect([671, 0, 1, 2].map((quarter) => week.speedAt(1, 2, quarter))).toEqual([5, 5, 5, undefined]);
  expect(week.speedAt(2, 1, 0)).toBeUndefined();
  expect(week.at(1)).toEqual([{ from: 1, to: 2, speed: 5 }]);
  week.learn({ from: 1, to: 2, speed: 9 }, 0);
  expect(week.speedAt(1, 2, 0)).toBe(6);
  week.learn({ from: 1, to: 2, speed: 0 }, 0);
  expect(week.speedAt(1, 2, 0)).toBe(6);
});

test("a stored week is the same week, to the km/h", () => {
  const item = fc.record({
    from: fc.integer({ min: 1, max: 5 }),
    to: fc.integer({ min: 6, max: 9 }),
    speed: fc.integer({ min: 1, max: 130 }).map((kmh) => kmh / 3.6),
    quarter: fc.nat(671),
  });
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const week = new TypicalWeek();
      for (const { quarter, ...speed } of items) week.learn(speed, quarter);
      const again = new TypicalWeek(week.stored());
      for (const { from, to, quarter } of items) {
        expect(
          Math.abs((again.speedAt(from, to, quarter) ?? 0) - (week.speedAt(from, to, quarter) ?? 9)) * 3.6,
        ).toBeLessThan(0.51);
      }
    }),
  );
});

test("a week never grows beyond its bound; what was heard of longest ago goes first", () => {
  const week = new TypicalWeek();
  for (let from = 1; from <= 70_000; from++) week.learn({ from, to: from + 1, speed: 10 }, from % 672);
  expect(week.stored()).toHaveLength(60_000);
  expect(week.speedAt(1, 2, 1)).toBeUndefined();
  expect(week.speedAt(70_000, 70_001, 70_000 % 672)).toBe(10);
});
