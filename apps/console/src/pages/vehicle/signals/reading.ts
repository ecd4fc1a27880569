import type { VehicleSummary } from "@caravan/link";

/** `old`: nothing came for longer than a car waits before it tells an unchanged value again, or the car is not there. */
export type Freshness = "fresh" | "old" | "absent";

type Reading = VehicleSummary["values"][string];

/** An unchanged value is told again every quarter of an hour; the minute is for its way. */
const toldAgainMs = 16 * 60_000;

/** What never changes, such as a length (`isFixed`), does not grow old. */
export function freshnessOf(
  reading: Reading | undefined,
  now: number,
  { isReachable, isFixed }: { readonly isReachable: boolean; readonly isFixed: boolean },
): Freshness {
  if (reading === undefined) return "absent";
  if (isFixed) return "fresh";
  return isReachable && now - reading.at < toldAgainMs ? "fresh" : "old";
}

/** VSS spells units out; these have a sign. */
const signs: Readonly<Record<string, string>> = {
  percent: "%",
  degrees: "°",
  Celsius: "°C",
  "degrees/s": "°/s",
};

export function unitSign(unit: string | undefined): string {
  return unit === undefined ? "" : (signs[unit] ?? unit);
}

/** A value as an engineer reads it: at most nine digits that count, lists with commas. */
export function valueText(value: Reading["value"], words: { readonly yes: string; readonly no: string }): string {
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "number") return String(Number(value.toPrecision(9)));
  return typeof value === "string" ? value : value.map((item) => valueText(item, words)).join(", ");
}

/** Seconds, minutes, hours or days, short enough for a column of ages. */
export function shortAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
