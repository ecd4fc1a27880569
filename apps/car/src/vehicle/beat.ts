/** How much simulated time is due; carried from one call to the next. */
export interface Beat {
  /** Monotonic milliseconds up to which time has been simulated. */
  readonly until: number;
}

/** Length of one step, in milliseconds; also how often screens get a new position. */
export const stepMs = 50;
/** After a suspended laptop or a stalled process, at most this much is caught up; the rest never happened to the simulated car. */
const mostCatchUpMs = 500;

/** The steps due at `now`, and the beat afterwards. Steps never drift: what is not a whole step yet stays due. */
export function beatAt(beat: Beat, now: number): { readonly steps: number; readonly beat: Beat } {
  const from = Math.max(beat.until, now - mostCatchUpMs);
  const steps = Math.max(0, Math.floor((now - from) / stepMs));
  return { steps, beat: { until: from + steps * stepMs } };
}
