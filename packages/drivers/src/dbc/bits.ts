import type { DbcSignal } from "./dbc.ts";

/** Bits of one byte of a frame that make part of a raw value: `(byte >>> shift) & mask`, moved up by `up`. */
export interface Piece {
  readonly byte: number;
  readonly shift: number;
  readonly mask: number;
  /** Position of the piece's lowest bit in the raw value. */
  readonly up: number;
}

type Place = Pick<DbcSignal, "start" | "length" | "order">;

/** Byte and bit (0 the lowest) of bit `k` of the raw value. In Motorola order a value runs down the bits of a byte and on to the next one. */
function positionOf({ start, length, order }: Place, k: number): { readonly byte: number; readonly bit: number } {
  if (order === "intel") return { byte: (start + k) >> 3, bit: (start + k) & 7 };
  const fromTop = (start >> 3) * 8 + (7 - (start & 7)) + (length - 1 - k);
  return { byte: fromTop >> 3, bit: 7 - (fromTop & 7) };
}

/** The signal's bits byte by byte, from the lowest up; no piece reaches over bit 32, so that each word is put together by itself. */
export function piecesOf(place: Place): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let k = 0; k < place.length;) {
    const { byte, bit } = positionOf(place, k);
    const room = Math.min(8 - bit, place.length - k, k < 32 ? 32 - k : 64);
    pieces.push({ byte, shift: bit, mask: (1 << room) - 1, up: k });
    k += room;
  }
  return pieces;
}

/** So many bytes a frame must have for the signal to be whole in it. */
export const bytesNeeded = (place: Place): number => Math.max(...piecesOf(place).map(({ byte }) => byte)) + 1;

const twoTo32 = 4_294_967_296;
const floats = new DataView(new ArrayBuffer(8));

/**
 * The raw value of a signal in a frame that begins at `from`: a whole number, or what the bits of an IEEE 754 number say. Whole numbers beyond 2^53 are
 * rounded.
 */
export function readRaw(signal: Place & Pick<DbcSignal, "form">, data: Uint8Array, from: number): number {
  let low = 0;
  let high = 0;
  for (const { byte, shift, mask, up } of piecesOf(signal)) {
    const bits = ((data[from + byte] ?? 0) >>> shift) & mask;
    if (up < 32) low += bits * 2 ** up;
    else high += bits * 2 ** (up - 32);
  }
  switch (signal.form) {
    case "unsigned":
      return high * twoTo32 + low;
    case "signed": {
      const { length } = signal;
      if (length <= 32) return low >= 2 ** (length - 1) ? low - 2 ** length : low;
      const signedHigh = high >= 2 ** (length - 33) ? high - 2 ** (length - 32) : high;
      return signedHigh * twoTo32 + low;
    }
    case "float32":
      floats.setUint32(0, low);
      return floats.getFloat32(0);
    case "float64":
      floats.setUint32(0, high);
      floats.setUint32(4, low);
      return floats.getFloat64(0);
  }
}

/** Puts a raw value into a frame that begins at `from` and leaves all other bits alone. The value must fit, see `rawRange`. */
export function writeRaw(signal: Place & Pick<DbcSignal, "form">, raw: number, data: Uint8Array, from: number): void {
  let low: number;
  let high: number;
  if (signal.form === "float32") {
    floats.setFloat32(0, raw);
    low = floats.getUint32(0);
    high = 0;
  } else if (signal.form === "float64") {
    floats.setFloat64(0, raw);
    high = floats.getUint32(0);
    low = floats.getUint32(4);
  } else {
    high = Math.floor(raw / twoTo32) >>> 0;
    low = (raw - Math.floor(raw / twoTo32) * twoTo32) >>> 0;
  }
  for (const { byte, shift, mask, up } of piecesOf(signal)) {
    const bits = ((up < 32 ? low >>> up : high >>> (up - 32)) & mask) << shift;
    data[from + byte] = ((data[from + byte] ?? 0) & ~(mask << shift)) | bits;
  }
}

/** The smallest and largest raw value that fits into the signal's bits. */
export function rawRange({ form, length }: Pick<DbcSignal, "form" | "length">): readonly [number, number] {
  switch (form) {
    case "unsigned":
      return [0, length > 53 ? Number.MAX_SAFE_INTEGER : 2 ** length - 1];
    case "signed":
      return length > 53
        ? [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
        : [-(2 ** (length - 1)), 2 ** (length - 1) - 1];
    case "float32":
      return [-3.4028234663852886e38, 3.4028234663852886e38];
    case "float64":
      return [-Number.MAX_VALUE, Number.MAX_VALUE];
  }
}
