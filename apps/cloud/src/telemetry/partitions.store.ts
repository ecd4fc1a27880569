import { sql } from "kysely";
import type { Kysely } from "kysely";
import { dayMs, dayOfPartition, partitionOf } from "./day.ts";
import type { TelemetryTables } from "./tables.ts";

export interface Partition {
  readonly day: number;
  /** Table and indexes on disk. */
  readonly bytes: number;
  /** The planner's estimate, exact enough for a health page and free to ask. */
  readonly rows: number;
}

/** The partitions there are, oldest first. */
export async function listPartitions(db: Kysely<TelemetryTables>): Promise<readonly Partition[]> {
  const { rows } = await sql<{ name: string; bytes: string; rows: number }>`
    select child.relname as name, pg_total_relation_size(child.oid)::text as bytes,
           greatest(child.reltuples, coalesce(pg_stat_get_live_tuples(child.oid), 0))::float8 as rows
    from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'measured'::regclass order by child.relname`.execute(db);
  return rows.flatMap((row) => {
    const day = dayOfPartition(row.name);
    return day === undefined ? [] : [{ day, bytes: Number(row.bytes), rows: Math.max(0, row.rows) }];
  });
}

/** Makes the partition of a day, if there is none yet; safe to run twice and from two processes. */
export async function makePartition(db: Kysely<TelemetryTables>, day: number): Promise<void> {
  const [from, to] = [day, day + 1].map((each) => new Date(each * dayMs).toISOString());
  await sql`create table if not exists ${sql.table(partitionOf(day))} partition of measured
            for values from (${sql.lit(from)}) to (${sql.lit(to)})`.execute(db);
}

export async function dropPartition(db: Kysely<TelemetryTables>, day: number): Promise<void> {
  await sql`drop table if exists ${sql.table(partitionOf(day))}`.execute(db);
}

/** Deletes what was measured before an instant of that day, and lets its room be used again. */
export async function trimPartition(db: Kysely<TelemetryTables>, day: number, before: Date): Promise<void> {
  const table = sql.table(partitionOf(day));
  await sql`delete from ${table} where at < ${before}::timestamptz`.execute(db);
  await sql`vacuum (analyze) ${table}`.execute(db);
}

/** Forgets cursors and gaps that nothing can refer to any more: a car's outbox gives up what is older than a week. */
export async function pruneCursors(db: Kysely<TelemetryTables>, before: Date): Promise<void> {
  await db.deleteFrom("batch_cursor").where("updated_at", "<", before).execute();
  await db.deleteFrom("batch_gap").where("found_at", "<", before).execute();
}
