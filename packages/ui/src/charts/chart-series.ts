/** One line of a chart. `at` is UTC ms, rising; with `low` and `high` (as long as `values`) a band is drawn around it. */
export interface ChartSeries {
  readonly label: string;
  readonly at: readonly number[];
  readonly values: readonly (number | undefined)[];
  readonly low?: readonly (number | undefined)[];
  readonly high?: readonly (number | undefined)[];
  readonly format: (value: number) => string;
  /** Same word, same axis; at most two different ones in a chart. */
  readonly unit: string;
  /** The least that its axis spans, so that a small change looks small. */
  readonly least?: number;
  readonly tone?: "accent" | "good" | "caution" | "quiet";
}
