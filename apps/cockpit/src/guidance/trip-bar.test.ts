import { expect, test } from "vitest";
import { tripBar } from "./trip-bar.ts";

const stop = (kind: "stop" | "charge" | "destination", along: number) => ({
  kind,
  along,
  lat: 57.7,
  lon: 11.97,
  name: "",
  after: 0,
  arrivalCharge: 50,
});

test("the strip shows traffic and stops where they are on the way, and nothing where it is free", () => {
  const bar = tripBar({
    distance: 10_000,
    traffic: [
      { from: 0, to: 1_000, level: "free" },
      { from: 1_000, to: 3_500, level: "queue" },
      { from: 9_000, to: 12_000, level: "slow" },
    ],
    stops: [stop("charge", 4_000), stop("destination", 10_000)],
  });
  expect(bar.parts).toEqual([
    { left: 10, width: 25, level: "queue" },
    { left: 90, width: 10, level: "slow" },
  ]);
  expect(bar.stops).toEqual([40]);
});

test("a short queue can still be seen, and a route without length is drawn too", () => {
  const { parts } = tripBar({ distance: 100_000, traffic: [{ from: 500, to: 510, level: "closed" }], stops: [] });
  expect(parts[0]?.width).toBeGreaterThan(0.5);
  expect(tripBar({ distance: 0, traffic: [], stops: [] })).toEqual({ parts: [], stops: [] });
});
