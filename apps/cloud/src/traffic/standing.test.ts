import type { SignalValue } from "@caravan/link";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LiveSpeeds } from "./live-speeds.ts";
import { ProbeMatcher } from "./probe-matcher.ts";
import type { SegmentPass } from "./probe-matcher.ts";
import { probeSamples } from "./probe-samples.ts";
import { driveEast, samplesAt, testStreets } from "./test-street.ts";

const { city } = await testStreets();
const start = Date.UTC(2026, 10, 23, 8);
const drivesOn = { "Vehicle.Powertrain.Transmission.SelectedGear": 127 };

/** A car that drives along South Street, comes to stand at 10 m/s after so many metres, and whose clock may be wrong. */
function carThatStops(metres: number, more: Readonly<Record<string, SignalValue>> = drivesOn, clockIsOff = 0) {
  const matcher = new ProbeMatcher(city);
  const passes: SegmentPass[] = [];
  const take = (at: number, east: number, speed: number, told: Readonly<Record<string, SignalValue>>) => {
    const samples = probeSamples(samplesAt({ at: at + clockIsOff, east, north: 0, speed }, told));
    if (samples !== undefined) passes.push(...matcher.take(1, samples, at));
    passes.push(...matcher.tick(at));
  };
  const moving = driveEast(start, 0, 10, metres);
  for (const { at, east, speed } of moving) take(at, east, speed, more);
  const stoppedAt = (moving.at(-1)?.at ?? start) + 1_000;
  const east = moving.at(-1)?.east ?? 0;
  take(stoppedAt, east, 0, more);
  /** So many seconds after it stopped; a connected car that has nothing new to tell of its drive says other things. */
  const standingAfter = (seconds: number, isConnected = true) => {
    const now = stoppedAt + 1_000 * seconds;
    if (isConnected) matcher.keepAlive([1], now);
    passes.push(...matcher.tick(now));
    return matcher.standing(now);
  };
  /** What it says of itself while it stands. */
  const say = (seconds: number, told: Readonly<Record<string, SignalValue>>) => {
    const at = stoppedAt + 1_000 * seconds + clockIsOff;
    const paths = Object.keys(told);
    const samples = { paths, path: paths.map((_, i) => i), at: paths.map(() => at), value: Object.values(told) };
    passes.push(...matcher.take(1, probeSamples(samples) ?? new Float64Array(), at - clockIsOff));
  };
  const creep = (seconds: number, metres: number) => take(stoppedAt + 1_000 * seconds, east + metres, 1, more);
  const driveOn = (seconds: number, count: number) => {
    for (const moment of driveEast(stoppedAt + 1_000 * seconds, 0, 10, count))
      take(moment.at, moment.east - 10 + east, 10, more);
    passes.push(...matcher.tick(stoppedAt + 3_600_000 - 3_001_000));
  };
  return { matcher, passes, standingAfter, say, creep, driveOn };
}

const secondsOn = (passes: readonly SegmentPass[]) => passes.reduce((sum, { seconds }) => sum + seconds, 0);

test("a car that stands in traffic makes its segment slower from a quarter of a minute on, and slower still as it stands", () => {
  const { passes, standingAfter } = carThatStops(350);
  expect(standingAfter(10)).toEqual([]);
  const live = new LiveSpeeds();
  const after = (seconds: number): { readonly said: number; readonly speed: number } => {
    const standing = standingAfter(seconds);
    const now = start + 36_000 + 1_000 * seconds;
    for (const pass of passes.splice(0)) live.add(pass, now);
    live.stand(standing, now);
    const here = standing.at(-1);
    const { speed } = live.speeds(now).find(({ from, to }) => from === here?.from && to === here.to) ?? { speed: NaN };
    return { said: secondsOn(standing), speed };
  };
  const stands = [20, 40, 80, 160].map(after);
  // The segment is 100 m long at 50 km/h, and the car came half of it in five seconds before it stood.
  expect(stands[0]?.speed).toBeCloseTo(100 / (5 + 20 + 50 / 13.9), 0);
  const speeds = stands.map(({ speed }) => speed);
  expect(speeds.toSorted((a, b) => b - a)).toEqual(speeds);
  for (const [i, seconds] of [20, 40, 80, 160].entries()) {
    expect((stands[i]?.said ?? 0) - seconds).toBeGreaterThanOrEqual(0);
    expect((stands[i]?.said ?? 0) - seconds).toBeLessThan(6);
  }
  expect(live.stretches(start + 200_000).some(({ level }) => level === "queue")).toBe(true);
  expect(live.stretches(start + 230_000).some(({ level }) => level === "queue")).toBe(false);
});

test("when it drives on, what it needed takes the place of what was said of its stand", () => {
  const { passes, standingAfter, driveOn } = carThatStops(350);
  const told = secondsOn(passes);
  const said = secondsOn(standingAfter(60));
  driveOn(61, 300);
  expect(standingAfter(61 + 30)).toEqual([]);
  const came = secondsOn(passes) - told - 30;
  expect(came).toBeGreaterThan(55);
  expect(Math.abs(came - said)).toBeLessThan(8);
});

