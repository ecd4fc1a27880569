import { createHash, randomInt } from "node:crypto";
import { catalogue } from "@caravan/signals";
import {
  campaignLimits,
  checkExpression,
  decodeReport,
  matchesPath,
  signedBytes,
  standardCampaign,
} from "@caravan/link/campaigns";
import type {
  Campaign,
  CampaignDetail,
  CampaignList,
  CampaignSummary,
  CampaignWish,
  ExpressionFault,
  Purpose,
  VehicleCampaigns,
} from "@caravan/link/campaigns";
import type { Kysely } from "kysely";
import type { Authority } from "../authority/authority.ts";
import type { Log } from "../telemetry/log.ts";
import { countStates, stateInCar } from "./car-state.ts";
import {
  allVehicles,
  campaignsOf,
  findCampaign,
  insertCampaign,
  insertConsent,
  listCampaigns,
  listMessage,
  listRevisions,
  readConsents,
  readReports,
  reviseCampaign,
  setRunning,
  vehiclesOf,
  writeReport,
} from "./campaigns.store.ts";
import type { KeptCampaign, KeptReport } from "./campaigns.store.ts";
import type { CampaignTables } from "./tables.ts";

export interface CampaignsParts {
  readonly db: Kysely<CampaignTables>;
  readonly authority: Pick<Authority, "sign">;
  readonly clock: { now(): number };
  readonly log: Log;
}

/** For every car, or for those named. */
export type Whom = "all" | readonly string[];

export type CampaignOutcome =
  | { readonly kind: "done"; readonly campaign: CampaignDetail }
  | { readonly kind: "refused"; readonly why: "expression"; readonly fault: ExpressionFault }
  | { readonly kind: "refused"; readonly why: "no-such-signal"; readonly match: string }
  | { readonly kind: "refused"; readonly why: "no-such-vehicle" | "too-many" | "over" | "not-found" };

/** A campaign stays in its cars' lists for so long after its end, so that they can say that it is over. */
const linger = 86_400_000;
const mostCampaigns = 500;
const letters = "abcdefghijkmnpqrstuvwxyz23456789";

/** What owners have not spoken of: enough for their own screens and their workshop, and nothing beyond. */
const usualConsents: Readonly<Record<Purpose, boolean>> = {
  operation: true,
  service: true,
  // Asked for in the car, where the people are whom it is about; the owner may still forbid it here.
  research: true,
  marketing: true,
};

/** What cars are asked to send: written by operators, signed for each car, and what the cars say became of it. */
export class Campaigns {
  readonly #parts: CampaignsParts;
  #changed: (vehicles: Whom) => void = () => {};

  constructor(parts: CampaignsParts) {
    this.#parts = parts;
  }

  /** The first start of a cloud makes the standard campaign, for every car. */
  async start(): Promise<void> {
    const { db, clock, log } = this.#parts;
    const { id, revision, ...wish } = standardCampaign;
    const now = clock.now();
    const made = { id, revision, wish, everybody: true, isRunning: true, madeAt: now, changedAt: now };
    if (await insertCampaign(db, made, [])) log.info("the standard campaign was made");
  }

  /** The one listener, the broker, is told whose list has changed. */
  listen(listener: (vehicles: Whom) => void): void {
    this.#changed = listener;
  }

  /** The signed list for a car, as it goes onto `down/campaigns`. */
  async messageFor(vehicle: string): Promise<Uint8Array> {
    const { db, authority, clock } = this.#parts;
    const now = clock.now();
    const campaigns = (await campaignsOf(db, vehicle))
      .filter((campaign) => !isLongOver(campaign, now))
      .slice(0, campaignLimits.inOneCar)
      .map(({ id, revision, wish }): Campaign => ({ id, revision, ...wish }));
    const consents = { ...usualConsents, ...(await readConsents(db, vehicle)) };
    const content = { v: 1 as const, vehicle, consents, campaigns };
    const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
    const message = await listMessage(db, vehicle, {
      digest,
      now,
      async sign(revision) {
        const list = JSON.stringify({ ...content, revision } satisfies CampaignList);
        return JSON.stringify({ v: 1, list, signature: await authority.sign(signedBytes(list)) });
      },
    });
    return Buffer.from(message);
  }

