import { expect, test } from "vitest";
import { laneStrokes } from "./lanes.ts";

test("a lane with two arrows shows both, the one to take on top", () => {
  const strokes = laneStrokes({ indications: ["right", "straight"], valid: true, active: "right" }, "right");
  expect(strokes.map(({ active }) => active)).toEqual([false, true]);
  expect(strokes[1]).toMatchObject({ mirrored: false });
  expect(strokes[0]?.path).not.toBe(strokes[1]?.path);
});

test("left is right in the mirror", () => {
  for (const kind of ["", "slight ", "sharp "]) {
    const [left] = laneStrokes({ indications: [`${kind}left`], valid: true }, "right");
    const [right] = laneStrokes({ indications: [`${kind}right`], valid: true }, "right");
    expect(left?.path).toBe(right?.path);
    expect([left?.mirrored, right?.mirrored]).toEqual([true, false]);
  }
});

test("one turns back to the left where one drives on the right, and to the right where one drives on the left", () => {
  const lane = { indications: ["uturn"], valid: true };
  expect(laneStrokes(lane, "right")[0]?.mirrored).toBe(true);
  expect(laneStrokes(lane, "left")[0]?.mirrored).toBe(false);
});

test("a lane that does not lead there has no bright arrow, whatever is painted on it", () => {
  for (const indications of [["left"], ["left", "straight"], ["none"], [], ["something new"]]) {
    expect(laneStrokes({ indications, valid: false }, "right").some(({ active }) => active)).toBe(false);
  }
});

test("an unpainted lane of the route shows the way the route takes", () => {
  const [shown] = laneStrokes({ indications: ["none"], valid: true, active: "slight right" }, "right");
  const [painted] = laneStrokes({ indications: ["slight right"], valid: true }, "right");
  expect(shown).toEqual(painted);
});
