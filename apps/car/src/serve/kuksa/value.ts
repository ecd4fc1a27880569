// Hot: runs for every value that goes over gRPC (about 150,000/s).
import type { Datatype, SignalValue } from "@caravan/signals";
import { WireError, wireTypes } from "./wire.ts";
import type { Reader, Writer } from "./wire.ts";

/** Numbers of the fields of `kuksa.val.v2.Value`, one for each type on the wire; an array's number is its element's plus ten. */
const fields: Readonly<Record<string, number>> = {
  string: 11,
  boolean: 12,
  int8: 13,
  int16: 13,
  int32: 13,
  int64: 14,
  uint8: 15,
  uint16: 15,
  uint32: 15,
  uint64: 16,
  float: 17,
  double: 18,
};
const arrayOffset = 10;
const firstArray = 21;
const lastArray = 28;

/** The field of `Value` that holds values of this data type. */
export function fieldOf(datatype: Datatype): number {
  const isArray = datatype.endsWith("[]");
  const field = fields[isArray ? datatype.slice(0, -2) : datatype] ?? 0;
  return isArray ? field + arrayOffset : field;
}

/** A value as it came, with the field it came in. */
export interface WireValue {
  readonly field: number;
  readonly value: SignalValue;
}

const longestArray = 1_024;

/** Reads a `Value`; undefined where it holds none. */
export function readValue(reader: Reader): WireValue | undefined {
  let found: WireValue | undefined;
  while (!reader.isAtEnd) {
    const tag = reader.tag();
    const field = tag >>> 3;
    if (field >= firstArray && field <= lastArray && (tag & 7) === wireTypes.bytes) {
      found = { field, value: readArray(reader.message(), field - arrayOffset) };
    } else if (isScalar(tag)) found = { field, value: readScalar(reader, field) };
    else reader.skip(tag);
  }
  return found;
}

/** Is this a field of `Value` with one value, of the kind it must be? */
export function isScalar(tag: number): boolean {
  const field = tag >>> 3;
  return field >= 11 && field <= 18 && (tag & 7) === kindOf(field);
}

function kindOf(field: number): number {
  if (field === 11) return wireTypes.bytes;
  if (field === 17) return wireTypes.fixed32;
  return field === 18 ? wireTypes.fixed64 : wireTypes.varint;
}

export function readScalar(reader: Reader, field: number): number | boolean | string {
  switch (field) {
    case 11:
      return reader.text();
    case 12:
      return reader.bool();
    case 13:
    case 14:
      return reader.sint();
    case 17:
      return reader.float();
    case 18:
      return reader.double();
    default:
      return reader.varint();
  }
}

/** Numbers and booleans come packed together or one by one. */
function readArray(reader: Reader, field: number): readonly (number | boolean | string)[] {
  const values: (number | boolean | string)[] = [];
  const add = (from: Reader): void => {
    if (values.length >= longestArray) throw new WireError(`an array has more than ${longestArray} elements`);
    values.push(readScalar(from, field));
  };
  while (!reader.isAtEnd) {
    const tag = reader.tag();
    if (tag >>> 3 !== 1) reader.skip(tag);
    else if ((tag & 7) === kindOf(field)) add(reader);
    else if ((tag & 7) === wireTypes.bytes) for (const packed = reader.message(); !packed.isAtEnd;) add(packed);
    else reader.skip(tag);
  }
  return values;
}

/** Writes the inside of a `Value`. */
export function writeValue(writer: Writer, field: number, value: SignalValue): void {
  if (typeof value === "object") {
    const before = writer.length;
    const element = field - arrayOffset;
    if (element === 11) {
      for (let i = value.length - 1; i >= 0; i--) writer.text((1 << 3) | wireTypes.bytes, String(value[i]));
    } else {
      for (let i = value.length - 1; i >= 0; i--) writeScalar(writer, element, value[i] ?? 0);
      const packed = writer.length - before;
      if (packed > 0) writer.close((1 << 3) | wireTypes.bytes, packed);
    }
    writer.close((field << 3) | wireTypes.bytes, writer.length - before);
  } else if (field === 11) writer.text((field << 3) | wireTypes.bytes, String(value));
  else {
    writeScalar(writer, field, value);
    writer.varint((field << 3) | kindOf(field));
  }
}

function writeScalar(writer: Writer, field: number, value: number | boolean | string): void {
  const number = Number(value);
  if (field === 17) writer.float(number);
  else if (field === 18) writer.double(number);
  else if (field === 13 || field === 14) writer.sint(number);
  else writer.varint(number);
}

/** Writes the inside of a `Datapoint`: UTC ms, and the value if there is one. */
export function writeDatapoint(writer: Writer, at: number, field: number, value: SignalValue | undefined): void {
  if (value !== undefined) {
    const before = writer.length;
    writeValue(writer, field, value);
    writer.close(0x12, writer.length - before);
  }
  const before = writer.length;
  const seconds = Math.floor(at / 1_000);
  const nanos = Math.round((at - seconds * 1_000) * 1e6);
  if (nanos > 0) {
    writer.varint(Math.min(nanos, 999_999_999));
    writer.varint(0x10);
  }
  // Before 1970 nothing was measured.
  if (seconds > 0) {
    writer.varint(seconds);
    writer.varint(0x08);
  }
  writer.close(0x0a, writer.length - before);
}
