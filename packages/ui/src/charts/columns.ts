import type { ChartSeries } from "./chart-series.ts";

/** Columns as uPlot takes them: times first, then for each series its values, low and high where it has a band. `null` is a gap, `undefined` no sample at that time. */
export type Columns = [number[], ...(number | null | undefined)[][]];

type Cells = (number | null | undefined)[];

interface Table {
  readonly at: number[];
  readonly cells: Cells[];
}

const cellsOf = (series: ChartSeries): (readonly (number | undefined)[])[] =>
  series.low === undefined || series.high === undefined ? [series.values] : [series.values, series.low, series.high];

// A gap is one moment after the last sample before it, so that the line ends there.
function withGaps(series: ChartSeries, gapMs: number): Table {
  const sources = cellsOf(series);
  const at: number[] = [];
  const cells: Cells[] = sources.map(() => []);
  let before: number | undefined;
  for (const [index, time] of series.at.entries()) {
    if (before !== undefined && time - before > gapMs) {
      at.push(before + 1);
      for (const column of cells) column.push(null);
    }
    at.push(time);
    for (const [slot, column] of cells.entries()) column.push(sources[slot]?.[index] ?? null);
    before = time;
  }
  return { at, cells };
}

/** All series over one common, rising time; a silence longer than `gapMs` becomes a gap in the line. */
export function columnsOf(series: readonly ChartSeries[], gapMs: number): Columns {
  const tables = series.map((one) => withGaps(one, gapMs));
  const [only] = tables;
  if (tables.length === 1 && only !== undefined) return [only.at, ...only.cells];
  const times = [...new Set(tables.flatMap((table) => table.at))].toSorted((a, b) => a - b);
  const columns: Columns = [times];
  for (const table of tables) {
    const row = new Map(table.at.map((time, index) => [time, index]));
    for (const cells of table.cells) {
      columns.push(
        times.map((time) => {
          const index = row.get(time);
          return index === undefined ? undefined : cells[index];
        }),
      );
    }
  }
  return columns;
}

/** Last, lowest and highest known value, undefined when there is none. */
export function extremesOf(series: ChartSeries): { last: number; low: number; high: number } | undefined {
  let found: { last: number; low: number; high: number } | undefined;
  for (const [index, value] of series.values.entries()) {
    if (value === undefined) continue;
    const low = series.low?.[index] ?? value;
    const high = series.high?.[index] ?? value;
    if (found === undefined) found = { last: value, low, high };
    else {
      found.last = value;
      found.low = Math.min(found.low, low);
      found.high = Math.max(found.high, high);
    }
  }
  return found;
}
