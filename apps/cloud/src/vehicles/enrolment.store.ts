import type { CarFacts } from "@caravan/link";
import { sql } from "kysely";
import type { Kysely, Transaction } from "kysely";
import { freeName, nameStem } from "./free-name.ts";
import type { VehicleTables } from "./tables.ts";
import { addCertificate, addOwner } from "./vehicles.store.ts";

export interface CodeRow {
  readonly hash: string;
  readonly account: string | undefined;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Any number that nobody else on the server uses for an advisory lock. */
const namingLock = 7_203_110_419;

/** Unused codes that may exist at once; the oldest make room. */
const mostCodes = 10_000;

export async function insertCode(db: Kysely<VehicleTables>, code: CodeRow): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom("enrolment_code").where("expires_at", "<", code.issuedAt).execute();
    const surplus = tx
      .selectFrom("enrolment_code")
      .select("hash")
      .orderBy("issued_at", "desc")
      .offset(mostCodes - 1)
      .limit(mostCodes);
    await tx.deleteFrom("enrolment_code").where("hash", "in", surplus).execute();
    await tx
      .insertInto("enrolment_code")
      .values({
        hash: code.hash,
        account: code.account ?? null,
        issued_at: code.issuedAt,
        expires_at: code.expiresAt,
        used_at: null,
        used_by_key: null,
        vehicle: null,
      })
      .execute();
  });
}

export interface NewVehicle {
  /** For a car that is not known yet. */
  readonly vehicle: string;
  readonly car: CarFacts;
  readonly keyFingerprint: string;
  readonly now: Date;
  readonly issue: (
    vehicle: string,
  ) => Promise<{ readonly certificate: string; readonly serial: string; readonly expiresAt: number }>;
}

/**
 * Spends a code for a vehicle, in one transaction: code, vehicle, owner and certificate, or nothing at all.
 * Undefined where the code is unknown, expired or was spent by another key; the key that spent it gets its vehicle again.
 */
export async function spendCode(
  db: Kysely<VehicleTables>,
  hash: string,
  request: NewVehicle,
): Promise<{ readonly vehicle: string; readonly certificate: string } | undefined> {
  return db.transaction().execute(async (tx) => {
    const code = await tx
      .selectFrom("enrolment_code")
      .selectAll()
      .where("hash", "=", hash)
      .forUpdate()
      .executeTakeFirst();
    if (code === undefined || code.expires_at <= request.now) return undefined;
    if (code.used_at !== null && code.used_by_key !== request.keyFingerprint) return undefined;
    const vehicle = code.vehicle ?? (await insertVehicle(tx, request));
    if (code.vehicle === null) {
      const spent = { used_at: request.now, used_by_key: request.keyFingerprint, vehicle };
      await tx.updateTable("enrolment_code").set(spent).where("hash", "=", hash).execute();
      if (code.account !== null) await addOwner(tx, vehicle, code.account);
    }
    const issued = await request.issue(vehicle);
    await addCertificate(tx, {
      serial: issued.serial,
      vehicle,
      issuedAt: request.now,
      expiresAt: new Date(issued.expiresAt),
    });
    return { vehicle, certificate: issued.certificate };
  });
}

async function insertVehicle(tx: Transaction<VehicleTables>, { vehicle, car, now }: NewVehicle): Promise<string> {
  const { model, simulated } = car;
  const name = await freeNameFor(tx, car.name);
  await tx.insertInto("vehicle").values({ vehicle, name, model, simulated, enrolled_at: now, seen_at: null }).execute();
  return vehicle;
}

/** Cars that join at the same moment are named one after the other, so that no two get the same name. */
async function freeNameFor(tx: Transaction<VehicleTables>, wish: string): Promise<string> {
  await sql`select pg_advisory_xact_lock(${namingLock})`.execute(tx);
  const alike = await tx
    .selectFrom("vehicle")
    .select("name")
    .where((eb) => eb(eb.fn<boolean>("starts_with", ["name", eb.val(nameStem(wish))]), "=", true))
    .execute();
  return freeName(wish, new Set(alike.map(({ name }) => name)));
}
