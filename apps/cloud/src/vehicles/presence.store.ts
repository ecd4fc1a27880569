import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { VehicleTables } from "./tables.ts";

export interface PresenceEvent {
  /** The vehicle's number. */
  readonly vehicle: number;
  readonly at: Date;
  readonly online: boolean;
  readonly reason: string;
}

export async function insertPresence(db: Kysely<VehicleTables>, event: PresenceEvent): Promise<void> {
  await db.insertInto("presence").values(event).execute();
}

/** Cars that were online when the cloud ended without a word went offline when they were last seen. */
export async function closePresence(db: Kysely<VehicleTables>, now: Date): Promise<void> {
  await sql`
    insert into presence (vehicle, at, online, reason)
    select vehicle.number, greatest(last.at, coalesce(vehicle.seen_at, last.at)), false, 'cloud restarted'
    from vehicle, lateral (select at, online from presence where presence.vehicle = vehicle.number order by at desc, online limit 1) as last
    where last.online and last.at <= ${now}::timestamptz`.execute(db);
}

export async function writeSeen(db: Kysely<VehicleTables>, seen: ReadonlyMap<number, number>): Promise<void> {
  if (seen.size === 0) return;
  const rows = [...seen].toSorted((a, b) => a[0] - b[0]);
  await sql`
    update vehicle set seen_at = to_timestamp(seen.at / 1000)
    from unnest(${rows.map(([vehicle]) => vehicle)}::int[], ${rows.map(([, at]) => at)}::float8[]) as seen (vehicle, at)
    where vehicle.number = seen.vehicle`.execute(db);
}

export async function prunePresence(db: Kysely<VehicleTables>, before: Date): Promise<void> {
  await db.deleteFrom("presence").where("at", "<", before).execute();
}
