// Hot: `put` runs for every reading of every driver (about 5,000/s, a million in a fast replay) and must not allocate.
import { SignalError } from "@caravan/signals";
import type { Quality, Signal, SignalValue, Store } from "@caravan/signals";
import type { Claim, ClaimOptions } from "../driver.ts";

/** What became of a reading: it is the car's now, another source is believed, or it breaks the signal's rules. */
export type PutOutcome = "chosen" | "standby" | "refused";

/** One source of a signal as a person looks at it. */
export interface SourceView {
  readonly source: string;
  readonly priority: number;
  readonly timeoutMs: number;
  /** Whether this is the source that the car believes. */
  readonly isChosen: boolean;
  readonly state: "speaks" | "silent";
  /** Its own latest value, whoever is believed; absent before the first. */
  readonly value?: SignalValue;
  /** Since that value was heard. */
  readonly ageMs?: number;
  readonly quality: Quality;
  /** Readings that broke the signal's data type or limits. */
  readonly refused: number;
}

/** All sources of one signal, the believed one first. */
export interface SignalSources {
  readonly path: string;
  readonly unit?: string;
  readonly sources: readonly SourceView[];
  /** How often the choice has changed. */
  readonly changes: number;
}

const usualTimeoutMs = 5_000;
const mostSourcesOfSignal = 8;

/** The Store's claim: what the contract shows, and what the arbiter remembers of the source. */
class Source implements Claim {
  readonly signal: Signal;
  readonly source: string;
  priority: number;
  timeoutMs: number;
  readonly contest: Contest;
  readonly driver: string;
  /** Handed to the Store for each reading; only `at` changes. */
  readonly from: { source: string; quality: Quality; at: number };
  /** Car clock of the latest good reading; -Infinity: silent. */
  heardAt = -Infinity;
  /** Numbers apart from the rest, so that storing one allocates nothing. */
  number = 0;
  other: Exclude<SignalValue, number> | undefined = undefined;
  hasValue = false;
  refused = 0;

  constructor(
    contest: Contest,
    parts: { driver: string; source: string; quality: Quality; priority: number; timeoutMs: number },
  ) {
    this.contest = contest;
    this.signal = contest.signal;
    this.driver = parts.driver;
    this.source = parts.source;
    this.priority = parts.priority;
    this.timeoutMs = parts.timeoutMs;
    this.from = { source: parts.source, quality: parts.quality, at: 0 };
  }

  speaks(now: number): boolean {
    return now - this.heardAt <= this.timeoutMs;
  }

  value(): SignalValue {
    return this.other ?? this.number;
  }
}

/** The sources of one signal; at most eight. */
interface Contest {
  readonly signal: Signal;
  sources: readonly Source[];
  chosen: Source | undefined;
  /** The chosen one has fallen silent and nobody took its place. */
  isStale: boolean;
  changes: number;
}

/**
 * Decides, signal by signal, which of several sources the car believes: of those that speak, the one with the greatest priority, and among equals
 * the one that was believed before. When it falls silent the next one takes over; where none is left the reading stays, marked stale.
 */
export class Sources {
  readonly #store: Pick<Store, "set" | "get">;
  readonly #clock: { now(): number };
  /** By path; bounded by the catalogue, whose signals alone can be claimed. */
  readonly #contests = new Map<string, Contest>();

  constructor(parts: { store: Pick<Store, "set" | "get">; clock: { now(): number } }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
  }

  /** The same driver gets the same claim again, its priority, timeout and quality brought up to date. */
  claim(signal: Signal, driver: string, quality: Quality, options: ClaimOptions = {}): Claim {
    const contest = this.#contestOf(signal);
    const { part, priority = 0, timeoutMs = usualTimeoutMs } = options;
    const source = part === undefined ? driver : `${driver} ${part}`;
    const known = contest.sources.find((each) => each.source === source);
    if (known !== undefined) {
      known.priority = priority;
      known.timeoutMs = timeoutMs;
      known.from.quality = quality;
      return known;
    }
    if (contest.sources.length >= mostSourcesOfSignal)
      throw new RangeError(`${signal.path} has more than ${mostSourcesOfSignal} sources`);
    const made = new Source(contest, { driver, source, quality, priority, timeoutMs });
    contest.sources = [...contest.sources, made];
    return made;
  }

