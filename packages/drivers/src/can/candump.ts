// Hot: reads every line of a recording; see bench/signals.ts.
import { frameFlags } from "./frames.ts";
import type { Frames } from "./frames.ts";

/** Longer lines are no frames: an FD frame of 64 bytes takes 180 characters with its spaces. */
const longestLine = 512;
const errorFlag = 0x2000_0000;
const extendedFlag = 0x8000_0000;
const longestStandard = 0x7ff;
const noHex = 255;
const none = -1;
/** `(`, seconds, microseconds, name, identifier and data of a plain line of a log are never longer. */
const longestPlain = 128;
const longestSeconds = 12;
/** What Linux allows as the name of an interface, and some room. */
const longestName = 32;

/** What a byte stands for as a hexadecimal digit. */
const hex = new Uint8Array(256).fill(noHex);
for (let digit = 0; digit < 16; digit++) {
  hex[digit.toString(16).charCodeAt(0)] = digit;
  hex[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

const code = (sign: string): number => sign.charCodeAt(0);
const newline = code("\n");
const carriageReturn = code("\r");
const space = code(" ");
const tab = code("\t");
const hash = code("#");
const open = code("(");
const close = code(")");
const dot = code(".");
const zero = code("0");
const remoteSign = code("R");

/**
 * Reads what `candump` of can-utils writes: log files (`(1533220487.000013) can0 2C1#0014DF14`, `##` for CAN FD, `#R` for remote frames, identifiers with
 * the error flag) and the output on a terminal (`can0  2C1   [4]  00 14 DF 14`, with or without time and direction). Lines without a time get that of
 * `now`.
 */
export class CandumpReader {
  /** Lines that are neither a frame nor empty. */
  broken = 0;
  /** Lines read, so that the broken one can be found. */
  lines = 0;
  #lastBroken = 0;
  readonly #now: () => number;
  readonly #busBytes: Uint8Array[] = [];
  readonly #busNumbers: number[] = [];
  #key = 0;
  #flags = 0;

  constructor(parts: { readonly now: () => number }) {
    this.#now = parts.now;
  }

  /** Number of the last broken line, from 1; 0 before the first. */
  lastBroken(): number {
    return this.#lastBroken;
  }

  /**
   * Reads whole lines of `bytes` from `from` on until their end or until `frames` are full, and gives the place where it stopped. What stands there is
   * a line that has no end yet, or is yet to be read. `isLast`: the end of the bytes ends the last line too.
   */
  read(bytes: Uint8Array, from: number, frames: Frames, isLast = false): number {
    let at = from;
    while (at < bytes.length && !frames.isFull()) {
      const next = bytes.length - at > longestPlain ? this.#plain(bytes, at, frames) : none;
      if (next !== none) {
        this.lines++;
        at = next;
        continue;
      }
      // By hand: `indexOf` of a Buffer leaves JavaScript, which costs more than the few bytes of a line.
      let end = at;
      while (end < bytes.length && bytes[end] !== newline) end++;
      if (end === bytes.length && !isLast) {
        if (bytes.length - at <= longestLine) return at;
        // A line without end is no candump; forget what there is of it.
        this.#isBroken();
        return bytes.length;
      }
      this.lines++;
      this.#line(bytes, at, end, frames);
      at = end + 1;
    }
    return Math.min(at, bytes.length);
  }

  /**
   * A line of a log with microseconds, a known bus and a data frame of classic CAN, in one pass; the place after it, or `none` where it is anything else.
   * Such lines are nearly all there are. At least `longestPlain` bytes must follow.
   */
  #plain(bytes: Uint8Array, from: number, frames: Frames): number {
    let i = from;
    if (bytes[i++] !== open) return none;
    let seconds = 0;
    let wrong = 0;
    for (; bytes[i] !== dot; i++) {
      const digit = bytes[i] - zero;
      if (digit < 0 || digit > 9 || i - from > longestSeconds) return none;
      seconds = seconds * 10 + digit;
    }
    let micros = 0;
    for (const end = i + 6; i < end;) {
      const digit = bytes[++i] - zero;
      // Below 0 where the digit is none.
      wrong |= digit | (9 - digit);
      micros = micros * 10 + digit;
    }
    if (wrong < 0 || bytes[i + 1] !== close || bytes[i + 2] !== space) return none;
    i += 3;
    const bus = this.#knownBus(bytes, i);
    if (bus < 0) return none;
    i += (this.#busBytes[bus]?.length ?? 0) + 1;
    let id = 0;
    const first = i;
    for (; bytes[i] !== hash; i++) {
      const digit = hex[bytes[i]];
      if (digit === noHex || i - first === 8) return none;
      id = id * 16 + digit;
    }
    if (i === first) return none;
    this.#identify(id, i - first);
    const { data } = frames;
    const begin = frames.end();
    let length = 0;
    for (i++; bytes[i] !== newline; i += 2) {
      const high = hex[bytes[i]];
      const low = hex[bytes[i + 1]];
      if ((high | low) > 15 || length === 8) {
        // Newer versions say R or T behind the data.
        if (bytes[i] !== space || bytes[i + 2] !== newline) return none;
        i += 2;
        break;
      }
      data[begin + length++] = (high << 4) | low;
    }
    frames.push(this.#key, seconds * 1_000 + micros / 1_000, length, this.#busNumbers[bus] ?? 0, this.#flags);
    return i + 1;
  }

  /** Index of the bus whose name and a space stand here; -1 where it is none that was seen before. */
  #knownBus(bytes: Uint8Array, from: number): number {
    const known = this.#busBytes;
    for (let k = 0; k < known.length; k++) {
      const name = known[k];
      if (name === undefined || bytes[from + name.length] !== space) continue;
      let same = 0;
      while (same < name.length && name[same] === bytes[from + same]) same++;
      if (same === name.length) return k;
    }
    return -1;
  }

  #isBroken(): void {
    this.broken++;
    this.#lastBroken = this.lines;
  }

  #line(bytes: Uint8Array, from: number, end: number, frames: Frames): void {
    let stop = end;
    if (stop > from && bytes[stop - 1] === carriageReturn) stop--;
    let i = skipSpace(bytes, from, stop);
    if (i === stop || bytes[i] === hash) return;
    if (stop - from > longestLine) return this.#isBroken();
    let at: number;
    if (bytes[i] === open) {
      let closed = i;
      while (closed < stop && bytes[closed] !== close) closed++;
      at = closed === stop ? NaN : timeOf(bytes, i + 1, closed);
      if (!Number.isFinite(at)) return this.#isBroken();
      i = skipSpace(bytes, closed + 1, stop);
    } else at = this.#now();
    const name = i;
    while (i < stop && bytes[i] !== space && bytes[i] !== tab) i++;
    if (i === name || i === stop || i - name > longestName) return this.#isBroken();
    const bus = this.#busOf(bytes, name, i, frames);
    i = skipSpace(bytes, i, stop);
    const hasLog = this.#frame(bytes, i, stop, at, bus, frames);
    return hasLog ? undefined : this.#isBroken();
  }

  /** From the identifier on. False: it is no frame. */
  #frame(bytes: Uint8Array, from: number, stop: number, at: number, bus: number, frames: Frames): boolean {
    let i = skipDirection(bytes, from, stop);
    const first = i;
    let id = 0;
    while (i < stop && hex[bytes[i]] !== noHex) id = id * 16 + hex[bytes[i++]];
    const digits = i - first;
    if (digits === 0 || digits > 8 || i === stop) return false;
    this.#identify(id, digits);
    if (bytes[i] !== hash) return this.#terminal(bytes, i, stop, at, bus, frames);
    i++;
    let most = 8;
    if (bytes[i] === hash) {
      // CAN FD: one digit of flags stands before the data.
      if (i + 1 >= stop || hex[bytes[i + 1]] === noHex) return false;
      i += 2;
      most = 64;
      this.#flags |= frameFlags.fd;
    } else if (bytes[i] === remoteSign) {
      frames.push(this.#key, at, 0, bus, this.#flags | frameFlags.remote);
      return true;
    }
    const { data } = frames;
    const begin = frames.end();
    let length = 0;
    while (i < stop && bytes[i] !== space && bytes[i] !== tab) {
      if (bytes[i] === dot) {
        i++;
        continue;
      }
      const high = hex[bytes[i]];
      const low = i + 1 < stop ? hex[bytes[i + 1]] : noHex;
      if (high === noHex || low === noHex || length === most) return false;
      data[begin + length++] = high * 16 + low;
      i += 2;
    }
    frames.push(this.#key, at, length, bus, this.#flags);
    return true;
  }

  /** The rest of a line as it stands on a terminal: `[8]  11 22 ...`. */
  #terminal(bytes: Uint8Array, from: number, stop: number, at: number, bus: number, frames: Frames): boolean {
    const rest = String.fromCharCode(...bytes.subarray(from, stop));
    const match = /^\s+(?:[RT]X\s+\S\s+\S\s+)?\[(\d{1,2})\]\s*(.*)$/.exec(rest);
    if (match === null) return false;
    const length = Number(match[1]);
    // Two digits in the brackets are how candump shows CAN FD.
    if (length > 8 || match[1]?.length === 2) this.#flags |= frameFlags.fd;
    if (length > 64) return false;
    if (rest.includes("remote request")) {
      frames.push(this.#key, at, 0, bus, this.#flags | frameFlags.remote);
      return true;
    }
    const begin = frames.end();
    const found = match[2]?.match(/^(?:[0-9A-Fa-f]{2}(?:\s+|$))*/)?.[0].match(/[0-9A-Fa-f]{2}/g) ?? [];
    if (found.length < length) return false;
    for (let k = 0; k < length; k++) frames.data[begin + k] = Number.parseInt(found[k] ?? "", 16);
    if (rest.includes("ERRORFRAME")) this.#flags |= frameFlags.error;
    frames.push(this.#key, at, length, bus, this.#flags);
    return true;
  }

  /** Three digits are an 11-bit identifier, eight a 29-bit one; bit 29 marks an error. */
  #identify(id: number, digits: number): void {
    this.#flags = 0;
    if (digits > 3 || id > longestStandard) {
      if (id >= errorFlag) this.#flags = frameFlags.error;
      this.#key = ((id & 0x1fff_ffff) | extendedFlag) >>> 0;
    } else this.#key = id;
  }

  #busOf(bytes: Uint8Array, from: number, end: number, frames: Frames): number {
    const known = this.#knownBus(bytes, from);
    if (known >= 0) return this.#busNumbers[known] ?? 0;
    const number = frames.busNumber(String.fromCharCode(...bytes.subarray(from, end)));
    // As many as `Frames` tells apart.
    if (this.#busBytes.length < 256) {
      this.#busBytes.push(bytes.slice(from, end));
      this.#busNumbers.push(number);
    }
    return number;
  }
}

