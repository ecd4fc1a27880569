import type { TrafficIncident } from "@caravan/link";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { TrafficTables } from "./tables.ts";

export const quarterMs = 900_000;
const quartersOfWeek = 672;

/** What all cars together drove of one segment in one quarter hour. */
export interface QuarterSpeed {
  readonly quarter: number;
  readonly from: number;
  readonly to: number;
  readonly metres: number;
  readonly seconds: number;
  readonly passes: number;
}

/** Adds to what is known of these quarter hours. Sorted, so that two transactions lock rows in the same order. */
export async function addSpeeds(db: Kysely<TrafficTables>, speeds: readonly QuarterSpeed[]): Promise<void> {
  if (speeds.length === 0) return;
  const rows = speeds.toSorted((a, b) => a.quarter - b.quarter || a.from - b.from || a.to - b.to);
  await sql`
    insert into traffic_speed (quarter, from_node, to_node, metres, seconds, passes)
    select * from unnest(${rows.map((row) => row.quarter)}::int[], ${rows.map((row) => row.from)}::bigint[],
      ${rows.map((row) => row.to)}::bigint[], ${rows.map((row) => row.metres)}::float8[],
      ${rows.map((row) => row.seconds)}::float8[], ${rows.map((row) => row.passes)}::int[])
    on conflict (quarter, from_node, to_node) do update set metres = traffic_speed.metres + excluded.metres,
      seconds = traffic_speed.seconds + excluded.seconds, passes = traffic_speed.passes + excluded.passes`.execute(db);
}

/** m/s that are usual at a quarter hour of the week, from the same one and its neighbours in the last four weeks; the best known first. */
export async function typicalSpeeds(
  db: Kysely<TrafficTables>,
  quarter: number,
  most: number,
): Promise<readonly { readonly from: number; readonly to: number; readonly speed: number }[]> {
  const quarters = [1, 2, 3, 4].flatMap((week) => [-1, 0, 1].map((near) => quarter - week * quartersOfWeek + near));
  const { rows } = await sql<{ from_node: string; to_node: string; speed: number }>`
    select from_node, to_node, sum(metres) / sum(seconds) as speed from traffic_speed
    where quarter = any(${quarters}::int[]) group by from_node, to_node
    having sum(seconds) > 0 and sum(metres) > 0 order by sum(passes) desc, from_node, to_node limit ${most}`.execute(
    db,
  );
  return rows.map((row) => ({ from: Number(row.from_node), to: Number(row.to_node), speed: row.speed }));
}

/** Deletes what is older than a quarter hour, and the oldest day as long as there are more than `mostRows`. */
export async function pruneSpeeds(db: Kysely<TrafficTables>, before: number, mostRows: number): Promise<void> {
  await sql`delete from traffic_speed where quarter < ${before}`.execute(db);
  const count = await countSpeeds(db);
  if (count <= mostRows) return;
  await sql`delete from traffic_speed where quarter < (select min(quarter) + 96 from traffic_speed)`.execute(db);
}

/** The planner's estimate, free to ask. */
export async function countSpeeds(db: Kysely<TrafficTables>): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select greatest(reltuples, coalesce(pg_stat_get_live_tuples(oid), 0))::float8 as rows
    from pg_class where oid = 'traffic_speed'::regclass`.execute(db);
  return Math.max(0, rows[0]?.rows ?? 0);
}

/** An incident as it is stored; times are UTC ms. */
export interface StoredIncident extends TrafficIncident {
  readonly from: number;
}

const kinds: readonly string[] = [
  "accident",
  "works",
  "closure",
  "hazard",
] satisfies readonly TrafficIncident["kind"][];

function isKind(text: string): text is TrafficIncident["kind"] {
  return kinds.includes(text);
}

/** Incidents that have not ended, the newest first. */
export async function readIncidents(db: Kysely<TrafficTables>, now: Date): Promise<readonly StoredIncident[]> {
  const rows = await db
    .selectFrom("traffic_incident")
    .selectAll()
    .where((where) => where.or([where("ends_at", "is", null), where("ends_at", ">", now)]))
    .orderBy("told_at", "desc")
    .orderBy("incident")
    .execute();
  return rows.flatMap(({ incident, kind, lat, lon, heading, starts_at, ends_at }) =>
    isKind(kind)
      ? [
          {
            id: incident,
            kind,
            lat,
            lon,
            ...(heading === null ? {} : { heading }),
            from: starts_at.getTime(),
            ...(ends_at === null ? {} : { until: ends_at.getTime() }),
          },
        ]
      : [],
  );
}

export async function addIncident(db: Kysely<TrafficTables>, incident: StoredIncident, now: Date): Promise<void> {
  const { id, kind, lat, lon, heading, from, until } = incident;
  await db
    .insertInto("traffic_incident")
    .values({
      incident: id,
      kind,
      lat,
      lon,
      heading: heading ?? null,
      starts_at: new Date(from),
      ends_at: until === undefined ? null : new Date(until),
      told_at: now,
    })
    .execute();
}

/** False where there is no such incident, or it has ended. */
export async function endIncident(db: Kysely<TrafficTables>, id: string, now: Date): Promise<boolean> {
  const ended = await db
    .updateTable("traffic_incident")
    .set({ ends_at: now })
    .where("incident", "=", id)
    .where((where) => where.or([where("ends_at", "is", null), where("ends_at", ">", now)]))
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** Forgets incidents that ended long ago. */
export async function pruneIncidents(db: Kysely<TrafficTables>, before: Date): Promise<void> {
  await db.deleteFrom("traffic_incident").where("ends_at", "<", before).execute();
}
