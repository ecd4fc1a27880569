import { expect, test } from "vitest";

import { extendTrip, finishTrip } from "./trip.ts";

const begun = { id: "a", startedAt: 1_000, from: "Quay", distance: 0, energy: 0 };

test("a trip adds up metres, and energy out of the battery less what came back", () => {
  const driven = extendTrip(begun, { metres: 500, power: 20_000, seconds: 360 });
  const braked = extendTrip(driven, { metres: 100, power: -10_000, seconds: 36 });
  expect(braked.distance).toBe(600);
  expect(braked.energy).toBeCloseTo(1.9, 9);
});

test("an odometer that jumps back adds nothing", () => {
  expect(extendTrip(begun, { metres: -40, power: 0, seconds: 1 }).distance).toBe(0);
});

test("a car moved in its bay made no trip", () => {
  expect(finishTrip({ ...begun, distance: 12 }, { at: 2_000, to: "Quay" })).toBeUndefined();
  expect(finishTrip({ ...begun, distance: 900 }, { at: 2_000, to: "Market" })).toEqual({
    id: "a",
    startedAt: 1_000,
    endedAt: 2_000,
    from: "Quay",
    to: "Market",
    distance: 900,
    energy: 0,
  });
});