  /** Takes what a car says of its campaigns; anything that is no report is left alone. */
  async reported(vehicle: string, message: Uint8Array): Promise<void> {
    const report = decodeReport(message);
    if (report === undefined)
      return this.#parts.log.warn("a car's report of its campaigns cannot be read", { vehicle });
    await writeReport(this.#parts.db, { vehicle, at: this.#parts.clock.now(), report });
  }

  async list(): Promise<readonly CampaignSummary[]> {
    const campaigns = await listCampaigns(this.#parts.db);
    const fleet = await this.#fleet();
    const summaries: CampaignSummary[] = [];
    for (const campaign of campaigns) {
      const { list: _cars, ...summary } = await this.#detail(campaign, fleet);
      summaries.push(summary);
    }
    return summaries;
  }

  async find(id: string): Promise<CampaignDetail | undefined> {
    const campaign = await findCampaign(this.#parts.db, id);
    return campaign === undefined ? undefined : this.#detail(campaign, await this.#fleet());
  }

  /** Makes a campaign and sends it to its cars. */
  async make(wish: CampaignWish, whom: Whom): Promise<CampaignOutcome> {
    const { db, clock, log } = this.#parts;
    const now = clock.now();
    const refusal = await this.#refusal(wish, whom, undefined);
    if (refusal !== undefined) return refusal;
    const id = Array.from({ length: 8 }, () => letters[randomInt(letters.length)] ?? "").join("");
    const made = { id, revision: 1, wish, everybody: whom === "all", isRunning: true, madeAt: now, changedAt: now };
    await insertCampaign(db, made, whom === "all" ? [] : whom);
    log.info("campaign made", { campaign: id });
    this.#changed(whom);
    return this.#outcome(id);
  }

  /** Takes a new wish in the place of the old one; it goes to its cars if the campaign runs. */
  async revise(id: string, wish: CampaignWish, whom: Whom): Promise<CampaignOutcome> {
    const { db, clock, log } = this.#parts;
    const refusal = await this.#refusal(wish, whom, id);
    if (refusal !== undefined) return refusal;
    const before = await this.#whom(id);
    const change = { wish, everybody: whom === "all", vehicles: whom === "all" ? [] : whom };
    const revision = await reviseCampaign(db, id, { ...change, now: new Date(clock.now()) });
    if (revision === undefined) return { kind: "refused", why: "not-found" };
    log.info("campaign revised", { campaign: id, revision });
    this.#changed(before === "all" || whom === "all" ? "all" : [...new Set([...before, ...whom])]);
    return this.#outcome(id);
  }

  /** Stops a campaign in all its cars, or lets it run again. */
  async run(id: string, isRunning: boolean): Promise<CampaignOutcome> {
    const { db, clock, log } = this.#parts;
    const campaign = await findCampaign(db, id);
    if (campaign === undefined) return { kind: "refused", why: "not-found" };
    const whom = await this.#whom(id);
    const refusal = isRunning ? await this.#refusal(campaign.wish, whom, id) : undefined;
    if (refusal !== undefined) return refusal;
    await setRunning(db, id, isRunning, new Date(clock.now()));
    log.info(isRunning ? "campaign runs again" : "campaign stopped", { campaign: id });
    this.#changed(whom);
    return this.#outcome(id);
  }

  /** What a car sends and what its people allow. */
  async ofVehicle(vehicle: string): Promise<VehicleCampaigns> {
    const { db, clock } = this.#parts;
    const report = (await readReports(db, vehicle)).get(vehicle);
    const revision = (await listRevisions(db)).get(vehicle);
    const now = clock.now();
    const campaigns = (await campaignsOf(db, vehicle)).filter((campaign) => !isLongOver(campaign, now));
    const owner = { ...usualConsents, ...(await readConsents(db, vehicle)) };
    const said = (purpose: Purpose) => {
      const car = report?.report.consents[purpose];
      return { owner: owner[purpose], ...(car === undefined ? {} : { car }) };
    };
    return {
      campaigns: campaigns.map((campaign) => ({
        id: campaign.id,
        name: campaign.wish.name,
        purpose: campaign.wish.purpose,
        state: stateInCar(campaign, report?.report, revision),
      })),
      consents: {
        operation: said("operation"),
        service: said("service"),
        research: said("research"),
        marketing: said("marketing"),
      },
    };
  }

  /** An owner's word on a purpose, recorded; the car hears of it at once. */
  async consent(vehicle: string, purpose: Purpose, given: boolean, account: string): Promise<void> {
    const { db, clock } = this.#parts;
    await insertConsent(db, { vehicle, purpose, at: new Date(clock.now()), given, account });
    this.#changed([vehicle]);
  }

  async #refusal(wish: CampaignWish, whom: Whom, own: string | undefined): Promise<CampaignOutcome | undefined> {
    const { db, clock } = this.#parts;
    if (wish.until !== undefined && wish.until <= clock.now()) return { kind: "refused", why: "over" };
    const strange = wish.rules.find((rule) => !catalogue.signals.some(({ path }) => matchesPath(rule.match, path)));
    if (strange !== undefined) return { kind: "refused", why: "no-such-signal", match: strange.match };
    if (wish.when.kind === "condition") {
      const checked = checkExpression(wish.when.expression, (path) => catalogue.find(path));
      if (checked.kind === "failed") return { kind: "refused", why: "expression", fault: checked.fault };
    }
    const cars = await allVehicles(db);
    const known = new Set(cars.map(({ vehicle }) => vehicle));
    if (whom !== "all" && whom.some((vehicle) => !known.has(vehicle)))
      return { kind: "refused", why: "no-such-vehicle" };
    return (await this.#hasRoom(whom, own)) ? undefined : { kind: "refused", why: "too-many" };
  }

  /** Would each car still have at most as many campaigns as it takes? */
  async #hasRoom(whom: Whom, own: string | undefined): Promise<boolean> {
    const { db, clock } = this.#parts;
    const now = clock.now();
    const all = await listCampaigns(db);
    if (all.length >= mostCampaigns && own === undefined) return false;
    const others = all.filter((each) => each.id !== own && each.isRunning && !isLongOver(each, now));
    const shared = others.filter(({ everybody }) => everybody).length;
    const counts = new Map<string, number>();
    for (const { id, everybody } of others) {
      if (everybody) continue;
      for (const vehicle of await vehiclesOf(db, id)) counts.set(vehicle, (counts.get(vehicle) ?? 0) + 1);
    }
    const most =
      whom === "all" ? Math.max(0, ...counts.values()) : Math.max(0, ...whom.map((one) => counts.get(one) ?? 0));
    return shared + most < campaignLimits.inOneCar;
  }

  async #whom(id: string): Promise<Whom> {
    const campaign = await findCampaign(this.#parts.db, id);
    return campaign?.everybody === true ? "all" : vehiclesOf(this.#parts.db, id);
  }

  async #outcome(id: string): Promise<CampaignOutcome> {
    const campaign = await this.find(id);
    return campaign === undefined ? { kind: "refused", why: "not-found" } : { kind: "done", campaign };
  }

  async #fleet(): Promise<Fleet> {
    const { db } = this.#parts;
    const [cars, reports, revisions] = await Promise.all([allVehicles(db), readReports(db), listRevisions(db)]);
    return { cars, reports, revisions };
  }

  async #detail(campaign: KeptCampaign, { cars, reports, revisions }: Fleet): Promise<CampaignDetail> {
    const { db, clock } = this.#parts;
    const { id, revision, wish, everybody, isRunning, madeAt, changedAt } = campaign;
    const named = everybody ? undefined : await vehiclesOf(db, id);
    const chosen = named === undefined ? cars : cars.filter(({ vehicle }) => named.includes(vehicle));
    const list = chosen.map(({ vehicle, name }) => {
      const kept = reports.get(vehicle);
      const said = kept?.report.campaigns.find((each) => each.id === id);
      return {
        vehicle,
        name,
        state: stateInCar(campaign, kept?.report, revisions.get(vehicle)),
        ...(kept === undefined ? {} : { reportedAt: kept.at }),
        samples: said?.samples ?? 0,
        triggers: said?.triggers ?? 0,
        dropped: said?.dropped ?? 0,
      };
    });
    const isOver = wish.until !== undefined && wish.until <= clock.now();
    const state = !isRunning ? "stopped" : isOver ? "over" : "running";
    const counts = countStates(list.map((car) => car.state));
    return {
      id,
      revision,
      wish,
      vehicles: named === undefined ? "all" : [...named],
      state,
      madeAt,
      changedAt,
      cars: counts,
      list,
    };
  }
}

/** What the states of all campaigns are put together from. */
interface Fleet {
  readonly cars: readonly { readonly vehicle: string; readonly name: string }[];
  readonly reports: ReadonlyMap<string, KeptReport>;
  readonly revisions: ReadonlyMap<string, number>;
}

function isLongOver({ wish }: KeptCampaign, now: number): boolean {
  return wish.until !== undefined && wish.until + linger <= now;
}
