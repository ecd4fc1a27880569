import type { Reading, Signal, SignalValue } from "@caravan/signals";
import { fieldOf, writeDatapoint, writeValue } from "./value.ts";
import { Writer, wireTypes } from "./wire.ts";

/** Names of data types and kinds as numbers (`kuksa.val.v2.DataType`, `EntryType`). */
const datatypes: Readonly<Record<string, number>> = {
  string: 1,
  boolean: 2,
  int8: 3,
  int16: 4,
  int32: 5,
  int64: 6,
  uint8: 7,
  uint16: 8,
  uint32: 9,
  uint64: 10,
  float: 11,
  double: 12,
};
const arrayOffset = 19;
const entryTypes = { attribute: 1, sensor: 2, actuator: 3 } as const;

const bytesTag = (field: number): number => (field << 3) | wireTypes.bytes;

/** A message without any field. */
export const nothing = Buffer.alloc(0);

/** `GetValueResponse`, and one element of `GetValuesResponse`; without a reading the time of asking stands there alone. */
function point(writer: Writer, signal: Signal, reading: Reading | undefined, now: number): void {
  const before = writer.length;
  writeDatapoint(writer, reading?.at ?? now, fieldOf(signal.datatype), reading?.value);
  writer.close(bytesTag(1), writer.length - before);
}

/** `GetValueResponse` of one signal, `GetValuesResponse` of several, in their order. */
export function valuesResponse(
  found: readonly { readonly signal: Signal; readonly reading: Reading | undefined }[],
  now: number,
): Buffer {
  const writer = new Writer();
  for (let i = found.length - 1; i >= 0; i--) {
    const one = found[i];
    if (one !== undefined) point(writer, one.signal, one.reading, now);
  }
  return writer.take();
}

/** `ListMetadataResponse`. */
export function metadataResponse(signals: readonly Signal[]): Buffer {
  const writer = new Writer(signals.length * 200 + 16);
  for (let i = signals.length - 1; i >= 0; i--) {
    const signal = signals[i];
    if (signal === undefined) continue;
    const before = writer.length;
    metadata(writer, signal);
    writer.close(bytesTag(1), writer.length - before);
  }
  return writer.take();
}

function metadata(writer: Writer, { path, slot, datatype, kind, description, unit, min, max, allowed }: Signal): void {
  const isArray = datatype.endsWith("[]");
  const element = isArray ? datatype.slice(0, -2) : datatype;
  const limit = (field: number, value: SignalValue | undefined, type: number): void => {
    if (value === undefined) return;
    const before = writer.length;
    writeValue(writer, type, value);
    writer.close(bytesTag(field), writer.length - before);
  };
  const scalar = fieldOf(datatype) - (isArray ? 10 : 0);
  limit(19, max, scalar);
  limit(18, min, scalar);
  limit(17, allowed, scalar + 10);
  if (unit !== undefined) writer.text(bytesTag(16), unit);
  writer.text(bytesTag(13), description);
  writer.varint(entryTypes[kind]);
  writer.varint(12 << 3);
  writer.varint((datatypes[element] ?? 0) + (isArray ? arrayOffset : 0));
  writer.varint(11 << 3);
  writer.varint(slot + 1);
  writer.varint(10 << 3);
  writer.text(bytesTag(9), path);
}

/** `GetServerInfoResponse`. */
export function serverInfoResponse(name: string, version: string): Buffer {
  const writer = new Writer();
  writer.text(bytesTag(2), version);
  writer.text(bytesTag(1), name);
  return writer.take();
}

/** `OpenProviderStreamResponse` with a message that has no fields: 1 answers a claim of actuators, 4 one of signals. */
export function claimedResponse(field: 1 | 4): Buffer {
  const writer = new Writer(16);
  writer.close(bytesTag(field), 0);
  return writer.take();
}

/** `OpenProviderStreamResponse` with `PublishValuesResponse`: what could not be published, by number. */
export function publishErrorsResponse(requestId: number, errors: ReadonlyMap<number, PublishError>): Buffer {
  const writer = new Writer();
  for (const [id, { code, message }] of errors) {
    const before = writer.length;
    writer.text(bytesTag(2), message);
    writer.varint(code);
    writer.varint(1 << 3);
    writer.close(bytesTag(2), writer.length - before);
    writeId(writer, id);
    writer.close(bytesTag(2), writer.length - before);
  }
  if (requestId !== 0) {
    writer.varint(requestId);
    writer.varint(1 << 3);
  }
  writer.close(bytesTag(2), writer.length);
  return writer.take();
}

/** `kuksa.val.v2.Error`; the codes are 2 invalid argument, 3 not found, 4 permission denied. */
export interface PublishError {
  readonly code: 2 | 3 | 4;
  readonly message: string;
}

/** `OpenProviderStreamResponse` with `BatchActuateStreamRequest`. */
export function ordersResponse(orders: readonly { readonly signal: Signal; readonly value: SignalValue }[]): Buffer {
  const writer = new Writer();
  for (let i = orders.length - 1; i >= 0; i--) {
    const order = orders[i];
    if (order === undefined) continue;
    const before = writer.length;
    writeValue(writer, fieldOf(order.signal.datatype), order.value);
    writer.close(bytesTag(2), writer.length - before);
    const named = writer.length;
    writer.varint(order.signal.slot + 1);
    writer.varint(1 << 3);
    writer.close(bytesTag(1), writer.length - named);
    writer.close(bytesTag(1), writer.length - before);
  }
  writer.close(bytesTag(3), writer.length);
  return writer.take();
}

/** Field 1 of a map's entry whose key is a signal's number; negative numbers take ten bytes. */
function writeId(writer: Writer, id: number): void {
  if (id >= 0) writer.varint(id);
  else {
    const bytes = Buffer.alloc(10, 0xff);
    for (let i = 0, rest = id; i < 9; i++, rest = Math.floor(rest / 128)) bytes[i] = (((rest % 128) + 128) % 128) | 128;
    bytes[9] = 1;
    writer.raw(bytes);
  }
  writer.varint(1 << 3);
}
