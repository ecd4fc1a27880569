import type { RouteSummary } from "@caravan/link";

/** All ways on offer, quickest first, so that a card stays where it is when another one is chosen. */
export function waysInOrder(chosen: RouteSummary, others: readonly RouteSummary[]): readonly RouteSummary[] {
  return [chosen, ...others].toSorted((a, b) => a.duration - b.duration || a.id.localeCompare(b.id)).slice(0, 3);
}
