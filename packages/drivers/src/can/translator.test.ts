import { Store, Vehicle, catalogue } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDbc } from "../dbc/parse-dbc.ts";
import { compileMapping } from "../mapping/compile-mapping.ts";
import { readMapping } from "../mapping/read-mapping.ts";
import { Sources } from "../sources/sources.ts";
import { Run } from "../supervision/run.ts";
import { Frames, frameFlags } from "./frames.ts";
import { Translator } from "./translator.ts";

const dbc = parseDbc(`BU_: X
BO_ 1 MOTION: 8 X
 SG_ SPEED : 0|16@1+ (0.01,0) [0|300] "km/h" X
 SG_ CHARGE : 16|8@1+ (1,0) [0|255] "%" X
 SG_ DOOR : 24|8@1+ (1,0) [0|3] "" X
BO_ 2 PAGES: 8 X
 SG_ PAGE M : 0|8@1+ (1,0) [0|9] "" X
 SG_ WARM m0 : 8|8@1- (1,0) [-40|80] "degC" X
 SG_ RANGE m1 : 8|16@1+ (1,0) [0|9999] "km" X
`);

const { Speed } = Vehicle;
const charge = Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed;
const door = Vehicle.Cabin.Door.Row1.DriverSide.IsOpen;
const warm = Vehicle.Exterior.AirTemperature;
const range = Vehicle.Powertrain.Range;

function carWith(signals: unknown) {
  const clock = { at: 0, now: () => clock.at };
  const store = new Store({ catalogue, clock });
  const sources = new Sources({ store, clock });
  const outlet = new Run({ sources, clock, source: "can0", quality: "good", mostInSecond: 1_000_000 });
  const translator = new Translator({ dbc, mapping: compileMapping(readMapping({ signals }), dbc, catalogue), outlet });
  const frames = new Frames(1);
  const frame = (
    key: number,
    data: readonly number[],
    more: { at?: number; bus?: string; flags?: number } = {},
  ): void => {
    frames.clear();
    frames.data.set(data, frames.end());
    frames.push(key, more.at ?? 0, data.length, frames.busNumber(more.bus ?? "can0"), more.flags ?? 0);
    translator.take(frames, 0, more.at ?? 0);
  };
  return { store, translator, outlet, frame };
}

test("a frame becomes readings in the units of VSS, with its own time", () => {
  const { store, frame } = carWith({
    [Speed.path]: "MOTION.SPEED",
    [charge.path]: "MOTION.CHARGE",
    [door.path]: "MOTION.DOOR",
  });
  frame(1, [0x88, 0x13, 64, 1], { at: 123 });
  expect(store.get(Speed)).toEqual({ value: 50, at: 123, source: "can0", quality: "good" });
  expect(store.value(charge)).toBe(64);
  expect(store.value(door)).toBe(true);
});

test("what a frame does not carry is not told again", () => {
  const { store, outlet, frame } = carWith({
    [warm.path]: "PAGES.WARM",
    [range.path]: "PAGES.RANGE",
    [Speed.path]: "MOTION.SPEED",
  });
  frame(2, [0, 0xf6, 0, 0]);
  expect(store.value(warm)).toBe(-10);
  expect(store.value(range)).toBeUndefined();
  frame(2, [1, 0x0a, 0, 0]);
  frame(2, [5, 1, 1, 1]);
  expect(store.value(range)).toBe(10_000);
  expect(outlet.counts().taken).toBe(2);
  frame(1, [0x88, 0x13]);
  frame(1, [0x88]);
  expect(outlet.counts().taken).toBe(3);
});

test("what has no meaning or is called invalid is no reading, and counted", () => {
  const { store, translator, frame } = carWith({
    [charge.path]: { message: "MOTION", field: "CHARGE", invalid: [255] },
    [door.path]: { message: "MOTION", field: "DOOR", map: { 1: false, 2: true } },
  });
  frame(1, [0, 0, 255, 3]);
  expect(store.value(charge)).toBeUndefined();
  expect(store.value(door)).toBeUndefined();
  expect(translator.counts()).toMatchObject({ frames: 1, unmapped: 2 });
  frame(1, [0, 0, 7, 2]);
  expect(store.value(charge)).toBe(7);
  expect(store.value(door)).toBe(true);
});

