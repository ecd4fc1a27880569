import { bytesNeeded, piecesOf } from "./bits.ts";
import type { Piece } from "./bits.ts";
import type { DbcMessage, DbcSignal } from "./dbc.ts";

/** Puts the scaled values of all signals that a frame carries into their slots; the frame must be long enough for all of them. */
export type DecodeMessage = (data: Uint8Array, offset: number, slots: Float64Array) => void;

/** Two views of the same eight bytes turn bits into IEEE numbers; words stand low first. */
const words = new Uint32Array(2);
const singles = new Float32Array(words.buffer);
const doubles = new Float64Array(words.buffer);
const lowIsFirst = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/**
 * Writes a function for one message. The source text is put together from numbers alone, each written by `numeral`: no text of the DBC ever
 * becomes code.
 */
export function generateDecoder(message: DbcMessage, firstSlot: number): DecodeMessage {
  const source = sourceOf(message, firstSlot);
  // oxlint-disable-next-line typescript/no-implied-eval -- the text holds numerals and fixed words only
  const make: unknown = new Function("words", "singles", "doubles", source)(words, singles, doubles);
  if (!isDecoder(make)) throw new TypeError("the generator made no function");
  return make;
}

const isDecoder = (made: unknown): made is DecodeMessage => typeof made === "function";

/** Bytes that a frame must have for the generated function. */
export const wholeLength = (message: DbcMessage): number =>
  Math.max(0, ...message.signals.map((signal) => bytesNeeded(signal)));

/** The text of the function, for whoever wants to look at it. */
function sourceOf(message: DbcMessage, firstSlot: number): string {
  const bytes = new Set(message.signals.flatMap((signal) => piecesOf(signal).map(({ byte }) => byte)));
  const lines = ["'use strict';", "return function (d, o, s) {"];
  for (const byte of [...bytes].toSorted((a, b) => a - b)) {
    lines.push(`const b${numeral(byte)} = d[o + ${numeral(byte)}];`);
  }
  message.signals.forEach((signal, i) => {
    if (signal.isMultiplexor) lines.push(`const r${numeral(i)} = ${rawOf(signal)};`);
  });
  message.signals.forEach((signal, i) => {
    const raw = signal.isMultiplexor ? `r${numeral(i)}` : rawOf(signal);
    const store = `s[${numeral(firstSlot + i)}] = ${scaled(signal, raw)};`;
    const condition = conditionOf(message, signal);
    const statements = `${floatWords(signal)}${store}`;
    lines.push(condition === "" ? statements : `if (${condition}) { ${statements} }`);
  });
  lines.push("};");
  return lines.join("\n");
}

/** All switches that must stand right, the outermost first. */
function conditionOf(message: DbcMessage, signal: DbcSignal): string {
  const conditions: string[] = [];
  for (let rule = signal.presentIf; rule !== undefined;) {
    const { multiplexor, ranges } = rule;
    const index = message.signals.findIndex(({ name }) => name === multiplexor);
    const raw = `r${numeral(index)}`;
    const any = ranges.map(([from, to]) =>
      from === to ? `${raw} === ${numeral(from)}` : `(${raw} >= ${numeral(from)} && ${raw} <= ${numeral(to)})`,
    );
    conditions.unshift(any.length === 1 ? any.join("") : `(${any.join(" || ")})`);
    rule = message.signals[index]?.presentIf;
  }
  return conditions.join(" && ");
}

function scaled({ factor, offset }: DbcSignal, raw: string): string {
  const product = factor === 1 ? raw : `${raw} * ${numeral(factor)}`;
  // 0 times something negative is -0, which adding 0 makes 0 again.
  return offset === 0 && factor > 0 ? product : `${product} + ${numeral(offset)}`;
}

function floatWords(signal: DbcSignal): string {
  if (signal.form !== "float32" && signal.form !== "float64") return "";
  const low = wordOf(piecesOf(signal).filter(({ up }) => up < 32));
  if (signal.form === "float32") return `words[0] = ${low}; `;
  const high = wordOf(highPieces(signal));
  return lowIsFirst ? `words[0] = ${low}; words[1] = ${high}; ` : `words[1] = ${low}; words[0] = ${high}; `;
}

function rawOf(signal: DbcSignal): string {
  const { form, length } = signal;
  if (form === "float32") return "singles[0]";
  if (form === "float64") return "doubles[0]";
  const low = wordOf(piecesOf(signal).filter(({ up }) => up < 32));
  if (length <= 32) return form === "signed" ? signedWord(low, length) : unsignedWord(low, length);
  const high = wordOf(highPieces(signal));
  const upper = form === "signed" ? signedWord(high, length - 32) : unsignedWord(high, length - 32);
  return `(${upper} * 4294967296 + ${unsignedWord(low, 32)})`;
}

const highPieces = (signal: DbcSignal): readonly Piece[] =>
  piecesOf(signal)
    .filter(({ up }) => up >= 32)
    .map((piece) => ({ ...piece, up: piece.up - 32 }));

/** The bits of one word, as JavaScript's signed 32-bit arithmetic leaves them. */
function wordOf(pieces: readonly Piece[]): string {
  const parts = pieces.map(({ byte, shift, mask, up }) => {
    const byteName = `b${numeral(byte)}`;
    const down = shift === 0 ? byteName : `${byteName} >>> ${numeral(shift)}`;
    const isWhole = mask === 255 || shift + Math.log2(mask + 1) === 8;
    const bits = isWhole ? down : `${shift === 0 ? down : `(${down})`} & ${numeral(mask)}`;
    return up === 0 ? `(${bits})` : `((${bits}) << ${numeral(up)})`;
  });
  return parts.length === 1 ? parts.join("") : `(${parts.join(" | ")})`;
}

const unsignedWord = (word: string, length: number): string => (length === 32 ? `(${word} >>> 0)` : word);

function signedWord(word: string, length: number): string {
  return length === 32 ? `(${word} | 0)` : `((${word} << ${numeral(32 - length)}) >> ${numeral(32 - length)})`;
}

/** The only way for a value into generated code. */
function numeral(value: number): string {
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new TypeError("generated code takes only finite numbers");
  return value < 0 ? `(${String(value)})` : String(value);
}
