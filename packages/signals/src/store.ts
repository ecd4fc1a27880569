// Hot: `set` runs for every reading (about 1,000/s) and must not allocate.
import type { Catalogue } from "./catalogue/catalogue.ts";
import { check, limitsOf } from "./check.ts";
import { SignalError } from "./error.ts";
import { Ring } from "./ring.ts";
import type { Samples } from "./ring.ts";
import type { Signal, SignalValue } from "./signal.ts";

/** UTC milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** How far a reading can be trusted: measured, simulated, replayed from a recording, worked out from others, or too old. */
export const qualities = ["good", "simulated", "replayed", "estimated", "stale"] as const;
export type Quality = (typeof qualities)[number];

/** A value with where and when it came from. */
export interface Reading<T extends SignalValue = SignalValue> {
  readonly value: T;
  /** UTC ms by the source's own clock. */
  readonly at: number;
  readonly source: string;
  readonly quality: Quality;
}

/** Who says so. `at` is the source's own time, else the Store's clock; `quality` is "good" unless said. */
export interface From {
  readonly source: string;
  readonly at?: number;
  readonly quality?: Quality;
}

/** Called after each update of a slot; `changed` is false where the same value came again. It must not throw. */
export type Listener = (slot: number, changed: boolean) => void;

interface Subscription {
  readonly listener: Listener;
  active: boolean;
}

const mostSubscriptions = 4_096;
const mostSources = 256;
/** All rings together: 1 M samples are 16 MB. */
const mostHistorySamples = 1_000_000;

/** The last millisecond that a Date can name. */
const latestTime = 8.64e15;

const absent = 0;
const none: readonly Subscription[] = [];

/**
 * The car's present state: the latest reading of every signal of one catalogue, in VSS units. A signal without a reading is absent, never zero.
 * Readings are kept in the order they arrive, whatever their times say, because a source's clock may be set back.
 */
export class Store {
  readonly catalogue: Catalogue;
  readonly #clock: Clock;
  /** Numbers, and booleans as 0 and 1. */
  readonly #numbers: Float64Array;
  readonly #others: (SignalValue | undefined)[];
  readonly #at: Float64Array;
  readonly #source: Uint8Array;
  /** 0 = no reading, else 1 + the index in `qualities`. */
  readonly #quality: Uint8Array;
  readonly #form: Uint8Array;
  /** What a number may be, by data type and limits; nothing at all where allowed values have to be looked up. */
  readonly #lowest: Float64Array;
  readonly #highest: Float64Array;
  readonly #isWhole: Uint8Array;
  readonly #sources: string[] = [];
  readonly #rings: (Ring | undefined)[];
  #ringSamples = 0;
  readonly #listeners: (readonly Subscription[])[];
  #allListeners: readonly Subscription[] = none;
  #subscriptions = 0;

  constructor(parts: { readonly catalogue: Catalogue; readonly clock: Clock }) {
    const { signals } = parts.catalogue;
    this.catalogue = parts.catalogue;
    this.#clock = parts.clock;
    this.#numbers = new Float64Array(signals.length);
    this.#others = Array.from({ length: signals.length }, () => undefined);
    this.#at = new Float64Array(signals.length);
    this.#source = new Uint8Array(signals.length);
    this.#quality = new Uint8Array(signals.length);
    this.#form = Uint8Array.from(signals, formOf);
    const limits = signals.map(limitsOf);
    this.#lowest = Float64Array.from(limits, ({ lowest }) => lowest);
    this.#highest = Float64Array.from(limits, ({ highest }) => highest);
    this.#isWhole = Uint8Array.from(limits, ({ isWhole }) => Number(isWhole));
    this.#rings = Array.from({ length: signals.length }, () => undefined);
    this.#listeners = Array.from({ length: signals.length }, () => none);
  }

