import type { SignalValue } from "@caravan/signals";
import type { Refusal } from "./refusal.ts";

/** Who wants something of the car; the verdict `standing` decides what that gives. */
export interface Asker {
  readonly kind: "screen" | "viss" | "journey" | "app" | "remote" | "driver";
  /** Person, session, app or key, if known. */
  readonly id?: string;
  /** True where a token signed with the owner's key allows whoever asks to ask this. */
  readonly isGranted?: boolean;
}

/** What is asked of the gate: a value for one actuator, or a movement of the whole car. */
export type Question =
  | { readonly kind: "actuate"; readonly path: string; readonly value: SignalValue }
  | { readonly kind: "motion"; readonly motion: "drive" | "pedals" };

/** "allowed", or the reason against it. */
export type Verdict = "allowed" | Refusal;

/** May whoever asks do this at all? */
export type Standing = (question: Question, asker: Asker) => Verdict;

/** Is it safe now, by the car's own signals? */
export type Guard = (question: Question) => Verdict;
