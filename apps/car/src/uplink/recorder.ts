import { packSamples } from "@caravan/link";
import { batchClasses } from "@caravan/link/campaigns";
import type { HealthFigure } from "../health/health.ts";
import type { Log } from "../vehicle/log.ts";
import type { Campaigns, Taken } from "./campaigns.ts";
import { Outbox } from "./outbox.ts";
import type { CarTime, OutboxHealth, OutboxLimits, Packed } from "./outbox.ts";
import { packing } from "./packing.ts";

export interface RecorderHealth {
  readonly outbox: OutboxHealth;
  readonly storage: "ok" | "disk-full" | "disk-error";
  /** Samples that wait in memory for the disk. */
  readonly unstored: number;
  /** Samples lost because the disk refused them for too long. */
  readonly lost: number;
}

/** Batches kept in memory while the disk refuses them: two minutes of one campaign. */
const mostUnstored = 120;

/** From the campaigns to the outbox: what they have found worth it, once a second, on disk before anyone sends it. */
export class Recorder {
  readonly outbox: Outbox;
  readonly #campaigns: Campaigns;
  readonly #time: () => CarTime;
  readonly #log: Log;
  readonly #unstored: Packed[] = [];
  #storage: RecorderHealth["storage"] = "ok";
  #lost = 0;

  constructor(parts: {
    readonly time: () => CarTime;
    readonly log: Log;
    readonly campaigns: Campaigns;
    readonly file: string;
    readonly limits?: Partial<OutboxLimits> | undefined;
  }) {
    this.#time = parts.time;
    this.#log = parts.log;
    this.#campaigns = parts.campaigns;
    this.outbox = new Outbox({ file: parts.file, now: parts.time().now, log: parts.log, limits: parts.limits });
  }

  close(): void {
    this.outbox.close();
  }

  /** Takes what is due at this monotonic time (ms) and stores it; answers how many samples are durably stored by this call. */
  record(monotonicMs: number): number {
    for (const taken of this.#campaigns.take(monotonicMs)) this.#keep(taken);
    const time = this.#time();
    let stored = 0;
    for (let next = this.#unstored[0]; next !== undefined; next = this.#unstored[0]) {
      const outcome = this.outbox.append(next, time);
      if (outcome.kind === "failed") {
        this.#tell(outcome.why);
        return stored;
      }
      stored += next.samples;
      this.#unstored.shift();
    }
    if (stored === 0) this.outbox.flush();
    this.#tell("ok");
    return stored;
  }

  health(): RecorderHealth {
    const unstored = this.#unstored.reduce((sum, { samples }) => sum + samples, 0);
    return { outbox: this.outbox.health(), storage: this.#storage, unstored, lost: this.#lost };
  }

  figures(): readonly HealthFigure[] {
    const { outbox, storage, unstored, lost } = this.health();
    return [
      { name: "outbox samples", value: outbox.samples },
      { name: "outbox batches", value: outbox.batches, bound: outbox.limits.batches },
      { name: "outbox size", value: outbox.bytes, unit: "bytes", bound: outbox.limits.bytes },
      ...(outbox.oldestAt === undefined
        ? []
        : [{ name: "outbox oldest", value: new Date(outbox.oldestAt).toISOString() }]),
      {
        name: "samples given up, lowest class and oldest first, to keep the outbox in its bounds",
        value: outbox.givenUp.samples,
      },
      ...batchClasses.flatMap((name) =>
        outbox.givenUpOf[name] === 0
          ? []
          : [{ name: `of these, batches of class ${name}`, value: outbox.givenUpOf[name] }],
      ),
      { name: "outbox disk", value: words[storage] },
      ...(unstored === 0 ? [] : [{ name: "samples waiting for the disk", value: unstored }]),
      ...(lost === 0 ? [] : [{ name: "samples lost to the disk", value: lost }]),
    ];
  }

  #keep({ campaign, samples }: Taken): void {
    const body = packSamples(samples, packing);
    this.#unstored.push({ class: campaign.class, campaign: campaign.id, body, samples: samples.path.length });
    while (this.#unstored.length > mostUnstored) this.#lost += this.#unstored.shift()?.samples ?? 0;
  }

  #tell(storage: RecorderHealth["storage"]): void {
    if (storage === this.#storage) return;
    this.#storage = storage;
    if (storage === "ok") this.#log.info("the outbox's disk takes samples again");
    else this.#log.error({ storage }, words[storage]);
  }
}

const words = {
  ok: "ok",
  "disk-full":
    "The disk is full: samples wait in memory for two minutes, then the oldest are lost. Make room on the disk.",
  "disk-error":
    "The disk refuses to write: samples wait in memory for two minutes, then the oldest are lost. Check the disk.",
} as const;
