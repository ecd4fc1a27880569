import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { TelemetryTables } from "./tables.ts";

/** The latest values of one car as they were kept: by path, [UTC ms by the car's clock, value]. */
export interface KeptTwin {
  readonly vehicle: number;
  readonly latest: unknown;
}

/** A sample that came after the twin was kept last. */
export interface LateSample {
  readonly vehicle: number;
  readonly signal: number;
  /** UTC ms by the car's clock. */
  readonly at: number;
  /** null: the car has no such value any more. */
  readonly value: unknown;
}

/** Commits that were under way while the twin was kept lie within this time. */
const overlapMs = 60_000;

export async function readTwins(db: Kysely<TelemetryTables>): Promise<readonly KeptTwin[]> {
  return db.selectFrom("twin_state").select(["vehicle", "latest"]).execute();
}

/** What arrived since the twins were kept, in the order in which it came. */
export async function readSince(db: Kysely<TelemetryTables>): Promise<readonly LateSample[]> {
  const kept = await db.selectFrom("twin_kept").select("at").executeTakeFirst();
  if (kept === undefined) return [];
  const { rows } = await sql<LateSample>`
    select m.vehicle, v.signal, coalesce(v.car_at, extract(epoch from m.at)::float8 * 1000 + v.offset_ms) as at,
           coalesce(to_jsonb(v.number), m.others -> (v.n - 1)::text) as value
    from measured m cross join lateral unnest(m.signals, m.offsets, m.numbers, m.car_at) with ordinality
      as v (signal, offset_ms, number, car_at, n)
    where m.arrived >= ${new Date(kept.at.getTime() - overlapMs)}::timestamptz
    order by m.arrived, m.boot, m.seq, m.at, v.n`.execute(db);
  return rows;
}

/** Keeps the twins of these cars. With `at`, all that arrived before it is in them or was kept before. */
export async function writeTwins(
  db: Kysely<TelemetryTables>,
  twins: readonly { readonly vehicle: number; readonly latest: string }[],
  at: Date | undefined,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into twin_state (vehicle, latest)
      select vehicle, latest::jsonb from unnest(${twins.map((twin) => twin.vehicle)}::int[], ${twins.map((twin) => twin.latest)}::text[])
        as kept (vehicle, latest)
      on conflict (vehicle) do update set latest = excluded.latest`.execute(tx);
    if (at === undefined) return;
    await sql`insert into twin_kept (at) values (${at}::timestamptz) on conflict (only_row) do update set at = excluded.at`.execute(
      tx,
    );
  });
}

/** Which vehicle a number stands for. */
export async function vehicleNames(db: Kysely<TelemetryTables>): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom("vehicle").select(["number", "vehicle"]).execute();
  return new Map(rows.map((row) => [row.number, row.vehicle]));
}
