/** Quarter hours of a week. */
export const quartersOfWeek = 672;

const quarterMs = 900_000;
/** 1970 began on a Thursday. */
const mondayOffset = 3 * 96;

/** Which quarter hour of the week (0 is Monday 00:00 UTC) an instant lies in. */
export function quarterOfWeek(at: number): number {
  const quarter = (Math.floor(at / quarterMs) + mondayOffset) % quartersOfWeek;
  return quarter < 0 ? quarter + quartersOfWeek : quarter;
}

/** Speeds of one segment: quarter hours of the week, rising, and km/h of each. */
export interface TypicalSegment {
  readonly from: number;
  readonly to: number;
  readonly quarters: readonly number[];
  readonly speeds: readonly number[];
}

/** How much a new speed counts against what was typical before. */
const newsWeight = 0.25;

/** Quarter hours known of all segments together; beyond this the segments that were not heard of for longest are forgotten. */
const mostQuarters = 60_000;

/**
 * What is usual on each segment at each quarter hour of the week, learnt from what is heard. At most 60,000 quarter hours of segments, some
 * 600 kB as JSON.
 */
export class TypicalWeek {
  /** By "from,to", the one that was heard of longest ago first. */
  private readonly segments = new Map<string, { from: number; to: number; speeds: Map<number, number> }>();
  private count = 0;

  constructor(stored: readonly TypicalSegment[] = []) {
    for (const { from, to, quarters, speeds } of stored) {
      for (const [i, quarter] of quarters.entries()) this.learn({ from, to, speed: speeds[i] / 3.6 }, quarter);
    }
  }

  /** Takes a speed (m/s) into what is usual at a quarter hour of the week. */
  learn(
    { from, to, speed }: { readonly from: number; readonly to: number; readonly speed: number },
    quarter: number,
  ): void {
    if (!(speed > 0)) return;
    const key = `${from},${to}`;
    const known = this.segments.get(key) ?? { from, to, speeds: new Map<number, number>() };
    this.segments.delete(key);
    this.segments.set(key, known);
    const before = known.speeds.get(quarter);
    if (before === undefined) this.count++;
    known.speeds.set(quarter, before === undefined ? speed : before + newsWeight * (speed - before));
    while (this.count > mostQuarters) {
      const [oldest] = this.segments;
      this.segments.delete(oldest[0]);
      this.count -= oldest[1].speeds.size;
    }
  }

  /** m/s usual on a segment; a quarter hour of which nothing is known is like the one before or after. */
  speedAt(from: number, to: number, quarter: number): number | undefined {
    const speeds = this.segments.get(`${from},${to}`)?.speeds;
    return speeds === undefined ? undefined : near(speeds, quarter);
  }

  /** All segments of which something is known at a quarter hour. */
  at(quarter: number): readonly { readonly from: number; readonly to: number; readonly speed: number }[] {
    const found: { from: number; to: number; speed: number }[] = [];
    for (const { from, to, speeds } of this.segments.values()) {
      const speed = near(speeds, quarter);
      if (speed !== undefined) found.push({ from, to, speed });
    }
    return found;
  }

  /** What the constructor takes again; speeds to the km/h. */
  stored(): readonly TypicalSegment[] {
    return [...this.segments.values()].map(({ from, to, speeds }) => {
      const quarters = [...speeds.keys()].toSorted((a, b) => a - b);
      return {
        from,
        to,
        quarters,
        speeds: quarters.map((quarter) => Math.max(1, Math.round((speeds.get(quarter) ?? 1) * 3.6))),
      };
    });
  }
}

function near(speeds: ReadonlyMap<number, number>, quarter: number): number | undefined {
  return (
    speeds.get(quarter) ??
    speeds.get((quarter + quartersOfWeek - 1) % quartersOfWeek) ??
    speeds.get((quarter + 1) % quartersOfWeek)
  );
}
