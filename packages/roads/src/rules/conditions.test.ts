import fc from "fast-check";
import { expect, test } from "vitest";
import { holdsAt, localTimeOf, readConditions } from "./conditions.ts";

/** Tuesday, 2 May 2017, 10:00. */
const tuesday = localTimeOf(1_493_719_200);

test("a moment has its day of the week", () => {
  expect(tuesday).toEqual({ weekday: 1, minute: 600, month: 5, day: 2 });
});

test("a list of values with their conditions is taken apart", () => {
  expect(readConditions("no_left_turn @ (Mo-Fr 07:00-09:00; Sa 10:00-12:00); only_straight_on @ wet")).toEqual([
    { value: "no_left_turn", condition: "Mo-Fr 07:00-09:00; Sa 10:00-12:00" },
    { value: "only_straight_on", condition: "wet" },
  ]);
});

test.each([
  ["Mo-Fr 07:00-10:30", true],
  ["Mo-Fr 07:00-09:00,16:00-18:30", false],
  ["Sa-Su 07:00-10:30", false],
  ["Tu 10:00-10:01", true],
  ["07:00-11:00", true],
  ["22:00-05:00", false],
  ["22:00-11:00", true],
  ["Mo 20:00-12:00", true],
  ["We 20:00-12:00", false],
  ["Fr-Tu", true],
  ["May", true],
  ["Nov-Mar", false],
  ["Apr 28-May 3 09:00-12:00", true],
  ["Sep-Jun Mo-Fr 07:00-11:00", true],
  ["Mo-Fr,PH 09:00-12:00", true],
  ["PH", false],
  ["24/7", true],
  ["weight > 3.5", false],
  ["", false],
])("on a Tuesday in May at ten, %j holds: %s", (condition, expected) => {
  expect(holdsAt(condition, tuesday)).toBe(expected);
});

test.each([
  ["24/7", true],
  ["Mo-Su 00:00-24:00", true],
  ["Mo-Su 06:00-22:00", false],
  ["May", false],
  ["Mo-Su", true],
])("%j always holds: %s", (condition, expected) => {
  expect(holdsAt(condition, undefined)).toBe(expected);
});

test("whatever stands in a tag, it can be asked", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const { condition } of readConditions(text)) holdsAt(condition, tuesday);
      expect(typeof holdsAt(text, tuesday)).toBe("boolean");
    }),
  );
});
