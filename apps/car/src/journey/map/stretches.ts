import type { TrafficLevel, TrafficStretch } from "@caravan/link";

/** A stretch of a route and how the traffic runs on it. */
interface Piece {
  /** Metres from the start of the route. */
  readonly from: number;
  readonly to: number;
  readonly level: TrafficLevel;
}

/** Neighbours of the same level as one; what is free or unknown between two others stays, so that nothing is coloured that runs. */
export function stretchesOf(pieces: readonly Piece[]): readonly TrafficStretch[] {
  const stretches: { from: number; to: number; level: TrafficLevel }[] = [];
  for (const { from, to, level } of pieces) {
    const last = stretches.at(-1);
    if (last?.level === level) last.to = to;
    else stretches.push({ from, to, level });
  }
  return stretches.every(({ level }) => level === "unknown") ? [] : stretches;
}
