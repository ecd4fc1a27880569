// Hot: runs twenty times a second while a screen is connected.
import type { Signal, SignalValue, Store } from "@caravan/signals";

import { rounded } from "./shown.ts";

/** Changed values since the last look, for all screens of one car together. Listens only between `start` and `stop`. */
export class ChangedValues {
  readonly #store: Store;
  readonly #signals: readonly Signal[];
  /** Slots; the catalogue's size at most. */
  readonly #changed = new Set<number>();
  #stop: (() => void) | undefined;

  constructor(parts: { store: Store; signals: readonly Signal[] }) {
    this.#store = parts.store;
    this.#signals = parts.signals;
  }

  start(): void {
    this.#stop ??= this.#store.subscribe(this.#signals, (slot, changed) => {
      if (changed) this.#changed.add(slot);
    });
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#changed.clear();
  }

  /** Hands over the changed slots and starts anew. */
  take(): readonly number[] {
    if (this.#changed.size === 0) return [];
    const slots = Array.from(this.#changed);
    this.#changed.clear();
    return slots;
  }

  /** All values there are, for a screen that has just come. */
  snapshot(): Readonly<Record<string, SignalValue>> {
    const values: Record<string, SignalValue> = {};
    for (const signal of this.#signals) {
      const value = this.#store.value(signal);
      if (value !== undefined) values[signal.path] = rounded(value);
    }
    return values;
  }

  /** The newest state of these slots as messages: one of values, one of what is gone. */
  write(slots: Iterable<number>): readonly string[] {
    const values: Record<string, SignalValue> = {};
    const gone: string[] = [];
    let some = false;
    for (const slot of slots) {
      const { signal, reading } = this.#store.at(slot);
      if (reading === undefined) gone.push(signal.path);
      else {
        values[signal.path] = rounded(reading.value);
        some = true;
      }
    }
    const texts: string[] = [];
    if (some) texts.push(JSON.stringify({ type: "signals", values }));
    if (gone.length > 0) texts.push(JSON.stringify({ type: "gone", paths: gone }));
    return texts;
  }
}
