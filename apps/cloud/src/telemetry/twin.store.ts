import type { Kysely } from "kysely";
import type { TelemetryTables } from "./tables.ts";

export interface TwinRow {
  readonly vehicle: number;
  readonly signal: number;
  /** UTC ms by the car's clock. */
  readonly at: number;
  /** null: the car has no such value any more. */
  readonly value: unknown;
}

/** Every latest value of every car. */
export async function readTwin(db: Kysely<TelemetryTables>): Promise<readonly TwinRow[]> {
  const rows = await db.selectFrom("twin").select(["vehicle", "signal", "at", "value"]).execute();
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** Which vehicle a number stands for. */
export async function vehicleNames(db: Kysely<TelemetryTables>): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom("vehicle").select(["number", "vehicle"]).execute();
  return new Map(rows.map((row) => [row.number, row.vehicle]));
}
