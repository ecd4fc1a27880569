import fc from "fast-check";
import { expect, test } from "vitest";
import { checkExpression } from "./check.ts";
import type { DescribedSignal } from "./check.ts";
import { compileExpression } from "./compile.ts";
import { expressionLimits, parseExpression } from "./expression.ts";

const signals: Readonly<Record<string, DescribedSignal>> = {
  "Vehicle.Speed": { path: "Vehicle.Speed", datatype: "float", unit: "km/h" },
  "Vehicle.Power": { path: "Vehicle.Power", datatype: "float" },
  "Vehicle.IsOpen": { path: "Vehicle.IsOpen", datatype: "boolean" },
  "Vehicle.Gear": { path: "Vehicle.Gear", datatype: "string", allowed: ["PARK", "DRIVE"] },
  "Vehicle.Codes": { path: "Vehicle.Codes", datatype: "string[]" },
};
const check = (text: string) => checkExpression(text, (path) => signals[path]);

/** The condition's answer for these values; a signal that is not named has none. */
function answer(text: string, values: Readonly<Record<string, number | boolean | string>> = {}) {
  const checked = check(text);
  if (checked.kind === "failed") throw new Error(checked.fault.message);
  return compileExpression(checked.expression, (path) => () => values[path])();
}

test.each([
  ["Vehicle.Speed > 100", { "Vehicle.Speed": 101 }, true],
  ["Vehicle.Speed > 100", { "Vehicle.Speed": 100 }, false],
  ["1 + 2 * 3 == 7", {}, true],
  ["(1 + 2) * 3 == 9", {}, true],
  ["2 - 1 - 1 == 0", {}, true],
  ["-Vehicle.Speed < -3 and not Vehicle.IsOpen", { "Vehicle.Speed": 4, "Vehicle.IsOpen": false }, true],
  ["false or true and false", {}, false],
  ["not false and false", {}, false],
  ["abs(Vehicle.Power) >= 50", { "Vehicle.Power": -60 }, true],
  ["Vehicle.Gear == 'DRIVE' && !Vehicle.IsOpen", { "Vehicle.Gear": "DRIVE", "Vehicle.IsOpen": true }, false],
  ['Vehicle.Gear != "PARK" || Vehicle.IsOpen', { "Vehicle.Gear": "PARK", "Vehicle.IsOpen": true }, true],
  ["Vehicle.Speed ≥ 1.5e1", { "Vehicle.Speed": 15 }, true],
  ["Vehicle.IsOpen", { "Vehicle.IsOpen": true }, true],
])("%s", (text, values, expected) => {
  expect(answer(text, values)).toBe(expected);
});

test("a missing value is not zero: what rests on it is not known, unless the rest decides", () => {
  expect(answer("Vehicle.Speed < 5")).toBe(undefined);
  expect(answer("not (Vehicle.Speed < 5)")).toBe(undefined);
  expect(answer("Vehicle.Speed < 5 and false")).toBe(false);
  expect(answer("Vehicle.Speed < 5 or true")).toBe(true);
  expect(answer("Vehicle.Speed < 5 or false")).toBe(undefined);
  expect(answer("known(Vehicle.Speed) and Vehicle.Speed < 5")).toBe(false);
});

test("a division by zero is not known", () => {
  expect(answer("Vehicle.Power / Vehicle.Speed > 1", { "Vehicle.Power": 3, "Vehicle.Speed": 0 })).toBe(undefined);
});

test.each([
  ["", "empty", 0],
  ["   ", "empty", 3],
  ["Vehicle.Speed >", "value-expected", 15],
  ["Vehicle.Speed > 5 5", "end-expected", 18],
  ["(Vehicle.Speed > 5", "bracket-expected", 0],
  ["Vehicle.Speed > 5)", "end-expected", 17],
  ["1 < Vehicle.Speed < 5", "chained-comparison", 18],
  ["Vehicle.Speed > #", "strange-character", 16],
  ["Vehicle.Gear == 'DRI", "open-text", 16],
  ["max(1) > 2", "unknown-function", 0],
  ["known(5)", "path-expected", 6],
  ["Vehicle.Sped > 5", "unknown-signal", 0],
  ["Vehicle.Codes == 5", "list-signal", 0],
  ["Vehicle.Speed", "yes-no-expected", 0],
  ["Vehicle.Speed and true", "yes-no-expected", 0],
  ["true and Vehicle.Speed + 1", "yes-no-expected", 9],
  ["Vehicle.IsOpen + 1 > 2", "number-expected", 0],
  ["Vehicle.Gear > 'A'", "number-expected", 0],
  ["Vehicle.Gear == 5", "cannot-compare", 0],
  ["Vehicle.Gear == 'DRIVING'", "never-that-value", 16],
  ["'NEUTRAL' != Vehicle.Gear", "never-that-value", 0],
])("%j is refused as %s at %i", (text, code, at) => {
  const checked = check(text);
  expect(checked.kind === "failed" ? checked.fault : checked).toMatchObject({ code, at });
});

test("what is too long, too large, too deep or looks at too much is refused", () => {
  const codeOf = (text: string) => {
    const checked = check(text);
    return checked.kind === "failed" ? checked.fault.code : checked.kind;
  };
  expect(codeOf("(".repeat(expressionLimits.depth + 1) + "true")).toBe("too-deep");
  expect(codeOf("not ".repeat(60) + "true")).toBe("too-deep");
  expect(codeOf(`${"-".repeat(60)}1 > 0`)).toBe("too-deep");
  expect(codeOf(Array.from({ length: 60 }, () => "1").join("+") + ">1")).toBe("too-many-parts");
  expect(codeOf(`${"true or ".repeat(70)}true`)).toBe("too-long");
  const many = Array.from({ length: expressionLimits.signals + 1 }, (_, index) => `known(S${index})`).join(" or ");
  const checked = checkExpression(many, (path) => ({ path, datatype: "float" }));
  expect(checked.kind === "failed" && checked.fault.code).toBe("too-many-signals");
});

test("whatever somebody writes is parsed or refused with a place inside the text", () => {
  const piece = fc.constantFrom(
    "Vehicle.Speed",
    "1",
    "'x'",
    "(",
    ")",
    "and",
    "not",
    "<",
    "==",
    "+",
    "-",
    "/",
    "abs(",
    "known(",
    '"',
    " ",
    "§",
    ",",
  );
  const anything = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.array(piece, { maxLength: 60 }).map((all) => all.join(" ")),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const parsed = parseExpression(text);
      if (parsed.kind === "parsed") return;
      expect(parsed.fault.at).toBeGreaterThanOrEqual(0);
      expect(parsed.fault.at).toBeLessThanOrEqual(text.length);
      expect(parsed.fault.message).not.toBe("");
    }),
  );
});

test("arithmetic and comparison agree with the machine's own", () => {
  const number = fc.integer({ min: -20, max: 20 });
  const sign = fc.constantFrom("+", "-", "*");
  fc.assert(
    fc.property(number, sign, number, sign, number, (a, first, b, second, c) => {
      const text = `${a} ${first} ${b} ${second} ${c}`;
      const products = (x: number, s: string, y: number) => (s === "+" ? x + y : s === "-" ? x - y : x * y);
      const value =
        second === "*" && first !== "*" ? products(a, first, b * c) : products(products(a, first, b), second, c);
      expect(answer(`${text} == ${value}`)).toBe(true);
      expect(answer(`${text} < ${value}`)).toBe(false);
    }),
  );
});
