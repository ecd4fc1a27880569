// Hot: reads every byte of a map.

/** A message that ends too early or says nonsense about itself. */
export class WireError extends Error {}

/**
 * Reads Protocol Buffers (wire format of proto2). Nothing is read beyond `end`, whatever the bytes say; every fault is a `WireError`.
 */
export class Wire {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  hasMore(): boolean {
    return this.position < this.end;
  }

  /** An unsigned number; exact to 2^53, which covers every id of OpenStreetMap. */
  varint(): number {
    const { bytes, end } = this;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      if (this.position >= end) throw new WireError("a number ends too early");
      const byte = bytes[this.position++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new WireError("a number is too long");
  }

  /** A signed number in zigzag coding. */
  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Number of the next field; its kind is kept for `skip` and `inner`. */
  field(): number {
    const key = this.varint();
    this.kind = key % 8;
    return Math.floor(key / 8);
  }

  private kind = 0;

  /** The bytes of a field of variable length, as a reader of their own on the same memory. */
  inner(): Wire {
    if (this.kind !== 2) throw new WireError("a field has the wrong kind");
    const length = this.varint();
    const start = this.position;
    if (!(length <= this.end - start)) throw new WireError("a field is longer than its message");
    this.position = start + length;
    return new Wire(this.bytes, start, start + length);
  }

  /** The value of a field that is a plain number. */
  number(): number {
    if (this.kind !== 0) throw new WireError("a field has the wrong kind");
    return this.varint();
  }

  skip(): void {
    switch (this.kind) {
      case 0:
        this.varint();
        return;
      case 1:
        this.advance(8);
        return;
      case 2:
        this.inner();
        return;
      case 5:
        this.advance(4);
        return;
      default:
        throw new WireError("a field has an unknown kind");
    }
  }

  slice(): Uint8Array {
    return this.bytes.subarray(this.position, this.end);
  }

  private advance(count: number): void {
    if (count > this.end - this.position) throw new WireError("a field is longer than its message");
    this.position += count;
  }
}
