import type { Place } from "@caravan/link";

import type { OnItsWay } from "./journey.ts";
import { nextStopOf } from "./journey.ts";
import { askedFrom } from "./way.ts";

/** The places asked for that are still to be visited; the one where the car stands is not. */
export function askedAhead(state: OnItsWay): readonly Place[] {
  return askedFrom(state.way, state.kind === "waiting" ? state.stop + 1 : nextStopOf(state));
}

/** Which of the places ahead stands at number `stop` of the way's stops, where charging stops count too. */
export function indexAhead(state: OnItsWay, stop: number): number {
  const first = state.kind === "waiting" ? state.stop + 1 : nextStopOf(state);
  const before = state.way.summary.stops.slice(first, Math.max(first, stop));
  return before.filter(({ kind }) => kind !== "charge").length;
}
