import { decodeHealth, encodeHealth, healthLimits } from "@caravan/link/health";
import { catalogue, Store, Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { healthOf, shapeOf, stepTelling, untold } from "./told-health.ts";

const recorder = {
  outbox: {
    batches: 2,
    samples: 60,
    bytes: 900,
    limits: { batches: 100, bytes: 10_000, samples: 1_000 },
    givenUp: { batches: 0, samples: 0 },
    givenUpOf: { alarm: 0, state: 0, trip: 0, bulk: 0 },
  },
  storage: "ok",
  unstored: 0,
  lost: 0,
} as const;

function health(change: Partial<Parameters<typeof healthOf>[0]> = {}) {
  const store = new Store({ catalogue, clock: { now: () => 5_000 } });
  store.set(Vehicle.Speed, 50, { source: "can0" });
  store.set(Vehicle.IsMoving, true, { source: "can0" });
  store.set(Vehicle.CurrentLocation.Latitude, 57.7, { source: "gps", quality: "stale" });
  const link = { connections: 1, sent: 9, sentAgain: 0, onTheirWay: 2 };
  return healthOf({ at: 5_000, store, drivers: [], sources: [], recorder, link, ...change });
}

test("a car tells how many signals it has from whom, and how far they can be trusted", () => {
  expect(health().readings).toEqual([
    { source: "can0", quality: "good", signals: 2 },
    { source: "gps", quality: "stale", signals: 1 },
  ]);
});

test("only signals that several sources tell are named, and what is too much is counted", () => {
  const view = { priority: 1, timeoutMs: 500, isChosen: true, state: "speaks", quality: "good", refused: 0 } as const;
  const sources = Array.from({ length: 100 }, (_, index) => ({
    path: `Vehicle.Signal${index}`,
    changes: 0,
    sources: [
      { ...view, source: "can0" },
      { ...view, source: "x".repeat(500), isChosen: false },
    ],
  }));
  const alone = { path: "Vehicle.Alone", changes: 0, sources: [{ ...view, source: "can0" }] };
  const told = health({ sources: [alone, ...sources] });
  expect(told.signals).toHaveLength(healthLimits.signals);
  expect(told.signalsLeftOut).toBe(36);
  expect(decodeHealth(encodeHealth(told))).toEqual(told);
});

test("a new connection hears it at once, a change soon, figures seldom", () => {
  const [first, isDue] = stepTelling(untold, "a", 0);
  expect(isDue).toBe(true);
  expect(stepTelling(first, "a", 60_000)[1]).toBe(false);
  expect(stepTelling(first, "b", 9_000)[1]).toBe(false);
  expect(stepTelling(first, "b", 10_000)[1]).toBe(true);
  expect(stepTelling(first, "a", 300_000)[1]).toBe(true);
});

test("sources that come and go all the time are told of less and less often", () => {
  let telling = stepTelling(untold, "0", 0)[0];
  let told = 0;
  for (let second = 1; second <= 3_600; second++) {
    const [next, isDue] = stepTelling(telling, String(second), second * 1_000);
    telling = next;
    told += Number(isDue);
  }
  expect(told).toBeLessThan(60);
});

test("a reading more is no other shape, a driver that is lost is", () => {
  const driver = {
    name: "can0",
    state: "running",
    startedAnew: 0,
    taken: 1,
    refused: 0,
    dropped: 0,
    figures: [],
  } as const;
  const before = shapeOf(health({ drivers: [driver] }));
  expect(shapeOf(health({ drivers: [{ ...driver, taken: 2 }] }))).toBe(before);
  expect(shapeOf(health({ drivers: [{ ...driver, state: "waiting" }] }))).not.toBe(before);
});
