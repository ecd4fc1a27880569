import type { History, VehicleSummary } from "@caravan/link";

/** One signal over time: UTC ms rising, and its values. */
export interface Line {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** Points a line may hold before its oldest live ones make room; the history itself is thinner. */
const lineBound = 4_000;

export function lineOf(history: History, path: string): Line {
  return history.series.find((series) => series.path === path) ?? { at: [], values: [] };
}

/** The line with the car's newest value at its end, if that is newer than what the line holds. */
export function grown(line: Line, vehicle: VehicleSummary, path: string, bound = lineBound): Line {
  const latest = vehicle.values[path];
  if (latest === undefined || typeof latest.value !== "number") return line;
  if (latest.at <= (line.at.at(-1) ?? 0)) return line;
  const from = Math.max(0, line.at.length + 1 - bound);
  return { at: [...line.at.slice(from), latest.at], values: [...line.values.slice(from), latest.value] };
}

/** The part of the line from an instant on. */
export function since(line: Line, from: number): Line {
  const first = line.at.findIndex((at) => at >= from);
  if (first === 0) return line;
  return first < 0 ? { at: [], values: [] } : { at: line.at.slice(first), values: line.values.slice(first) };
}
