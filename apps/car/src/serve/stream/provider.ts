// Hot: runs for every reading that comes over the wire.
import { frameQualities, writeTaken } from "@caravan/link/frames";
import type { StreamMessage } from "@caravan/link";
import type { SignalFrame } from "@caravan/link/frames";
import { SignalError } from "@caravan/signals";
import type { Quality, Signal, Store } from "@caravan/signals";

import type { Wire } from "./reader.ts";
import type { Timing } from "./subscription.ts";

const complaintEveryMs = 1_000;

/** One client that brings readings. What it may not bring, or brings wrongly, is counted and not taken. */
export class Provider {
  readonly #store: Store;
  readonly #wire: Wire;
  readonly #timing: Timing;
  readonly #from: { source: string; at: number; quality: Quality };
  /** By slot: may it be brought by this client? */
  readonly #provided: Uint8Array;
  #refused = 0;
  #sequence = 0;
  #isAnswerDue = false;
  #mayComplain = true;

  constructor(parts: { store: Store; wire: Wire; timing: Timing; source: string }) {
    this.#store = parts.store;
    this.#wire = parts.wire;
    this.#timing = parts.timing;
    this.#from = { source: parts.source, at: 0, quality: "good" };
    this.#provided = new Uint8Array(parts.store.catalogue.signals.length);
  }

  provide(signals: readonly Signal[]): void {
    for (const { slot } of signals) this.#provided[slot] = 1;
  }

  take(frame: SignalFrame): void {
    const { slots, values, base, offsets, qualities } = frame;
    const { catalogue } = this.#store;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] ?? 0;
      const quality = frameQualities[qualities[i] ?? 0];
      if (this.#provided[slot] !== 1 || quality === undefined) {
        this.#refuse(catalogue.signals[slot]?.path ?? String(slot), "This client does not provide this signal.");
        continue;
      }
      const signal = catalogue.signals[slot];
      if (signal === undefined) continue;
      if (quality === "gone") this.#store.remove(signal);
      else this.#put(signal, values[i] ?? Number.NaN, base + (offsets[i] ?? 0), quality);
    }
    this.#sequence = frame.sequence;
    if (this.#isAnswerDue) return;
    this.#isAnswerDue = true;
    this.#timing.soon(this.#answer);
  }

  #put(signal: Signal, value: number, at: number, quality: Quality): void {
    this.#from.at = at;
    this.#from.quality = quality;
    try {
      const isBoolean = signal.datatype === "boolean" && (value === 0 || value === 1);
      this.#store.setAt(signal.slot, isBoolean ? value === 1 : value, this.#from);
    } catch (error) {
      if (!(error instanceof SignalError)) throw error;
      this.#refuse(signal.path, error.message);
    }
  }

  readonly #answer = (): void => {
    this.#isAnswerDue = false;
    this.#wire.send(writeTaken({ sequence: this.#sequence, refused: this.#refused }));
  };

  #refuse(path: string, why: string): void {
    this.#refused += 1;
    if (!this.#mayComplain) return;
    this.#mayComplain = false;
    this.#timing.after(complaintEveryMs, () => (this.#mayComplain = true));
    this.#wire.send(JSON.stringify({ type: "refused", path, why } satisfies StreamMessage));
  }
}
