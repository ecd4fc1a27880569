export const dayMs = 86_400_000;

/** A day in UTC, as the number of days since 1970. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}

/** `measured_20261113` */
export function partitionOf(day: number): string {
  return `measured_${new Date(day * dayMs).toISOString().slice(0, 10).replaceAll("-", "")}`;
}

/** The day of a partition's name, or undefined for any other table. */
export function dayOfPartition(name: string): number | undefined {
  const parts = /^measured_(\d{4})(\d{2})(\d{2})$/.exec(name);
  if (parts === null) return undefined;
  const at = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return partitionOf(dayOf(at)) === name ? dayOf(at) : undefined;
}

/** How far a car's clock may be ahead of ours before its time is not believed. */
const aheadMs = dayMs;

/**
 * Where a sample of this time belongs: its own time, or the time of arrival where the car's clock is absurd (older than
 * the history reaches, or more than a day in the future). Such a sample keeps its own time beside.
 */
export function placeInTime(at: number, now: number, retentionDays: number): number {
  const oldest = (dayOf(now) - retentionDays + 1) * dayMs;
  return at < oldest || at > now + aheadMs ? now : at;
}

/** The first and last instant that a database time and a calendar have in common: years 1 to 9999. */
const firstInstant = -62_135_596_800_000;
const lastInstant = 253_402_300_799_999;

/** A car's own time, as far as a database can hold it. */
export function storableTime(at: number): number {
  return Math.min(lastInstant, Math.max(firstInstant, at));
}
