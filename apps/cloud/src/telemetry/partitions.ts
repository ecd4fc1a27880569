import type { Kysely } from "kysely";
import type { Log } from "./log.ts";
import { dayOf, dayMs } from "./day.ts";
import { dropPartition, listPartitions, makePartition, pruneCursors, trimPartition } from "./partitions.store.ts";
import type { Partition } from "./partitions.store.ts";
import type { TelemetryTables } from "./tables.ts";

/** How much history is kept; whichever bound is met first. */
export interface Retention {
  readonly days: number;
  /** On the database's disk, indexes included. */
  readonly bytes: number;
}

export const defaultRetention: Retention = { days: 30, bytes: 4 * 1024 ** 3 };

/** Measured: a second of a moving car with its share of the index. */
const bytesPerRow = 300;

/** How long a cursor outlives its last batch: far longer than any car keeps a batch. */
const cursorDays = 90;

/** The days of the history: made ahead and on demand, dropped whole when they are too old or too much. */
export class Partitions {
  readonly retentionDays: number;
  readonly #db: Kysely<TelemetryTables>;
  readonly #retention: Retention;
  readonly #clock: { now(): number };
  readonly #log: Log;
  /** Days known to exist; bounded by the retention, since nothing older or later is ever asked for. */
  readonly #known = new Set<number>();

  constructor(parts: {
    readonly db: Kysely<TelemetryTables>;
    readonly retention: Retention;
    readonly clock: { now(): number };
    readonly log: Log;
  }) {
    this.retentionDays = parts.retention.days;
    this.#db = parts.db;
    this.#retention = parts.retention;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  async ensure(days: Iterable<number>): Promise<void> {
    for (const day of days) {
      if (this.#known.has(day)) continue;
      await makePartition(this.#db, day);
      this.#known.add(day);
    }
  }

  /** Another process may have dropped a day; the next group looks again. */
  forget(): void {
    this.#known.clear();
  }

  /** Makes today and the two days to come, drops what is out of bounds. Today is never dropped; where it is too much alone, its oldest hours go. */
  async maintain(): Promise<void> {
    const today = dayOf(this.#clock.now());
    await this.ensure([today, today + 1, today + 2]);
    for (const day of outOfBounds(await listPartitions(this.#db), this.#retention, today)) {
      await dropPartition(this.#db, day);
      this.#known.delete(day);
      this.#log.info("telemetry of a day dropped to keep its bounds", {
        day: new Date(day * dayMs).toISOString().slice(0, 10),
      });
    }
    const before = trimBefore(await listPartitions(this.#db), this.#retention, this.#clock.now());
    if (before !== undefined) {
      await trimPartition(this.#db, today, new Date(before));
      this.#log.warn("telemetry of the first hours of today deleted to keep its bounds", {
        before: new Date(before).toISOString(),
      });
    }
    await pruneCursors(this.#db, new Date(this.#clock.now() - cursorDays * dayMs));
  }

  list(): Promise<readonly Partition[]> {
    return listPartitions(this.#db);
  }
}

/** The days to drop, oldest first: all before the retention, then as many of the oldest as it takes to come under its bytes. */
export function outOfBounds(partitions: readonly Partition[], retention: Retention, today: number): readonly number[] {
  const drop = partitions.filter(({ day }) => day <= today - retention.days).map(({ day }) => day);
  const kept = partitions.filter(({ day }) => day > today - retention.days);
  let bytes = kept.reduce((sum, partition) => sum + partition.bytes, 0);
  for (const partition of kept) {
    if (bytes <= retention.bytes || partition.day >= today) break;
    drop.push(partition.day);
    bytes -= partition.bytes;
  }
  return drop;
}

/**
 * Where one day alone is more than may be kept: the instant (UTC ms) before which today's samples go, so that a tenth of the room is free again.
 * Counts rows and not files, since a file does not shrink when rows are deleted.
 */
export function trimBefore(partitions: readonly Partition[], retention: Retention, now: number): number | undefined {
  const today = dayOf(now);
  const rows = partitions.find(({ day }) => day === today)?.rows ?? 0;
  const mostRows = retention.bytes / bytesPerRow;
  if (rows <= mostRows) return undefined;
  const dayStart = today * dayMs;
  return dayStart + (now - dayStart) * (1 - (mostRows * 0.9) / rows);
}
