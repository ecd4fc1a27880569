// Hot: the listener runs for every reading (about 1,000/s) and must not allocate.
import type { Samples } from "@caravan/link";
import { ruleFor } from "@caravan/link/campaigns";
import type { CampaignRule } from "@caravan/link/campaigns";
import type { Signal, SignalValue, Store } from "@caravan/signals";
import { isNews } from "./news.ts";
import { SampleBatch } from "./sample-batch.ts";

/** Ticks come a little early or late; without this a signal due each second would go every second tick. */
const dueEarlyMs = 200;

interface Watched {
  readonly signal: Signal;
  readonly rule: CampaignRule;
  /** Monotonic ms of the last sample; -Infinity before the first. */
  takenAt: number;
  taken: SignalValue | undefined;
}

/**
 * A campaign by time. Watches the Store and, once a second, takes what the campaign finds worth it: the newest value of each signal that changed enough and
 * is due. Intervals are measured by a monotonic clock, so that a car's clock that jumps neither stops nor floods the samples.
 */
export class Sampler {
  readonly #store: Store;
  readonly #refreshMs: number;
  /** Undefined where the campaign does not want the signal. */
  readonly #watched: (Watched | undefined)[];
  /** 1 where a slot waits in the queue. */
  readonly #dirty: Uint8Array;
  readonly #queue: Uint16Array;
  #queued = 0;
  #unsubscribe = (): void => {};
  #refreshedAt = -Infinity;

  constructor(parts: { readonly store: Store; readonly rules: readonly CampaignRule[]; readonly refreshMs: number }) {
    this.#store = parts.store;
    this.#refreshMs = parts.refreshMs;
    const { signals } = parts.store.catalogue;
    this.#watched = signals.map((signal) => {
      const rule = ruleFor(parts.rules, signal);
      return rule === undefined ? undefined : { signal, rule, takenAt: -Infinity, taken: undefined };
    });
    this.#dirty = new Uint8Array(signals.length);
    this.#queue = new Uint16Array(signals.length);
  }

  start(): void {
    const wanted = this.#watched.flatMap((watched) => watched?.signal ?? []);
    this.#unsubscribe = this.#store.subscribe(wanted, (slot, changed) => {
      if (changed && this.#dirty[slot] === 0) this.#mark(slot);
    });
  }

  stop(): void {
    this.#unsubscribe();
  }

  /** What is due at this monotonic time (ms); undefined where nothing is. What does not fit into one batch is due the next time. */
  take(monotonicMs: number): Samples | undefined {
    if (monotonicMs - this.#refreshedAt >= this.#refreshMs) this.#refresh(monotonicMs);
    const batch = new SampleBatch();
    const groups = new Set<string>();
    const queued = this.#queue.slice(0, this.#queued);
    this.#queued = 0;
    for (const slot of queued) this.#dirty[slot] = 0;
    for (const slot of queued) this.#consider(slot, monotonicMs, batch, groups);
    if (groups.size > 0) this.#completeGroups(groups, monotonicMs, batch);
    return batch.samples();
  }

  #consider(slot: number, now: number, batch: SampleBatch, groups: Set<string>): void {
    const watched = this.#watched[slot];
    if (watched === undefined) return;
    const { rule } = watched;
    if (now - watched.takenAt < rule.everyMs - dueEarlyMs || !batch.hasRoom()) {
      this.#mark(slot);
      return;
    }
    const { reading } = this.#store.at(slot);
    if (watched.takenAt !== -Infinity && !isNews(watched.taken, reading?.value, rule.deadband)) return;
    this.#takeOne(slot, watched, now, batch);
    if (rule.group !== undefined) groups.add(rule.group);
  }

  #completeGroups(groups: ReadonlySet<string>, now: number, batch: SampleBatch): void {
    for (let slot = 0; slot < this.#watched.length; slot++) {
      const watched = this.#watched[slot];
      const group = watched?.rule.group;
      if (watched === undefined || group === undefined || !groups.has(group) || watched.takenAt === now) continue;
      this.#takeOne(slot, watched, now, batch);
    }
  }

  #takeOne(slot: number, watched: Watched, now: number, batch: SampleBatch): void {
    const { reading } = this.#store.at(slot);
    // A signal that never had a value is not worth saying that it has none.
    if (reading === undefined && watched.takenAt === -Infinity) return;
    batch.add(watched.signal.path, reading?.at ?? batch.newestAt(), reading?.value);
    watched.takenAt = now;
    watched.taken = reading?.value;
  }

  #refresh(now: number): void {
    this.#refreshedAt = now;
    for (let slot = 0; slot < this.#watched.length; slot++) {
      const watched = this.#watched[slot];
      if (watched === undefined || this.#store.at(slot).reading === undefined) continue;
      watched.takenAt = -Infinity;
      if (this.#dirty[slot] === 0) this.#mark(slot);
    }
  }

  #mark(slot: number): void {
    this.#dirty[slot] = 1;
    this.#queue[this.#queued++] = slot;
  }
}
