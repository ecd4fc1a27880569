/** One question that is asked again and again. */
export interface Scheduled<Question> {
  readonly question: Question;
  readonly everyMs: number;
  /** Clock of the latest question; -Infinity before the first. */
  askedAt: number;
  /** Questions without an answer in a row. */
  misses: number;
}

/** A question that nobody answers is asked this seldom, since a control unit may wake up later. */
const restMs = 60_000;
const missesBeforeRest = 3;

/**
 * What to ask now: of the questions that are due, the one that has waited longest beside the root of its interval. An adapter too slow for
 * everything still asks everything, what changes quickly most often, and what changes slowly is not starved in proportion. Undefined where
 * nothing is due.
 */
export function nextDue<Question>(all: readonly Scheduled<Question>[], now: number): Scheduled<Question> | undefined {
  let found: Scheduled<Question> | undefined;
  let longest = -1;
  for (const each of all) {
    const everyMs = each.misses >= missesBeforeRest ? Math.max(restMs, each.everyMs) : each.everyMs;
    const waited = now - each.askedAt;
    const weight = waited / Math.sqrt(everyMs);
    if (waited < everyMs || weight <= longest) continue;
    longest = weight;
    found = each;
  }
  return found;
}

/** ms until something is due; 0 where something is. */
export function untilDue<Question>(all: readonly Scheduled<Question>[], now: number): number {
  let least = restMs;
  for (const each of all) {
    const everyMs = each.misses >= missesBeforeRest ? Math.max(restMs, each.everyMs) : each.everyMs;
    least = Math.min(least, each.askedAt + everyMs - now);
  }
  return Math.max(0, least);
}
