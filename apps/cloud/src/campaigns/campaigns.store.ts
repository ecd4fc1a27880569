import { CampaignReport, CampaignWish, purposes } from "@caravan/link/campaigns";
import type { Purpose } from "@caravan/link/campaigns";
import { sql } from "kysely";
import type { Kysely } from "kysely";
import { Value } from "typebox/value";
import type { CampaignTables } from "./tables.ts";

/** A campaign as the cloud keeps it. */
export interface KeptCampaign {
  readonly id: string;
  readonly revision: number;
  readonly wish: CampaignWish;
  readonly everybody: boolean;
  readonly isRunning: boolean;
  /** UTC ms. */
  readonly madeAt: number;
  readonly changedAt: number;
}

export interface KeptReport {
  readonly vehicle: string;
  /** UTC ms, by the cloud's clock. */
  readonly at: number;
  readonly report: CampaignReport;
}

type Db = Kysely<CampaignTables>;

/** All of them, the oldest first; a wish that this version cannot read any more is left out. */
export async function listCampaigns(db: Db): Promise<readonly KeptCampaign[]> {
  return (await db.selectFrom("campaign").selectAll().orderBy("made_at").orderBy("campaign").execute()).flatMap(toKept);
}

export async function findCampaign(db: Db, id: string): Promise<KeptCampaign | undefined> {
  const row = await db.selectFrom("campaign").selectAll().where("campaign", "=", id).executeTakeFirst();
  return row === undefined ? undefined : toKept(row)[0];
}

/** Those for one car that run and are not long over, the oldest first. */
export async function campaignsOf(db: Db, vehicle: string): Promise<readonly KeptCampaign[]> {
  const rows = await db
    .selectFrom("campaign")
    .selectAll()
    .where("is_running", "=", true)
    .where((where) =>
      where.or([
        where("everybody", "=", true),
        where("campaign", "in", where.selectFrom("campaign_vehicle").select("campaign").where("vehicle", "=", vehicle)),
      ]),
    )
    .orderBy("made_at")
    .orderBy("campaign")
    .execute();
  return rows.flatMap(toKept);
}

/** True where the campaign was not there before. */
export async function insertCampaign(db: Db, campaign: KeptCampaign, vehicles: readonly string[]): Promise<boolean> {
  const { id, revision, wish, everybody, isRunning, madeAt, changedAt } = campaign;
  return db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto("campaign")
      .values({
        campaign: id,
        revision,
        wish: JSON.stringify(wish),
        everybody,
        is_running: isRunning,
        made_at: new Date(madeAt),
        changed_at: new Date(changedAt),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) return false;
    await replaceVehicles(tx, id, vehicles);
    return true;
  });
}

/** Takes a new wish in the place of the old one, as the next revision; undefined where there is no such campaign. */
export async function reviseCampaign(
  db: Db,
  id: string,
  change: {
    readonly wish: CampaignWish;
    readonly everybody: boolean;
    readonly vehicles: readonly string[];
    readonly now: Date;
  },
): Promise<number | undefined> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable("campaign")
      .set((expression) => ({
        revision: expression("revision", "+", 1),
        wish: JSON.stringify(change.wish),
        everybody: change.everybody,
        changed_at: change.now,
      }))
      .where("campaign", "=", id)
      .returning("revision")
      .executeTakeFirst();
    if (row === undefined) return undefined;
    await tx.deleteFrom("campaign_vehicle").where("campaign", "=", id).execute();
    await replaceVehicles(tx, id, change.vehicles);
    return row.revision;
  });
}

export async function setRunning(db: Db, id: string, isRunning: boolean, now: Date): Promise<boolean> {
  const set = { is_running: isRunning, changed_at: now };
  return (
    (await db.updateTable("campaign").set(set).where("campaign", "=", id).executeTakeFirst()).numUpdatedRows === 1n
  );
}

export async function vehiclesOf(db: Db, id: string): Promise<readonly string[]> {
  const rows = await db.selectFrom("campaign_vehicle").select("vehicle").where("campaign", "=", id).execute();
  return rows.map(({ vehicle }) => vehicle);
}