test("a boolean takes nothing but 0 and 1", () => {
  const { store, frame } = carWith({ [door.path]: "MOTION.DOOR" });
  frame(1, [0, 0, 0, 2]);
  expect(store.value(door)).toBeUndefined();
});

test("a reading outside of its signal's limits is refused and counted", () => {
  const { store, outlet, frame } = carWith({ [charge.path]: "MOTION.CHARGE" });
  frame(1, [0, 0, 101, 0]);
  expect(store.value(charge)).toBeUndefined();
  expect(outlet.counts().refused).toBe(1);
});

test("only the bus that the mapping names is believed", () => {
  const { store, frame } = carWith({ [Speed.path]: { message: "MOTION", field: "SPEED", bus: "can1" } });
  frame(1, [0x88, 0x13, 0, 0], { bus: "can0" });
  expect(store.value(Speed)).toBeUndefined();
  frame(1, [0x88, 0x13, 0, 0], { bus: "can1" });
  expect(store.value(Speed)).toBe(50);
});

test("everyMs and onChange spare the car what it knows already, but not a sign of life", () => {
  const seldom = carWith({ [Speed.path]: { message: "MOTION", field: "SPEED", everyMs: 100 } });
  for (const at of [0, 50, 99, 100, 150, 210]) seldom.frame(1, [1, 0, 0, 0], { at });
  expect(seldom.outlet.counts().taken).toBe(3);
  // A clock that was set back does not silence the signal.
  seldom.frame(1, [1, 0, 0, 0], { at: 5 });
  expect(seldom.outlet.counts().taken).toBe(4);
  const changes = carWith({ [Speed.path]: { message: "MOTION", field: "SPEED", onChange: true, timeoutMs: 1_000 } });
  for (const at of [0, 100, 499, 500, 600]) changes.frame(1, [1, 0, 0, 0], { at });
  changes.frame(1, [2, 0, 0, 0], { at: 601 });
  expect(changes.outlet.counts().taken).toBe(3);
});

test("remote frames, error frames and strangers are counted and tell nothing", () => {
  const { store, translator, frame } = carWith({ [Speed.path]: "MOTION.SPEED" });
  frame(1, [], { flags: frameFlags.remote });
  frame(1, [1, 0, 0, 0], { flags: frameFlags.error });
  frame(0x8000_0001, [1, 0, 0, 0]);
  frame(77, [1, 0, 0, 0]);
  expect(translator.counts()).toEqual({ frames: 4, unknown: 2, withoutData: 2, unmapped: 0 });
  expect(store.value(Speed)).toBeUndefined();
});

test("whatever comes over a bus, it is a reading within limits or counted, and never zero for missing", () => {
  const signals = {
    [Speed.path]: ["MOTION.SPEED", { message: "PAGES", value: "RANGE / (WARM - 3) ^ 9", priority: 2 }],
    [charge.path]: "MOTION.CHARGE",
    [door.path]: "MOTION.DOOR",
    [warm.path]: "PAGES.WARM",
    [range.path]: "PAGES.RANGE",
  };
  const anyFrame = fc.record({
    key: fc.oneof(fc.constantFrom(1, 2), fc.nat(0xffff_ffff)),
    data: fc.uint8Array({ maxLength: 64 }),
    flags: fc.nat(7),
    at: fc.integer({ min: 0, max: 10_000 }),
  });
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 40 }), (all) => {
      const { store, translator, frame } = carWith(signals);
      for (const { key, data, flags, at } of all) frame(key >>> 0, [...data], { flags, at });
      expect(translator.counts().frames).toBe(all.length);
      const seen = store.value(charge);
      if (seen !== undefined) expect(seen).toBeLessThanOrEqual(100);
      const isLong = all.some(({ key, data, flags }) => key === 1 && data.length >= 2 && (flags & 3) === 0);
      const isPaged = all.some(({ key, data }) => key === 2 && data.length >= 3);
      if (!isLong && !isPaged) expect(store.value(Speed)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
