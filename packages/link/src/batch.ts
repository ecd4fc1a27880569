// Hot: runs for every sample sent and received.
import type { SignalValue } from "./cockpit.ts";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { batchClasses } from "./campaign/terms.ts";
import type { BatchClass } from "./campaign/terms.ts";
import { firstDictionary } from "./dictionary.ts";
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
export interface Batch extends BatchPlace {
  readonly v: 1 | 2;
  /** The campaign that asked for it; undefined in the first version, which knew of one only. */
  readonly campaign: string | undefined;
  readonly samples: Samples;
}

/**
 * Compression, handed in since a common package has none: raw DEFLATE (RFC 1951), with a preset dictionary where one is given. `inflate` gives
 * undefined for broken input or more than `limit` bytes.
 */
export interface Packing {
  deflate(bytes: Uint8Array, dictionary: Uint8Array): Uint8Array;
  inflate(bytes: Uint8Array, limit: number, dictionary: Uint8Array | undefined): Uint8Array | undefined;
}

/** Where a batch stands in the sequences of its car: each class of each boot has one of its own, since lower classes are given up first. */
export interface BatchPlace {
  /** `trip` in the first version, which knew no classes. */
  readonly class: BatchClass;
  /** Rises with every start of the car computer. */
  readonly boot: number;
  /** 1, 2, 3, ... within a class of a boot; the same number always carries the same samples. */
  readonly seq: number;
  /** The lowest sequence that the car still holds: lower ones are acknowledged, or were given up to keep the outbox in its bounds. */
  readonly floor: number;
}

/** What the head of a batch says beside its place. */
export interface BatchHead extends BatchPlace {
  readonly campaign: string;
  /** Set where the car's clock was put right after the batch was packed: what was stamped by that clock is to be moved by `byMs`. */
  readonly correction?: { readonly packedAt: number; readonly byMs: number } | undefined;
}

/** Why bytes were not a batch. `place` is there where the head could still be read, so that one bad body need not block all that follow it. */
export interface BatchFault {
  readonly v: undefined;
  readonly kind: "too-large" | "unknown-version" | "malformed";
  readonly place: BatchPlace | undefined;
}

const versions = { first: 1, second: 2 } as const;
const campaignBytes = 24;
/** Readings of a source with a clock of its own lie further from the packing than this, or were right from the beginning; a ring holds ten minutes. */
const sameClockMs = 20 * 60_000;
const plain = 0;
const deflated = 1;
const deflatedWithFirstDictionary = 2;
/** Below this, DEFLATE costs more than it saves. */
const worthPackingBytes = 160;
/** Zigzag doubles, so whole numbers up to 2^52 travel as such and larger ones as floats. */
const wholeLimit = 2 ** 52;
/** Some 35,000 years either side of 1970: keeps the difference of two times a whole number that travels exactly. */
const timeLimit = 2 ** 50;
const kinds = {
  float64: 0,
  float32: 1,
  whole: 2,
  false: 3,
  true: 4,
  text: 5,
  list: 6,
  gone: 7,
  tenths: 8,
  hundredths: 9,
  thousandths: 10,
} as const;
/** A car's buses measure in decimal fractions, which no float holds in few bytes. */
const fractions = [
  { kind: kinds.tenths, scale: 10 },
  { kind: kinds.hundredths, scale: 100 },
  { kind: kinds.thousandths, scale: 1_000 },
] as const;
const fractionLimit = 2 ** 34;
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
  const packed = body.length < worthPackingBytes ? body : packing.deflate(body, firstDictionary);
  const out = new ByteWriter();
  out.byte(packed === body ? plain : deflatedWithFirstDictionary);
  out.raw(packed);
  if (body.length > linkLimits.bodyBytes || packed.length + 32 > linkLimits.messageBytes)
    throw new RangeError("too many bytes for one batch");
  return out.bytes();
}