function skipSpace(bytes: Uint8Array, from: number, stop: number): number {
  let i = from;
  while (i < stop && (bytes[i] === space || bytes[i] === tab)) i++;
  return i;
}

/** With -x candump puts `RX - -` or `TX B E` before the identifier. */
function skipDirection(bytes: Uint8Array, from: number, stop: number): number {
  if (stop - from < 6 || bytes[from + 1] !== code("X") || bytes[from + 2] !== space) return from;
  let i = from;
  for (let word = 0; word < 3; word++) {
    while (i < stop && bytes[i] !== space) i++;
    i = skipSpace(bytes, i, stop);
  }
  return i;
}

/** Seconds with a fraction, as milliseconds; NaN where it is none. */
function timeOf(bytes: Uint8Array, from: number, end: number): number {
  let whole = 0;
  let fraction = 0;
  let scale = 1;
  let i = from;
  for (; i < end && bytes[i] !== dot; i++) {
    const digit = bytes[i] - zero;
    if (digit < 0 || digit > 9) return NaN;
    whole = whole * 10 + digit;
  }
  if (i === from) return NaN;
  for (i++; i < end; i++) {
    const digit = bytes[i] - zero;
    if (digit < 0 || digit > 9) return NaN;
    fraction = fraction * 10 + digit;
    scale *= 10;
  }
  const at = whole * 1_000 + (fraction * 1_000) / scale;
  return at <= 8.64e15 ? at : NaN;
}
