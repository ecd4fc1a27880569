import { readValue } from "./value.ts";
import type { WireValue } from "./value.ts";
import { Reader, WireError } from "./wire.ts";

/** How a message names a signal. */
export type SignalName =
  | { readonly kind: "id"; readonly id: number }
  | { readonly kind: "path"; readonly path: string };

/** A value with its time (UTC ms) as it came; both may be missing. */
export interface WirePoint {
  readonly at: number | undefined;
  readonly value: WireValue | undefined;
}

export interface Order {
  readonly signal: SignalName | undefined;
  readonly value: WireValue | undefined;
}

export interface SubscribeRequest {
  readonly names: readonly SignalName[];
  readonly bufferSize: number;
  readonly durationMs: number;
  readonly intervalMs: number;
}

/** What a provider sends; the values it publishes stay bytes until they are written into the Store. */
export type ProviderMessage =
  | { readonly kind: "carry"; readonly names: readonly SignalName[] }
  | { readonly kind: "publish"; readonly request: Reader }
  | {
      readonly kind: "carried";
      readonly signal: SignalName | undefined;
      readonly code: number;
      readonly message: string;
    }
  | { readonly kind: "claim"; readonly ids: readonly number[] }
  | { readonly kind: "other" };

/** Signals that one request may name. */
const mostNames = 4_096;

type Fields = Readonly<Record<number, (reader: Reader) => void>>;

/** Reads a message whose known fields are given by their tags. */
function read(reader: Reader, fields: Fields): void {
  while (!reader.isAtEnd) {
    const tag = reader.tag();
    const field = fields[tag];
    if (field === undefined) reader.skip(tag);
    else field(reader);
  }
}

function push<T>(list: T[], item: T): void {
  if (list.length >= mostNames) throw new WireError(`a message names more than ${mostNames} signals`);
  list.push(item);
}

function signalName(reader: Reader): SignalName | undefined {
  let name: SignalName | undefined;
  read(reader, {
    8: (own) => (name = { kind: "id", id: own.int32() }),
    18: (own) => (name = { kind: "path", path: own.text() }),
  });
  return name;
}

/** The inside of a `google.protobuf.Timestamp` up to `end`, as UTC ms. */
export function timestamp(reader: Reader, end: number): number {
  let seconds = 0;
  let nanos = 0;
  while (reader.at < end) {
    const tag = reader.tag();
    if (tag === 8) seconds = reader.int();
    else if (tag === 16) nanos = reader.int32();
    else reader.skip(tag);
  }
  return seconds * 1_000 + nanos / 1e6;
}

function datapoint(reader: Reader): WirePoint {
  let at: number | undefined;
  let value: WireValue | undefined;
  read(reader, { 10: (own) => (at = timestamp(own, own.inner())), 18: (own) => (value = readValue(own.message())) });
  return { at, value };
}

/** `GetValueRequest`. */
export function getValueRequest(bytes: Buffer): SignalName | undefined {
  let name: SignalName | undefined;
  read(new Reader(bytes), { 10: (own) => (name = signalName(own.message())) });
  return name;
}

/** `GetValuesRequest`, and `ProvideActuationRequest`, which has the same fields. */
export function getValuesRequest(bytes: Buffer): readonly (SignalName | undefined)[] {
  return signalNames(new Reader(bytes));
}

function signalNames(reader: Reader): readonly (SignalName | undefined)[] {
  const names: (SignalName | undefined)[] = [];
  read(reader, { 10: (own) => push(names, signalName(own.message())) });
  return names;
}

/** `SubscribeRequest` where signals are named by path, `SubscribeByIdRequest` where by number. */
export function subscribeRequest(bytes: Buffer): SubscribeRequest {
  const names: SignalName[] = [];
  let bufferSize = 0;
  let durationMs = 0;
  let intervalMs = 0;
  const id = (reader: Reader): void => push(names, { kind: "id", id: reader.int32() });
  read(new Reader(bytes), {
    8: id,
    10: (own) => push(names, { kind: "path", path: own.text() }),
    16: (own) => (bufferSize = own.varint()),
    26: (own) =>
      read(own.message(), {
        8: (filter) => (durationMs = filter.varint()),
        18: (filter) => read(filter.message(), { 8: (interval) => (intervalMs = interval.varint()) }),
      }),
  });
  return { names, bufferSize, durationMs, intervalMs };
}

