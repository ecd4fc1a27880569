// Hot: the listener runs for every reading, `flush` for every message (about 1,500/s of 101 values each).
import type { Clock, Signal, Store } from "@caravan/signals";
import { fieldOf, writeDatapoint } from "./value.ts";
import { Writer } from "./wire.ts";
import type { Scheduler } from "../viss/scheduler.ts";

/** The stream of one subscriber. */
export interface Outlet {
  /** False: no more for now; its owner calls `drained` when there is room again. */
  send(bytes: Buffer): boolean;
  end(): void;
}

export interface SubscriptionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly outlet: Outlet;
  readonly signals: readonly Signal[];
  /** How entries are named. */
  readonly by: "path" | "id";
  /** Messages that wait for a slow reader before the oldest goes; none: newer values take the place of older ones. */
  readonly bufferSize: number;
  /** Least time between two messages; 0: whenever something comes. */
  readonly intervalMs: number;
  /** After this the stream ends; 0: never. */
  readonly durationMs: number;
}

/**
 * One subscription of `Subscribe` or `SubscribeById`: all values at once, then those that come, each burst of them as one message. A
 * signal without a reading has an entry without a value. An attribute is told only when it changes.
 */
export class Subscription {
  readonly #parts: SubscriptionParts;
  readonly #writer = new Writer();
  /** Key of each signal's entry, tag included, and the field its values are in; by slot. */
  readonly #keys = new Map<number, { readonly key: Buffer; readonly field: number }>();
  /** At most one for each signal. */
  readonly #fresh = new Set<number>();
  /** At most `bufferSize`. */
  #waiting: Buffer[] = [];
  #isBlocked = false;
  #isDue = false;
  #lastSentAt = -Infinity;
  #isOpen = true;
  readonly #undo: (() => void)[] = [];
  #cancelFlush: (() => void) | undefined;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    for (const signal of parts.signals) {
      const writer = new Writer(16);
      if (parts.by === "path") writer.text(0x0a, signal.path);
      else {
        writer.varint(signal.slot + 1);
        writer.varint(0x08);
      }
      this.#keys.set(signal.slot, { key: writer.take(), field: fieldOf(signal.datatype) });
    }
  }

  start(): void {
    const { store, signals, scheduler, durationMs } = this.#parts;
    for (const { slot } of signals) this.#fresh.add(slot);
    this.#flush();
    const attributes = new Set(signals.filter(({ kind }) => kind === "attribute").map(({ slot }) => slot));
    this.#undo.push(
      store.subscribe(signals, (slot, changed) => {
        if (!changed && attributes.has(slot)) return;
        this.#fresh.add(slot);
        if (!this.#isDue) this.#plan();
      }),
    );
    if (durationMs > 0) {
      const end = (): void => {
        this.stop();
        this.#parts.outlet.end();
      };
      this.#undo.push(scheduler.after(durationMs, end));
    }
  }

  /** The reader has room again. */
  drained(): void {
    this.#isBlocked = false;
    while (this.#isOpen && !this.#isBlocked) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#isBlocked = !this.#parts.outlet.send(next);
    }
    if (!this.#isBlocked && this.#fresh.size > 0 && !this.#isDue) this.#plan();
  }

  stop(): void {
    this.#isOpen = false;
    this.#waiting = [];
    for (const each of this.#undo.splice(0)) each();
    this.#cancelFlush?.();
  }

  /** What comes within one turn goes out together. */
  #plan(): void {
    const { intervalMs, clock, scheduler } = this.#parts;
    this.#isDue = true;
    const wait = intervalMs === 0 ? 0 : this.#lastSentAt + intervalMs - clock.now();
    if (wait <= 0) queueMicrotask(this.#flush);
    else this.#cancelFlush = scheduler.after(Math.min(wait, intervalMs), this.#flush);
  }

  readonly #flush = (): void => {
    this.#isDue = false;
    const { bufferSize, outlet, clock } = this.#parts;
    if (!this.#isOpen || (this.#isBlocked && bufferSize === 0)) return;
    this.#lastSentAt = clock.now();
    const message = this.#encode();
    if (this.#isBlocked) {
      if (this.#waiting.length >= bufferSize) this.#waiting.shift();
      this.#waiting.push(message);
    } else this.#isBlocked = !outlet.send(message);
  };

  #encode(): Buffer {
    const writer = this.#writer;
    const { store, clock } = this.#parts;
    for (const slot of this.#fresh) {
      const named = this.#keys.get(slot);
      if (named === undefined) continue;
      const { reading } = store.at(slot);
      const before = writer.length;
      writeDatapoint(writer, reading?.at ?? clock.now(), named.field, reading?.value);
      writer.close(0x12, writer.length - before);
      writer.raw(named.key);
      writer.close(0x0a, writer.length - before);
    }
    this.#fresh.clear();
    return writer.take();
  }
}
