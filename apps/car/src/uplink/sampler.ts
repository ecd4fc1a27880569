// Hot: the listener runs for every reading (about 1,000/s) and must not allocate.
import { linkLimits } from "@caravan/link";
import type { Samples } from "@caravan/link";
import type { Signal, SignalValue, Store } from "@caravan/signals";
import { ruleFor } from "./campaign.ts";
import type { Campaign, CampaignRule } from "./campaign.ts";

/** Keeps a batch of samples that do not compress under the limit of one message. */
const mostBatchBytes = linkLimits.messageBytes * 0.75;
const mostBatchSamples = 1_000;
/** Some 35,000 years either side of 1970, as far as a batch can tell time. */
const farthestTime = 2 ** 50;

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
 * Watches the Store and, once a second, takes what the campaign finds worth it: the newest value of each signal that changed enough and
 * is due. Intervals are measured by a monotonic clock, so that a car's clock that jumps neither stops nor floods the samples.
 */
export class Sampler {
  readonly #store: Store;
  readonly #campaign: Campaign;
  readonly #watched: (Watched | undefined)[];
  /** 1 where a slot waits in the queue. */
  readonly #dirty: Uint8Array;
  readonly #queue: Uint16Array;
  #queued = 0;
  #unsubscribe = (): void => {};
  #refreshedAt = -Infinity;

  constructor(parts: { readonly store: Store; readonly campaign: Campaign }) {
    this.#store = parts.store;
    this.#campaign = parts.campaign;
    const slots = parts.store.catalogue.signals.length;
    this.#watched = Array.from({ length: slots }, () => undefined);
    this.#dirty = new Uint8Array(slots);
    this.#queue = new Uint16Array(slots);
  }

  start(): void {
    this.#unsubscribe = this.#store.subscribe("all", (slot, changed) => {
      if (changed && this.#dirty[slot] === 0) this.#mark(slot);
    });
  }

  stop(): void {
    this.#unsubscribe();
  }

  /** What is due at this monotonic time (ms); undefined where nothing is. What does not fit into one batch is due the next time. */
  take(monotonicMs: number): Samples | undefined {
    if (monotonicMs - this.#refreshedAt >= this.#campaign.refreshMs) this.#refresh(monotonicMs);
    const batch = new Batch();
    const groups = new Set<string>();
    const queued = this.#queue.slice(0, this.#queued);
    this.#queued = 0;
    for (const slot of queued) this.#dirty[slot] = 0;
    for (const slot of queued) this.#consider(slot, monotonicMs, batch, groups);
    if (groups.size > 0) this.#completeGroups(groups, monotonicMs, batch);
    return batch.samples();
  }

  #consider(slot: number, now: number, batch: Batch, groups: Set<string>): void {
    const watched = this.#watch(slot);
    const { rule } = watched;
    if (rule.never === true) return;
    if (now - watched.takenAt < rule.everyMs - dueEarlyMs || !batch.hasRoom()) {
      this.#mark(slot);
      return;
    }
    const { reading } = this.#store.at(slot);
    if (watched.takenAt !== -Infinity && !isNews(watched.taken, reading?.value, rule.deadband)) return;
    this.#takeOne(slot, watched, now, batch);
    if (rule.group !== undefined) groups.add(rule.group);
  }

  #completeGroups(groups: ReadonlySet<string>, now: number, batch: Batch): void {
    for (let slot = 0; slot < this.#watched.length; slot++) {
      const watched = this.#watched[slot];
      const group = watched?.rule.group;
      if (watched === undefined || group === undefined || !groups.has(group) || watched.takenAt === now) continue;
      this.#takeOne(slot, watched, now, batch);
    }
  }

  #takeOne(slot: number, watched: Watched, now: number, batch: Batch): void {
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
      if (this.#store.at(slot).reading === undefined) continue;
      this.#watch(slot).takenAt = -Infinity;
      if (this.#dirty[slot] === 0) this.#mark(slot);
    }
  }

  #watch(slot: number): Watched {
    let watched = this.#watched[slot];
    if (watched === undefined) {
      const { signal } = this.#store.at(slot);
      watched = { signal, rule: ruleFor(this.#campaign, signal), takenAt: -Infinity, taken: undefined };
      this.#watched[slot] = watched;
    }
    return watched;
  }

  #mark(slot: number): void {
    this.#dirty[slot] = 1;
    this.#queue[this.#queued++] = slot;
  }
}

/** Collects samples as columns, and leaves out what a batch cannot carry. */
class Batch {
  readonly #paths: string[] = [];
  readonly #path: number[] = [];
  readonly #at: number[] = [];
  readonly #value: (SignalValue | undefined)[] = [];
  #bytes = 0;
  #newestAt = 0;

  hasRoom(): boolean {
    return this.#path.length < mostBatchSamples && this.#bytes < mostBatchBytes - linkLimits.textBytes * 3;
  }

  newestAt(): number {
    return this.#newestAt;
  }

  add(path: string, at: number, value: SignalValue | undefined): void {
    const size = sizeOf(value);
    if (size === undefined) return;
    const time = Math.max(-farthestTime, Math.min(farthestTime, Math.round(at)));
    this.#bytes += size + path.length + 16;
    this.#newestAt = Math.max(this.#newestAt, time);
    // One sample for each path: a signal is taken once.
    this.#path.push(this.#paths.push(path) - 1);
    this.#at.push(time);
    this.#value.push(value);
  }

  samples(): Samples | undefined {
    return this.#path.length === 0
      ? undefined
      : { paths: this.#paths, path: this.#path, at: this.#at, value: this.#value };
  }
}

/** Bytes at most, or undefined where a batch cannot carry the value. */
function sizeOf(value: SignalValue | undefined): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? 9 : undefined;
  if (typeof value === "string") {
    // UTF-8 takes three bytes for a UTF-16 unit at most.
    return value.length * 3 <= linkLimits.textBytes && !value.includes("\0") ? value.length * 3 + 3 : undefined;
  }
  if (typeof value !== "object") return 1;
  if (value.length > linkLimits.listItems) return undefined;
  let sum = 3;
  for (const item of value) {
    const size = sizeOf(item);
    if (size === undefined) return undefined;
    sum += size;
  }
  return sum < mostBatchBytes / 4 ? sum : undefined;
}

function isNews(
  before: SignalValue | undefined,
  after: SignalValue | undefined,
  deadband: number | undefined,
): boolean {
  if (typeof before === "number" && typeof after === "number") {
    if (after === 0) return before !== 0;
    return deadband === undefined ? before !== after : Math.abs(after - before) >= deadband;
  }
  if (typeof before === "object" && typeof after === "object") {
    return before.length !== after.length || before.some((item, index) => item !== after[index]);
  }
  return before !== after;
}
