import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Cursor } from "./cursor.ts";
import type { MeasuredRows } from "./measured-rows.ts";
import type { TelemetryTables } from "./tables.ts";

/** One class of one boot of one car. */
export interface BootKey {
  readonly vehicle: number;
  readonly boot: number;
  /** Index in `batchClasses`. */
  readonly class: number;
}

/** Batches of one sequence that did not come in their order. */
export interface Gap extends BootKey {
  readonly kind: "lost" | "filled";
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** UTC ms of the last sample before it and the first after it. */
  readonly fromAt: number | undefined;
  readonly toAt: number | undefined;
}

export function keyOf({ vehicle, boot, class: lane }: BootKey): string {
  return `${vehicle}/${boot}/${lane}`;
}

/** What one group writes, worked out while its cursors are locked. */
export interface GroupWrite {
  readonly cursors: readonly (BootKey & { readonly cursor: Cursor })[];
  readonly rows: MeasuredRows;
  readonly gaps: readonly Gap[];
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
    const { cursors, rows, gaps } = decide((key) => known.get(keyOf(key)));
    if (cursors.length === 0) return;
    if (rows.at.length > 0) await insertRows(tx, rows, now);
    await moveCursors(tx, cursors, now);
    if (gaps.length > 0) await insertGaps(tx, gaps, now);
  });
}

async function lockCursors(
  tx: Kysely<TelemetryTables>,
  boots: readonly BootKey[],
): Promise<ReadonlyMap<string, Cursor>> {
  const { rows } = await sql<{
    vehicle: number;
    boot: string;
    class: number;
    last_seq: string;
    skipped: string;
    unreadable: string;
    last_at: Date | null;
  }>`
    select vehicle, boot, class, last_seq, skipped, unreadable, last_at from batch_cursor
    join unnest(${boots.map((key) => key.vehicle)}::int[], ${boots.map((key) => key.boot)}::bigint[],
                ${boots.map((key) => key.class)}::smallint[]) as wanted (vehicle, boot, class) using (vehicle, boot, class)
    order by vehicle, boot, class for update of batch_cursor`.execute(tx);
  return new Map(
    rows.map((row) => [
      keyOf({ vehicle: row.vehicle, boot: Number(row.boot), class: row.class }),
      {
        lastSeq: Number(row.last_seq),
        skipped: Number(row.skipped),
        unreadable: Number(row.unreadable),
        lastAt: row.last_at?.getTime(),
      },
    ]),
  );
}

async function insertRows(tx: Kysely<TelemetryTables>, rows: MeasuredRows, now: Date): Promise<void> {
  await sql`
    insert into measured (at, arrived, boot, seq, vehicle, class, campaign, signals, offsets, numbers, others, car_at)
    select to_timestamp(at / 1000), ${now}::timestamptz, boot, seq, vehicle, class, campaign, signals::int[], offsets::smallint[],
           numbers::float8[], others::jsonb, car_at::float8[]
    from unnest(${rows.at}::float8[], ${rows.boot}::bigint[], ${rows.seq}::bigint[], ${rows.vehicle}::int[],
                ${rows.class}::smallint[], ${rows.campaign}::text[], ${rows.signals}::text[], ${rows.offsets}::text[],
                ${rows.numbers}::text[], ${rows.others}::text[], ${rows.carAt}::text[])
      as arrived (at, boot, seq, vehicle, class, campaign, signals, offsets, numbers, others, car_at)`.execute(tx);
}

async function moveCursors(tx: Kysely<TelemetryTables>, cursors: GroupWrite["cursors"], now: Date): Promise<void> {
  const at = ({ cursor }: GroupWrite["cursors"][number]) => cursor.lastAt ?? null;
  await sql`
    insert into batch_cursor (vehicle, boot, class, last_seq, skipped, unreadable, last_at, updated_at)
    select vehicle, boot, class, last_seq, skipped, unreadable, to_timestamp(last_at / 1000), ${now}::timestamptz
    from unnest(${cursors.map((row) => row.vehicle)}::int[], ${cursors.map((row) => row.boot)}::bigint[],
                ${cursors.map((row) => row.class)}::smallint[],
                ${cursors.map((row) => row.cursor.lastSeq)}::bigint[], ${cursors.map((row) => row.cursor.skipped)}::bigint[],
                ${cursors.map((row) => row.cursor.unreadable)}::bigint[], ${cursors.map(at)}::float8[])
      as moved (vehicle, boot, class, last_seq, skipped, unreadable, last_at)
    on conflict (vehicle, boot, class) do update set last_seq = excluded.last_seq, skipped = excluded.skipped,
      unreadable = excluded.unreadable, last_at = excluded.last_at, updated_at = excluded.updated_at`.execute(tx);
}

async function insertGaps(tx: Kysely<TelemetryTables>, gaps: readonly Gap[], now: Date): Promise<void> {
  const date = (at: number | undefined) => (at === undefined ? null : new Date(at));
  await tx
    .insertInto("batch_gap")
    .values(
      gaps.map((gap) => ({
        vehicle: gap.vehicle,
        found_at: now,
        boot: String(gap.boot),
        class: gap.class,
        first_seq: String(gap.firstSeq),
        last_seq: String(gap.lastSeq),
        kind: gap.kind,
        from_at: date(gap.fromAt),
        to_at: date(gap.toAt),
      })),
    )
    .execute();
}
