/** What became of a scenario. */
export type Verdict =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly line: number; readonly differences: readonly string[] }
  | { readonly kind: "unsupported"; readonly line: number; readonly what: string }
  /** Its authors marked it as not to be run. */
  | { readonly kind: "skipped" };

/** One scenario of one file, and what became of it. */
export interface Result {
  /** Path from the folder that was run. */
  readonly file: string;
  readonly feature: string;
  readonly scenario: string;
  readonly line: number;
  readonly verdict: Verdict;
}
