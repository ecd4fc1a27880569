import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHealth, encodeHealth, healthLimits, type CarHealth } from "./health.ts";

const health: CarHealth = {
  v: 1,
  at: 1_800_000_000_000,
  drivers: [{ name: "can0", state: "running", startedAnew: 0, taken: 900, refused: 2, dropped: 0, silentMs: 12 }],
  readings: [{ source: "can0", quality: "good", signals: 41 }],
  signals: [
    {
      path: "Vehicle.Speed",
      changes: 3,
      sources: [
        { source: "can0", priority: 2, isChosen: true, state: "speaks", quality: "good", ageMs: 20, refused: 0 },
        { source: "gps", priority: 1, isChosen: false, state: "silent", quality: "stale", refused: 0 },
      ],
    },
  ],
  signalsLeftOut: 0,
  link: { connections: 1, batchesSent: 20, batchesSentAgain: 0, batchesOnTheirWay: 1 },
  outbox: { samples: 7, batches: 1, mostBatches: 9, bytes: 80, mostBytes: 900, givenUp: 0, lost: 0, disk: "ok" },
};

test("a car's health arrives as it was sent", () => {
  expect(decodeHealth(encodeHealth(health))).toEqual(health);
});

test("whatever else arrives is dropped, never a crash", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => decodeHealth(bytes) === undefined));
  const text = new TextEncoder();
  expect(decodeHealth(text.encode(JSON.stringify({ ...health, drivers: Array(33).fill(health.drivers[0]) })))).toBe(
    undefined,
  );
  expect(decodeHealth(text.encode(`${JSON.stringify(health)}${" ".repeat(healthLimits.bytes)}`))).toBe(undefined);
});
