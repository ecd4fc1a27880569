// Hot: runs for every value that goes over gRPC (about 150,000/s).

/** A message that is not in the form of protocol buffers. */
export class WireError extends Error {
  constructor(what: string) {
    super(what);
    this.name = "WireError";
  }
}

/** Kinds of fields (protobuf.dev, "Encoding"). */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const two32 = 4_294_967_296;

/** Reads the fields of one message between two places of a buffer. */
export class Reader {
  readonly bytes: Buffer;
  at: number;
  readonly end: number;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** Number of the field times eight and its kind. */
  tag(): number {
    return this.varint();
  }

  /** Up to 64 bits, as a number; what a double cannot hold comes out rounded. */
  varint(): number {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      low |= (byte & 127) << shift;
      if (byte < 128) return low;
    }
    const fifth = this.#byte();
    low = (low | ((fifth & 15) << 28)) >>> 0;
    let high = (fifth & 127) >>> 4;
    if (fifth < 128) return low + high * two32;
    for (let shift = 3; shift < 32; shift += 7) {
      const byte = this.#byte();
      high |= (byte & 127) << shift;
      if (byte < 128) return low + (high >>> 0) * two32;
    }
    throw new WireError("a number is longer than 64 bits");
  }

  /** `int32` and `int64`: negative numbers are sent in 64 bits. */
  int(): number {
    const value = this.varint();
    return value < 2 ** 63 ? value : value - 2 ** 64;
  }

  /** `int32` alone; exact for negative numbers, which a rounded 64-bit number is not. */
  int32(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#byte();
      if (shift < 32) value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new WireError("a number is longer than 64 bits");
  }

  /** `sint32` and `sint64`, zigzag. */
  sint(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  bool(): boolean {
    return this.varint() !== 0;
  }

  float(): number {
    const from = this.#skip(4);
    return this.bytes.readFloatLE(from);
  }

  double(): number {
    const from = this.#skip(8);
    return this.bytes.readDoubleLE(from);
  }

  text(): string {
    const length = this.varint();
    const from = this.#skip(length);
    return this.bytes.toString("utf8", from, from + length);
  }

  /** A message within this one; this one goes on behind it. */
  message(): Reader {
    const length = this.varint();
    const from = this.#skip(length);
    return new Reader(this.bytes, from, from + length);
  }

  /** Place behind a message within this one; for readers that go on by themselves, without a new one. */
  inner(): number {
    const length = this.varint();
    const end = this.at + length;
    if (!(end <= this.end)) throw new WireError("a message ends too early");
    return end;
  }

  /** Passes over a field that nobody here knows. */
  skip(tag: number): void {
    switch (tag & 7) {
      case wireTypes.varint:
        this.varint();
        return;
      case wireTypes.fixed64:
        this.#skip(8);
        return;
      case wireTypes.bytes:
        this.#skip(this.varint());
        return;
      case wireTypes.fixed32:
        this.#skip(4);
        return;
      default:
        throw new WireError("a field is of no known kind");
    }
  }

  #byte(): number {
    const byte = this.at < this.end ? this.bytes[this.at++] : undefined;
    if (byte === undefined) throw new WireError("a message ends too early");
    return byte;
  }

  #skip(length: number): number {
    const from = this.at;
    if (!(from + length <= this.end)) throw new WireError("a message ends too early");
    this.at = from + length;
    return from;
  }
}

/**
 * Writes a message from its end to its beginning, so that the length of what stands inside is known when it is needed. Fields are given
 * last first.
 */
export class Writer {
  #bytes: Buffer;
  /** First byte written. */
  #at: number;

  constructor(size = 4_096) {
    this.#bytes = Buffer.allocUnsafe(size);
    this.#at = size;
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#bytes.length - this.#at;
  }

  /** What was written, as bytes of their own; the writer is empty again. */
  take(): Buffer {
    const written = Buffer.from(this.#bytes.subarray(this.#at));
    this.#at = this.#bytes.length;
    return written;
  }

  /** Whole numbers from 0 to 2^53. */
  varint(value: number): void {
    let length = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
    this.#room(length);
    const from = (this.#at -= length);
    let rest = value;
    for (let i = from; i < from + length - 1; i++) {
      this.#bytes[i] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[from + length - 1] = rest;
  }

  sint(value: number): void {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
  }

  float(value: number): void {
    this.#room(4);
    this.#at = this.#bytes.writeFloatLE(value, this.#at - 4) - 4;
  }

  double(value: number): void {
    this.#room(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at - 8) - 8;
  }

  /** Bytes as they are, without their length. */
  raw(bytes: Buffer): void {
    this.#room(bytes.length);
    this.#at -= bytes.length;
    bytes.copy(this.#bytes, this.#at);
  }

  text(tag: number, text: string): void {
    const bytes = Buffer.from(text);
    this.raw(bytes);
    this.close(tag, bytes.length);
  }

  /** Puts tag and length before the `length` bytes written last. */
  close(tag: number, length: number): void {
    this.varint(length);
    this.varint(tag);
  }

  #room(length: number): void {
    if (length <= this.#at) return;
    const written = this.length;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#bytes.length + length));
    this.#bytes.copy(grown, grown.length - written, this.#at);
    this.#at = grown.length - written;
    this.#bytes = grown;
  }
}
