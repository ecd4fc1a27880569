import type { LatLon } from "../city.ts";

/** One measured position of a trace. */
export interface TracePoint extends LatLon {
  /** Milliseconds, of any clock that only goes forward; all points of a trace have one or none has. */
  readonly at?: number;
  /** Standard deviation of the position in metres; 5 unless told. */
  readonly accuracy?: number;
  /** Degrees clockwise from north, the way the car moves. */
  readonly heading?: number;
}

/** Where a point of a trace belongs. */
export interface MatchedPoint extends LatLon {
  /** Index in `matchings`, and of the point within that matching. */
  readonly matching: number;
  readonly index: number;
  readonly edge: number;
  /** Metres from the beginning of the edge. */
  readonly along: number;
  /** Metres from the measured position. */
  readonly distance: number;
  /** How many other places on the roads it could have been. */
  readonly alternatives: number;
}

/** What is driven of one edge, in metres from its beginning. */
export interface DrivenPiece {
  readonly edge: number;
  readonly from: number;
  readonly to: number;
}

/** One unbroken drive of a trace. */
export interface MatchedDrive {
  /** 0 to 1. */
  readonly confidence: number;
  /** Indices in the trace, in order; at least two. */
  readonly points: readonly number[];
  /** What is driven between each two points, one leg fewer than points; every leg has a piece, although it may be 0 m long. */
  readonly legs: readonly (readonly DrivenPiece[])[];
  /** Metres. */
  readonly distance: number;
}

export interface Matching {
  /** For each point of the trace; undefined where it belongs to no road or to no drive. */
  readonly points: readonly (MatchedPoint | undefined)[];
  readonly matchings: readonly MatchedDrive[];
}

export interface MatchOptions {
  /** A minute without a point ends a drive, unless gaps are ignored. */
  readonly gaps?: "split" | "ignore";
  /** Leaves out points so near to the one before that they say nothing new. */
  readonly tidy?: boolean;
}

/** Finds the drive behind a trace of positions. */
export interface Matcher {
  match(trace: readonly TracePoint[], options?: MatchOptions): Matching;
}
