import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import { to } from "pg-copy-streams";
import { partitionOf } from "./day.ts";
import type { TelemetryTables } from "./tables.ts";

export interface ArchiveFile {
  readonly name: string;
  readonly day: number;
  readonly samples: number;
  readonly bytes: number;
}

/** A day's rows while they are on their way into a file: no longer part of the history's table, and still there after a crash. */
const leavingOf = (day: number): string => partitionOf(day).replace("measured", "leaving");

const columns = `round(extract(epoch from at) * 1000)::bigint as at, vehicle, path, number, flag, words, list,
  round(extract(epoch from car_at) * 1000)::bigint as car_at, campaign, class`;

/** The view `sample` over another table of the same shape. */
const samplesOf = (table: string): string => `
  select m.at + v.offset_ms * interval '1 millisecond' as at, v.number, to_timestamp(v.car_at / 1000) as car_at, m.vehicle, p.path,
         case when jsonb_typeof(o.value) = 'boolean' then o.value::boolean end as flag,
         case when jsonb_typeof(o.value) = 'string' then o.value #>> '{}' end as words,
         case when jsonb_typeof(o.value) = 'array' then o.value end as list, m.campaign, m.class
  from ${table} m
  cross join lateral unnest(m.signals, m.offsets, m.numbers, m.car_at) with ordinality as v (signal, offset_ms, number, car_at, n)
  left join lateral (select m.others -> (v.n - 1)::text as value) as o on true
  join signal_path p using (signal)`;

/** Takes a day out of the history's table, so that what still comes for it goes into a new one. */
export async function detachDay(db: Kysely<TelemetryTables>, day: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`alter table measured detach partition ${sql.table(partitionOf(day))}`.execute(tx);
    await sql`alter table ${sql.table(partitionOf(day))} rename to ${sql.table(leavingOf(day))}`.execute(tx);
  });
}

/** Days that were taken out and are not in a file yet, as after a crash. */
export async function leavingDays(db: Kysely<TelemetryTables>): Promise<readonly number[]> {
  const { rows } = await sql<{ day: number }>`
    select to_date(substring(relname from 9), 'YYYYMMDD') - date '1970-01-01' as day from pg_class
    where relkind = 'r' and relname ~ '^leaving_[0-9]{8}$' order by relname`.execute(db);
  return rows.map(({ day }) => day);
}

/** The samples of a leaving day as CSV with a head; answers how many. */
export async function writeLeaving(pool: Pool, day: number, file: string): Promise<void> {
  await copyOut(pool, `select ${columns} from (${samplesOf(leavingOf(day))}) as s`, file);
}

/** One car's samples in some time that are in the database, as CSV with a head. */
export async function writeSamples(
  pool: Pool,
  query: { readonly vehicle: number; readonly from: number; readonly to: number; readonly paths: readonly string[] },
  file: string,
): Promise<void> {
  const [from, until] = [query.from, query.to].map((at) => `to_timestamp(${at} / 1000.0)`);
  const wanted = query.paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(",");
  const which = query.paths.length === 0 ? "" : ` and path in (${wanted})`;
  await copyOut(
    pool,
    `select ${columns} from (${samplesOf("measured")} where m.vehicle = ${query.vehicle} and m.at >= ${from} - interval '1 second' and m.at < ${until}) as s
     where at >= ${from} and at < ${until}${which}`,
    file,
  );
}

/** A leaving day's rows go, and its file is part of the history, in one step. */
export async function enterFile(db: Kysely<TelemetryTables>, file: ArchiveFile, madeAt: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { name, day, samples, bytes } = file;
    await tx
      .insertInto("archive_file")
      .values({ name, day, samples: String(samples), bytes: String(bytes), made_at: madeAt })
      .execute();
    await sql`drop table ${sql.table(leavingOf(day))}`.execute(tx);
  });
}

/** All files, the oldest day first. */
export async function listFiles(db: Kysely<TelemetryTables>): Promise<readonly ArchiveFile[]> {
  const rows = await db.selectFrom("archive_file").selectAll().orderBy("day").orderBy("name").execute();
  return rows.map(({ name, day, samples, bytes }) => ({ name, day, samples: Number(samples), bytes: Number(bytes) }));
}

export async function forgetFile(db: Kysely<TelemetryTables>, name: string): Promise<void> {
  await db.deleteFrom("archive_file").where("name", "=", name).execute();
}

async function copyOut(pool: Pool, query: string, file: string): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(
      client.query(to(`copy (${query}) to stdout (format csv, header)`)),
      createWriteStream(file, { mode: 0o600 }),
    );
  } finally {
    client.release();
  }
}
