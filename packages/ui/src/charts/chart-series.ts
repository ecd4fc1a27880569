/** One line of a chart; a million points are drawn as fast as a thousand. */
export interface ChartSeries {
  readonly label: string;
  /** UTC ms, rising; the same array while nothing has changed, so that nothing is reckoned twice. */
  readonly at: ArrayLike<number>;
  /** As many as `at`. */
  readonly values: ArrayLike<number>;
  readonly format: (value: number) => string;
  /** Same word, same axis; at most two different ones in a chart. */
  readonly unit: string;
  /** The least that its axis spans, so that a small change looks small. */
  readonly least?: number;
  readonly tone?: "accent" | "good" | "caution" | "quiet";
  /** The value holds until the next one, as of a switch. */
  readonly isStepped?: boolean;
}
