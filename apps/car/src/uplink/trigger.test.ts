import { expect, test } from "vitest";
import { freshTrigger, stepTrigger } from "./trigger.ts";
import type { Trigger, TriggerTerms } from "./trigger.ts";

const rising: TriggerTerms = { on: "rising", preMs: 100, postMs: 50 };
const always: TriggerTerms = { ...rising, on: "always" };

function run(terms: TriggerTerms, values: readonly (readonly [number, boolean | undefined])[], held = false): Trigger {
  return values.reduce((trigger, [now, value]) => stepTrigger(trigger, value, now, terms), freshTrigger(held));
}

test("a rising edge opens a stretch before and after it, once", () => {
  expect(
    run(rising, [
      [0, false],
      [1_000, true],
      [1_010, true],
    ]),
  ).toEqual({ held: true, from: 900, until: 1_050, fired: 1 });
});

test("a second edge within the stretch makes it longer and keeps its beginning", () => {
  const trigger = run(rising, [
    [1_000, true],
    [1_020, false],
    [1_040, true],
  ]);
  expect(trigger).toEqual({ held: true, from: 900, until: 1_090, fired: 2 });
});

test("a second edge after the stretch opens one of its own", () => {
  const trigger = run(rising, [
    [1_000, true],
    [1_020, false],
    [5_000, true],
  ]);
  expect(trigger).toEqual({ held: true, from: 4_900, until: 5_050, fired: 2 });
});

test("what held before the car computer was started anew does not fire again", () => {
  expect(run(rising, [[10, true]], true).fired).toBe(0);
  expect(
    run(
      rising,
      [
        [10, false],
        [20, true],
      ],
      true,
    ).fired,
  ).toBe(1);
});

test("a signal that goes missing and comes back is no edge", () => {
  expect(
    run(rising, [
      [10, true],
      [20, undefined],
      [30, true],
    ]).fired,
  ).toBe(1);
  expect(
    run(rising, [
      [10, false],
      [20, undefined],
      [30, true],
    ]).fired,
  ).toBe(1);
});

test("a campaign that sends while its condition is true ends some time after it", () => {
  const open = run(always, [
    [1_000, true],
    [2_000, true],
  ]);
  expect(open).toEqual({ held: true, from: 900, until: Infinity, fired: 1 });
  expect(stepTrigger(open, false, 3_000, always)).toEqual({ held: false, from: 900, until: 3_050, fired: 1 });
  expect(stepTrigger(open, undefined, 3_000, always).until).toBe(3_050);
});

test("a campaign that sends while its condition is true goes on after a restart", () => {
  expect(run(always, [[10, true]], true)).toMatchObject({ until: Infinity, fired: 1 });
});
