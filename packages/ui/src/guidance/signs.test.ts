import { expect, test } from "vitest";
import { signOf } from "./signs.ts";

const kinds = [
  "depart",
  "turn",
  "new name",
  "continue",
  "merge",
  "on ramp",
  "off ramp",
  "fork",
  "end of road",
  "roundabout",
  "rotary",
  "roundabout turn",
  "exit roundabout",
  "exit rotary",
  "notification",
  "arrive",
];
const modifiers = ["straight", "slight right", "right", "sharp right", "uturn", "sharp left", "left", "slight left"];

test("every manoeuvre has a sign on either side of the road", () => {
  for (const kind of kinds)
    for (const modifier of modifiers)
      for (const side of ["left", "right"] as const)
        expect(signOf({ kind, modifier, side }).way, `${kind} ${modifier}`).toMatch(/^M[\d.]/);
});

test("left turns are right turns in the mirror", () => {
  const left = signOf({ kind: "turn", modifier: "sharp left" });
  const right = signOf({ kind: "turn", modifier: "sharp right" });
  expect(left.way).toBe(right.way);
  expect([left.mirrored, right.mirrored]).toEqual([true, false]);
  expect(signOf({ kind: "fork", modifier: "slight left" }).mirrored).toBe(true);
});

test("one turns back to the side of the oncoming traffic", () => {
  expect(signOf({ kind: "turn", modifier: "uturn", side: "right" }).mirrored).toBe(false);
  expect(signOf({ kind: "continue", modifier: "uturn", side: "left" }).mirrored).toBe(true);
});

/** Where the arrow of a roundabout ends, -1..1 from its middle, right and up. */
function exitOf(turn: number, side: "left" | "right"): { right: number; up: number; longWay: boolean } {
  const { way, mirrored } = signOf({ kind: "roundabout", modifier: "straight", turn, side });
  const [, long, x, y] = /A[\d.]+ [\d.]+ 0 ([01]) 0 ([\d.-]+) ([\d.-]+)L/.exec(way) ?? [];
  const right = (Number(x) - 12) / 4.9;
  return { right: mirrored ? -right : right, up: (10.5 - Number(y)) / 4.9, longWay: long === "1" };
}

test("a roundabout is left where the road goes, the long way round to the left where one drives on the right", () => {
  expect(exitOf(90, "right")).toMatchObject({ right: expect.closeTo(1, 1), longWay: false });
  expect(exitOf(-90, "right")).toMatchObject({ right: expect.closeTo(-1, 1), longWay: true });
  expect(exitOf(0, "right").up).toBeCloseTo(1, 1);
});

test("where one drives on the left the ring is run the other way", () => {
  expect(exitOf(-90, "left")).toMatchObject({ right: expect.closeTo(-1, 1), longWay: false });
  expect(exitOf(90, "left")).toMatchObject({ right: expect.closeTo(1, 1), longWay: true });
});

test("the exit number stands in the ring of a roundabout and nowhere else", () => {
  expect(signOf({ kind: "rotary", modifier: "left" }).ring).toBeDefined();
  expect(signOf({ kind: "turn", modifier: "left" }).ring).toBeUndefined();
});
