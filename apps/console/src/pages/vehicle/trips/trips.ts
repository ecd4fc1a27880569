import type { Line } from "../../fleet/live-history.ts";

/** One drive of a car, from setting off to standing. */
export interface Trip {
  /** UTC ms. */
  readonly from: number;
  readonly to: number;
  /** Metres; undefined where the car did not tell its odometer. */
  readonly distance: number | undefined;
  /** kWh out of the battery, less what came back; undefined where the car did not tell. */
  readonly energy: number | undefined;
  /** km/h */
  readonly topSpeed: number;
}

/** Slower than this is standing: sensors creep. */
const movingKmh = 1;
/** Who stands longer has arrived; lights and queues are shorter. */
const stopMs = 5 * 60_000;
const shortestMs = 20_000;

/**
 * The trips in a car's speed over time (km/h). `odometer` (metres) and `energy` (kWh left) give their figures. Lines may be thinned to the
 * lowest and highest of stretches of `stretchMs`: stops shorter than twice that are then not seen.
 */
export function tripsOf(
  lines: { readonly speed: Line; readonly odometer: Line; readonly energy: Line },
  stretchMs = 0,
): readonly Trip[] {
  const { speed, odometer, energy } = lines;
  const pauseMs = Math.max(stopMs, stretchMs * 2);
  const trips: Trip[] = [];
  let began: number | undefined;
  let movedAt = 0;
  let top = 0;
  const end = (at: number) => {
    if (began === undefined) return;
    const from = began;
    began = undefined;
    if (at - from < shortestMs) return;
    const left = differenceOf(energy, at, from);
    trips.push({ from, to: at, distance: differenceOf(odometer, from, at), energy: left, topSpeed: top });
  };
  let before: number | undefined;
  let stoodAt: number | undefined;
  for (const [index, at] of speed.at.entries()) {
    const kmh = speed.values[index] ?? 0;
    if (began !== undefined && at - movedAt > pauseMs) end(stoodAt ?? movedAt);
    if (kmh >= movingKmh) {
      if (began === undefined) {
        // It set off after the last moment that it was seen standing.
        began = before !== undefined && at - before < pauseMs ? before : at;
        top = 0;
      }
      movedAt = at;
      stoodAt = undefined;
      top = Math.max(top, kmh);
    } else {
      stoodAt ??= at;
    }
    before = at;
  }
  end(stoodAt ?? movedAt);
  return trips;
}

/** How much a line rises from one instant to another; undefined where it tells nothing about one of them. */
function differenceOf(line: Line, from: number, to: number): number | undefined {
  const [first, last] = [valueAt(line, from), valueAt(line, to)];
  return first === undefined || last === undefined ? undefined : last - first;
}

/** The value at an instant, in a straight line between the samples around it; the nearest one beyond the ends. */
export function valueAt(line: Line, at: number): number | undefined {
  let low = 0;
  let high = line.at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((line.at[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const [beforeAt, before] = [line.at[low - 1], line.values[low - 1]];
  const [afterAt, after] = [line.at[low], line.values[low]];
  if (before === undefined || beforeAt === undefined) return after;
  if (after === undefined || afterAt === undefined) return before;
  return before + ((after - before) * (at - beforeAt)) / (afterAt - beforeAt);
}
