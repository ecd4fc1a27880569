// Hot: runs twenty times a second.
import { readFrame } from "@caravan/link/frames";
import type { SignalValue, StreamSignal, StreamTexts } from "@caravan/link";

/** Values that have changed, by path; undefined is a signal that has none any more. */
export type Changes = ReadonlyMap<string, SignalValue | undefined>;

/** Turns what the car sends about its signals into values, by the slots it named when the line was opened. */
export class Frames {
  readonly #signals = new Map<number, { readonly path: string; readonly isFlag: boolean }>();

  constructor(signals: readonly StreamSignal[]) {
    for (const { slot, path, datatype } of signals) this.#signals.set(slot, { path, isFlag: datatype === "boolean" });
  }

  /** Undefined where the bytes are no frame. */
  read(bytes: Uint8Array): Changes | undefined {
    const frame = readFrame(bytes);
    if (frame === undefined) return undefined;
    const changes = new Map<string, SignalValue | undefined>();
    for (let i = 0; i < frame.slots.length; i += 1) {
      const signal = this.#signals.get(frame.slots[i] ?? -1);
      const value = frame.values[i];
      if (signal === undefined || value === undefined) continue;
      if (frame.qualities[i] === 0) changes.set(signal.path, undefined);
      else changes.set(signal.path, signal.isFlag ? value === 1 : value);
    }
    return changes;
  }
}

/** Texts and lists come as words. */
export function changesOf({ values }: StreamTexts): Changes {
  return new Map(Object.entries(values).map(([path, reading]) => [path, reading?.value]));
}
