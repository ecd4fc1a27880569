import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeTraffic, encodeTraffic, trafficLimits } from "./traffic.ts";
import type { TrafficMessage } from "./traffic.ts";

const node = fc.integer({ min: 1, max: 2 ** 44 });
const picture = fc.record<Omit<TrafficMessage, "v">>({
  at: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  speeds: fc.array(
    fc.record({
      from: node,
      to: node,
      speed: fc.integer({ min: 0, max: 255 }).map((kmh) => kmh / 3.6),
      age: fc.integer({ min: 0, max: 63 }).map((steps) => steps * 5),
      probes: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 60 },
  ),
  incidents: fc.array(
    fc.record(
      {
        id: fc.string({ maxLength: 12 }),
        kind: fc.constantFrom("accident" as const, "works" as const, "closure" as const, "hazard" as const),
        lat: fc.integer({ min: -900_000_000, max: 900_000_000 }).map((units) => units / 1e7),
        lon: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map((units) => units / 1e7),
        heading: fc.integer({ min: 0, max: 359 }),
        until: fc.integer({ min: 1, max: 4_102_444_800 }).map((seconds) => seconds * 1_000),
      },
      { requiredKeys: ["id", "kind", "lat", "lon"] },
    ),
    { maxLength: 5 },
  ),
});

test("a picture of the traffic arrives as it was sent", () => {
  fc.assert(
    fc.property(picture, (sent) => {
      expect(decodeTraffic(encodeTraffic(sent))).toEqual({ v: 1, ...sent });
    }),
  );
});

test("neighbouring segments take few bytes", () => {
  const speeds = Array.from({ length: 1_000 }, (_, i) => ({
    from: 9_000_000_000 + i,
    to: 9_000_000_001 + i,
    speed: 10,
    age: 30,
    probes: 1,
  }));
  expect(encodeTraffic({ at: 1_700_000_000_000, speeds, incidents: [] }).length).toBeLessThan(4_100);
});

test("more than a message may hold leaves out the last segments, never the incidents", () => {
  const random = fc.sample(fc.tuple(node, node), { numRuns: 9_000, seed: 1 });
  const speeds = random.map(([from, to]) => ({ from, to, speed: 5, age: 0, probes: 1 }));
  const incidents = [{ id: "1", kind: "closure" as const, lat: 1, lon: 2 }];
  const bytes = encodeTraffic({ at: 1, speeds, incidents });
  expect(bytes.length).toBeLessThanOrEqual(trafficLimits.messageBytes);
  const read = decodeTraffic(bytes);
  expect(read?.incidents).toEqual(incidents);
  expect(read?.speeds.length).toBeGreaterThan(3_000);
  expect(read?.speeds[0]?.from).toBe(speeds[0].from);
});

test("a closed segment stays closed and the slowest one stays open", () => {
  const speeds = [0, 0.01].map((speed) => ({ from: 1, to: 2, speed, age: 0, probes: 1 }));
  const read = decodeTraffic(encodeTraffic({ at: 1, speeds, incidents: [] }));
  expect(read?.speeds.map(({ speed }) => speed)).toEqual([0, 1 / 3.6]);
});

test("bytes that are no picture give none, whatever they are", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const read = decodeTraffic(Uint8Array.of(1, ...bytes));
      if (read !== undefined) expect(read.speeds.length * 4).toBeLessThanOrEqual(bytes.length);
    }),
  );
  fc.assert(
    fc.property(picture, fc.nat(), (sent, cut) => {
      const bytes = encodeTraffic(sent);
      expect(decodeTraffic(bytes.subarray(0, cut % bytes.length))).toBeUndefined();
      expect(decodeTraffic(Uint8Array.of(...bytes, 0))).toBeUndefined();
    }),
  );
  expect(decodeTraffic(Uint8Array.of(2, 0, 0, 0))).toBeUndefined();
  expect(decodeTraffic(new Uint8Array(trafficLimits.messageBytes + 1))).toBeUndefined();
});