/** The message for `up/batch`: where it stands in the car's sequence, then the body as packed before. Without a campaign it is one of the first version. */
export function encodeBatch(
  head: BatchHead | (Omit<BatchPlace, "class"> & { readonly campaign?: undefined }),
  body: Uint8Array,
): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(head.campaign === undefined ? versions.first : versions.second);
  writer.unsigned(head.boot);
  writer.unsigned(head.seq);
  writer.unsigned(head.floor);
  if (head.campaign !== undefined) {
    writer.byte(batchClasses.indexOf(head.class));
    writer.block(bounded(head.campaign, campaignBytes));
    writer.signed(head.correction?.byMs ?? 0);
    if (head.correction !== undefined && head.correction.byMs !== 0) writer.signed(head.correction.packedAt);
  }
  writer.raw(body);
  return writer.bytes();
}

/** A batch from bytes that may be anything: never throws, never builds more than `linkLimits` allows. Times are put right as the head says. */
export function decodeBatch(bytes: Uint8Array, packing: Packing): Batch | BatchFault {
  if (bytes.length > linkLimits.messageBytes) return fault("too-large");
  const reader = new ByteReader(bytes);
  const version = reader.byte();
  if (version !== versions.first && version !== versions.second)
    return fault(reader.failed ? "malformed" : "unknown-version");
  const boot = reader.unsigned();
  const seq = reader.unsigned();
  const floor = reader.unsigned();
  const about = version === versions.first ? firstAbout : readAbout(reader);
  if (about === undefined || reader.failed || seq < 1 || floor < 1 || floor > seq) return fault("malformed");
  const place = { class: about.class, boot, seq, floor };
  const packed = reader.byte();
  const body = unpack(reader, packed, packing);
  const samples = body === undefined ? undefined : readSamples(body);
  if (samples === undefined) return fault("malformed", place);
  return { v: version, ...place, campaign: about.campaign, samples: corrected(samples, about.correction) };
}

type About = Pick<Batch, "class" | "campaign"> & Pick<BatchHead, "correction">;

const firstAbout: About = { class: "trip", campaign: undefined };

function readAbout(reader: ByteReader): About | undefined {
  const named = batchClasses[reader.byte()];
  const campaign = readText(reader, campaignBytes);
  const byMs = reader.signed();
  const correction = byMs === 0 ? undefined : { byMs, packedAt: reader.signed() };
  if (reader.failed || named === undefined || campaign === undefined || Math.abs(byMs) > timeLimit) return undefined;
  return { class: named, campaign, correction };
}

function corrected(samples: Samples, correction: BatchHead["correction"]): Samples {
  if (correction === undefined) return samples;
  const { byMs, packedAt } = correction;
  return { ...samples, at: samples.at.map((at) => (Math.abs(at - packedAt) <= sameClockMs ? at + byMs : at)) };
}

function fault(kind: BatchFault["kind"], place?: BatchPlace): BatchFault {
  return { v: undefined, kind, place };
}

function unpack(head: ByteReader, packed: number, packing: Packing): Uint8Array | undefined {
  if (head.failed || packed > deflatedWithFirstDictionary) return undefined;
  if (packed === plain) return head.rest();
  return packing.inflate(head.rest(), linkLimits.bodyBytes, packed === deflated ? undefined : firstDictionary);
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
    case kinds.tenths:
      value = reader.signed() / 10;
      break;
    case kinds.hundredths:
      value = reader.signed() / 100;
      break;
    case kinds.thousandths:
      value = reader.signed() / 1_000;
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
  } else if (writeFraction(writer, value)) {
    return;
  } else if (Math.fround(value) === value) {
    writer.byte(kinds.float32);
    writer.float32(value);
  } else {
    writer.byte(kinds.float64);
    writer.float64(value);
  }
}

/** As a whole number of tenths, hundredths or thousandths, where that is exactly the value. */
function writeFraction(writer: ByteWriter, value: number): boolean {
  for (const { kind, scale } of fractions) {
    const count = Math.round(value * scale);
    if (count === 0 || Math.abs(count) > fractionLimit || count / scale !== value) continue;
    writer.byte(kind);
    writer.signed(count);
    return true;
  }
  return false;
}

function bounded(value: string, limit: number): Uint8Array {
  const bytes = text.encode(value);
  if (bytes.includes(0)) throw new RangeError("a text in a batch has no U+0000");
  if (bytes.length > limit) throw new RangeError("a text is too long for a batch");
  return bytes;
}
