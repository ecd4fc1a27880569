import { catalogue } from "@caravan/signals";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDbc } from "../dbc/parse-dbc.ts";
import { compileMapping } from "./compile-mapping.ts";
import { MappingError } from "./entry.ts";
import { ExpressionError, parseExpression } from "./expression.ts";
import { readMapping } from "./read-mapping.ts";
import { conversionBetween } from "./units.ts";

const dbc = parseDbc(`BU_: X
BO_ 1 MOTION: 8 X
 SG_ SPEED : 0|16@1+ (0.01,0) [0|300] "mph" X
 SG_ GEAR : 16|3@1+ (2,1) [0|7] "" X
 SG_ ODD : 24|8@1+ (1,0) [0|0] "furlongs" X
BO_ 2 BODY: 8 X
 SG_ DOOR : 0|1@1+ (1,0) [0|1] "" X
 SG_ LIGHT : 8|8@1+ (1,0) [0|1] "" X
BA_ "GenMsgCycleTime" BO_ 1 20;
VAL_ 1 GEAR 0 "P" 1 "D" ;
VAL_ 2 LIGHT 0 "INACTIVE" 1 "ACTIVE" 9 "BROKEN" ;
`);

const compile = (signals: unknown, more: object = {}) =>
  compileMapping(readMapping({ ...more, signals }), dbc, catalogue);

test("units of the DBC become those of VSS", () => {
  const [rule] = compile({ "Vehicle.Speed": "MOTION.SPEED" }).rules;
  expect(rule?.conversion.factor).toBeCloseTo(1.609344, 12);
  expect(rule).toMatchObject({ message: 0, slots: [0], timeoutMs: 1_000, priority: 0 });
});

test.each([
  ["degF", "celsius", 212, 100],
  ["km/h", "m/s", 36, 10],
  ["bar", "kPa", 2.2, 220],
  ["ratio", "percent", 0.5, 50],
  ["K", "°C", 300, 26.85],
  ["rpm", "degrees/s", 60, 360],
  ["%", "percent", 7, 7],
  ["miles", "km", 1, 1.609344],
])("%s as %s", (from, to, value, expected) => {
  const conversion = conversionBetween(from, to);
  expect(value * (conversion?.factor ?? NaN) + (conversion?.offset ?? NaN)).toBeCloseTo(expected, 9);
});

test("what cannot be measured in one another has no conversion", () => {
  expect(conversionBetween("km/h", "kPa")).toBeUndefined();
  expect(conversionBetween("furlongs", "m")).toBeUndefined();
});

test("words of the DBC name values, whatever factor and offset do to them", () => {
  const gear = { message: "MOTION", field: "GEAR", map: { P: 126, D: 127, "9": 0 } };
  const [rule] = compile({ "Vehicle.Powertrain.Transmission.SelectedGear": gear }).rules;
  expect([...(rule?.table ?? [])]).toEqual([
    [9, 0],
    [1, 126],
    [3, 127],
  ]);
});

test("text takes the DBC's own words where the signal has them", () => {
  const [rule] = compile({ "Vehicle.Body.Lights.Brake.IsActive": "BODY.LIGHT" }).rules;
  expect([...(rule?.table ?? [])]).toEqual([
    [0, "INACTIVE"],
    [1, "ACTIVE"],
  ]);
});

test("several entries of one signal are sources of their own", () => {
  const { rules } = compile({
    "Vehicle.Speed": ["MOTION.SPEED", { message: "BODY", value: "LIGHT * 2", priority: 3, timeoutMs: 700 }],
  });
  expect(rules.map(({ part, priority, timeoutMs }) => ({ part, priority, timeoutMs }))).toEqual([
    { part: "MOTION.SPEED", priority: 0, timeoutMs: 1_000 },
    { part: "BODY.LIGHT", priority: 3, timeoutMs: 700 },
  ]);
});

test("a unit that nobody knows is taken on trust, and that is said", () => {
  const { warnings } = compile({ "Vehicle.TraveledDistance": "MOTION.ODD" });
  expect(warnings).toEqual([
    'signals["Vehicle.TraveledDistance"]: the unit "furlongs" is not known, so values are taken as m',
  ]);
});

