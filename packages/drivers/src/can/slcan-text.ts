import { frameFlags } from "./frames.ts";
import type { CanFrame, Frames } from "./frames.ts";

/** Longer than any line of the protocol: an FD frame of 64 bytes with its time has 143 signs. */
const longestLine = 160;
const carriageReturn = 13;
const bell = 7;
/** Bytes of an FD frame by the digit that says its length. */
const fdLengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64] as const;

/** What an adapter says beside frames: it did what it was told, or it did not. */
export type SlcanReply = "done" | "refused";

/**
 * Reads the serial-line protocol of CAN adapters (Lawicel's CAN232, as slcan of Linux speaks it): `t` and `T` data frames with 11 and 29 bits, `r` and `R`
 * remote ones, `d`, `D`, `b` and `B` CAN FD, each with an optional time of four digits at its end, and the one-sign replies.
 */
export class SlcanReader {
  broken = 0;
  #line = "";

  /** Puts frames of `bytes` from `from` on into `frames` until those are full; the place where it stopped. Replies are handed to `onReply`. */
  read(bytes: Uint8Array, from: number, at: number, frames: Frames, onReply: (reply: SlcanReply) => void): number {
    let i = from;
    for (; i < bytes.length && !frames.isFull(); i++) {
      const byte = bytes[i] ?? 0;
      if (byte === bell) {
        this.#line = "";
        onReply("refused");
      } else if (byte === carriageReturn) this.#end(at, frames, onReply);
      else if (byte >= 32 && byte < 127) this.#add(String.fromCharCode(byte));
    }
    return i;
  }

  #add(sign: string): void {
    if (this.#line.length < longestLine) this.#line += sign;
  }

  #end(at: number, frames: Frames, onReply: (reply: SlcanReply) => void): void {
    const line = this.#line;
    this.#line = "";
    // z and Z: a frame was taken for sending; V, N and F answer questions that nobody here asks.
    if (line === "" || /^[zZ]$/.test(line)) return onReply("done");
    if (/^[VvNF]/.test(line)) return undefined;
    const match = /^(?:([trdb])([0-7][0-9A-F]{2})|([TRDB])([01][0-9A-F]{7}))([0-9A-F])((?:[0-9A-F]{2})*)$/i.exec(line);
    const [, short, shortId, long, longId, digit = "", text = ""] = match ?? [];
    const kind = short ?? long;
    const isFd = kind !== undefined && /[db]/i.test(kind);
    const length = fdLengths[Number.parseInt(digit, 16)] ?? NaN;
    const isRemote = kind !== undefined && /r/i.test(kind);
    const bytes = isRemote ? 0 : length;
    // Two more bytes are the adapter's own time.
    const fits = text.length === bytes * 2 || text.length === bytes * 2 + 4;
    if (kind === undefined || (!isFd && length > 8) || !fits) {
      this.broken++;
      return undefined;
    }
    const id = Number.parseInt(shortId ?? longId ?? "", 16);
    const key = long === undefined ? id : (id | 0x8000_0000) >>> 0;
    const begin = frames.end();
    for (let k = 0; k < bytes; k++) frames.data[begin + k] = Number.parseInt(text.slice(k * 2, k * 2 + 2), 16);
    frames.push(key, at, bytes, 0, (isFd ? frameFlags.fd : 0) | (isRemote ? frameFlags.remote : 0));
    return undefined;
  }
}

/** A frame as an adapter takes it; undefined where its length cannot be said. */
export function slcanText({ id, isExtended, data, isFd = false }: CanFrame): string | undefined {
  const digit = fdLengths.findIndex((length) => length === data.length);
  if (digit < 0 || (!isFd && data.length > 8)) return undefined;
  const kind = isFd ? (isExtended ? "D" : "d") : isExtended ? "T" : "t";
  const name = id.toString(16).padStart(isExtended ? 8 : 3, "0");
  return `${kind}${`${name}${digit.toString(16)}${Buffer.from(data).toString("hex")}`.toUpperCase()}\r`;
}

/** Bits a second by the digit of the command S. */
export const slcanBitrates: ReadonlyMap<number, number> = new Map([
  [10_000, 0],
  [20_000, 1],
  [50_000, 2],
  [100_000, 3],
  [125_000, 4],
  [250_000, 5],
  [500_000, 6],
  [800_000, 7],
  [1_000_000, 8],
]);