test("a car that creeps on a few metres has not got out of its queue", () => {
  const { standingAfter, creep } = carThatStops(350);
  const before = secondsOn(standingAfter(40));
  creep(41, 4);
  expect(secondsOn(standingAfter(41))).toBeGreaterThanOrEqual(before);
});

test("a stand on a piece of road too short to hold it slows the road behind, too", () => {
  const { standingAfter } = carThatStops(303);
  const nodes = new Set(standingAfter(100).map(({ from, to }) => `${from},${to}`));
  expect(nodes.size).toBe(2);
});

test.each([
  ["is in park", { "Vehicle.Powertrain.Transmission.SelectedGear": 126 }],
  ["is locked in park", { "Vehicle.Powertrain.Transmission.IsParkLockEngaged": true }],
  ["has its parking brake on", { "Vehicle.Chassis.ParkingBrake.IsEngaged": true }],
  ["is switched off", { "Vehicle.LowVoltageSystemState": "OFF" }],
  ["charges", { "Vehicle.Powertrain.TractionBattery.Charging.IsCharging": true }],
])("a car that %s makes no jam, nor has it made one when it leaves", (_, parks) => {
  const { passes, standingAfter, say, driveOn } = carThatStops(350);
  say(5, parks);
  for (const seconds of [20, 60, 170]) expect(standingAfter(seconds)).toEqual([]);
  say(170, {
    "Vehicle.Powertrain.Transmission.SelectedGear": 127,
    "Vehicle.Powertrain.Transmission.IsParkLockEngaged": false,
    "Vehicle.Chassis.ParkingBrake.IsEngaged": false,
    "Vehicle.LowVoltageSystemState": "ON",
    "Vehicle.Powertrain.TractionBattery.Charging.IsCharging": false,
  });
  driveOn(171, 300);
  for (const { metres, seconds } of passes) expect(metres / seconds).toBeGreaterThan(5);
});

test("of a car that never says when it is parked, a stand is believed for three minutes; of others for ten", () => {
  const silent = carThatStops(350, {});
  expect(silent.standingAfter(170)).not.toEqual([]);
  expect(silent.standingAfter(200)).toEqual([]);
  const known = carThatStops(350);
  expect(known.standingAfter(500)).not.toEqual([]);
  expect(known.standingAfter(700)).toEqual([]);
});

test("a car that has lost its network, or that sends late what it measured, does not stand on and on", () => {
  const lost = carThatStops(350);
  expect(lost.standingAfter(60, false)).not.toEqual([]);
  expect(lost.standingAfter(100, false)).toEqual([]);
  const late = carThatStops(350, drivesOn, -3_600_000);
  expect(late.standingAfter(60)).toEqual([]);
  expect(carThatStops(350, drivesOn, 3_600_000).standingAfter(60)).toEqual([]);
});

test("a car that has not driven since it was parked holds nobody up", () => {
  const matcher = new ProbeMatcher(city);
  const samples = probeSamples(samplesAt({ at: start, east: 250, north: 0, speed: 0 }, drivesOn));
  if (samples !== undefined) matcher.take(1, samples, start);
  matcher.tick(start + 10_000);
  matcher.keepAlive([1], start + 60_000);
  expect(matcher.standing(start + 60_000)).toEqual([]);
});

const secondsStood = fc.integer({ min: 1, max: 150 });

test("whenever it stops, and however long it stands, never more is said of the stand than it came to", () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 600 }), secondsStood, fc.boolean(), (metres, seconds, tells) => {
      const { passes, standingAfter, driveOn } = carThatStops(metres, tells ? drivesOn : {});
      const said = standingAfter(seconds);
      const least = secondsOn(passes) + secondsOn(said);
      const rest = (said.at(-1)?.metres ?? 0) / 10;
      driveOn(seconds, 300);
      // It drives on for half a minute, some of which is the rest of the segment.
      expect(least).toBeLessThanOrEqual(secondsOn(passes) - 30 + rest + 1);
      expect(Number(said.length > 0)).toBeLessThanOrEqual(Number(seconds >= 5));
    }),
    { numRuns: 60 },
  );
});

test("whenever and wherever a car parks, its stand is never traffic", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 600 }),
      fc.integer({ min: 0, max: 12 }),
      secondsStood,
      (metres, at, more) => {
        const { passes, standingAfter, say } = carThatStops(metres);
        say(at, { "Vehicle.Powertrain.Transmission.SelectedGear": 126 });
        expect(standingAfter(at + more)).toEqual([]);
        for (const pass of passes) expect(pass.metres / pass.seconds).toBeGreaterThan(1);
      },
    ),
    { numRuns: 60 },
  );
});
