import type { RouteSummary } from "@caravan/link";

/** A part of the strip, in percent of its length. */
export interface TripPart {
  readonly left: number;
  readonly width: number;
  readonly level: "slow" | "queue" | "closed";
}

/** More parts than this are finer than the strip itself. */
const mostParts = 60;
/** A part too short to be seen is drawn as long as this, in percent. */
const leastWidth = 0.8;

/** Where traffic is and where one stops on the strip of a trip; the destination is its end. */
export function tripBar(route: Pick<RouteSummary, "distance" | "traffic" | "stops">): {
  readonly parts: readonly TripPart[];
  readonly stops: readonly number[];
} {
  const length = Math.max(1, route.distance);
  const percent = (metres: number): number => Math.max(0, Math.min(100, (metres / length) * 100));
  const parts: TripPart[] = [];
  for (const { from, to, level } of route.traffic) {
    if (level === "free" || level === "unknown" || parts.length >= mostParts) continue;
    const left = percent(from);
    parts.push({ left, width: Math.max(leastWidth, percent(to) - left), level });
  }
  return { parts, stops: route.stops.filter(({ kind }) => kind !== "destination").map(({ along }) => percent(along)) };
}
