import type { Clock } from "@caravan/signals";

import type { Scheduler } from "../viss/scheduler.ts";

/** Timers reach no further than a few weeks, and a clock may be set. */
const dayMs = 86_400_000;

/** Calls back once the clock has passed `until` (UTC ms), looked at again every day; the answer cancels. Never for `Infinity`. */
export function whenOver(
  { clock, scheduler }: { readonly clock: Clock; readonly scheduler: Scheduler },
  until: number,
  over: () => void,
): () => void {
  if (until === Infinity) return () => undefined;
  let cancel = (): void => undefined;
  const look = (): void => {
    const left = until - clock.now();
    if (left < 0) over();
    else cancel = scheduler.after(Math.min(left + 1, dayMs), look);
  };
  look();
  return () => cancel();
}