test.each([
  [{ "Vehicle.Sped": "MOTION.SPEED" }, /signals\["Vehicle.Sped"\]: no signal has the path/],
  [{ "Vehicle.Speed": "MOTION" }, /not of the form MESSAGE.FIELD/],
  [{ "Vehicle.Speed": { message: "MOTOIN", field: "SPEED" } }, /the DBC has no message MOTOIN/],
  [{ "Vehicle.Speed": { message: "MOTION", field: "Speed" } }, /no field Speed; did you mean SPEED\?/],
  [{ "Vehicle.Speed": { message: "MOTION", field: "X" } }, /it has SPEED, GEAR, ODD/],
  [{ "Vehicle.Speed": { message: "MOTION" } }, /takes either a "field" of the message or a "value"/],
  [{ "Vehicle.Speed": { message: "MOTION", field: "SPEED", factor: 2 } }, /an entry has no factor/],
  [{ "Vehicle.Speed": { message: "MOTION", field: "SPEED", unit: "kPa" } }, /"kPa" cannot be turned into km\/h/],
  [{ "Vehicle.Speed": { message: "MOTION", value: "SPEED +" } }, /it ends too early/],
  [{ "Vehicle.Speed": { message: "MOTION", value: "DOOR" } }, /no field DOOR/],
  [{ "Vehicle.Speed": { message: "MOTION", value: "1 + 1" } }, /uses no field/],
  [
    { "Vehicle.Powertrain.Transmission.SelectedGear": { message: "MOTION", field: "GEAR", map: { X: 1 } } },
    /"X" is no number and no word of the field; it has P, D/,
  ],
  [
    { "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen": { message: "BODY", field: "DOOR", map: { "1": "OPEN" } } },
    /holds boolean, not "OPEN"/,
  ],
  [
    { "Vehicle.Body.Lights.Brake.IsActive": { message: "BODY", field: "DOOR", map: { "1": "ON" } } },
    /is one of INACTIVE, ACTIVE, ADAPTIVE, not "ON"/,
  ],
  [{ "Vehicle.Body.Lights.Brake.IsActive": "BODY.DOOR" }, /needs a "map"/],
  [{}, /it maps nothing/],
])("a slip in a mapping is named with its place: %j", (signals, sentence) => {
  expect(() => compile(signals)).toThrow(MappingError);
  expect(() => compile(signals)).toThrow(sentence);
});

const overlay = {
  Vehicle: {
    type: "branch",
    children: {
      Speed: {
        type: "sensor",
        datatype: "float",
        dbc2vss: { signal: "SPEED", interval_ms: 100, on_change: true, transform: { math: "floor(x * 1.609)" } },
      },
      Powertrain: {
        type: "branch",
        children: {
          Transmission: {
            type: "branch",
            children: {
              SelectedGear: {
                dbc: {
                  signal: "GEAR",
                  transform: {
                    mapping: [
                      { from: "P", to: 126 },
                      { from: "D", to: "127" },
                    ],
                  },
                },
              },
            },
          },
        },
      },
      Nothing: { dbc2vss: { signal: "SPEED" } },
      Width: { type: "attribute" },
    },
  },
};

test("a VSS tree with dbc2vss is a mapping too; what does not fit is left out and named", () => {
  const { rules, warnings } = compileMapping(readMapping(overlay), dbc, catalogue);
  expect(rules.map(({ signal }) => signal.path)).toEqual([
    "Vehicle.Speed",
    "Vehicle.Powertrain.Transmission.SelectedGear",
  ]);
  const [speed, gear] = rules;
  expect(speed).toMatchObject({ everyMs: 100, onChange: true });
  expect(speed?.expression?.value(() => 10)).toBe(16);
  expect([...(gear?.table ?? [])]).toEqual([
    [1, 126],
    [3, 127],
  ]);
  expect(warnings).toEqual(["Vehicle.Nothing: no signal has the path Vehicle.Nothing; left out"]);
  const flat = { "Vehicle.Speed": { dbc2vss: { signal: "SPEED" } } };
  expect(compileMapping(readMapping(flat), dbc, catalogue).rules).toHaveLength(1);
});

test.each([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["-x ^ 2", -25],
  ["2 ^ 3 ^ 2", 512],
  ["10 - 3 - 2", 5],
  ["floor(x / 2) + max(1, x, 3)", 7],
  ["7 % 4 * .5e1", 15],
])("%s is worked out", (text, value) => {
  expect(parseExpression(text).value(() => 5)).toBe(value);
});

test.each([
  "",
  "1 +",
  "(1",
  "1)",
  "x y",
  "constructor(1)",
  "floor(1, 2)",
  "eval('1')",
  "x.y",
  "(".repeat(100),
  "1".repeat(600),
])("%j is no expression", (text) => {
  expect(() => parseExpression(text)).toThrow(ExpressionError);
});

test("no text becomes anything but a number or an error", () => {
  const piece = fc.oneof(
    fc.constantFrom("x", "+", "-", "*", "/", "^", "%", "(", ")", ",", "min(", "floor(", " ", "1", "0.5"),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        expect(typeof parseExpression(pieces.join("")).value(() => 1)).toBe("number");
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionError);
      }
    }),
  );
});

test("whatever a mapping file holds, it is read or refused with a place", () => {
  const entry = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.record(
      {
        message: fc.constantFrom("MOTION", "BODY", ""),
        field: fc.constantFrom("SPEED", "GEAR", "DOOR"),
        value: fc.string({ maxLength: 8 }),
        unit: fc.constantFrom("km/h", "", "furlong"),
        scale: fc.double(),
        map: fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 0 })),
        everyMs: fc.integer(),
        dbc2vss: fc.jsonValue({ maxDepth: 2 }),
      },
      { requiredKeys: [] },
    ),
  );
  const path = fc.constantFrom("Vehicle.Speed", "Vehicle.Body.Lights.Brake.IsActive", "Vehicle.X", "__proto__");
  fc.assert(
    fc.property(
      fc.dictionary(path, fc.oneof(entry, fc.array(entry, { maxLength: 3 }))),
      fc.boolean(),
      (signals, isTree) => {
        try {
          compileMapping(readMapping(isTree ? signals : { signals }), dbc, catalogue);
        } catch (error) {
          expect(error).toBeInstanceOf(MappingError);
        }
      },
    ),
    { numRuns: 300 },
  );
});
