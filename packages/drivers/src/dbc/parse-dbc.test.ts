import fc from "fast-check";
import { expect, test } from "vitest";
import { DbcError } from "./dbc.ts";
import { parseDbc } from "./parse-dbc.ts";

const head = `VERSION "1.0"

NS_ :
    CM_
    VAL_

BS_:

BU_: BRAKES
  DASH
`;

const whole = `${head}
VAL_TABLE_ Gears 0 "P" 1 "D" ;

BO_ 170 WHEELS: 8 BRAKES
 SG_ LEFT : 6|15@0+ (0.01,-67.67) [0|250] "km/h" DASH,BRAKES
 SG_ GEAR : 16|3@1- (1,0) [0|0] "" Vector__XXX
 SG_ SINGLE : 32|32@1- (1,0) [0|0] "" DASH

BO_ 2566844926 WIDE: 64 BRAKES
 SG_ PAGE M : 0|8@1+ (1,0) [0|0] "" DASH
 SG_ INNER m1M : 8|8@1+ (1,0) [0|0] "" DASH
 SG_ DEEP m3 : 16|8@1+ (1,0) [0|0] "" DASH
 SG_ PLAIN m2 : 8|64@1+ (1E-003,0) [0|0] "°C" DASH

CM_ "a comment
over two lines with BO_ 1 X: 8 Y and a \\"quote\\"";
CM_ SG_ 170 LEFT "left; front";
BA_DEF_ BO_ "GenMsgCycleTime" INT 0 10000;
BA_DEF_DEF_ "GenMsgCycleTime" 100;
BA_ "GenMsgCycleTime" BO_ 170 12;
VAL_ 170 GEAR Gears ;
VAL_ 2566844926 PAGE 1 "one" -1 "none" ;
VAL_ EnvironmentThing 0 "off" ;
SIG_VALTYPE_ 170 SINGLE : 1;
SG_MUL_VAL_ 2566844926 DEEP INNER 3-5, 9-9;
`;

test("a database arrives with its messages, signals, units, words and cycle times", () => {
  const { messages, warnings } = parseDbc(whole.replaceAll("\n", "\r\n"));
  expect(warnings).toEqual([]);
  const [wheels, wide] = messages;
  expect(wheels).toMatchObject({ id: 170, isExtended: false, name: "WHEELS", size: 8, cycleMs: 12 });
  expect(wheels?.signals[0]).toMatchObject({
    name: "LEFT",
    start: 6,
    length: 15,
    order: "motorola",
    form: "unsigned",
    factor: 0.01,
    offset: -67.67,
    min: 0,
    max: 250,
    unit: "km/h",
  });
  expect([...(wheels?.signals[1]?.labels ?? [])]).toEqual([
    [0, "P"],
    [1, "D"],
  ]);
  expect(wheels?.signals[2]?.form).toBe("float32");
  expect(wide).toMatchObject({ id: 2566844926 - 0x8000_0000, isExtended: true, size: 64, cycleMs: 100 });
  expect(wide?.signals.map(({ name, presentIf }) => [name, presentIf])).toEqual([
    ["PAGE", undefined],
    ["INNER", { multiplexor: "PAGE", ranges: [[1, 1]] }],
    [
      "DEEP",
      {
        multiplexor: "INNER",
        ranges: [
          [3, 5],
          [9, 9],
        ],
      },
    ],
    ["PLAIN", { multiplexor: "PAGE", ranges: [[2, 2]] }],
  ]);
  expect(wide?.signals[3]).toMatchObject({ factor: 0.001, unit: "°C" });
});

const message = `BO_ 1 A: 8 X\n`;
const signal = (rest: string): string => `${head}${message} SG_ ${rest}\n`;

