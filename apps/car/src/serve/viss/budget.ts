import type { Clock } from "@caravan/signals";

/** What a client saved up it may spend at once, and while that is served the car does nothing else: so it is little. */
const mostSavedSeconds = 0.5;

/** A token bucket: work is paid for after it was done, so a costly request delays the next ones of the same client. */
export class Budget {
  readonly #clock: Clock;
  readonly #perSecond: () => number;
  #left: number;
  #filledAt: number;

  /** `perSecond` may change as clients come and go. */
  constructor(clock: Clock, perSecond: () => number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#left = perSecond() * mostSavedSeconds;
    this.#filledAt = clock.now();
  }

  isSpent(): boolean {
    const now = this.#clock.now();
    const perSecond = this.#perSecond();
    // A clock that was set back refills nothing, and one that jumped ahead no more than the bucket holds.
    const gained = (Math.max(0, now - this.#filledAt) / 1_000) * perSecond;
    this.#left = Math.min(perSecond * mostSavedSeconds, this.#left + gained);
    this.#filledAt = now;
    return this.#left <= 0;
  }

  pay(cost: number): void {
    this.#left -= cost;
  }
}