  /**
   * `at` is the source's own time, `now` the car's, UTC ms both.
   * @throws TypeError for a claim that was not handed out here
   */
  put(claim: Claim, value: SignalValue, at: number, now: number): PutOutcome {
    if (!(claim instanceof Source)) throw new TypeError("a claim comes from `claim`");
    const { contest } = claim;
    const isChosen = contest.chosen === claim;
    if (isChosen || isBetter(claim, contest.chosen, now)) {
      claim.from.at = at;
      try {
        this.#store.set(claim.signal, value, claim.from);
      } catch (error) {
        if (!(error instanceof SignalError)) throw error;
        claim.refused++;
        return "refused";
      }
      if (!isChosen) choose(contest, claim);
      contest.isStale = false;
      remember(claim, value, now);
      return "chosen";
    }
    claim.from.at = at;
    remember(claim, value, now);
    return "standby";
  }

  /** A driver is gone: its signals go to the next source or go stale at once. */
  withdraw(driver: string): void {
    for (const contest of this.#contests.values()) {
      for (const each of contest.sources) if (each.driver === driver) each.heardAt = -Infinity;
    }
    this.tick();
  }

  /** Looks for sources that have fallen silent; to be called a few times a second. */
  tick(): void {
    const now = this.#clock.now();
    for (const contest of this.#contests.values()) {
      const { chosen } = contest;
      if (chosen === undefined || contest.isStale || chosen.speaks(now)) continue;
      if (!this.#fallBack(contest, now)) this.#markStale(contest, chosen);
    }
  }

  /** Every signal that a driver has claimed, in the order of first claims. */
  view(): readonly SignalSources[] {
    const now = this.#clock.now();
    return [...this.#contests.values()].map(({ signal, sources, chosen, changes }) => ({
      path: signal.path,
      ...(signal.unit !== undefined && { unit: signal.unit }),
      changes,
      sources: sources
        .toSorted((a, b) => Number(b === chosen) - Number(a === chosen) || b.priority - a.priority)
        .map((each) => ({
          source: each.source,
          priority: each.priority,
          timeoutMs: each.timeoutMs,
          isChosen: each === chosen,
          state: each.speaks(now) ? "speaks" : "silent",
          ...(each.hasValue && { value: each.value() }),
          ...(each.heardAt > -Infinity && { ageMs: now - each.heardAt }),
          quality: each.speaks(now) ? each.from.quality : "stale",
          refused: each.refused,
        })),
    }));
  }

  #contestOf(signal: Signal): Contest {
    const known = this.#contests.get(signal.path);
    if (known !== undefined) return known;
    const made: Contest = { signal, sources: [], chosen: undefined, isStale: false, changes: 0 };
    this.#contests.set(signal.path, made);
    return made;
  }

  /** Gives the signal to the best source that speaks, with the value it told last; false where there is none. */
  #fallBack(contest: Contest, now: number): boolean {
    let best: Source | undefined;
    for (const each of contest.sources) {
      if (each.speaks(now) && (best === undefined || each.priority > best.priority)) best = each;
    }
    if (best === undefined) return false;
    try {
      this.#store.set(best.signal, best.value(), best.from);
    } catch (error) {
      if (!(error instanceof SignalError)) throw error;
      // It told nonsense while nobody listened; perhaps the next one does better.
      best.refused++;
      best.heardAt = -Infinity;
      return this.#fallBack(contest, now);
    }
    choose(contest, best);
    return true;
  }

  #markStale(contest: Contest, chosen: Source): void {
    contest.isStale = true;
    const reading = this.#store.get(chosen.signal);
    // Whoever has written past the drivers since knows better.
    if (reading === undefined || reading.source !== chosen.source) return;
    this.#store.set(chosen.signal, reading.value, { source: chosen.source, at: reading.at, quality: "stale" });
  }
}

function isBetter(candidate: Source, chosen: Source | undefined, now: number): boolean {
  return chosen === undefined || candidate.priority > chosen.priority || !chosen.speaks(now);
}

function choose(contest: Contest, source: Source): void {
  if (contest.chosen !== undefined) contest.changes++;
  contest.chosen = source;
}

function remember(source: Source, value: SignalValue, now: number): void {
  source.heardAt = now;
  source.hasValue = true;
  if (typeof value === "number") source.number = value;
  else source.other = value;
}