test.each([
  ["an empty file", "", 1, /no message/],
  ["a file that is something else", '{"signals": {}}', 1, /has no meaning/],
  ["an unknown statement", `${head}${message}FOO 1;\n`, 12, /"FOO" is no statement/],
  ["a bit beyond any frame", signal('S : 512|8@1+ (1,0) [0|0] "" X'), 12, /first bit is a whole number from 0 to 511/],
  ["a signal that leaves 64 bytes", signal('S : 510|8@1+ (1,0) [0|0] "" X'), 12, /no frame has more than 64/],
  ["no bits", signal('S : 0|0@1+ (1,0) [0|0] "" X'), 12, /length in bits .* from 1 to 64/],
  ["too many bits", signal('S : 0|65@1+ (1,0) [0|0] "" X'), 12, /length/],
  ["a byte order of 2", signal('S : 0|8@2+ (1,0) [0|0] "" X'), 12, /byte order/],
  ["neither + nor -", signal('S : 0|8@1* (1,0) [0|0] "" X'), 12, /has no meaning/],
  ["a factor that is no number", signal('S : 0|8@1+ (x,0) [0|0] "" X'), 12, /factor, found "x"/],
  ["a factor beyond numbers", signal('S : 0|8@1+ (1e999,0) [0|0] "" X'), 12, /factor/],
  ["a bracket that stays open", signal('S : 0|8@1+ (1,0 [0|0] "" X'), 12, /"\)" after the offset/],
  ["a text that does not end", signal('S : 0|8@1+ (1,0) [0|0] "km'), 12, /text begins here and does not end/],
  ["code in a name", signal('S];process.exit();// : 0|8@1+ (1,0) [0|0] "" X'), 12, /after S/],
  ["multiplexing without a switch", signal('S m1 : 0|8@1+ (1,0) [0|0] "" X'), 12, /has no multiplexor/],
  ["a strange switch", signal('S q : 0|8@1+ (1,0) [0|0] "" X'), 12, /no multiplexing/],
  [
    "two switches",
    `${signal('S M : 0|8@1+ (1,0) [0|0] "" X')} SG_ T M : 8|8@1+ (1,0) [0|0] "" X\n SG_ U m1 : 16|8@1+ (1,0) [0|0] "" X\n`,
    14,
    /two multiplexors, S and T/,
  ],
  [
    "switches in a circle",
    `${signal('S m1M : 0|8@1+ (1,0) [0|0] "" X')} SG_ T m1M : 8|8@1+ (1,0) [0|0] "" X\nSG_MUL_VAL_ 1 S T 1-1;\nSG_MUL_VAL_ 1 T S 1-1;\n`,
    12,
    /circle/,
  ],
  [
    "two signals of one name",
    `${signal('S : 0|8@1+ (1,0) [0|0] "" X')} SG_ S : 8|8@1+ (1,0) [0|0] "" X\n`,
    13,
    /signal S in line 12 already/,
  ],
  ["two messages of one id", `${head}${message}${message}`, 12, /id 1 of A in line 11/],
  ["an id between 11 and 29 bits", `${head}BO_ 2048 A: 8 X\n`, 11, /neither of 11 bits nor of 29/],
  ["an id beyond 29 bits", `${head}BO_ 3758096384 A: 8 X\n`, 11, /neither of 11 bits nor of 29/],
  ["a signal outside of messages", `${head} SG_ S : 0|8@1+ (1,0) [0|0] "" X\n`, 11, /outside of any message/],
  ["values without an end", `${head}${message}VAL_ 1 S 0 "off"\n`, 13, /";" after the values/],
  ["a statement without an end", `${head}${message}BA_DEF_ "A" INT 0 1\n`, 12, /has no ; at its end/],
  [
    "an unknown value table",
    `${signal('S : 0|8@1+ (1,0) [0|0] "" X')}VAL_ 1 S Nowhere ;\n`,
    13,
    /no value table Nowhere/,
  ],
  [
    "an IEEE number of 16 bits",
    `${signal('S : 0|16@1+ (1,0) [0|0] "" X')}SIG_VALTYPE_ 1 S : 1;\n`,
    13,
    /cannot be an IEEE number/,
  ],
])("%s is refused with its line", (_, text, line, sentence) => {
  let said: unknown;
  try {
    parseDbc(text);
  } catch (error) {
    said = error;
  }
  expect(said).toBeInstanceOf(DbcError);
  expect(said).toMatchObject({ line, message: expect.stringMatching(sentence) });
});

test("what is odd but readable is taken with a warning that names its line", () => {
  const { messages, warnings } = parseDbc(
    `${head}${message} SG_ S : 60|8@1+ (1,0) [0|0] "" X\nBO_ 2 LONG: 1785 X\nVAL_ 1 GONE 0 "off" ;\n`,
  );
  expect(messages).toHaveLength(1);
  expect(warnings).toEqual([
    "line 13: LONG has 1785 bytes, more than any frame, and is left out",
    "line 14: there is no signal GONE in a message 1",
    "line 12: S reaches over the 8 bytes of A",
  ]);
});

test("whatever stands in a file, it is read or refused with a line", () => {
  const words = fc.constantFrom(
    ..."BO_ SG_ VAL_ VAL_TABLE_ SIG_VALTYPE_ SG_MUL_VAL_ BA_ BA_DEF_DEF_ CM_ BU_ NS_ BS_ VERSION EV_".split(" "),
    ...": ; , | @ + - ( ) [ ]".split(" "),
    '"text"',
    '"',
    "\n",
    "M",
    "m1",
    "S",
    "A",
    "//",
  );
  const piece = fc.oneof(words, fc.integer().map(String), fc.double().map(String), fc.string({ maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.boolean(), (pieces, hasHead) => {
      const text = `${hasHead ? whole : ""}${pieces.join(" ")}`;
      try {
        parseDbc(text);
      } catch (error) {
        expect(error).toBeInstanceOf(DbcError);
      }
    }),
    { numRuns: 300 },
  );
});

test("a database that was cut or spoilt anywhere is read or refused with a line", () => {
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(whole.length), fc.string({ maxLength: 3 }), (a, b, text) => {
      const [from, to] = a < b ? [a, b] : [b, a];
      try {
        parseDbc(whole.slice(0, from) + text + whole.slice(to));
      } catch (error) {
        expect(error).toBeInstanceOf(DbcError);
      }
    }),
    { numRuns: 300 },
  );
});
