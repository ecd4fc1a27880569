// Hot: the listener runs for every reading (up to a million a second).
import { FrameWriter } from "@caravan/link/frames";
import type { StreamMessage } from "@caravan/link";
import type { Signal, SignalValue, Store } from "@caravan/signals";

import type { Reader } from "./reader.ts";

/** What a subscription needs of the world. */
export interface Timing {
  /** Calls back as soon as what has arrived is worked off. */
  soon(run: () => void): void;
  after(ms: number, run: () => void): () => void;
}

export interface SubscriptionParts {
  readonly store: Store;
  readonly timing: Timing;
  /** Its number in frames. */
  readonly number: number;
  readonly signals: readonly Signal[];
  readonly mode: "each" | "newest";
  /** ms between two frames at least. */
  readonly everyMs: number;
}

const catchUpEveryMs = 20;

/** The same signals in the same manner for any number of readers: collected once, written once, sent to each. */
export class Subscription {
  readonly number: number;
  readonly #store: Store;
  readonly #timing: Timing;
  readonly #mode: "each" | "newest";
  readonly #everyMs: number;
  readonly #signals: readonly Signal[];
  readonly #readers = new Set<Reader>();
  readonly #writer = new FrameWriter();
  /** Slots whose newest reading is still to be sent: all of them in the mode "newest", else texts and lists. */
  readonly #pending = new Set<number>();
  /** By slot, the quality last heard of, since a reading that only grows stale is news too. */
  readonly #quality: Uint8Array;
  readonly #isText: Uint8Array;
  readonly #stop: () => void;
  #sequence = 0;
  #isDue = false;
  #cancelCatchUp: (() => void) | undefined;

  constructor(parts: SubscriptionParts) {
    const { store, signals } = parts;
    this.number = parts.number;
    this.#store = store;
    this.#timing = parts.timing;
    this.#mode = parts.mode;
    this.#everyMs = parts.everyMs;
    this.#signals = signals;
    this.#quality = new Uint8Array(store.catalogue.signals.length);
    this.#isText = Uint8Array.from(store.catalogue.signals, ({ datatype }) =>
      Number(datatype === "string" || datatype.endsWith("[]")),
    );
    this.#stop = store.subscribe(signals, this.#mode === "each" ? this.#each : this.#newest);
  }

  get isEmpty(): boolean {
    return this.#readers.size === 0;
  }

  /** A new reader begins with the newest readings of everything, unless it has just been told. */
  join(reader: Reader, { isInformed = false } = {}): void {
    this.#flush();
    this.#readers.add(reader);
    if (isInformed) return;
    const slots = this.#signals.map(({ slot }) => slot).filter((slot) => this.#store.qualityAt(slot) !== 0);
    this.#sendNewest(reader, slots, 0);
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader);
  }

  end(): void {
    this.#stop();
    this.#readers.clear();
    this.#cancelCatchUp?.();
  }

  readonly #each = (slot: number): void => {
    if (this.#isText[slot] === 1) this.#pending.add(slot);
    else {
      const store = this.#store;
      this.#writer.add(slot, store.numberAt(slot), store.timeAt(slot), store.qualityAt(slot));
      if (this.#writer.isFull) return this.#flush();
    }
    this.#arm();
  };

  readonly #newest = (slot: number, changed: boolean): void => {
    const quality = this.#store.qualityAt(slot);
    if (!changed && this.#quality[slot] === quality) return;
    this.#quality[slot] = quality;
    this.#pending.add(slot);
    this.#arm();
  };

  #arm(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    if (this.#everyMs === 0) this.#timing.soon(this.#due);
    else this.#timing.after(this.#everyMs, this.#due);
  }

  readonly #due = (): void => {
    this.#isDue = false;
    this.#flush();
  };

  #flush(): void {
    const texts: number[] = [];
    for (const slot of this.#pending) {
      if (this.#isText[slot] === 1) texts.push(slot);
      else this.#add(slot);
      if (this.#writer.isFull) this.#sendFrame();
    }
    this.#pending.clear();
    if (this.#writer.count > 0) this.#sendFrame();
    if (texts.length > 0) this.#sendTexts(texts);
    this.#bringUp();
  }

  #add(slot: number): void {
    const store = this.#store;
    this.#writer.add(slot, store.numberAt(slot), store.timeAt(slot), store.qualityAt(slot));
  }

  #sendFrame(): void {
    const slots = this.#writer.slots;
    this.#sequence = (this.#sequence + 1) >>> 0;
    const frame = this.#writer.take({
      subscription: this.number,
      sequence: this.#sequence,
      passedOver: 0,
      isSnapshot: false,
    });
    for (const reader of this.#readers) reader.deliver(frame, slots);
  }

  #sendTexts(slots: readonly number[]): void {
    const text = this.#textsOf(slots);
    for (const reader of this.#readers) reader.tell(text, slots);
  }

  /** Readers that fell behind get the newest as soon as they can take it. */
  #bringUp(): void {
    let someBehind = false;
    for (const reader of this.#readers) {
      if (!reader.isBehind) continue;
      if (!reader.canCatchUp) {
        someBehind = true;
        continue;
      }
      const { slots, passedOver } = reader.catchUp();
      this.#sendNewest(reader, slots, passedOver);
    }
    if (!someBehind || this.#cancelCatchUp !== undefined) return;
    this.#cancelCatchUp = this.#timing.after(catchUpEveryMs, () => {
      this.#cancelCatchUp = undefined;
      this.#flush();
    });
  }

  #sendNewest(reader: Reader, slots: readonly number[], passedOver: number): void {
    const texts = slots.filter((slot) => this.#isText[slot] === 1);
    let told = passedOver;
    const send = (): void => {
      reader.send(
        this.#writer.take({
          subscription: this.number,
          sequence: this.#sequence,
          passedOver: told,
          isSnapshot: true,
        }),
      );
      told = 0;
    };
    for (const slot of slots) {
      if (this.#isText[slot] === 1) continue;
      this.#add(slot);
      if (this.#writer.isFull) send();
    }
    // Said even where nothing but texts was missed, so that the reader can account for every frame.
    if (this.#writer.count > 0 || told > 0) send();
    if (texts.length > 0) reader.send(this.#textsOf(texts));
  }

  #textsOf(slots: readonly number[]): string {
    const values: Record<string, { value: SignalValue; at: number; quality: string } | null> = {};
    for (const slot of slots) {
      const { signal, reading } = this.#store.at(slot);
      values[signal.path] = reading === undefined ? null : pick(reading);
    }
    return JSON.stringify({ type: "texts", frames: this.number, values } satisfies StreamMessage);
  }
}

const pick = ({ value, at, quality }: { value: SignalValue; at: number; quality: string }) => ({ value, at, quality });
