import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesNeeded, rawRange, readRaw, writeRaw } from "./bits.ts";
import type { DbcMessage, DbcSignal } from "./dbc.ts";
import { Decoder } from "./decoder.ts";
import { encodeMessage } from "./encode.ts";
import { parseDbc } from "./parse-dbc.ts";

/** Two places of bits beyond doubt: the example of the byte orders that every text on DBC shows. */
const orders = parseDbc(`BU_: X
BO_ 100 ORDERS: 8 X
 SG_ INTEL : 4|12@1+ (1,0) [0|0] "" X
 SG_ MOTOROLA : 19|12@0- (1,0) [0|0] "" X
 SG_ SCALED : 32|16@1- (0.5,10) [0|0] "" X
 SG_ TOP : 55|16@0+ (1,0) [0|0] "" X
`);

function valuesOf(decoder: Decoder): Record<string, number> {
  return Object.fromEntries(
    decoder.messages.flatMap(({ signals }, message) =>
      signals.map(({ name }, i) => [name, decoder.slots[decoder.firstSlot(message) + i] ?? NaN]),
    ),
  );
}

test("bits are found in both byte orders, over the borders of bytes", () => {
  const decoder = new Decoder(orders);
  const frame = Uint8Array.of(0x50, 0xab, 0x0f, 0xfe, 0xf6, 0xff, 0x12, 0x34);
  expect(decoder.decode(100, frame, 0, 8)).toBe(0);
  // Intel: 0xab is above the high half of 0x50. Motorola: low half of 0x0f, then 0xfe, a negative number.
  expect(valuesOf(decoder)).toEqual({ INTEL: 0xab5, MOTOROLA: -2, SCALED: 5, TOP: 0x1234 });
});

test("what has not been in any frame is no number, and unknown frames change nothing", () => {
  const decoder = new Decoder(orders);
  expect(decoder.decode(101, new Uint8Array(8), 0, 8)).toBe(-1);
  expect(decoder.decode(0x8000_0064, new Uint8Array(8), 0, 8)).toBe(-1);
  expect(Object.values(valuesOf(decoder)).every((value) => Number.isNaN(value))).toBe(true);
});

test("a frame that is too short tells only what is whole in it", () => {
  const decoder = new Decoder(orders);
  decoder.decode(100, Uint8Array.of(0x50, 0xab, 0x0f), 0, 3);
  expect(valuesOf(decoder)).toEqual({ INTEL: 0xab5, MOTOROLA: NaN, SCALED: NaN, TOP: NaN });
});

const switched = parseDbc(`BU_: X
BO_ 5 SWITCHED: 8 X
 SG_ PAGE M : 0|8@1+ (1,0) [0|0] "" X
 SG_ ALWAYS : 8|8@1+ (1,0) [0|0] "" X
 SG_ INNER m1M : 16|8@1+ (1,0) [0|0] "" X
 SG_ DEEP m1 : 24|8@1+ (1,0) [0|0] "" X
 SG_ OTHER m2 : 16|16@1+ (1,0) [0|0] "" X
SG_MUL_VAL_ 5 DEEP INNER 3-5, 9-9;
`);

test.each([
  [[1, 7, 4, 8], { PAGE: 1, ALWAYS: 7, INNER: 4, DEEP: 8, OTHER: NaN }],
  [[1, 7, 9, 8], { PAGE: 1, ALWAYS: 7, INNER: 9, DEEP: 8, OTHER: NaN }],
  [[1, 7, 6, 8], { PAGE: 1, ALWAYS: 7, INNER: 6, DEEP: NaN, OTHER: NaN }],
  [[2, 7, 4, 8], { PAGE: 2, ALWAYS: 7, INNER: NaN, DEEP: NaN, OTHER: 0x804 }],
  [[3, 7, 4, 8], { PAGE: 3, ALWAYS: 7, INNER: NaN, DEEP: NaN, OTHER: NaN }],
])("multiplexed signals are there while every switch above them stands right: %j", (bytes, values) => {
  for (const length of [4, 8]) {
    const decoder = new Decoder(switched);
    decoder.decode(5, Uint8Array.of(...bytes, 0, 0, 0, 0), 0, length);
    expect(valuesOf(decoder)).toEqual(values);
  }
});

test("IEEE numbers come out as they went in, wherever they stand", () => {
  const message = (line: string, type: number) =>
    parseDbc(`BU_: X\nBO_ 9 FLOATS: 16 X\n SG_ F : ${line} (2,1) [0|0] "" X\nSIG_VALTYPE_ 9 F : ${type};\n`);
  const data = new Uint8Array(16);
  new DataView(data.buffer).setFloat32(3, 1.5, true);
  const single = new Decoder(message("24|32@1-", 1));
  single.decode(9, data, 0, 16);
  expect(valuesOf(single)).toEqual({ F: 4 });
  new DataView(data.buffer).setFloat64(2, Math.PI, false);
  const double = new Decoder(message("23|64@0-", 2));
  double.decode(9, data, 0, 16);
  expect(valuesOf(double)).toEqual({ F: Math.PI * 2 + 1 });
});

