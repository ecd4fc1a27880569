import type { DrawnLine } from "./peaks.ts";

/** Columns as uPlot takes them: times first, then the values of each line. `null` is a gap, `undefined` no sample at that time. */
export type Columns = [number[], ...(number | null | undefined)[][]];

/** All lines over one common, rising time. */
export function columnsOf(lines: readonly DrawnLine[]): Columns {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return [only.at, only.values];
  const times = [...new Set(lines.flatMap(({ at }) => at))].toSorted((a, b) => a - b);
  const columns: Columns = [times];
  for (const { at, values } of lines) {
    let next = 0;
    columns.push(times.map((time) => (at[next] === time ? values[next++] : undefined)));
  }
  return columns;
}
