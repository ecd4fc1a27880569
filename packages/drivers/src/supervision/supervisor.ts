import type { Driver, DriverClock, DriverEnd, DriverFigure } from "../driver.ts";
import type { Sources } from "../sources/sources.ts";
import { Run } from "./run.ts";
import { begun, supervise } from "./supervision.ts";
import type { Supervision, SupervisionEvent } from "./supervision.ts";

/** How one driver is, for people. */
export interface DriverHealth {
  readonly name: string;
  readonly state: Supervision["kind"];
  /** Why it does not run, in words, where it does not. */
  readonly why?: string;
  readonly startedAnew: number;
  /** Since its last sign of life; absent before the first. */
  readonly silentMs?: number;
  readonly taken: number;
  /** Readings that broke a signal's data type or limits. */
  readonly refused: number;
  /** Readings beyond what a driver may tell in a second, or after its run was cut. */
  readonly dropped: number;
  readonly figures: readonly DriverFigure[];
}

export interface SupervisorParts {
  readonly sources: Sources;
  readonly clock: DriverClock;
  /** Told when a driver is cut, lost, over or given up. */
  readonly onChange?: (driver: string, state: Supervision) => void;
}

const lookEveryMs = 250;
const usualMostInSecond = 100_000;
/** A car has a handful of buses and receivers. */
const mostDrivers = 32;

/** One driver, its current run and what earlier runs have counted. */
interface Supervised {
  readonly driver: Driver;
  state: Supervision;
  run: Run;
  abort: AbortController;
  ended: Promise<void>;
  readonly over: PromiseWithResolvers<void>;
  startedAnew: number;
  earlier: { taken: number; refused: number; dropped: number };
}

/** Runs the drivers of a car side by side. One that dies, stalls or floods is cut off, its signals go stale or to another source, and it is started anew. */
export class Supervisor {
  readonly #sources: Sources;
  readonly #clock: DriverClock;
  readonly #onChange: (driver: string, state: Supervision) => void;
  readonly #drivers = new Map<string, Supervised>();
  readonly #stopping = new AbortController();
  #looking: Promise<void> | undefined;

  constructor(parts: SupervisorParts) {
    this.#sources = parts.sources;
    this.#clock = parts.clock;
    this.#onChange = parts.onChange ?? (() => undefined);
  }

  /** @throws RangeError where a driver of this name is there already, or 32 are */
  start(driver: Driver): void {
    if (this.#drivers.has(driver.name)) throw new RangeError(`there are two drivers called ${driver.name}`);
    if (this.#drivers.size >= mostDrivers) throw new RangeError(`a car has at most ${mostDrivers} drivers`);
    const supervised: Supervised = {
      driver,
      state: begun(this.#clock.now()),
      run: this.#runOf(driver),
      abort: new AbortController(),
      ended: Promise.resolve(),
      over: Promise.withResolvers(),
      startedAnew: 0,
      earlier: { taken: 0, refused: 0, dropped: 0 },
    };
    this.#drivers.set(driver.name, supervised);
    this.#begin(supervised);
    this.#looking ??= this.#look();
  }

  /** Resolves when a driver is over, given up or stopped; at once where there is none of this name. */
  async over(name: string): Promise<void> {
    await this.#drivers.get(name)?.over.promise;
  }

  /** Tells all drivers to end and waits for them, for two seconds at most. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const all = [...this.#drivers.values()];
    for (const { abort, run, over } of all) {
      abort.abort();
      run.shut();
      over.resolve();
    }
    await Promise.race([
      Promise.all(all.map(({ ended }) => ended)),
      this.#clock.sleep(2_000, new AbortController().signal),
    ]);
    await this.#looking;
  }

  health(): readonly DriverHealth[] {
    const now = this.#clock.now();
    return [...this.#drivers.values()].map(({ driver, state, run, startedAnew, earlier }) => {
      const { taken, refused, dropped } = run.counts();
      return {
        name: driver.name,
        state: state.kind,
        ...("why" in state && { why: state.why }),
        startedAnew,
        ...(run.heardAt() > -Infinity && { silentMs: now - run.heardAt() }),
        taken: earlier.taken + taken,
        refused: earlier.refused + refused,
        dropped: earlier.dropped + dropped,
        figures: driver.figures(),
      };
    });
  }

  async #look(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#clock.sleep(lookEveryMs, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      for (const each of this.#drivers.values()) {
        this.#handle(each, { kind: "tick", heardAt: each.run.heardAt(), isFlooding: each.run.isFlooding() });
      }
      this.#sources.tick();
    }
  }

  #runOf(driver: Driver): Run {
    return new Run({
      sources: this.#sources,
      clock: this.#clock,
      source: driver.name,
      quality: driver.quality,
      mostInSecond: driver.mostReadingsPerSecond ?? usualMostInSecond,
    });
  }

  #begin(supervised: Supervised): void {
    const { driver, run, abort } = supervised;
    supervised.ended = finish(driver, run, abort.signal).then((end) => {
      // A run that was abandoned long ago has nothing to say any more.
      if (supervised.run === run) this.#handle(supervised, { kind: "ended", end });
    });
  }

  #handle(supervised: Supervised, event: SupervisionEvent): void {
    if (this.#stopping.signal.aborted) return;
    const { driver, state: before } = supervised;
    const limits = { stallAfterMs: driver.stallAfterMs ?? Infinity };
    const [after, effects] = supervise(before, event, this.#clock.now(), limits);
    supervised.state = after;
    for (const effect of effects) {
      switch (effect) {
        case "begin":
          this.#renew(supervised);
          break;
        case "cut":
          supervised.run.shut();
          supervised.abort.abort();
          break;
        case "withdraw":
          supervised.run.shut();
          this.#sources.withdraw(driver.name);
      }
    }
    if (after.kind !== before.kind) this.#onChange(driver.name, after);
    if (after.kind === "over" || after.kind === "given up") supervised.over.resolve();
  }

  #renew(supervised: Supervised): void {
    const { earlier, run } = supervised;
    const { taken, refused, dropped } = run.counts();
    supervised.earlier = {
      taken: earlier.taken + taken,
      refused: earlier.refused + refused,
      dropped: earlier.dropped + dropped,
    };
    supervised.startedAnew++;
    supervised.run = this.#runOf(supervised.driver);
    supervised.abort = new AbortController();
    this.#begin(supervised);
  }
}

async function finish(driver: Driver, run: Run, signal: AbortSignal): Promise<DriverEnd> {
  try {
    return await driver.run(run, signal);
  } catch (error) {
    return { kind: "lost", why: error instanceof Error ? error.message : String(error) };
  }
}
