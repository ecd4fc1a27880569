// Hot: runs for every sample sent and received.
import type { SignalValue } from "./cockpit.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { linkLimits } from "./limits.ts";

/**
 * What a car measured in about one second, as columns: sample n is `paths[path[n]]` with `value[n]` at `at[n]`.
 * Samples stand in the order in which the car took them, whatever its clock did meanwhile.
 */
export interface Samples {
  /** Each path once. */
  readonly paths: readonly string[];
  /** Index into `paths`. */
  readonly path: readonly number[];
  /** UTC ms by the car's clock. */
  readonly at: readonly number[];
  /** undefined: the car has no such value any more. */
  readonly value: readonly (SignalValue | undefined)[];
}

/** One message on `up/batch`. */
export interface Batch {
  readonly v: 1;
  /** Rises with every start of the car computer. */
  readonly boot: number;
  /** 1, 2, 3, ... within a boot; the same number always carries the same samples. */
  readonly seq: number;
  /** The lowest sequence of this boot that the car still holds: lower ones are acknowledged, or were given up to keep the outbox in its bounds. */
  readonly floor: number;
  readonly samples: Samples;
}

/** Compression, handed in since a common package has none: `deflate` is raw DEFLATE (RFC 1951), `inflate` gives undefined for broken input or more than `limit` bytes. */
export interface Packing {
  deflate(bytes: Uint8Array): Uint8Array;
  inflate(bytes: Uint8Array, limit: number): Uint8Array | undefined;
}

/** Where a batch stands in the sequence of its car. */
export interface BatchPlace {
  readonly boot: number;
  readonly seq: number;
  readonly floor: number;
}

/** Why bytes were not a batch. `place` is there where the head could still be read, so that one bad body need not block all that follow it. */
export interface BatchFault {
  readonly v: undefined;
  readonly kind: "too-large" | "unknown-version" | "malformed";
  readonly place: BatchPlace | undefined;
}

const version = 1;
const plain = 0;
const deflated = 1;
/** Below this, DEFLATE costs more than it saves. */
const worthPackingBytes = 160;
/** Zigzag doubles, so whole numbers up to 2^52 travel as such and larger ones as floats. */
const wholeLimit = 2 ** 52;
/** Some 35,000 years either side of 1970: keeps the difference of two times a whole number that travels exactly. */
const timeLimit = 2 ** 50;
const kinds = { float64: 0, float32: 1, whole: 2, false: 3, true: 4, text: 5, list: 6, gone: 7 } as const;
const text = new TextEncoder();
const strictText = new TextDecoder("utf-8", { fatal: true });

/** The samples as one packed body, ready to be stored and later sent as often as needed. Throws a RangeError past `linkLimits`: the sampler splits before. */
export function packSamples(samples: Samples, packing: Packing): Uint8Array {
  const count = samples.path.length;
  if (count > linkLimits.samples || samples.paths.length > linkLimits.paths) {
    throw new RangeError("too many samples for one batch");
  }
  const writer = new ByteWriter();
  writer.unsigned(samples.paths.length);
  for (const path of samples.paths) writer.block(bounded(path, linkLimits.pathBytes));
  writer.unsigned(count);
  for (const index of samples.path) writer.unsigned(index);
  let before = 0;
  for (const at of samples.at) {
    if (!Number.isInteger(at) || Math.abs(at) > timeLimit)
      throw new RangeError("a time in a batch is whole milliseconds");
    writer.signed(at - before);
    before = at;
  }
  for (const value of samples.value) writeValue(writer, value);
  const body = writer.bytes();
  const packed = body.length < worthPackingBytes ? body : packing.deflate(body);
  const out = new ByteWriter();
  out.byte(packed === body ? plain : deflated);
  out.raw(packed);
  if (body.length > linkLimits.bodyBytes || packed.length + 32 > linkLimits.messageBytes)
    throw new RangeError("too many bytes for one batch");
  return out.bytes();
}

/** The message for `up/batch`: where it stands in the car's sequence, then the body as packed before. */
export function encodeBatch(
  place: { readonly boot: number; readonly seq: number; readonly floor: number },
  body: Uint8Array,
): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(version);
  writer.unsigned(place.boot);
  writer.unsigned(place.seq);
  writer.unsigned(place.floor);
  writer.raw(body);
  return writer.bytes();
}

/** A batch from bytes that may be anything: never throws, never builds more than `linkLimits` allows. */
export function decodeBatch(bytes: Uint8Array, packing: Packing): Batch | BatchFault {
  if (bytes.length > linkLimits.messageBytes) return fault("too-large");
  const head = new ByteReader(bytes);
  if (head.byte() !== version) return fault(head.failed ? "malformed" : "unknown-version");
  const boot = head.unsigned();
  const seq = head.unsigned();
  const floor = head.unsigned();
  if (head.failed || seq < 1 || floor < 1 || floor > seq) return fault("malformed");
  const packed = head.byte();
  const body = unpack(head, packed, packing);
  const samples = body === undefined ? undefined : readSamples(body);
  return samples === undefined ? fault("malformed", { boot, seq, floor }) : { v: 1, boot, seq, floor, samples };
}

