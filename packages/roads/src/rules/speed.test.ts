import fc from "fast-check";
import { expect, test } from "vitest";
import { roadClasses } from "./road-class.ts";
import { parseMaxspeed, postedLimits, unpostedSpeed } from "./speed.ts";

const inKmh = (speed: number | undefined) => (speed === undefined ? undefined : Math.round(speed * 3.6 * 100) / 100);

test.each([
  ["50", 50],
  ["50 km/h", 50],
  [" 70 ", 70],
  ["30 mph", 48.28],
  ["20mph", 32.19],
  ["walk", 7],
  ["SE:urban", 50],
  ["SE:rural", 70],
  ["DE:zone:30", 30],
  ["DE:zone30", 30],
  ["GB:zone:20", 32.19],
  ["PT:motorway", 120],
  ["XX:urban", 50],
  ["DE:living_street", 7],
  ["50;30", 30],
  ["none", undefined],
  ["DE:motorway", undefined],
  ["signals", undefined],
  ["variable", undefined],
  ["fast", undefined],
  ["0", undefined],
  ["999", undefined],
  ["-50", undefined],
  ["", undefined],
])("maxspeed %j is %s km/h", (text, kmh) => {
  expect(inKmh(parseMaxspeed(text))).toBe(kmh);
});

test("whatever stands in a tag, a limit is a speed of a car or none", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const speed = parseMaxspeed(text);
      expect(speed === undefined || (speed > 0 && speed < 84)).toBe(true);
    }),
  );
});

test("directions may have limits of their own", () => {
  const limits = postedLimits(
    new Map([
      ["maxspeed", "50"],
      ["maxspeed:backward", "30"],
    ]),
  );
  expect([inKmh(limits.forward), inKmh(limits.backward)]).toEqual([50, 30]);
  const lanes = postedLimits(
    new Map([
      ["maxspeed:lanes", "80|60"],
      ["maxspeed:lanes:backward", "50|50"],
    ]),
  );
  expect([inKmh(lanes.forward), inKmh(lanes.backward)]).toEqual([60, 50]);
  expect(postedLimits(new Map())).toEqual({ forward: undefined, backward: undefined });
});

test("nothing below a trunk road is driven above the general limit of a town where no limit is posted", () => {
  for (const name of roadClasses) {
    if (name.startsWith("trunk") || name.startsWith("motorway")) continue;
    expect(unpostedSpeed(name, undefined) * 3.6).toBeLessThanOrEqual(50.001);
  }
  expect(inKmh(unpostedSpeed("living_street", undefined))).toBe(7);
});
