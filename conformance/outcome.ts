/** How one step of a scenario ended. */
export type StepOutcome =
  | { readonly kind: "done" }
  /** The answer differs from what the scenario expects: one line for each difference. */
  | { readonly kind: "wrong"; readonly differences: readonly string[] }
  /** A step, column or setting that this harness or a car does not have. */
  | { readonly kind: "unsupported"; readonly what: string };

export const done: StepOutcome = { kind: "done" };

export function wrong(...differences: readonly string[]): StepOutcome {
  return { kind: "wrong", differences };
}

export function unsupported(what: string): StepOutcome {
  return { kind: "unsupported", what };
}
