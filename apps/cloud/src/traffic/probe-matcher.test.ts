import { expect, test } from "vitest";
import { LiveSpeeds } from "./live-speeds.ts";
import { ProbeMatcher } from "./probe-matcher.ts";
import type { SegmentPass } from "./probe-matcher.ts";
import { ProbeQueue } from "./probe-queue.ts";
import { probeSamples } from "./probe-samples.ts";
import { driveEast, samplesAt, testStreets } from "./test-street.ts";
import type { Moment } from "./test-street.ts";

const { city } = await testStreets();
const start = Date.UTC(2026, 10, 23, 8);

/** Everything that is told of one car that was then silent. */
function drive(
  moments: readonly Moment[],
  more: Parameters<typeof samplesAt>[1] = {},
  matcher = new ProbeMatcher(city),
) {
  const passes: SegmentPass[] = [];
  for (const moment of moments) {
    const samples = probeSamples(samplesAt(moment, more));
    if (samples !== undefined) passes.push(...matcher.take(1, samples, moment.at));
  }
  passes.push(...matcher.tick((moments.at(-1)?.at ?? 0) + 7_000));
  return passes;
}

const sum = (passes: readonly SegmentPass[]) => {
  const metres = passes.reduce((total, pass) => total + pass.metres, 0);
  const seconds = passes.reduce((total, pass) => total + pass.seconds, 0);
  return { metres: Math.round(metres), seconds: Math.round(seconds) };
};

test("every second and metre of a drive is told once, segment by segment", () => {
  const moments = driveEast(start, 0, 10, 900);
  const passes = drive(moments);
  // The first metres after setting off are nobody's traffic.
  expect(sum(passes)).toEqual({ metres: 870, seconds: 87 });
  expect(new Set(passes.map(({ from, to }) => `${from},${to}`)).size).toBe(9);
  expect(passes.filter(({ isNew }) => isNew)).toHaveLength(9);
  for (const { metres, seconds } of passes) expect(metres / seconds).toBeCloseTo(10, 0);
});

test("standing in a queue counts, parking does not", () => {
  const moving = driveEast(start, 0, 10, 300);
  const stand = moving.at(-1)?.east ?? 0;
  const later = driveEast(start + 29_000 + 60_000, 0, 10, 400).map((moment) => ({
    ...moment,
    east: moment.east + stand,
  }));
  const queue = drive([...moving, { at: start + 85_000, east: stand, north: 0, speed: 0 }, ...later]);
  expect(sum(queue)).toEqual({ metres: 670, seconds: 126 });
  const slowest = Math.min(
    ...queue.filter(({ seconds }) => seconds > 1).map(({ metres, seconds }) => metres / seconds),
  );
  expect(slowest).toBeLessThan(1);
  const parked = drive(
    moving.map((moment) => ({ ...moment, east: stand, speed: 0 })),
    {
      "Vehicle.Powertrain.Transmission.SelectedGear": 126,
    },
  );
  expect(parked).toEqual([]);
  const waiting = Array.from({ length: 60 }, (_, i) => ({ at: start + i * 1_000, east: 10, north: 0, speed: 0 }));
  const off = drive([...waiting, ...driveEast(start + 60_000, 0, 10, 200)]);
  expect(sum(off)).toEqual({ metres: 170, seconds: 17 });
});

test("a car that was away for long, jumps, or is far from any road tells nothing of that time", () => {
  const first = driveEast(start, 0, 10, 200);
  const second = driveEast(start + 600_000, 0, 10, 200).map((moment) => ({ ...moment, east: moment.east + 500 }));
  expect(sum(drive([...first, ...second]))).toEqual({ metres: 360, seconds: 36 });
  expect(drive(driveEast(start, 120, 10, 400))).toEqual([]);
  const blind = { "Vehicle.CurrentLocation.GNSSReceiver.FixType": "NONE" };
  expect(drive(first, blind)).toEqual([]);
});

test("the samples of several cars do not mix", () => {
  const matcher = new ProbeMatcher(city);
  const passes: SegmentPass[] = [];
  const one = driveEast(start, 0, 10, 500);
  const other = driveEast(start, 300, 5, 250);
  for (const [i, moment] of one.entries()) {
    passes.push(...matcher.take(1, probeSamples(samplesAt(moment)) ?? new Float64Array(), moment.at));
    const second = other[i];
    if (second !== undefined)
      passes.push(...matcher.take(2, probeSamples(samplesAt(second)) ?? new Float64Array(), moment.at));
  }
  passes.push(...matcher.tick(start + 60_000));
  const [south, north] = [false, true].map((isNorth) => passes.filter(({ line }) => line[1] > 57.701 === isNorth));
  expect(sum(south ?? []).metres / sum(south ?? []).seconds).toBeCloseTo(10, 0);
  expect(sum(north ?? []).metres / sum(north ?? []).seconds).toBeCloseTo(5, 0);
  expect(matcher.probes()).toBe(2);
  matcher.tick(start + 3_600_000);
  expect(matcher.probes()).toBe(0);
});

test("a clock that was set back begins a new drive", () => {
  const before = driveEast(start, 0, 10, 200);
  const after = driveEast(start - 3_600_000, 0, 10, 200).map((moment) => ({ ...moment, east: moment.east + 200 }));
  expect(sum(drive([...before, ...after])).metres).toBeGreaterThan(260);
});

test("what is told of a drive names no car", () => {
  for (const pass of drive(driveEast(start, 0, 10, 300))) {
    expect(Object.keys(pass)).not.toContain("vehicle");
    expect(Object.values(pass).filter((value) => typeof value === "string")).toEqual([]);
  }
});

test("live speeds fade out after five minutes, and clocks that are wrong do not count", () => {
  const live = new LiveSpeeds();
  const passes = drive(driveEast(start, 0, 2, 400));
  const now = (passes.at(-1)?.at ?? 0) + 1_000;
  for (const pass of passes) live.add(pass, now);
  const speeds = live.speeds(now);
  expect(speeds).toHaveLength(5);
  for (const { speed, probes } of speeds) {
    expect(speed).toBeCloseTo(2, 1);
    expect(probes).toBe(1);
  }
  expect(live.stretches(now)).toMatchObject([{ level: "queue", probes: 1, lines: { length: 5 } }]);
  expect(live.speeds(now + 6 * 60_000)).toEqual([]);
  expect(live.size()).toBe(0);
  const wrong = new LiveSpeeds();
  for (const pass of passes) wrong.add(pass, now - 3_600_000);
  expect(wrong.size()).toBe(0);
});

test("a full queue forgets what came first", () => {
  const queue = new ProbeQueue();
  for (let vehicle = 1; vehicle <= 12; vehicle++) queue.add({ vehicle, samples: new Float64Array(100_000) });
  expect(queue.dropped()).toBe(2);
  expect(queue.takeAll().map(({ vehicle }) => vehicle)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(queue.waiting()).toBe(0);
});

test("samples that say nothing of traffic cost nothing", () => {
  expect(probeSamples({ paths: ["Vehicle.Cabin.Lights"], path: [0], at: [start], value: [1] })).toBeUndefined();
});
