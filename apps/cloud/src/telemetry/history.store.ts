import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { TelemetryTables } from "./tables.ts";

export interface HistoryQuery {
  readonly vehicle: number;
  readonly signals: readonly number[];
  /** UTC ms, inclusive. */
  readonly from: number;
  /** UTC ms, exclusive. */
  readonly to: number;
  /** Rows for each signal, at most. */
  readonly points: number;
}

export interface HistoryPoint {
  readonly signal: number;
  readonly at: number;
  readonly value: number;
}

/** How long one chart may keep the database busy. */
const withinMs = 5_000;

/**
 * Numbers and yes/no values (as 1 and 0) of some signals, thinned to the smallest and the largest of each bucket, so that no
 * peak is lost; in order of time. Undefined where the database would take too long.
 */
export async function readHistory(
  db: Kysely<TelemetryTables>,
  query: HistoryQuery,
): Promise<readonly HistoryPoint[] | undefined> {
  const buckets = Math.max(1, Math.floor(query.points / 2));
  const bucketSeconds = Math.max(0.001, (query.to - query.from) / 1000 / buckets);
  const from = new Date(query.from);
  const to = new Date(query.to);
  try {
    return await db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = ${sql.lit(withinMs)}`.execute(tx);
      // An array compares item by item: the smallest {value, time} is the smallest value and when it first was.
      const { rows } = await sql<{ signal: number; low: number[]; high: number[] }>`
        select signal, min(point) as low, max(point) as high
        from (
          select v.signal, floor(extract(epoch from m.at - ${from}::timestamptz) / ${bucketSeconds}::float8) as bucket,
                 array[coalesce(v.number, case m.others -> (v.n - 1)::text when 'true' then 1 when 'false' then 0 end),
                       extract(epoch from m.at)::float8 + v.offset_ms / 1000.0] as point
          from measured m cross join lateral unnest(m.signals, m.offsets, m.numbers) with ordinality as v (signal, offset_ms, number, n)
          where m.vehicle = ${query.vehicle} and m.signals && ${[...query.signals]}::int[] and v.signal = any(${[...query.signals]}::int[])
            and m.at >= date_trunc('second', ${from}::timestamptz) and m.at < ${to}::timestamptz
            and m.at + v.offset_ms * interval '1 millisecond' >= ${from}::timestamptz
            and m.at + v.offset_ms * interval '1 millisecond' < ${to}::timestamptz
        ) as sampled
        where point[1] is not null
        group by signal, bucket order by signal, bucket`.execute(tx);
      return rows.flatMap(({ signal, low, high }) => pointsOf(signal, low, high));
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "57014") return undefined;
    throw error;
  }
}

function pointsOf(signal: number, low: readonly number[], high: readonly number[]): readonly HistoryPoint[] {
  const [lowPoint, highPoint] = [low, high].map(([value = 0, at = 0]) => ({
    signal,
    at: Math.round(at * 1000),
    value,
  }));
  if (lowPoint === undefined || highPoint === undefined) return [];
  if (lowPoint.at === highPoint.at) return [lowPoint];
  return lowPoint.at < highPoint.at ? [lowPoint, highPoint] : [highPoint, lowPoint];
}
