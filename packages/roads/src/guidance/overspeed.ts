/** The hint that the car is faster than the limit. */
export interface Overspeed {
  /** Shown now. */
  readonly isOver: boolean;
  /** ms since the car has been too fast, or no longer so; undefined while nothing changes. */
  readonly since: number | undefined;
  /** m/s of the limit that holds; undefined where the map knows none. */
  readonly limit: number | undefined;
  /** It was spoken of under this limit. */
  readonly isTold: boolean;
  /** ms of the last spoken hint. */
  readonly toldAt: number;
}

export const noOverspeed: Overspeed = {
  isOver: false,
  since: undefined,
  limit: undefined,
  isTold: false,
  toldAt: -Infinity,
};

/** 3 km/h or 3 %, whichever is more: speedometers and maps are no finer. */
const toleranceSpeed = 3 / 3.6;
const toleranceShare = 0.03;

/** Over the tolerance for this long shows the hint; at most the limit and 1 km/h for this long takes it away. */
const showAfterMs = 1_500;
const hideAfterMs = 1_000;
const backBelow = 1 / 3.6;

/** A new limit leaves the time to brake. */
const newLimitMs = 4_000;

/** Spoken at most this often, and once under one limit. */
const speakEveryMs = 60_000;

/** One more look at the speed (m/s) and the posted limit (m/s), which is undefined where the map knows none. */
export function watchSpeed(
  before: Overspeed,
  fix: { readonly at: number; readonly speed: number; readonly limit?: number | undefined },
): Overspeed {
  const { at, speed, limit } = fix;
  if (limit === undefined) return { ...noOverspeed, toldAt: before.toldAt };
  if (limit !== before.limit) {
    const isSlower = before.limit === undefined || limit < before.limit;
    const since = isSlower ? at + newLimitMs - showAfterMs : undefined;
    return { ...before, limit, since, isOver: false, isTold: false };
  }
  const tolerance = Math.max(toleranceSpeed, limit * toleranceShare);
  const changes = before.isOver ? speed <= limit + backBelow : speed > limit + tolerance;
  if (!changes) return before.since === undefined ? before : { ...before, since: undefined };
  const since = before.since ?? at;
  if (at - since < (before.isOver ? hideAfterMs : showAfterMs)) return { ...before, since };
  return { ...before, isOver: !before.isOver, since: undefined };
}

/** May the hint be spoken now? */
export function wantsWord({ isOver, isTold, toldAt }: Overspeed, at: number): boolean {
  return isOver && !isTold && at - toldAt >= speakEveryMs;
}
