// Hot: the listeners run for every reading (about 1,000/s).
import type { Clock, Signal, Store } from "@caravan/signals";
import { simplify } from "./curve.ts";
import type { Point } from "./curve.ts";
import { failure } from "./error.ts";
import type { Failure } from "./error.ts";
import type { Operation } from "./filter.ts";
import { readings } from "./read.ts";
import type { Data } from "./read.ts";
import type { Scheduler } from "./scheduler.ts";
import { signalsPerRequest } from "./select.ts";
import type { Pay } from "./select.ts";
import { hasChanged, isInRange } from "./trigger.ts";
import { timestamp, toWire } from "./wire.ts";

/** Where events go. */
interface Outlet {
  /** False for a reader that is slow, or that has asked for too much lately. */
  isFree(): boolean;
  /** For the work of an event; the unit is one simple request. */
  readonly pay: Pay;
  send(data: Data | readonly Data[]): void;
  /** Calls `flush` once, soon, when the reader is free. */
  later(flush: () => void): void;
}

export interface SubscriptionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly outlet: Outlet;
  readonly signals: readonly Signal[];
  readonly isSingle: boolean;
}

/** Begins to watch; the answer ends it. Range, change and curvelog ask for numbers (change takes booleans too). */
export function watch(parts: SubscriptionParts, operation: Operation | undefined): (() => void) | Failure {
  const [first] = parts.signals;
  if (!first) return failure("unknown-path");
  switch (operation?.kind) {
    case undefined:
      return everyReading(parts);
    case "timebased":
      return periodically(parts, operation.periodMs);
    case "range":
      if (!isNumeric(first)) return failure("not-a-number-signal");
      return triggered(parts, first, true, () => {
        const value = numberOf(parts.store, first);
        return value !== undefined && isInRange(value, operation);
      });
    case "change": {
      if (first.datatype === "string" && operation.operator === "ne" && operation.diff === 0) {
        // Version 3, Core, "Change Filter Operation": this also follows texts.
        let last = parts.store.value(first);
        return triggered(parts, first, false, () => {
          const value = parts.store.value(first);
          const isNew = last !== undefined && value !== last;
          last = value;
          return isNew;
        });
      }
      if (!isNumeric(first) && first.datatype !== "boolean") return failure("not-a-number-signal");
      let reference = numberOf(parts.store, first);
      return triggered(parts, first, false, () => {
        const value = numberOf(parts.store, first);
        if (value === undefined) return false;
        const step = hasChanged(reference, value, operation);
        reference = step.reference;
        return step.triggered;
      });
    }
    case "curvelog":
      return parts.signals.every(isNumeric) ? curveLog(parts, operation) : failure("not-a-number-signal");
    case "history":
    case "metadata":
    case "dynamic-metadata":
      return failure("bad-filter");
  }
}

/** One event for each burst of readings, with the signals that had one. */
function everyReading({ store, outlet, signals, isSingle }: SubscriptionParts): () => void {
  const fresh = new Set<number>();
  const flush = (): void => {
    const own: Signal[] = [];
    for (const slot of fresh) own.push(store.at(slot).signal);
    fresh.clear();
    offer(outlet, taken(store, own, outlet.pay), isSingle);
  };
  return store.subscribe(signals, (slot) => {
    if (fresh.size === 0) outlet.later(flush);
    fresh.add(slot);
  });
}

function periodically(
  { store, clock, scheduler, outlet, signals, isSingle }: SubscriptionParts,
  periodMs: number,
): () => void {
  let due = clock.now() + periodMs;
  const tick = (): void => {
    // A slow reader misses this one; the next brings newer values.
    if (outlet.isFree()) offer(outlet, taken(store, signals, outlet.pay), isSingle);
    const now = clock.now();
    due = Math.max(due + periodMs, now);
    cancel = scheduler.after(Math.min(due - now, periodMs), tick);
  };
  let cancel = scheduler.after(periodMs, tick);
  return () => cancel();
}

/** An event whenever the first signal's new reading meets the condition, with the readings of that very moment. */
function triggered(
  { store, outlet, signals, isSingle }: SubscriptionParts,
  trigger: Signal,
  atOnce: boolean,
  meets: () => boolean,
): () => void {
  let waiting: readonly Data[] | undefined;
  const flush = (): void => {
    if (waiting) offer(outlet, waiting, isSingle);
    waiting = undefined;
  };
  const judge = (): void => {
    if (!meets()) return;
    // Of several before the reader is free the newest stays, unless it takes the whole car's readings each time.
    if (waiting && !isSingle && !outlet.isFree()) return;
    if (!waiting) outlet.later(flush);
    waiting = taken(store, signals, outlet.pay);
  };
  if (atOnce) judge();
  return store.subscribe([trigger], judge);
}

/** Fills a buffer for each signal and sends the essential points of it when it is full. */
function curveLog(
  { store, outlet, signals, isSingle }: SubscriptionParts,
  { maxError, bufferSize }: Extract<Operation, { kind: "curvelog" }>,
): () => void {
  const buffers = new Map<number, Point[]>();
  const waiting = new Map<number, Data>();
  const flush = (): void => {
    const data = [...waiting.values()];
    waiting.clear();
    offer(outlet, data, isSingle);
  };
  return store.subscribe(signals, (slot) => {
    const { signal, reading } = store.at(slot);
    if (!reading || typeof reading.value !== "number") return;
    let buffer = buffers.get(slot);
    if (!buffer) buffers.set(slot, (buffer = []));
    buffer.push({ at: reading.at, value: reading.value });
    if (buffer.length < bufferSize) return;
    buffers.set(slot, []);
    outlet.pay(buffer.length / signalsPerRequest);
    const dp = simplify(buffer, maxError).map(({ at, value }) => ({ value: toWire(value), ts: timestamp(at) }));
    if (waiting.size === 0) outlet.later(flush);
    waiting.set(slot, { path: signal.path, dp });
  });
}

function taken(store: Store, signals: readonly Signal[], pay: Pay): readonly Data[] {
  pay(signals.length / signalsPerRequest);
  return readings(store, signals);
}

function offer(outlet: Outlet, data: readonly Data[], isSingle: boolean): void {
  const [first] = data;
  if (first) outlet.send(isSingle ? first : data);
}

const isNumeric = ({ datatype }: Signal): boolean => /^(?:float|double|u?int\d+)$/.test(datatype);

function numberOf(store: Store, signal: Signal): number | undefined {
  const value = store.value(signal);
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : undefined;
}
