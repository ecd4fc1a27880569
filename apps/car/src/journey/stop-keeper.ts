import type { Way } from "./way.ts";

/** A simulated car stands this long at a stop where nobody charges. */
const stopLastsMs = 12_000;
/** Plugging in takes a moment; a charge that is not under way after this long has ended, as at the person's own limit. */
const beginsWithinMs = 15_000;
/** Percent; the battery's figure on the screen is rounded. */
const slack = 0.5;

export interface StopKeeperParts {
  readonly clock: { now(): number };
  /** Percent in the battery. */
  readonly charge: () => number | undefined;
  readonly isCharging: () => boolean;
  readonly startCharging: () => void;
  readonly stopCharging: () => void;
}

/** Knows when a simulated car has done what it stands for at a stop: waited a little, or charged as far as was planned. */
export class StopKeeper {
  readonly #parts: StopKeeperParts;
  #begun: { readonly at: number; readonly until: number | undefined; readonly longest: number } | undefined;

  constructor(parts: StopKeeperParts) {
    this.#parts = parts;
  }

  begin(way: Way, stop: number): void {
    const charge = way.summary.stops[stop]?.charge;
    const at = this.#parts.clock.now();
    // A charger that gives less than it says does not hold the car for ever.
    const longest = charge === undefined ? stopLastsMs : Math.max(stopLastsMs, 3_000 * charge.seconds);
    this.#begun = { at, until: charge?.until, longest };
    if (charge !== undefined) this.#parts.startCharging();
  }

  /** To be called about five times a second while the car stands at a stop. */
  isOver(): boolean {
    const begun = this.#begun;
    if (begun === undefined) return true;
    const isFull = begun.until !== undefined && (this.#parts.charge() ?? 0) >= begun.until - slack;
    const stood = this.#parts.clock.now() - begun.at;
    const hasEnded = begun.until !== undefined && stood > beginsWithinMs && !this.#parts.isCharging();
    return isFull || hasEnded || stood >= begun.longest;
  }

  /** The car goes on, whether it is over or not. */
  end(): void {
    if (this.#begun?.until !== undefined) this.#parts.stopCharging();
    this.#begun = undefined;
  }
}
