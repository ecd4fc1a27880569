import fc from "fast-check";
import { expect, test } from "vitest";
import { bounded, isEnough, isLongGrown, longestMs, spanOf, wider, type Range } from "./view-span.ts";

const now = 1_800_000_000_000;
const hour = 3_600_000;

test("moving by half a width needs nothing new, moving by two does", () => {
  const at = (from: number): Range => ({ kind: "span", span: { from, to: from + hour } });
  const loaded = wider(at(now - 10 * hour), now);
  expect(isEnough(loaded, at(now - 9.5 * hour), now)).toBe(true);
  expect(isEnough(loaded, at(now - 8 * hour), now)).toBe(false);
});

test("zooming in far asks for finer points", () => {
  const loaded = { from: now - 24 * hour, to: now };
  expect(isEnough(loaded, { kind: "span", span: { from: now - hour, to: now } }, now)).toBe(false);
});

test("what was last goes on growing without being asked for again", () => {
  const range = { kind: "last", ms: hour } as const;
  expect(isEnough(wider(range, now), range, now + 10 * 60_000)).toBe(true);
  expect(spanOf(range, now)).toEqual({ from: now - hour, to: now });
});

test("a day that has grown for an hour is thinned again", () => {
  const range = { kind: "last", ms: 24 * hour } as const;
  expect(isLongGrown(wider(range, now), range, now + 0.9 * hour)).toBe(false);
  expect(isLongGrown(wider(range, now), range, now + 1.1 * hour)).toBe(true);
});

test("whatever is asked for, the span is at least five seconds, not too long and not in the future", () => {
  const instant = fc.integer({ min: now - 2 * longestMs, max: now + longestMs });
  fc.assert(
    fc.property(instant, instant, (from, to) => {
      const span = bounded({ from, to }, now);
      expect(span.to).toBeLessThanOrEqual(now);
      expect(span.to - span.from).toBeGreaterThanOrEqual(4_999);
      expect(span.to - span.from).toBeLessThanOrEqual(longestMs + 1);
    }),
  );
});
