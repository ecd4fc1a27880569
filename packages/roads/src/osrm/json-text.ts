// Hot: writes every byte of every route that is answered.

const usualSize = 1 << 16;
/** A text that grew beyond this gives its memory back. */
const keptSize = 1 << 20;
const backslash = 92;

const encoder = new TextEncoder();

/**
 * JSON that is put together as bytes of UTF-8: no strings in between that somebody would have to collect, and what is done can be handed to
 * another thread as it is. Numbers are written digit by digit, which takes a fraction of the time of the shortest text of a double.
 */
export class JsonText {
  private bytes = new Uint8Array(usualSize);
  private length = 0;

  /** What was written, as bytes of their own; the next text begins with nothing. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.length);
    this.clear();
    return taken;
  }

  /** Forgets what was written. */
  clear(): void {
    this.length = 0;
    if (this.bytes.length > keptSize) this.bytes = new Uint8Array(usualSize);
  }

  /** Text that is JSON already. */
  add(text: string): this {
    const { length } = text;
    this.reserve(length);
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80) return this.addEncoded(text);
      bytes[at++] = code;
    }
    this.length = at;
    return this;
  }

  /** A text as a JSON string. */
  quoted(text: string): this {
    const { length } = text;
    this.reserve(length + 2);
    const { bytes } = this;
    let at = this.length;
    bytes[at++] = 34;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= 0x80 || code < 0x20 || code === 34 || code === backslash) return this.add(JSON.stringify(text));
      bytes[at++] = code;
    }
    bytes[at++] = 34;
    this.length = at;
    return this;
  }

  /** One character of ASCII, in a JSON string. */
  character(code: number): this {
    this.reserve(2);
    if (code === backslash) this.bytes[this.length++] = backslash;
    this.bytes[this.length++] = code;
    return this;
  }

  /** A number with at most so many decimals; `factor` is a power of ten, up to 1e6. */
  decimals(value: number, factor: number): this {
    if (!Number.isFinite(value)) return this.add("null");
    // A half that sums of fractions have made a hair smaller is still a half.
    const whole = Math.round(Math.abs(value) * factor + 1e-6);
    const front = Math.floor(whole / factor);
    let rest = whole - front * factor;
    this.whole(value < 0 && whole > 0 ? -front : front, value < 0 && whole > 0);
    if (rest === 0) return this;
    let digits = 0;
    for (let size = factor; size > 1; size /= 10) digits++;
    while (rest % 10 === 0) {
      rest /= 10;
      digits--;
    }
    this.bytes[this.length] = 46;
    for (let at = this.length + digits; at > this.length; at--) {
      const next = Math.floor(rest / 10);
      this.bytes[at] = 48 + rest - 10 * next;
      rest = next;
    }
    this.length += digits + 1;
    return this;
  }

  /** A whole number; identifiers of the map fit in. */
  whole(value: number, isNegative = value < 0): this {
    this.reserve(40);
    const { bytes } = this;
    if (isNegative) bytes[this.length++] = 45;
    let left = Math.abs(value);
    let digits = 1;
    for (let size = 10; size <= left; size *= 10) digits++;
    let at = this.length + digits;
    this.length = at;
    // Identifiers of the map do not fit into 32 bits, in which dividing is quick.
    while (left > 0x7fff_ffff) {
      const next = Math.floor(left / 10);
      bytes[--at] = 48 + left - 10 * next;
      left = next;
    }
    let small = left | 0;
    do {
      const next = (small / 10) | 0;
      bytes[--at] = 48 + small - 10 * next;
      small = next;
    } while (small > 0);
    return this;
  }

  /** Metres and seconds to a tenth, as OSRM gives them. */
  tenths(value: number): this {
    return this.decimals(value, 10);
  }

  /** `[lon,lat]` with six decimals, a tenth of a metre. */
  location(lon: number, lat: number): this {
    return this.add("[").decimals(lon, 1e6).add(",").decimals(lat, 1e6).add("]");
  }

  /** Each of `count` items, with commas between them, in brackets. */
  list(count: number, write: (index: number) => void): this {
    this.add("[");
    for (let i = 0; i < count; i++) {
      if (i > 0) this.add(",");
      write(i);
    }
    return this.add("]");
  }

  private addEncoded(text: string): this {
    const encoded = encoder.encode(text);
    this.reserve(encoded.length);
    this.bytes.set(encoded, this.length);
    this.length += encoded.length;
    return this;
  }

  private reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
