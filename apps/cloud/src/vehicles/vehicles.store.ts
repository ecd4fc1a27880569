import type { Kysely } from "kysely";
import type { VehicleTables } from "./tables.ts";

export interface VehicleRow {
  readonly number: number;
  readonly vehicle: string;
  readonly name: string;
  readonly model: string;
  readonly simulated: boolean;
  /** UTC ms, by the cloud's clock. */
  readonly seenAt: number | undefined;
}

/** Whose vehicles: those of one account, or all. */
export type Scope = { readonly kind: "all" } | { readonly kind: "owner"; readonly account: string };

/** More than this the fleet map could not show; a larger fleet needs pages. */
const mostListed = 5_000;

/** In the order in which they joined. */
export async function listVehicles(db: Kysely<VehicleTables>, scope: Scope): Promise<readonly VehicleRow[]> {
  const rows = await vehiclesOf(db, scope).orderBy("number").limit(mostListed).execute();
  return rows.map(toRow);
}

export async function findVehicle(
  db: Kysely<VehicleTables>,
  vehicle: string,
  scope: Scope,
): Promise<VehicleRow | undefined> {
  const row = await vehiclesOf(db, scope).where("vehicle.vehicle", "=", vehicle).executeTakeFirst();
  return row === undefined ? undefined : toRow(row);
}

/** The vehicle's number, if it is known and the certificate is one of its own that nobody has withdrawn. */
export async function numberByCertificate(
  db: Kysely<VehicleTables>,
  vehicle: string,
  serial: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom("vehicle")
    .innerJoin("vehicle_certificate", "vehicle_certificate.vehicle", "vehicle.vehicle")
    .select("vehicle.number")
    .where("vehicle.vehicle", "=", vehicle)
    .where("vehicle_certificate.serial", "=", serial)
    .where("vehicle_certificate.withdrawn_at", "is", null)
    .executeTakeFirst();
  return row?.number;
}

/** True where the vehicle is in the scope and has the name now. */
export async function renameVehicle(
  db: Kysely<VehicleTables>,
  vehicle: string,
  name: string,
  scope: Scope,
): Promise<boolean> {
  const found = await findVehicle(db, vehicle, scope);
  if (found === undefined) return false;
  await db.updateTable("vehicle").set({ name }).where("vehicle", "=", vehicle).execute();
  return true;
}

export async function addOwner(db: Kysely<VehicleTables>, vehicle: string, account: string): Promise<void> {
  await db
    .insertInto("vehicle_owner")
    .values({ vehicle, account })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function addCertificate(
  db: Kysely<VehicleTables>,
  certificate: { readonly serial: string; readonly vehicle: string; readonly issuedAt: Date; readonly expiresAt: Date },
): Promise<void> {
  const { serial, vehicle, issuedAt, expiresAt } = certificate;
  await db
    .insertInto("vehicle_certificate")
    .values({ serial, vehicle, issued_at: issuedAt, expires_at: expiresAt, withdrawn_at: null })
    .execute();
}

function vehiclesOf(db: Kysely<VehicleTables>, scope: Scope) {
  const all = db.selectFrom("vehicle").selectAll("vehicle");
  return scope.kind === "all"
    ? all
    : all.where(
        "vehicle.vehicle",
        "in",
        db.selectFrom("vehicle_owner").select("vehicle_owner.vehicle").where("account", "=", scope.account),
      );
}

function toRow(row: Omit<VehicleTables["vehicle"], "number"> & { number: number }): VehicleRow {
  const { number, vehicle, name, model, simulated } = row;
  return { number, vehicle, name, model, simulated, seenAt: row.seen_at?.getTime() };
}
