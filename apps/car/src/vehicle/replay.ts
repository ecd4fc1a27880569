/** A recording that plays in place of a car; it writes into the Store what was measured then. */
export interface Replay {
  /** File name, as the screen shows it. */
  readonly name: string;
  /** Plays what is due at `now`, UTC ms. */
  step(now: number): void;
  stop(): void;
}
