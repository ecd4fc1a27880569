import { SignalError } from "./error.ts";
import type { Signal, SignalValue } from "./signal.ts";

/** Longest string and array that a signal may hold. */
const longestString = 4_096;
const longestArray = 1_024;

const largestFloat = 3.4028234663852886e38;

/** Limits that the data type itself sets. 64-bit integers end where a double still counts in ones. */
const limits: Readonly<Record<string, readonly [min: number, max: number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-2_147_483_648, 2_147_483_647],
  uint32: [0, 4_294_967_295],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
  float: [-largestFloat, largestFloat],
  double: [-Number.MAX_VALUE, Number.MAX_VALUE],
};

/** The numbers a signal may have; none (from infinity down) where it is not limits alone that decide. */
export function limitsOf({ datatype, min = -Infinity, max = Infinity, allowed }: Signal): {
  readonly lowest: number;
  readonly highest: number;
  readonly isWhole: boolean;
} {
  const ofType = limits[datatype];
  if (!ofType || allowed) return { lowest: Infinity, highest: -Infinity, isWhole: false };
  return { lowest: Math.max(ofType[0], min), highest: Math.min(ofType[1], max), isWhole: isWhole(datatype) };
}

const isWhole = (datatype: string): boolean => datatype !== "float" && datatype !== "double";

/**
 * The value, once it obeys the signal's data type, limits and allowed values. Strings are not read as numbers here.
 * @throws SignalError naming path, rule and value
 */
export function check<T extends SignalValue>(signal: Signal<T>, value: unknown): T;
export function check(signal: Signal, value: unknown): SignalValue {
  if (!signal.datatype.endsWith("[]")) return checkOne(signal, signal.datatype, value);
  if (!Array.isArray(value)) throw new SignalError(signal.path, "type", value, `it holds ${signal.datatype}`);
  if (value.length > longestArray)
    throw new SignalError(signal.path, "length", value, `at most ${longestArray} elements`);
  const datatype = signal.datatype.slice(0, -2);
  return value.map((item: unknown) => checkOne(signal, datatype, item));
}

function checkOne(signal: Signal, datatype: string, value: unknown): number | boolean | string {
  const { path } = signal;
  if (datatype === "boolean") {
    if (typeof value !== "boolean") throw new SignalError(path, "type", value, "it is true or false");
  } else if (datatype === "string") {
    if (typeof value !== "string") throw new SignalError(path, "type", value, "it is text");
    if (value.length > longestString)
      throw new SignalError(path, "length", value, `at most ${longestString} characters`);
  } else {
    checkNumber(signal, datatype, value);
  }
  if (!isScalar(value)) throw new SignalError(path, "type", value, `it holds ${datatype}`);
  if (signal.allowed && !signal.allowed.includes(value)) {
    throw new SignalError(path, "allowed", value, `it is one of ${signal.allowed.join(", ")}`);
  }
  return value;
}

function checkNumber({ path, min, max, unit = "" }: Signal, datatype: string, value: unknown): void {
  if (typeof value !== "number") throw new SignalError(path, "type", value, `it is a number (${datatype})`);
  if (!Number.isFinite(value)) throw new SignalError(path, "finite", value, "it is a finite number");
  if (isWhole(datatype) && !Number.isInteger(value)) {
    throw new SignalError(path, "integer", value, `it is a whole number (${datatype})`);
  }
  const [lowest, highest] = limits[datatype] ?? [-Infinity, Infinity];
  if (value < lowest || value > highest)
    throw new SignalError(path, "range", value, `${datatype} reaches from ${lowest} to ${highest}`);
  if (min !== undefined && value < min)
    throw new SignalError(path, "range", value, `at least ${min} ${unit}`.trimEnd());
  if (max !== undefined && value > max) throw new SignalError(path, "range", value, `at most ${max} ${unit}`.trimEnd());
}

const isScalar = (value: unknown): value is number | boolean | string =>
  typeof value === "number" || typeof value === "boolean" || typeof value === "string";
