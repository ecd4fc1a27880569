import type { From, Signal, SignalValue, Store } from "@caravan/signals";

/** Writes to the Store what changed, and nothing else. */
export interface Writer {
  /** A number rounded to `1 / perUnit` (10 keeps one decimal). */
  number(signal: Signal<number>, value: number, perUnit: number): void;
  boolean(signal: Signal<boolean>, value: boolean): void;
  text(signal: Signal<string>, value: string): void;
  any(signal: Signal, value: SignalValue): void;
}

/** All readings are marked as simulated. */
export function createWriter(store: Pick<Store, "value" | "set">, source: string): Writer {
  const from: From = { source, quality: "simulated" };
  return {
    number(signal, value, perUnit) {
      const rounded = Math.round(value * perUnit) / perUnit;
      // -0 is a value of its own to nobody who reads a speed.
      if (store.value(signal) !== rounded) store.set(signal, rounded === 0 ? 0 : rounded, from);
    },
    boolean(signal, value) {
      if (store.value(signal) !== value) store.set(signal, value, from);
    },
    text(signal, value) {
      if (store.value(signal) !== value) store.set(signal, value, from);
    },
    any(signal, value) {
      if (store.value(signal) !== value) store.set(signal, value, from);
    },
  };
}
