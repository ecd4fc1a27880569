import type { RouteOffer } from "@caravan/link";

import { isRestOf } from "./way.ts";
import type { Way } from "./way.ts";

/** A way that is quicker than the one driven, and what of it the driver has been asked. */
export interface OfferState {
  readonly offered: { readonly way: Way; readonly offer: RouteOffer } | undefined;
  /** Car clock, ms: a driver who did not want it is left in peace until then. */
  readonly quietUntil: number;
}

export const noOffer: OfferState = { offered: undefined, quietUntil: 0 };

/** Seconds, and the share of the way left, of which either makes another way worth a word. */
const worthSeconds = 120;
const worthShare = 0.1;
/** Less than this, in seconds, is not worth turning off for, whatever share it is. */
const leastSeconds = 30;
/** An offer that has lost some of its worth stays until this much of it is gone. */
const staysFrom = 0.6;
const quietMs = 5 * 60_000;

/**
 * What a fresh look at the roads makes of the offer. `better`: the best way from here, where it is another than the one driven; `left`: seconds left on
 * that one; `accepted`: seconds by which the driver has chosen the slower one on purpose. True where the offer is a new one and worth telling.
 */
export function review(
  state: OfferState,
  look: { readonly better: Way | undefined; readonly left: number; readonly accepted: number; readonly now: number },
): readonly [OfferState, boolean] {
  const { better, left, accepted, now } = look;
  if (better === undefined || now < state.quietUntil) return [{ ...state, offered: undefined }, false];
  const saves = left - better.summary.duration - accepted;
  const worth = Math.max(leastSeconds, Math.min(worthSeconds, worthShare * left));
  if (saves < (state.offered === undefined ? worth : staysFrom * worth))
    return [{ ...state, offered: undefined }, false];
  const way = sameAs(state.offered?.way, better);
  const offer: RouteOffer = { route: way.summary, saves: Math.round(saves), why: "traffic" };
  return [{ ...state, offered: { way, offer } }, state.offered === undefined];
}

/** What is left of a way that was offered already goes by its name: to the driver it is one question and not a new one each time. */
function sameAs(offered: Way | undefined, way: Way): Way {
  if (offered === undefined || !isRestOf(offered, way.route.edges)) return way;
  return { ...way, summary: { ...way.summary, id: offered.summary.id } };
}

/** The driver does not want it; nor a like one for some minutes. */
export function dismissed(now: number): OfferState {
  return { offered: undefined, quietUntil: now + quietMs };
}
