// Hot: the listeners run for every reading of a signal that the campaign wants or looks at, so most of it ends after a comparison.
import type { Samples } from "@caravan/link";
import { compileExpression, ruleFor, signalsOf } from "@caravan/link/campaigns";
import type { CampaignRule, Expression } from "@caravan/link/campaigns";
import type { Signal, SignalValue, Store } from "@caravan/signals";
import { isNews } from "./news.ts";
import { SampleBatch } from "./sample-batch.ts";
import { freshTrigger, stepTrigger } from "./trigger.ts";
import type { Trigger, TriggerTerms } from "./trigger.ts";

/** Readings kept for the time before the condition comes true: half a megabyte. */
const ringSize = 16_384;
const smallestIntervalMs = 100;

interface Wanted {
  readonly signal: Signal;
  readonly rule: CampaignRule;
  /** Monotonic ms of the last reading kept. */
  keptAt: number;
  kept: SignalValue | undefined;
  /** A change came too soon after the last and is still to be kept. */
  late: boolean;
  /** The reading's own time when it was last sent, so that the same reading is not sent again with the next event. */
  sentAt: number;
}

/**
 * A campaign by condition. Keeps what was measured lately in a ring; when the condition comes true, the ring's part before that moment and what is
 * measured in the time after it are sent, and first of all what each signal was then.
 */
export class ConditionSampler {
  readonly #store: Store;
  readonly #monotonic: () => number;
  readonly #terms: TriggerTerms;
  readonly #expression: Expression;
  readonly #wanted: (Wanted | undefined)[];
  readonly #slots = new Uint16Array(ringSize);
  readonly #keptAt = new Float64Array(ringSize);
  readonly #at = new Float64Array(ringSize);
  readonly #values: (SignalValue | undefined)[] = Array.from({ length: ringSize }, () => undefined);
  /** Readings ever kept; the ring holds the last of them. */
  #count = 0;
  /** Readings before this one are sent, or were not wanted. */
  #seen = 0;
  #trigger: Trigger;
  /** Of `fired`: how often what the signals were at that moment was sent. */
  #opened = 0;
  #baseline: number[] = [];
  #dropped = 0;
  readonly #undo: (() => void)[] = [];

  constructor(parts: {
    readonly store: Store;
    /** Monotonic ms. */
    readonly monotonic: () => number;
    readonly expression: Expression;
    readonly terms: TriggerTerms;
    readonly rules: readonly CampaignRule[];
    /** Was the condition true when the car computer was stopped? */
    readonly held: boolean;
  }) {
    this.#store = parts.store;
    this.#monotonic = parts.monotonic;
    this.#terms = parts.terms;
    this.#expression = parts.expression;
    this.#trigger = freshTrigger(parts.held);
    this.#wanted = parts.store.catalogue.signals.map((signal) => {
      const rule = ruleFor(parts.rules, signal);
      return rule && { signal, rule, keptAt: -Infinity, kept: undefined, late: false, sentAt: -Infinity };
    });
  }

  start(): void {
    const { catalogue } = this.#store;
    const evaluate = compileExpression(this.#expression, (path) => {
      const signal = catalogue.find(path);
      return signal === undefined ? () => undefined : () => this.#store.value(signal);
    });
    const look = (): void => {
      this.#trigger = stepTrigger(this.#trigger, evaluate(), this.#monotonic(), this.#terms);
    };
    const looked = signalsOf(this.#expression).flatMap((path) => catalogue.find(path) ?? []);
    const wanted = this.#wanted.flatMap((each) => each?.signal ?? []);
    // What is wanted is kept before the condition is looked at, so that the reading that makes it true is among what is sent.
    this.#undo.push(
      this.#store.subscribe(wanted, (slot, changed) => {
        if (changed) this.#note(slot, this.#monotonic());
      }),
    );
    this.#undo.push(this.#store.subscribe(looked, look));
    look();
  }

  stop(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  /** What is to be sent at this monotonic time; what does not fit into one batch comes with the next call. */
  take(now: number): Samples | undefined {
    for (let slot = 0; slot < this.#wanted.length; slot++) if (this.#wanted[slot]?.late === true) this.#note(slot, now);
    const { from, until, fired } = this.#trigger;
    if (fired > this.#opened) {
      this.#opened = fired;
      this.#baseline = this.#wanted.flatMap((wanted, slot) => (wanted === undefined ? [] : [slot]));
    }
    const batch = new SampleBatch();
    while (batch.hasRoom() && this.#baseline.length > 0) this.#takeFirst(this.#baseline.pop() ?? 0, from, batch);
    const oldest = Math.max(0, this.#count - ringSize);
    if (this.#seen < oldest) {
      if (until !== -Infinity && now <= until) this.#dropped += oldest - this.#seen;
      this.#seen = oldest;
    }
    // What was kept after the stretch stays: it may be what came before the next one.
    while (batch.hasRoom() && this.#seen < this.#count && this.#keptAtOf(this.#seen) <= until) {
      this.#takeKept(this.#seen % ringSize, from, batch);
      this.#seen += 1;
    }
    return batch.samples();
  }

  /** Was the condition true when it was last known? */
  held(): boolean {
    return this.#trigger.held;
  }

  triggers(): number {
    return this.#trigger.fired;
  }

  dropped(): number {
    return this.#dropped;
  }

  #note(slot: number, now: number): void {
    const wanted = this.#wanted[slot];
    if (wanted === undefined) return;
    const { reading } = this.#store.at(slot);
    wanted.late = false;
    if (reading === undefined || !isNews(wanted.kept, reading.value, wanted.rule.deadband)) return;
    if (now - wanted.keptAt < Math.max(smallestIntervalMs, wanted.rule.everyMs)) {
      wanted.late = true;
      return;
    }
    wanted.keptAt = now;
    wanted.kept = reading.value;
    const index = this.#count % ringSize;
    this.#slots[index] = slot;
    this.#keptAt[index] = now;
    this.#at[index] = reading.at;
    this.#values[index] = reading.value;
    this.#count += 1;
  }

  /** What a signal has been since before the stretch began; what changed within it comes with the ring. */
  #takeFirst(slot: number, from: number, batch: SampleBatch): void {
    const wanted = this.#wanted[slot];
    const { reading } = this.#store.at(slot);
    if (wanted === undefined || reading === undefined || wanted.keptAt >= from || reading.at === wanted.sentAt) return;
    wanted.sentAt = reading.at;
    batch.add(wanted.signal.path, reading.at, reading.value);
  }

  #keptAtOf(reading: number): number {
    return this.#keptAt[reading % ringSize] ?? 0;
  }

  #takeKept(index: number, from: number, batch: SampleBatch): void {
    const wanted = this.#wanted[this.#slots[index] ?? 0];
    if (wanted === undefined || (this.#keptAt[index] ?? 0) < from) return;
    const at = this.#at[index] ?? 0;
    wanted.sentAt = at;
    batch.add(wanted.signal.path, at, this.#values[index]);
  }
}
