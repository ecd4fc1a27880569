import { expect, test } from "vitest";
import fc from "fast-check";

import { beatAt, stepMs } from "./beat.ts";

test("an hour of uneven ticks simulates an hour, to the step", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 50, maxLength: 200 }), (waits) => {
      let beat = { until: 0 };
      let now = 0;
      let steps = 0;
      for (const wait of waits) {
        now += wait;
        const due = beatAt(beat, now);
        beat = due.beat;
        steps += due.steps;
      }
      expect(steps).toBe(Math.floor(now / stepMs));
    }),
  );
});

test("after a night asleep the car does not drive the night's way at once", () => {
  const { steps, beat } = beatAt({ until: 0 }, 8 * 3_600_000);
  expect(steps * stepMs).toBeLessThanOrEqual(500);
  expect(8 * 3_600_000 - beat.until).toBeLessThan(stepMs);
});

test("a clock that stands still steps nothing", () => {
  expect(beatAt({ until: 1_000 }, 1_000).steps).toBe(0);
  expect(beatAt({ until: 1_000 }, 900).steps).toBe(0);
});