function fault(kind: BatchFault["kind"], place?: BatchPlace): BatchFault {
  return { v: undefined, kind, place };
}

function unpack(head: ByteReader, packed: number, packing: Packing): Uint8Array | undefined {
  if (head.failed || packed > deflated) return undefined;
  return packed === plain ? head.rest() : packing.inflate(head.rest(), linkLimits.bodyBytes);
}

function readSamples(body: Uint8Array): Samples | undefined {
  const reader = new ByteReader(body);
  const pathCount = reader.unsigned();
  if (reader.failed || pathCount > linkLimits.paths) return undefined;
  const paths: string[] = [];
  for (let index = 0; index < pathCount; index++) {
    const path = readText(reader, linkLimits.pathBytes);
    if (path === undefined || path === "") return undefined;
    paths.push(path);
  }
  const count = reader.unsigned();
  // A sample takes at least three bytes, so a count that the body cannot hold is refused before anything is built for it.
  if (reader.failed || count > linkLimits.samples || count * 3 > reader.left()) return undefined;
  const path: number[] = [];
  const at: number[] = [];
  const value: (SignalValue | undefined)[] = [];
  for (let index = 0; index < count; index++) {
    const which = reader.unsigned();
    if (which >= pathCount) return undefined;
    path.push(which);
  }
  let now = 0;
  for (let index = 0; index < count; index++) {
    now += reader.signed();
    if (reader.failed || Math.abs(now) > timeLimit) return undefined;
    at.push(now);
  }
  for (let index = 0; index < count; index++) {
    const read = readValue(reader);
    if (read === malformed) return undefined;
    value.push(read);
  }
  return reader.failed || reader.left() > 0 ? undefined : { paths, path, at, value };
}

const malformed = Symbol("malformed");

function readValue(reader: ByteReader): SignalValue | undefined | typeof malformed {
  const kind = reader.byte();
  if (reader.failed) return malformed;
  if (kind === kinds.gone) return undefined;
  if (kind !== kinds.list) return readPlain(reader, kind);
  const count = reader.unsigned();
  if (count > linkLimits.listItems) return malformed;
  const items: (number | boolean | string)[] = [];
  for (let index = 0; index < count; index++) {
    const item = readPlain(reader, reader.byte());
    if (item === malformed) return malformed;
    items.push(item);
  }
  return items;
}

function readPlain(reader: ByteReader, kind: number): number | boolean | string | typeof malformed {
  let value: number | boolean | string | undefined;
  switch (kind) {
    case kinds.float64:
      value = reader.float64();
      break;
    case kinds.float32:
      value = reader.float32();
      break;
    case kinds.whole:
      value = reader.signed();
      break;
    case kinds.false:
      value = false;
      break;
    case kinds.true:
      value = true;
      break;
    case kinds.text:
      value = readText(reader, linkLimits.textBytes);
      break;
    default:
      return malformed;
  }
  if (reader.failed || value === undefined || (typeof value === "number" && !Number.isFinite(value))) return malformed;
  return value;
}

function readText(reader: ByteReader, limit: number): string | undefined {
  const block = reader.block(limit);
  if (reader.failed) return undefined;
  try {
    const read = strictText.decode(block);
    // PostgreSQL's text cannot hold U+0000, and no name or value of a car needs it.
    return read.includes("\0") ? undefined : read;
  } catch {
    return undefined;
  }
}

function writeValue(writer: ByteWriter, value: SignalValue | undefined): void {
  if (value === undefined) writer.byte(kinds.gone);
  else if (typeof value === "object") {
    if (value.length > linkLimits.listItems) throw new RangeError("too many items in one value");
    writer.byte(kinds.list);
    writer.unsigned(value.length);
    for (const item of value) writePlain(writer, item);
  } else writePlain(writer, value);
}

function writePlain(writer: ByteWriter, value: number | boolean | string): void {
  if (typeof value === "string") {
    writer.byte(kinds.text);
    writer.block(bounded(value, linkLimits.textBytes));
  } else if (typeof value === "boolean") {
    writer.byte(value ? kinds.true : kinds.false);
  } else if (!Number.isFinite(value)) {
    throw new RangeError("a number in a batch is finite");
  } else if (Number.isInteger(value) && Math.abs(value) < wholeLimit && !Object.is(value, -0)) {
    writer.byte(kinds.whole);
    writer.signed(value);
  } else if (Math.fround(value) === value) {
    writer.byte(kinds.float32);
    writer.float32(value);
  } else {
    writer.byte(kinds.float64);
    writer.float64(value);
  }
}

function bounded(value: string, limit: number): Uint8Array {
  const bytes = text.encode(value);
  if (bytes.includes(0)) throw new RangeError("a text in a batch has no U+0000");
  if (bytes.length > limit) throw new RangeError("a text is too long for a batch");
  return bytes;
}
