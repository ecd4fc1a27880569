import { isDeepStrictEqual } from "node:util";
import type { Samples } from "@caravan/link";
import { campaignLimits, standardCampaign } from "@caravan/link/campaigns";
import type { Campaign, CampaignList, CampaignReport, Purpose } from "@caravan/link/campaigns";
import type { Clock, Store } from "@caravan/signals";
import type { HealthFigure } from "../health/health.ts";
import type { Log } from "../vehicle/log.ts";
import { CampaignRun } from "./campaign-run.ts";
import { freshCampaigns, readKept, writeKept } from "./kept-campaigns.ts";
import type { KeptCampaigns } from "./kept-campaigns.ts";
import { verifyList } from "./verify-list.ts";

export interface CampaignsParts {
  readonly store: Store;
  /** Holds `campaigns.json`. */
  readonly folder: string;
  readonly clock: Clock;
  /** Monotonic ms. */
  readonly monotonic: () => number;
  readonly log: Log;
  /** Runs in place of the standard one until the cloud sends others. */
  readonly before?: Campaign | undefined;
}

/** What one campaign takes at a tick. */
export interface Taken {
  readonly campaign: Campaign;
  readonly samples: Samples;
}

/** How often a report goes out only because its figures have grown. */
const figuresEveryMs = 15_000;
/** A condition that comes and goes is not written to the disk each time. */
const keepHeldEveryMs = 10_000;

/**
 * The campaigns of this car: those of the last list that its cloud has signed, or the standard one before the first. Each runs while it is
 * not over and the people in the car consent to its purpose.
 */
