import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Cursor } from "./cursor.ts";
import type { SampleColumns, TwinColumns } from "./sample-columns.ts";
import type { TelemetryTables } from "./tables.ts";

/** One boot of one car. */
export interface BootKey {
  readonly vehicle: number;
  readonly boot: number;
}

/** What one group writes, worked out while its cursors are locked. */
export interface GroupWrite {
  readonly cursors: readonly (BootKey & { readonly cursor: Cursor })[];
  readonly samples: SampleColumns;
  readonly twin: TwinColumns;
}

/**
 * Runs one group in one transaction: locks the cursors of `boots`, lets `decide` say what to write, writes it and commits.
 * `decide` gets undefined for a boot that was never seen. After this returns, everything is on the database's disk.
 */
export async function writeGroup(
  db: Kysely<TelemetryTables>,
  boots: readonly BootKey[],
  now: Date,
  decide: (cursorOf: (key: BootKey) => Cursor | undefined) => GroupWrite,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const known = await lockCursors(tx, boots);
    const { cursors, samples, twin } = decide((key) => known.get(`${key.vehicle}/${key.boot}`));
    if (cursors.length === 0) return;
    if (samples.at.length > 0) await insertSamples(tx, samples);
    await moveCursors(tx, cursors, now);
    await moveTwin(tx, twin);
  });
}

async function lockCursors(
  tx: Kysely<TelemetryTables>,
  boots: readonly BootKey[],
): Promise<ReadonlyMap<string, Cursor>> {
  const { rows } = await sql<{ vehicle: number; boot: string; last_seq: string; skipped: string; unreadable: string }>`
    select vehicle, boot, last_seq, skipped, unreadable from batch_cursor
    join unnest(${boots.map((key) => key.vehicle)}::int[], ${boots.map((key) => key.boot)}::bigint[]) as wanted (vehicle, boot)
      using (vehicle, boot)
    order by vehicle, boot for update of batch_cursor`.execute(tx);
  return new Map(
    rows.map((row) => [
      `${row.vehicle}/${row.boot}`,
      { lastSeq: Number(row.last_seq), skipped: Number(row.skipped), unreadable: Number(row.unreadable) },
    ]),
  );
}

async function insertSamples(tx: Kysely<TelemetryTables>, columns: SampleColumns): Promise<void> {
  await sql`
    insert into sample (at, number, car_at, vehicle, signal, flag, words, list)
    select to_timestamp(at / 1000), number, to_timestamp(car_at / 1000), vehicle, signal, flag, words, list::jsonb
    from unnest(${columns.at}::float8[], ${columns.number}::float8[], ${columns.carAt}::float8[], ${columns.vehicle}::int[],
                ${columns.signal}::int[], ${columns.flag}::bool[], ${columns.words}::text[], ${columns.list}::text[])
      as arrived (at, number, car_at, vehicle, signal, flag, words, list)`.execute(tx);
}

async function moveCursors(tx: Kysely<TelemetryTables>, cursors: GroupWrite["cursors"], now: Date): Promise<void> {
  await sql`
    insert into batch_cursor (vehicle, boot, last_seq, skipped, unreadable, updated_at)
    select vehicle, boot, last_seq, skipped, unreadable, ${now}::timestamptz
    from unnest(${cursors.map((row) => row.vehicle)}::int[], ${cursors.map((row) => row.boot)}::bigint[],
                ${cursors.map((row) => row.cursor.lastSeq)}::bigint[], ${cursors.map((row) => row.cursor.skipped)}::bigint[],
                ${cursors.map((row) => row.cursor.unreadable)}::bigint[]) as moved (vehicle, boot, last_seq, skipped, unreadable)
    on conflict (vehicle, boot) do update set last_seq = excluded.last_seq, skipped = excluded.skipped,
      unreadable = excluded.unreadable, updated_at = excluded.updated_at`.execute(tx);
}

async function moveTwin(tx: Kysely<TelemetryTables>, twin: TwinColumns): Promise<void> {
  const { vehicle, signal, at, value } = twin.columns();
  if (vehicle.length === 0) return;
  await sql`
    insert into twin (vehicle, signal, at, value)
    select vehicle, signal, to_timestamp(at / 1000), coalesce(value, 'null')::jsonb
    from unnest(${vehicle}::int[], ${signal}::int[], ${at}::float8[], ${value}::text[]) as newest (vehicle, signal, at, value)
    on conflict (vehicle, signal) do update set at = excluded.at, value = excluded.value`.execute(tx);
}