  /** The latest reading; undefined where this car has none. */
  get<T extends SignalValue>(signal: Signal<T>): Reading<T> | undefined;
  get(signal: Signal): Reading | undefined {
    return this.at(this.#slotOf(signal)).reading;
  }

  /** The latest value; undefined where this car has none. */
  value<T extends SignalValue>(signal: Signal<T>): T | undefined;
  value(signal: Signal): SignalValue | undefined {
    return this.#valueAt(this.#slotOf(signal));
  }

  /** Signal and reading behind a slot, as a listener gets it; the reading is undefined after `remove`. */
  at(slot: number): { readonly signal: Signal; readonly reading: Reading | undefined } {
    const signal = this.catalogue.signals[slot];
    if (!signal) throw new RangeError(`there is no slot ${slot}`);
    const value = this.#valueAt(slot);
    if (value === undefined) return { signal, reading: undefined };
    return {
      signal,
      reading: {
        value,
        at: this.#at[slot],
        source: this.#sources[this.#source[slot]] ?? "",
        quality: qualities[this.#quality[slot] - 1] ?? "good",
      },
    };
  }

  /** For readers that run for every reading: the number behind a slot, booleans as 0 and 1; NaN where it is absent, or a text or list. */
  numberAt(slot: number): number {
    return this.#quality[slot] === absent || this.#form[slot] === forms.other ? Number.NaN : this.#numbers[slot];
  }

  /** UTC ms of the reading behind a slot; 0 where there never was one. */
  timeAt(slot: number): number {
    return this.#at[slot];
  }

  /** Quality of the reading behind a slot as a number: 0 where it is absent, else 1 + its place in `qualities`. */
  qualityAt(slot: number): number {
    return this.#quality[slot];
  }

  /** @throws SignalError where the value breaks the signal's data type, limits or allowed values */
  set<T extends SignalValue>(signal: Signal<T>, value: NoInfer<T>, from: From): void {
    this.#write(this.#slotOf(signal), signal, value, from);
  }

  /**
   * For edges, where path and value are still strangers.
   * @throws SignalError as `set`, and where no signal has this path
   */
  setByPath(path: string, value: unknown, from: From): void {
    const signal = this.catalogue.find(path);
    if (!signal) throw new SignalError(path, "unknown path", value, "no signal has this path");
    this.#write(signal.slot, signal, value, from);
  }

  /**
   * For edges that know slots.
   * @throws SignalError as `set`; RangeError where there is no such slot
   */
  setAt(slot: number, value: unknown, from: From): void {
    const signal = this.catalogue.signals[slot];
    if (!signal) throw new RangeError(`there is no slot ${slot}`);
    this.#write(slot, signal, value, from);
  }

  /** Takes the reading away, as when a sensor is unplugged; listeners are told. */
  remove(signal: Signal): void {
    const slot = this.#slotOf(signal);
    if (this.#quality[slot] === absent) return;
    this.#quality[slot] = absent;
    this.#others[slot] = undefined;
    this.#notify(slot, true);
  }

  /** True where the reading is older than `maxAgeMs`, is marked stale, or is not there at all. */
  isStale(signal: Signal, maxAgeMs: number): boolean {
    const slot = this.#slotOf(signal);
    const quality = this.#quality[slot];
    if (quality === absent || qualities[quality - 1] === "stale") return true;
    return this.#clock.now() - this.#at[slot] > maxAgeMs;
  }

  /** Calls `listener` after each update of these signals; nothing is allocated per update. The answer ends it, also from inside a listener. */
  subscribe(signals: readonly Signal[] | "all", listener: Listener): () => void {
    if (this.#subscriptions >= mostSubscriptions)
      throw new RangeError(`a store serves at most ${mostSubscriptions} subscriptions`);
    this.#subscriptions += 1;
    const subscription: Subscription = { listener, active: true };
    const slots = signals === "all" ? [] : [...new Set(signals.map((signal) => this.#slotOf(signal)))];
    if (signals === "all") this.#allListeners = [...this.#allListeners, subscription];
    for (const slot of slots) this.#listeners[slot] = [...(this.#listeners[slot] ?? none), subscription];
    return () => {
      if (!subscription.active) return;
      subscription.active = false;
      this.#subscriptions -= 1;
      if (signals === "all") this.#allListeners = this.#allListeners.filter((other) => other !== subscription);
      for (const slot of slots)
        this.#listeners[slot] = (this.#listeners[slot] ?? none).filter((other) => other !== subscription);
    };
  }

  /**
   * Keeps the newest `samples` of a number or boolean from now on, at most one for each `everyMs`.
   * @throws RangeError where all histories together would pass 1 million samples
   */
  keep(
    signal: Signal<number> | Signal<boolean>,
    { samples, everyMs = 0 }: { readonly samples: number; readonly everyMs?: number },
  ): void {
    const slot = this.#slotOf(signal);
    const total = this.#ringSamples - (this.#rings[slot]?.samples ?? 0) + samples;
    if (!Number.isInteger(samples) || samples < 2 || total > mostHistorySamples) {
      throw new RangeError(
        `${signal.path} cannot keep ${samples} samples: at least 2, and ${mostHistorySamples} in the whole store`,
      );
    }
    this.#ringSamples = total;
    this.#rings[slot] = new Ring(samples, everyMs);
  }

  /** What was kept since a time (UTC ms), oldest first, booleans as 0 and 1; undefined where nobody asked to keep this signal. */
  history(signal: Signal, since = -Infinity): Samples | undefined {
    return this.#rings[this.#slotOf(signal)]?.read(since);
  }

  #slotOf(signal: Signal): number {
    // Another catalogue's signal may carry the same number, so the slot is believed only for the very same object.
    if (this.catalogue.signals[signal.slot] === signal) return signal.slot;
    const own = this.catalogue.find(signal.path);
    if (!own) throw new SignalError(signal.path, "unknown path", undefined, "this catalogue has no such signal");
    return own.slot;
  }

  #valueAt(slot: number): SignalValue | undefined {
    if (this.#quality[slot] === absent) return undefined;
    switch (this.#form[slot]) {
      case forms.number:
        return this.#numbers[slot];
      case forms.boolean:
        return this.#numbers[slot] === 1;
      default:
        return this.#others[slot];
    }
  }

  #write(slot: number, signal: Signal, value: unknown, from: From): void {
    const form = this.#form[slot];
    // Numbers and booleans that are plainly right go by the shortest way; `check` judges everything else.
    if (typeof value === "number" && form === forms.number && this.#admits(slot, value)) {
      this.#putNumber(slot, signal, value, from);
    } else if (typeof value === "boolean" && form === forms.boolean) {
      this.#putNumber(slot, signal, value ? 1 : 0, from);
    } else {
      const checked = check<SignalValue>(signal, value);
      if (typeof checked === "number" || typeof checked === "boolean")
        this.#putNumber(slot, signal, Number(checked), from);
      else this.#putOther(slot, signal, checked, from);
    }
  }

  #admits(slot: number, value: number): boolean {
    if (!(value >= this.#lowest[slot] && value <= this.#highest[slot])) return false;
    return this.#isWhole[slot] === 0 || Number.isInteger(value);
  }

  #putNumber(slot: number, signal: Signal, value: number, from: From): void {
    const at = this.#timeOf(signal, from);
    const source = this.#sourceNumber(from.source);
    const changed = this.#quality[slot] === absent || this.#numbers[slot] !== value;
    this.#numbers[slot] = value;
    this.#rings[slot]?.push(at, value);
    this.#stamp(slot, at, source, from.quality ?? "good", changed);
  }

  #putOther(slot: number, signal: Signal, value: SignalValue, from: From): void {
    const at = this.#timeOf(signal, from);
    const source = this.#sourceNumber(from.source);
    const changed = !isSame(this.#others[slot], value);
    this.#others[slot] = value;
    this.#stamp(slot, at, source, from.quality ?? "good", changed);
  }

  #timeOf(signal: Signal, from: From): number {
    const at = from.at ?? this.#clock.now();
    if (!(Math.abs(at) <= latestTime)) throw new SignalError(signal.path, "time", at, "a time is UTC milliseconds");
    return at;
  }

  #stamp(slot: number, at: number, source: number, quality: Quality, changed: boolean): void {
    this.#at[slot] = at;
    this.#source[slot] = source;
    this.#quality[slot] = 1 + qualities.indexOf(quality);
    this.#notify(slot, changed);
  }

  #sourceNumber(source: string): number {
    const known = this.#sources.indexOf(source);
    if (known >= 0) return known;
    if (this.#sources.length >= mostSources) throw new RangeError(`a store knows at most ${mostSources} sources`);
    return this.#sources.push(source) - 1;
  }

  #notify(slot: number, changed: boolean): void {
    // Lists are replaced, never edited, so this one stays whole while listeners come and go inside the loop.
    const own = this.#listeners[slot] ?? none;
    for (let i = 0; i < own.length; i++) {
      const subscription = own[i];
      if (subscription?.active) subscription.listener(slot, changed);
    }
    const all = this.#allListeners;
    for (let i = 0; i < all.length; i++) {
      const subscription = all[i];
      if (subscription?.active) subscription.listener(slot, changed);
    }
  }
}

const forms = { number: 0, boolean: 1, other: 2 } as const;

function formOf(signal: Signal): number {
  if (signal.datatype === "boolean") return forms.boolean;
  return signal.datatype === "string" || signal.datatype.endsWith("[]") ? forms.other : forms.number;
}

function isSame(a: SignalValue | undefined, b: SignalValue): boolean {
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
