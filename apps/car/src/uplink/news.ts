// Hot: runs for every reading of a signal that a campaign wants.
import type { SignalValue } from "@caravan/signals";

/** Is a value worth a sample after this one? Coming to zero always is. */
export function isNews(
  before: SignalValue | undefined,
  after: SignalValue | undefined,
  deadband: number | undefined,
): boolean {
  if (typeof before === "number" && typeof after === "number") {
    if (after === 0) return before !== 0;
    return deadband === undefined ? before !== after : Math.abs(after - before) >= deadband;
  }
  if (typeof before === "object" && typeof after === "object") {
    return before.length !== after.length || before.some((item, index) => item !== after[index]);
  }
  return before !== after;
}
