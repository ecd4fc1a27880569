import { SignalError, check } from "@caravan/signals";
import type { Reading, Signal, SignalValue } from "@caravan/signals";
import { failure } from "./error.ts";
import type { Failure } from "./error.ts";

/** Instants on the wire: UTC with milliseconds and a trailing Z. */
export const timestamp = (ms: number): string => new Date(ms).toISOString();

/** Values on the wire: strings, and arrays of strings. */
export function toWire(value: SignalValue): string | readonly string[] {
  return typeof value === "object" ? value.map(String) : String(value);
}

export interface DataPoint {
  readonly value: string | readonly string[];
  readonly ts: string;
}

export const dataPoint = ({ value, at }: Reading): DataPoint => ({ value: toWire(value), ts: timestamp(at) });

/** RFC 8259, section 6. */
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export const isNumberText = (text: string): boolean => text.length <= 40 && numberText.test(text);

export interface Accepted {
  readonly value: SignalValue;
}

/** The value that a client's strings stand for, once it obeys the signal's type, limits and allowed values. */
export function fromWire(signal: Signal, wire: unknown): Accepted | Failure {
  const isArray = signal.datatype.endsWith("[]");
  const datatype = isArray ? signal.datatype.slice(0, -2) : signal.datatype;
  const raw: unknown =
    isArray && Array.isArray(wire) ? wire.map((item: unknown) => read(datatype, item)) : read(datatype, wire);
  try {
    return { value: check<SignalValue>(signal, raw) };
  } catch (error) {
    if (!(error instanceof SignalError)) throw error;
    return failure(
      error.rule === "range" || error.rule === "allowed" || error.rule === "length" ? "outside-limit" : "wrong-type",
    );
  }
}

/** Undefined, which no signal can be, where the text does not read as this data type. */
function read(datatype: string, wire: unknown): unknown {
  if (typeof wire !== "string") return undefined;
  if (datatype === "string") return wire;
  if (datatype === "boolean") return wire === "true" ? true : wire === "false" ? false : undefined;
  return isNumberText(wire) ? Number(wire) : undefined;
}