/** Every car there is, by name. */
export function allVehicles(db: Db): Promise<readonly { readonly vehicle: string; readonly name: string }[]> {
  return db.selectFrom("vehicle").select(["vehicle", "name"]).orderBy("name").limit(5_000).execute();
}

/**
 * The message for one car: the last one where the content is the same, else the one that `sign` makes for the next revision. Two that ask at the same
 * time get the same.
 */
export async function listMessage(
  db: Db,
  vehicle: string,
  wish: { readonly digest: string; readonly now: number; readonly sign: (revision: number) => Promise<string> },
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`campaign_list/${vehicle}`}, 0))`.execute(tx);
    const last = await tx.selectFrom("campaign_list").selectAll().where("vehicle", "=", vehicle).executeTakeFirst();
    if (last !== undefined && last.digest === wish.digest) return last.message;
    // At least the time, so that a database put back from an old copy does not fall behind what its cars have heard.
    const revision = Math.max(Number(last?.revision ?? 0) + 1, wish.now);
    const message = await wish.sign(revision);
    const row = { digest: wish.digest, revision: String(revision), message };
    await tx
      .insertInto("campaign_list")
      .values({ vehicle, ...row })
      .onConflict((conflict) => conflict.column("vehicle").doUpdateSet(row))
      .execute();
    return message;
  });
}

/** The revision of the last list that was signed for each car. */
export async function listRevisions(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom("campaign_list").select(["vehicle", "revision"]).execute();
  return new Map(rows.map(({ vehicle, revision }) => [vehicle, Number(revision)]));
}

export async function writeReport(db: Db, { vehicle, at, report }: KeptReport): Promise<void> {
  const row = { at: new Date(at), report: JSON.stringify(report) };
  await db
    .insertInto("campaign_report")
    .values({ vehicle, ...row })
    .onConflict((conflict) => conflict.column("vehicle").doUpdateSet(row))
    .execute();
}

export async function readReports(db: Db, vehicle?: string): Promise<ReadonlyMap<string, KeptReport>> {
  const all = db.selectFrom("campaign_report").selectAll();
  const rows = await (vehicle === undefined ? all : all.where("vehicle", "=", vehicle)).execute();
  return new Map(
    rows.flatMap(({ vehicle: car, at, report }) =>
      Value.Check(CampaignReport, report) ? [[car, { vehicle: car, at: at.getTime(), report }]] : [],
    ),
  );
}

/** What the owner said last of each purpose; undefined where nothing was said. */
export async function readConsents(db: Db, vehicle: string): Promise<Partial<Record<Purpose, boolean>>> {
  const rows = await db
    .selectFrom("consent")
    .select(["purpose", "given"])
    .distinctOn("purpose")
    .where("vehicle", "=", vehicle)
    .orderBy("purpose")
    .orderBy("at", "desc")
    .execute();
  const said = new Map(rows.map(({ purpose, given }) => [purpose, given]));
  const found: Partial<Record<Purpose, boolean>> = {};
  for (const purpose of purposes) {
    const given = said.get(purpose);
    if (given !== undefined) found[purpose] = given;
  }
  return found;
}

export async function insertConsent(db: Db, row: CampaignTables["consent"]): Promise<void> {
  await db
    .insertInto("consent")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function replaceVehicles(tx: Db, campaign: string, vehicles: readonly string[]): Promise<void> {
  if (vehicles.length === 0) return;
  await tx
    .insertInto("campaign_vehicle")
    .values(vehicles.map((vehicle) => ({ campaign, vehicle })))
    .execute();
}

function toKept(row: CampaignTables["campaign"]): readonly KeptCampaign[] {
  const { campaign: id, revision, wish, everybody, is_running: isRunning, made_at, changed_at } = row;
  if (!Value.Check(CampaignWish, wish)) return [];
  return [{ id, revision, wish, everybody, isRunning, madeAt: made_at.getTime(), changedAt: changed_at.getTime() }];
}