export class Campaigns {
  readonly #parts: CampaignsParts;
  #kept: KeptCampaigns = freshCampaigns;
  #list: CampaignList | undefined;
  #runs: CampaignRun[];
  #fault: CampaignReport["fault"];
  #hasNews = true;
  #reportedAt = -Infinity;
  /** Of what campaigns by condition have counted, so that a report goes out when it grows. */
  #reportedSum = 0;
  #heldKeptAt = -Infinity;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: CampaignsParts) {
    this.#parts = parts;
    this.#runs = [new CampaignRun(parts, parts.before ?? standardCampaign, false)];
  }

  /** Reads what was kept; a list that another authority signed is of a cloud that the car has left. */
  async open(identity: { readonly vehicle: string; readonly ca: string } | undefined): Promise<void> {
    const { folder, log } = this.#parts;
    const { kept, wasDamaged } = await readKept(folder);
    this.#kept = kept;
    if (wasDamaged) log.error("what was kept of the campaigns is damaged; consent is asked for anew");
    if (kept.message !== undefined && identity !== undefined) {
      const verified = verifyList(Buffer.from(kept.message), identity);
      if (verified.kind === "list") this.#run(verified.list);
    }
    this.#settle();
  }

  /** Takes a message of the cloud, whatever it is. */
  heard(message: Uint8Array, identity: { readonly vehicle: string; readonly ca: string }): void {
    const verified = verifyList(message, identity);
    if (verified.kind === "refused") return this.#refuse(verified.why);
    const { list } = verified;
    // The broker keeps the last list and tells it again.
    if (list.revision === this.#list?.revision) return;
    if (list.revision < (this.#list?.revision ?? 0)) return this.#refuse("older");
    this.#run(list);
    this.#settle();
    this.#fault = undefined;
    this.#hasNews = true;
    this.#parts.log.info({ revision: list.revision, campaigns: list.campaigns.length }, "campaigns taken");
    this.#keep({ message: Buffer.from(message).toString("utf8") });
  }

  /** What is due now, by campaign. */
  take(monotonicMs: number): readonly Taken[] {
    this.#settle();
    return this.#runs.flatMap((run) => {
      const samples = run.take(monotonicMs);
      return samples === undefined ? [] : [{ campaign: run.campaign, samples }];
    });
  }

  consents(): Readonly<Record<Purpose, boolean>> {
    return this.#kept.consents;
  }

  /** What the people in the car say; campaigns of a purpose stop at once when it is withdrawn. Kept on disk when it returns. */
  async consent(purpose: Purpose, given: boolean): Promise<void> {
    if (this.#kept.consents[purpose] === given) return;
    this.#hasNews = true;
    this.#keep({ consents: { ...this.#kept.consents, [purpose]: given } });
    this.#settle();
    this.#parts.log.info({ purpose, given }, "consent changed");
    await this.#writing;
  }

  /** The report, where there is something new to say; `isNew` says it whatever was said before. */
  report(monotonicMs: number, isNew: boolean): CampaignReport | undefined {
    const sum = this.#runs.reduce((total, run) => total + (run.triggers() === 0 ? 0 : run.triggers() + run.samples), 0);
    const isDue = sum !== this.#reportedSum && monotonicMs - this.#reportedAt >= figuresEveryMs;
    if (!isNew && !this.#hasNews && !isDue) return undefined;
    this.#hasNews = false;
    this.#reportedSum = sum;
    this.#reportedAt = monotonicMs;
    return {
      v: 1,
      revision: this.#list?.revision ?? 0,
      ...(this.#fault === undefined ? {} : { fault: this.#fault }),
      consents: this.#kept.consents,
      campaigns: this.#runs.map((run) => ({
        id: run.campaign.id,
        revision: run.campaign.revision,
        state: run.state,
        samples: run.samples,
        triggers: run.triggers(),
        dropped: run.dropped(),
      })),
    };
  }

  figures(): readonly HealthFigure[] {
    const running = this.#runs.filter(({ state }) => state.kind === "running").length;
    return [
      { name: "campaigns running", value: running, bound: campaignLimits.inOneCar },
      ...(running === this.#runs.length ? [] : [{ name: "campaigns not run", value: this.#runs.length - running }]),
    ];
  }

  /** Writes what is not yet on disk. */
  async close(): Promise<void> {
    this.#keepHeld();
    for (const run of this.#runs) run.stop();
    await this.#writing;
  }

  /** A campaign that stays as it was goes on with what it has in its ring. */
  #run(list: CampaignList): void {
    const before = this.#runs;
    this.#list = list;
    this.#runs = list.campaigns.map((campaign) => {
      const same = before.find((run) => isDeepStrictEqual(run.campaign, campaign));
      return same ?? new CampaignRun(this.#parts, campaign, this.#kept.held.includes(campaign.id));
    });
    for (const run of before) if (!this.#runs.includes(run)) run.stop();
  }

  #settle(): void {
    const now = this.#parts.clock.now();
    for (const run of this.#runs) {
      const { purpose } = run.campaign;
      const mayRun = this.#kept.consents[purpose] && (this.#list?.consents[purpose] ?? true);
      if (run.settle(now, mayRun)) this.#hasNews = true;
    }
    const monotonicMs = this.#parts.monotonic();
    if (monotonicMs - this.#heldKeptAt < keepHeldEveryMs) return;
    this.#heldKeptAt = monotonicMs;
    this.#keepHeld();
  }

  #keepHeld(): void {
    const held = this.#runs.filter((run) => run.held()).map(({ campaign }) => campaign.id);
    if (held.join() !== this.#kept.held.join()) this.#keep({ held });
  }

  #refuse(why: NonNullable<CampaignReport["fault"]>): void {
    this.#fault = why;
    this.#hasNews = true;
    this.#parts.log.warn({ why }, "a list of campaigns was not taken");
  }

  #keep(change: Partial<KeptCampaigns>): void {
    this.#kept = { ...this.#kept, ...change };
    const kept = this.#kept;
    this.#writing = this.#writing.then(async () => {
      try {
        await writeKept(this.#parts.folder, kept);
      } catch (error) {
        this.#parts.log.error({ error: String(error) }, "the campaigns were not kept");
      }
    });
  }
}
