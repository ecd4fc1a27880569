import type { SegmentPass } from "./probe-matcher.ts";

/** Samples of one car, as `probeSamples` packs them. */
export interface ProbeBatch {
  readonly vehicle: number;
  readonly samples: Float64Array;
}

/** What the matching thread is asked; `now` is UTC ms. */
export type MatchQuestion =
  | {
      readonly kind: "match";
      readonly now: number;
      readonly batches: readonly ProbeBatch[];
      /** Cars that said something, though nothing of their drive. */
      readonly alive: readonly number[];
    }
  | { readonly kind: "locate"; readonly from: number; readonly to: number };

/** Middle of a segment and degrees in which it is driven. */
export interface SegmentPlace {
  readonly lat: number;
  readonly lon: number;
  readonly heading: number;
}

export type MatchAnswer =
  | {
      readonly kind: "match";
      readonly passes: readonly SegmentPass[];
      /** Of cars that stand in traffic now: what they need at least; in place of the last answer's. */
      readonly standing: readonly SegmentPass[];
      readonly probes: number;
    }
  | { readonly kind: "locate"; readonly place: SegmentPlace | undefined };

export interface ToMatcher {
  readonly id: number;
  readonly question: MatchQuestion;
}

export interface FromMatcher {
  readonly id: number;
  /** undefined: the question met a fault of ours, told in `fault`. */
  readonly answer: MatchAnswer | undefined;
  readonly fault?: string;
}

/** Where positions are matched to roads; a thread of its own in the running cloud. */
export interface Matching {
  /** Rejects where the matching fails; the next question may succeed. */
  ask(question: MatchQuestion): Promise<MatchAnswer>;
  /** The city is in memory. */
  isOpen(): boolean;
  /** Gives the memory back until the next question. */
  close(): Promise<void>;
}
