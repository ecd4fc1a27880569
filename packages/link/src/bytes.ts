// Hot: runs for every sample sent and received.

/** Writes the wire's numbers and texts into a buffer that grows. */
export class ByteWriter {
  #bytes = new Uint8Array(1_024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** The bytes written so far, in a buffer of their own. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Bytes written so far. */
  length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  /** An unsigned whole number up to 2^53 - 1, seven bits a byte, low bits first. */
  unsigned(value: number): void {
    this.#room(8);
    let left = value;
    while (left > 127) {
      this.#bytes[this.#length++] = (left % 128) + 128;
      left = Math.floor(left / 128);
    }
    this.#bytes[this.#length++] = left;
  }

  /** A whole number of either sign up to 2^52, zigzag-folded so that small ones stay short. */
  signed(value: number): void {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }

  float32(value: number): void {
    this.#room(4);
    this.#view.setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  float64(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** UTF-8 with its length before it. */
  block(bytes: Uint8Array): void {
    this.unsigned(bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/**
 * Reads what ByteWriter wrote, from bytes nobody vouches for: past the end or out of range it sets `failed` and returns zeros,
 * so a reader checks once at the end of each loop and not at each byte.
 */
export class ByteReader {
  failed = false;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes not read yet. */
  left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) return this.#fail();
    return value;
  }

  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (let index = 0; index < 8; index++) {
      const byte = this.byte();
      if (this.failed) return 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value <= Number.MAX_SAFE_INTEGER ? value : this.#fail();
      scale *= 128;
    }
    return this.#fail();
  }

  signed(): number {
    const folded = this.unsigned();
    return folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
  }

  float32(): number {
    if (this.left() < 4) return this.#fail();
    const value = this.#view.getFloat32(this.#at, true);
    this.#at += 4;
    return value;
  }

  float64(): number {
    if (this.left() < 8) return this.#fail();
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  /** A view of a block no longer than `limit`; longer ones fail. */
  block(limit: number): Uint8Array {
    const length = this.unsigned();
    if (length > limit || length > this.left()) {
      this.#fail();
      return this.#bytes.subarray(0, 0);
    }
    const block = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return block;
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at);
  }

  #fail(): number {
    this.failed = true;
    this.#at = this.#bytes.length;
    return 0;
  }
}
