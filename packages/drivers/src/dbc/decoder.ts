// Hot: `decode` runs for every frame of every bus; see bench/signals.ts.
import { bytesNeeded, readRaw } from "./bits.ts";
import { keyOf } from "./dbc.ts";
import type { Dbc, DbcMessage, DbcSignal } from "./dbc.ts";
import { generateDecoder, wholeLength } from "./generate.ts";
import type { DecodeMessage } from "./generate.ts";

const none = -1;
const standardIds = 0x800;

/**
 * Turns frames into numbers: one slot for each signal of a DBC, in the order of the file, NaN until the signal has been in a frame. Functions for the
 * messages are generated when their first frame comes.
 */
export class Decoder {
  readonly messages: readonly DbcMessage[];
  /** The latest scaled value of each signal. */
  readonly slots: Float64Array;
  readonly #firstSlots: Int32Array;
  readonly #lengths: Uint8Array;
  readonly #functions: DecodeMessage[];
  /** Message number by 11-bit identifier. */
  readonly #standard = new Int32Array(standardIds).fill(none);
  /** Message number by key, for 29-bit identifiers; as many as the DBC has. */
  readonly #extended = new Map<number, number>();

  constructor({ messages }: Pick<Dbc, "messages">) {
    this.messages = messages;
    this.#firstSlots = new Int32Array(messages.length);
    this.#lengths = Uint8Array.from(messages, wholeLength);
    let slots = 0;
    messages.forEach(({ id, isExtended, signals }, number) => {
      this.#firstSlots[number] = slots;
      slots += signals.length;
      if (isExtended) this.#extended.set(keyOf(id, true), number);
      else this.#standard[id] = number;
    });
    this.slots = new Float64Array(slots).fill(NaN);
    this.#functions = messages.map((message, number) => (data, offset, into) => {
      const made = generateDecoder(message, this.#firstSlots[number]);
      this.#functions[number] = made;
      made(data, offset, into);
    });
  }

  /** Number of the message with this key (see `keyOf`) in `messages`; -1 where the DBC does not know it. */
  messageNumber(key: number): number {
    return key < standardIds ? this.#standard[key] : (this.#extended.get(key) ?? none);
  }

  /**
   * Decodes a frame whose `length` bytes begin at `offset`, and gives the number of its message, -1 where the DBC does not know it. Signals that the
   * frame is too short for, and those that are multiplexed away, keep the values they had.
   */
  decode(key: number, data: Uint8Array, offset: number, length: number): number {
    const number = this.messageNumber(key);
    if (number < 0) return none;
    if (length >= this.#lengths[number]) this.#functions[number]?.(data, offset, this.slots);
    else this.#decodeShort(number, data, offset, length);
    return number;
  }

  /** Whether a frame of this length is long enough for every signal of a message. */
  isWhole(message: number, length: number): boolean {
    return length >= this.#lengths[message];
  }

  /** The slot of the first signal of a message; the others follow. */
  firstSlot(message: number): number {
    return this.#firstSlots[message];
  }

  #decodeShort(number: number, data: Uint8Array, offset: number, length: number): void {
    const { signals } = this.messages[number] ?? { signals: [] };
    const first = this.#firstSlots[number];
    signals.forEach((signal, i) => {
      if (!isIn(signal, signals, data, offset, length)) return;
      this.slots[first + i] = readRaw(signal, data, offset) * signal.factor + signal.offset;
    });
  }
}

/** Whether a frame of this length carries the signal now: it is long enough, and every multiplexor above the signal stands right. */
function isIn(
  signal: DbcSignal,
  signals: readonly DbcSignal[],
  data: Uint8Array,
  offset: number,
  length: number,
): boolean {
  if (bytesNeeded(signal) > length) return false;
  const { presentIf } = signal;
  if (presentIf === undefined) return true;
  const multiplexor = signals.find(({ name }) => name === presentIf.multiplexor);
  if (multiplexor === undefined || !isIn(multiplexor, signals, data, offset, length)) return false;
  const raw = readRaw(multiplexor, data, offset);
  return presentIf.ranges.some(([from, to]) => raw >= from && raw <= to);
}
