import type { Signal } from "@caravan/signals";

/** Signals that share one chart: the same unit, four at most so that their colours differ. */
export interface PlotGroup {
  readonly unit: string;
  readonly signals: readonly PlottedSignal[];
}

export interface PlottedSignal {
  readonly path: string;
  /** What tells it from the others of its chart. */
  readonly label: string;
  readonly isStepped: boolean;
}

const mostInOne = 4;

/** In the order in which they were chosen. */
export function groupsOf(
  paths: readonly string[],
  find: (path: string) => Signal | undefined,
  sign: (unit: string | undefined) => string,
): readonly PlotGroup[] {
  const groups: { unit: string; signals: PlottedSignal[] }[] = [];
  for (const path of paths) {
    const signal = find(path);
    const isStepped = signal?.datatype === "boolean" || signal?.allowed !== undefined;
    const unit = signal?.datatype === "boolean" ? "0/1" : sign(signal?.unit);
    const plotted = { path, label: path.split(".").slice(-2).join("."), isStepped };
    const group = groups.find((each) => each.unit === unit && each.signals.length < mostInOne);
    if (group === undefined) groups.push({ unit, signals: [plotted] });
    else group.signals.push(plotted);
  }
  return groups;
}
