import type { TurnModifier } from "./manoeuvre.ts";
import type { Said, View } from "./view.ts";

/** A junction that is passed, as far as the drivers' choice there goes. */
export interface Passed {
  /** Roads that meet there, and how many of them may be entered. */
  readonly roads: number;
  readonly choices: number;
}

/** A stretch of a leg between two things that may be worth a word, while the words are still being chosen. */
export interface Step {
  kind: Said["kind"] | "arrive" | "depart";
  modifier: TurnModifier;
  /** Index of the traced edge it begins with; the number of edges of the leg on arrival. */
  begin: number;
  /** Metres. */
  distance: number;
  /** The edge whose name, number and signs it goes by. */
  named: number;
  /** The edge whose lanes are painted for it: the one before the manoeuvre. */
  before: number;
  /** Degrees clockwise from north before and after the manoeuvre. */
  bearingBefore: number;
  bearingAfter: number;
  mode: "driving" | "ferry";
  /** At its beginning, and those passed on it. */
  at: Passed;
  readonly passed: Passed[];
  exit: number | undefined;
  rotary: string | undefined;
  view: View | undefined;
  /** Index of the arm taken. */
  taken: number;
}

/** Whether anything can be said at all, also where nothing is. */
export function isTurn(step: Step): boolean {
  return step.kind !== "depart" && step.kind !== "arrive" && step.kind !== "none";
}

export function isEndOfLeg({ kind }: Step): boolean {
  return kind === "depart" || kind === "arrive";
}

export function isRoundabout({ kind }: Step): boolean {
  return (
    kind === "roundabout" ||
    kind === "rotary" ||
    kind === "roundabout turn" ||
    kind === "exit roundabout" ||
    kind === "exit rotary"
  );
}

/** Whether a driver hears of it. */
export function isManoeuvre(step: Step): boolean {
  return isTurn(step) && step.kind !== "suppressed";
}
