// Hot: runs for every reading that a stream carries (up to millions a second).
import { qualities } from "@caravan/signals";

/** The most readings of one frame. */
export const frameSamples = 4_096;

/** What the quality byte of a reading says; "gone" is a signal without a reading. */
export const frameQualities = ["gone", ...qualities] as const;

const headBytes = 24;
const kinds = { readings: 1, taken: 2 } as const;
const flagBits = { snapshot: 1, wide: 2 } as const;

/** What stands in a frame's head beside its readings. */
export interface FrameHead {
  /** Number of the subscription, 0 from a provider. */
  readonly subscription: number;
  /** Counts the frames of a subscription. Where it jumps, `passedOver` says how many readings gave way to newer ones. */
  readonly sequence: number;
  readonly passedOver: number;
  /** The newest readings of all signals, or of those that were missed; not what just happened. */
  readonly isSnapshot: boolean;
}

/** Readings by column: number `i` is of signal `slots[i]`, was taken at `base + offsets[i]` (UTC ms) and has `frameQualities[qualities[i]]`. */
export interface SignalFrame extends FrameHead {
  readonly slots: Uint16Array;
  /** In VSS units; booleans are 0 and 1. */
  readonly values: Float64Array;
  readonly base: number;
  readonly offsets: Float32Array | Float64Array;
  readonly qualities: Uint8Array;
}

/** Collects readings, `frameSamples` at most, and writes them as one frame. */
export class FrameWriter {
  readonly #values = new Float64Array(frameSamples);
  readonly #at = new Float64Array(frameSamples);
  readonly #slots = new Uint16Array(frameSamples);
  readonly #qualities = new Uint8Array(frameSamples);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === frameSamples;
  }

  /** The signals collected so far, in the order of their readings; good until the next `add`. */
  get slots(): Uint16Array {
    return this.#slots.subarray(0, this.#count);
  }

  /** `quality`: index in `frameQualities`. To be called only while it is not full. */
  add(slot: number, value: number, at: number, quality: number): void {
    const index = this.#count++;
    this.#values[index] = value;
    this.#at[index] = at;
    this.#slots[index] = slot;
    this.#qualities[index] = quality;
  }

  /** The frame, in memory of its own; begins anew. */
  take(head: FrameHead): Uint8Array<ArrayBuffer> {
    const count = this.#count;
    const base = this.#at[0] ?? 0;
    const isWide = this.#isWide(base);
    const offsetBytes = isWide ? 8 : 4;
    const buffer = new ArrayBuffer(headBytes + count * (8 + offsetBytes + 2 + 1));
    const view = new DataView(buffer);
    view.setUint8(0, kinds.readings);
    view.setUint8(1, (head.isSnapshot ? flagBits.snapshot : 0) | (isWide ? flagBits.wide : 0));
    view.setUint16(2, head.subscription, true);
    view.setUint32(4, count, true);
    view.setUint32(8, head.sequence, true);
    view.setUint32(12, Math.min(head.passedOver, 0xffff_ffff), true);
    view.setFloat64(16, base, true);
    let at = headBytes;
    new Float64Array(buffer, at, count).set(this.#values.subarray(0, count));
    at += count * 8;
    const offsets = isWide ? new Float64Array(buffer, at, count) : new Float32Array(buffer, at, count);
    for (let i = 0; i < count; i++) offsets[i] = (this.#at[i] ?? 0) - base;
    at += count * offsetBytes;
    new Uint16Array(buffer, at, count).set(this.#slots.subarray(0, count));
    at += count * 2;
    new Uint8Array(buffer, at, count).set(this.#qualities.subarray(0, count));
    this.#count = 0;
    return new Uint8Array(buffer);
  }

  /** Times are written as short numbers unless that would change one of them. */
  #isWide(base: number): boolean {
    for (let i = 1; i < this.#count; i++) {
      const offset = (this.#at[i] ?? 0) - base;
      if (Math.fround(offset) !== offset) return true;
    }
    return false;
  }
}

/** Reads a frame of readings; undefined where the bytes are none. The columns may be views of `bytes`. */
export function readFrame(bytes: Uint8Array): SignalFrame | undefined {
  if (bytes.length < headBytes || bytes[0] !== kinds.readings) return undefined;
  // Columns are laid out for whole machine words, so bytes that begin at an odd place are moved first.
  const whole = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const { buffer } = whole;
  const view = new DataView(buffer, whole.byteOffset, whole.length);
  const flags = view.getUint8(1);
  const count = view.getUint32(4, true);
  const isWide = (flags & flagBits.wide) !== 0;
  const offsetBytes = isWide ? 8 : 4;
  const base = view.getFloat64(16, true);
  if (count > frameSamples || whole.length !== headBytes + count * (8 + offsetBytes + 2 + 1)) return undefined;
  if (!Number.isFinite(base)) return undefined;
  let at = whole.byteOffset + headBytes;
  const values = new Float64Array(buffer, at, count);
  at += count * 8;
  const offsets = isWide ? new Float64Array(buffer, at, count) : new Float32Array(buffer, at, count);
  at += count * offsetBytes;
  const slots = new Uint16Array(buffer, at, count);
  at += count * 2;
  return {
    subscription: view.getUint16(2, true),
    sequence: view.getUint32(8, true),
    passedOver: view.getUint32(12, true),
    isSnapshot: (flags & flagBits.snapshot) !== 0,
    slots,
    values,
    base,
    offsets,
    qualities: new Uint8Array(buffer, at, count),
  };
}

/** What a provider hears back: everything up to `sequence` was taken; `refused` readings of all it ever sent were not. */
export interface Taken {
  readonly sequence: number;
  readonly refused: number;
}

const takenBytes = 12;

export function writeTaken({ sequence, refused }: Taken): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(takenBytes));
  view.setUint8(0, kinds.taken);
  view.setUint32(4, sequence, true);
  view.setUint32(8, Math.min(refused, 0xffff_ffff), true);
  return new Uint8Array(view.buffer);
}

/** Undefined where the bytes are something else. */
export function readTaken(bytes: Uint8Array): Taken | undefined {
  if (bytes.length !== takenBytes || bytes[0] !== kinds.taken) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { sequence: view.getUint32(4, true), refused: view.getUint32(8, true) };
}