/** `SubscribeByIdRequest`: numbers come packed together or one by one. */
export function subscribeByIdRequest(bytes: Buffer): SubscribeRequest {
  const names: SignalName[] = [];
  const plain = subscribeRequest(withoutPacked(bytes, names));
  return { ...plain, names: [...names, ...plain.names] };
}

/** Takes the packed numbers (field 1 as bytes) out, which in the request by path are texts. */
function withoutPacked(bytes: Buffer, names: SignalName[]): Buffer {
  const rest: Buffer[] = [];
  const reader = new Reader(bytes);
  while (!reader.isAtEnd) {
    const from = reader.at;
    const tag = reader.tag();
    if (tag === 10) {
      for (const packed = reader.message(); !packed.isAtEnd;) push(names, { kind: "id", id: packed.int32() });
    } else {
      reader.skip(tag);
      rest.push(bytes.subarray(from, reader.at));
    }
  }
  return Buffer.concat(rest);
}

function order(reader: Reader): Order {
  let signal: SignalName | undefined;
  let value: WireValue | undefined;
  read(reader, { 10: (own) => (signal = signalName(own.message())), 18: (own) => (value = readValue(own.message())) });
  return { signal, value };
}

/** `ActuateRequest`. */
export const actuateRequest = (bytes: Buffer): Order => order(new Reader(bytes));

/** `BatchActuateRequest`. */
export function batchActuateRequest(bytes: Buffer): readonly Order[] {
  const orders: Order[] = [];
  read(new Reader(bytes), { 10: (own) => push(orders, order(own.message())) });
  return orders;
}

/** `ListMetadataRequest`: the root; its filter has no meaning yet. */
export function listMetadataRequest(bytes: Buffer): string {
  let root = "";
  read(new Reader(bytes), { 10: (own) => (root = own.text()) });
  return root;
}

/** `PublishValueRequest`. */
export function publishValueRequest(bytes: Buffer): { signal: SignalName | undefined; point: WirePoint | undefined } {
  let signal: SignalName | undefined;
  let point: WirePoint | undefined;
  read(new Reader(bytes), {
    10: (own) => (signal = signalName(own.message())),
    18: (own) => (point = datapoint(own.message())),
  });
  return { signal, point };
}

/** `OpenProviderStreamRequest`. */
export function providerMessage(bytes: Buffer): ProviderMessage {
  let message: ProviderMessage = { kind: "other" };
  read(new Reader(bytes), {
    10: (own) => {
      const names = signalNames(own.message());
      message = { kind: "carry", names: names.flatMap((name) => name ?? []) };
    },
    18: (own) => (message = { kind: "publish", request: own.message() }),
    26: (own) => (message = carried(own.message())),
    34: (own) => (message = { kind: "claim", ids: sampleIntervals(own.message()) }),
  });
  return message;
}

/** `BatchActuateStreamResponse`; code 1 is OK, 0 says nothing and so means no error either. */
function carried(reader: Reader): ProviderMessage {
  let signal: SignalName | undefined;
  let code = 0;
  let message = "";
  read(reader, {
    10: (own) => (signal = signalName(own.message())),
    18: (own) => read(own.message(), { 8: (error) => (code = error.int32()), 18: (error) => (message = error.text()) }),
  });
  return { kind: "carried", signal, code, message };
}

/** `ProvideSignalRequest`: the signals; how often they come is their provider's matter. */
function sampleIntervals(reader: Reader): readonly number[] {
  const ids: number[] = [];
  read(reader, {
    10: (own) => {
      let id = 0;
      read(own.message(), { 8: (entry) => (id = entry.int32()) });
      push(ids, id);
    },
  });
  return ids;
}