/** Any signal that fits into a frame of 64 bytes. */
const anySignal = fc
  .record({
    start: fc.nat(511),
    length: fc.integer({ min: 1, max: 64 }),
    order: fc.constantFrom("intel", "motorola"),
    form: fc.constantFrom("unsigned", "signed", "float32", "float64"),
    factor: fc.constantFrom(1, 0.01, -0.5, 1e-6, 12),
    offset: fc.constantFrom(0, -40, 67.67),
  })
  .map((facts): DbcSignal => {
    const length = facts.form === "float32" ? 32 : facts.form === "float64" ? 64 : facts.length;
    return {
      ...facts,
      length,
      name: "S",
      min: 0,
      max: 0,
      unit: "",
      labels: new Map(),
      isMultiplexor: false,
      line: 1,
    } satisfies DbcSignal;
  })
  .filter((signal) => bytesNeeded(signal) <= 64);

const messageOf = (signals: readonly DbcSignal[]): DbcMessage => ({
  id: 1,
  isExtended: false,
  name: "M",
  size: 64,
  signals,
  line: 1,
});

/** Bit by bit with exact integers, as slow and as plain as can be. */
function rawByHand({ start, length, order, form }: DbcSignal, data: Uint8Array): bigint {
  let raw = 0n;
  for (let k = 0; k < length; k++) {
    let position: number;
    if (order === "intel") position = start + length - 1 - k;
    else {
      const fromTop = Math.floor(start / 8) * 8 + 7 - (start % 8) + k;
      position = Math.floor(fromTop / 8) * 8 + 7 - (fromTop % 8);
    }
    raw = (raw << 1n) | BigInt(((data[Math.floor(position / 8)] ?? 0) >> (position % 8)) & 1);
  }
  return form === "signed" ? BigInt.asIntN(length, raw) : raw;
}

test("generated code reads what one reads bit by bit", () => {
  fc.assert(
    fc.property(
      fc.array(anySignal, { minLength: 1, maxLength: 5 }),
      fc.uint8Array({ minLength: 64, maxLength: 64 }),
      (signals, data) => {
        const named = signals.map((signal, i) => ({ ...signal, name: `S${i}` }));
        const decoder = new Decoder({ messages: [messageOf(named)] });
        decoder.decode(1, data, 0, 64);
        named.forEach((signal, i) => {
          const { factor, offset, form } = signal;
          const raw = readRaw(signal, data, 0);
          if (!form.startsWith("float")) expect(raw).toBe(Number(rawByHand(signal, data)));
          expect(decoder.slots[i]).toBe(raw * factor + offset);
        });
      },
    ),
    { numRuns: 150 },
  );
});

test("a raw value that was written is read again, and no other bit has changed", () => {
  fc.assert(
    fc.property(
      anySignal,
      fc.uint8Array({ minLength: 64, maxLength: 64 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (signal, data, part) => {
        const [least, most] = rawRange(signal);
        const value = least * (1 - part) + most * part;
        const raw = signal.form.startsWith("float") ? Math.fround(value) : Math.round(value);
        const before = Uint8Array.from(data);
        writeRaw(signal, raw, data, 0);
        expect(readRaw(signal, data, 0)).toBe(raw === 0 ? 0 : raw);
        writeRaw(signal, 0, data, 0);
        writeRaw(signal, 0, before, 0);
        expect(data).toEqual(before);
      },
    ),
    { numRuns: 300 },
  );
});

test("what a message says in physical values is decoded to the same values", () => {
  const { messages } = orders;
  const [message] = messages;
  if (message === undefined) throw new Error("there is no message");
  const values = fc.record({
    INTEL: fc.nat(4_095),
    MOTOROLA: fc.integer({ min: -2_048, max: 2_047 }),
    SCALED: fc.integer({ min: -32_768, max: 32_767 }).map((raw) => raw * 0.5 + 10),
  });
  fc.assert(
    fc.property(values, (said) => {
      const outcome = encodeMessage(message, said);
      if (outcome.kind === "refused") throw new Error(outcome.why);
      const decoder = new Decoder(orders);
      decoder.decode(100, outcome.frame.data, 0, 8);
      expect(valuesOf(decoder)).toMatchObject(said);
    }),
  );
});

test.each([
  [{ NOWHERE: 1 }, /has no signal NOWHERE/],
  [{ INTEL: 4_096 }, /does not fit into 12 bits/],
  [{ INTEL: -1 }, /does not fit/],
  [{ INTEL: NaN }, /no finite number/],
])("what a message cannot say is refused: %j", (values, why) => {
  const [message] = orders.messages;
  expect(message && encodeMessage(message, values)).toMatchObject({ kind: "refused", why: expect.stringMatching(why) });
});

test("limits of the file and switches are obeyed when a message is written", () => {
  const [page] = switched.messages;
  if (page === undefined) throw new Error("there is no message");
  expect(encodeMessage(page, { OTHER: 5 })).toMatchObject({ kind: "refused", why: "OTHER: it needs PAGE beside it" });
  expect(encodeMessage(page, { PAGE: 1, OTHER: 5 })).toMatchObject({
    kind: "refused",
    why: "OTHER: PAGE = 1 switches it off",
  });
  expect(encodeMessage(page, { PAGE: 2, OTHER: 5 })).toMatchObject({ kind: "frame" });
  const [limited] = parseDbc(`BU_: X\nBO_ 1 A: 1 X\n SG_ S : 0|8@1+ (1,0) [5|33] "" X\n`).messages;
  expect(limited && encodeMessage(limited, { S: 40 })).toMatchObject({
    kind: "refused",
    why: "S: 40 is not within 5 and 33",
  });
});
