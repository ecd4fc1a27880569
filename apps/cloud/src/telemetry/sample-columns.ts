// Hot: runs for every sample that arrives.
import type { SignalValue } from "@caravan/link";

/** Samples as columns for one multi-row insert; index n is one sample. */
export class SampleColumns {
  readonly at: number[] = [];
  readonly carAt: (number | null)[] = [];
  readonly vehicle: number[] = [];
  readonly signal: number[] = [];
  readonly number: (number | null)[] = [];
  readonly flag: (boolean | null)[] = [];
  readonly words: (string | null)[] = [];
  /** JSON text. */
  readonly list: (string | null)[] = [];

  /** `at` is where it is filed, `carAt` what the car's clock said. */
  add(vehicle: number, signal: number, at: number, carAt: number, value: SignalValue | undefined): void {
    this.at.push(at);
    this.carAt.push(carAt === at ? null : carAt);
    this.vehicle.push(vehicle);
    this.signal.push(signal);
    this.number.push(typeof value === "number" ? value : null);
    this.flag.push(typeof value === "boolean" ? value : null);
    this.words.push(typeof value === "string" ? value : null);
    this.list.push(typeof value === "object" ? JSON.stringify(value) : null);
  }
}

/** The newest value of each signal in a group; a later `set` takes the place of an earlier one. */
export class TwinColumns {
  readonly #entries = new Map<number, Map<number, { readonly at: number; readonly value: SignalValue | undefined }>>();

  set(vehicle: number, signal: number, at: number, value: SignalValue | undefined): void {
    let signals = this.#entries.get(vehicle);
    if (signals === undefined) this.#entries.set(vehicle, (signals = new Map()));
    signals.set(signal, { at, value });
  }

  /** As columns; `value` is JSON text, null where the value went away. Sorted, so that two transactions lock rows in the same order. */
  columns(): { vehicle: number[]; signal: number[]; at: number[]; value: (string | null)[] } {
    const out = {
      vehicle: new Array<number>(),
      signal: new Array<number>(),
      at: new Array<number>(),
      value: new Array<string | null>(),
    };
    for (const [vehicle, signals] of [...this.#entries].toSorted((a, b) => a[0] - b[0])) {
      for (const [signal, entry] of [...signals].toSorted((a, b) => a[0] - b[0])) {
        out.vehicle.push(vehicle);
        out.signal.push(signal);
        out.at.push(entry.at);
        out.value.push(entry.value === undefined ? null : JSON.stringify(entry.value));
      }
    }
    return out;
  }
}
