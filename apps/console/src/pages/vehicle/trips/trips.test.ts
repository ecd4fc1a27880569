import fc from "fast-check";
import { expect, test } from "vitest";
import { tripsOf, valueAt } from "./trips.ts";

const minute = 60_000;
const none = { at: [], values: [] };
const line = (points: readonly (readonly [number, number])[]) => ({
  at: points.map(([at]) => at * minute),
  values: points.map(([, value]) => value),
});

test("a drive with a red light is one trip, one with a stop for shopping is two", () => {
  const speed = line([
    [0, 0],
    [1, 30],
    [2, 0],
    [4, 50],
    [5, 0],
    [25, 20],
    [26, 40],
    [27, 0],
  ]);
  const trips = tripsOf({ speed, odometer: none, energy: none });
  expect(trips.map(({ from, to, topSpeed }) => [from / minute, to / minute, topSpeed])).toEqual([
    [0, 5, 50],
    [25, 27, 40],
  ]);
});

test("distance and energy are what odometer and battery say between setting off and standing", () => {
  const speed = line([
    [0, 0],
    [1, 60],
    [10, 60],
    [11, 0],
  ]);
  // Ten minutes without a word are a silence: the car says where it drove again when it speaks.
  const speaking = { ...speed, at: speed.at.map((at) => at / 4) };
  const odometer = line([
    [0, 1_000],
    [2, 4_000],
    [3, 4_000],
  ]);
  const energy = line([
    [0, 40],
    [3, 38.5],
  ]);
  expect(tripsOf({ speed: speaking, odometer, energy })[0]).toMatchObject({
    distance: 3_000,
    energy: expect.closeTo(1.375, 9),
  });
  expect(tripsOf({ speed: speaking, odometer: none, energy: none })[0]).toMatchObject({
    distance: undefined,
    energy: undefined,
  });
});

test("a car that stands or creeps by a sensor's noise has no trip", () => {
  expect(
    tripsOf({
      speed: line([
        [0, 0],
        [1, 0.4],
        [2, 0],
      ]),
      odometer: none,
      energy: none,
    }),
  ).toEqual([]);
});

test("a trip still under way ends with the last that was heard of it", () => {
  const trips = tripsOf({
    speed: line([
      [0, 0],
      [1, 30],
      [2, 35],
    ]),
    odometer: none,
    energy: none,
  });
  expect(trips).toMatchObject([{ from: 0, to: 2 * minute }]);
});

test("whatever a car says, trips follow each other and lie within what was said", () => {
  const step = fc.record({ wait: fc.integer({ min: 1, max: 900_000 }), kmh: fc.integer({ min: 0, max: 3 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let time = 0;
      const at = steps.map(({ wait }) => (time += wait));
      const trips = tripsOf({ speed: { at, values: steps.map(({ kmh }) => kmh) }, odometer: none, energy: none });
      let before = -1;
      for (const { from, to } of trips) {
        expect(from).toBeGreaterThanOrEqual(before);
        expect(to).toBeGreaterThan(from);
        before = to;
      }
      expect(before).toBeLessThanOrEqual(time);
    }),
  );
});

test("between two samples a value lies on the straight line, and nothing is known of nothing", () => {
  expect(valueAt({ at: [0, 10], values: [1, 3] }, 5)).toBe(2);
  expect(valueAt(none, 5)).toBeUndefined();
});
