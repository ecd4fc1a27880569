import type { DatabaseSync, StatementSync } from "node:sqlite";
import { batchClasses } from "@caravan/link/campaigns";
import type { BatchClass } from "@caravan/link/campaigns";
import type { Log } from "../vehicle/log.ts";
import { codeOf, openOutboxFile } from "./outbox-file.ts";

/** What the outbox may hold; past either, the oldest batches of the lowest class are given up and counted. */
export interface OutboxLimits {
  /** Of packed batches. */
  readonly bytes: number;
  /** One is made for each second in which something changed, so this is an age that no jump of the clock can shorten. */
  readonly batches: number;
}

/** A week of driving without a break, and far more of ordinary use. */
const defaultOutboxLimits: OutboxLimits = { bytes: 192 * 1024 * 1024, batches: 7 * 86_400 };

/** A batch as a campaign has packed it. */
export interface Packed {
  readonly class: BatchClass;
  readonly campaign: string;
  readonly body: Uint8Array;
  readonly samples: number;
}

/** The two clocks of a car: UTC ms, which may be wrong and be put right, and ms since the machine started, sleep included, which only goes on. */
export interface CarTime {
  readonly now: number;
  readonly uptime: number;
}

/** A batch as it waits. */
export interface Waiting {
  readonly class: BatchClass;
  /** Empty in what the first version of the outbox has packed. */
  readonly campaign: string;
  readonly boot: number;
  readonly seq: number;
  readonly body: Uint8Array;
  /** UTC ms by the car's clock when it was packed. */
  readonly packedAt: number;
  /** How far the car's clock was wrong then, as far as the car knows now; 0 where it was right. */
  readonly clockErrorMs: number;
}

export interface OutboxHealth {
  readonly batches: number;
  readonly samples: number;
  readonly bytes: number;
  /** UTC ms by the car's clock, of the oldest batch that waits. */
  readonly oldestAt?: number;
  readonly limits: OutboxLimits;
  /** Given up since the outbox was made, the oldest of the lowest class first, to keep it in its bounds. */
  readonly givenUp: { readonly batches: number; readonly samples: number };
  /** The same batches by class. */
  readonly givenUpOf: Readonly<Record<BatchClass, number>>;
}

export type Stored =
  | { readonly kind: "stored"; readonly seq: number }
  | { readonly kind: "failed"; readonly why: "disk-full" | "disk-error" };

/** Making room costs a transaction, so it is made for a minute at once. */
const roomAtOnce = 60;
const sqliteFull = 13;
/** A smaller difference is the drift of two clocks and their rounding. */
const worthCorrectingMs = 5_000;

/**
 * Batches on the car's disk until the cloud has them. What `append` has answered "stored" for survives the death of the process and of
 * the computer: SQLite in WAL mode with synchronous=FULL syncs every commit. One process owns it.
 */
export class Outbox {
  /** Rises with every opening, and is at least the time in seconds: even a disk put back from an old copy never gives a number twice. */
  readonly boot: number;
  readonly #db: DatabaseSync;
  readonly #limits: OutboxLimits;
  readonly #insert: StatementSync;
  readonly #after: StatementSync;
  readonly #forget: StatementSync;
  readonly #floor: StatementSync;
  readonly #oldest: StatementSync;
  readonly #seq: Record<BatchClass, number> = { alarm: 0, state: 0, trip: 0, bulk: 0 };
  #batches: number;
  #samples: number;
  #bytes: number;
  #givenUp: { batches: number; samples: number };
  readonly #givenUpOf: Record<BatchClass, number>;
  /** Clock minus uptime, by boot; bounded by the boots in the outbox. */
  readonly #offsets = new Map<number, number>();
  /** Acknowledged, and still to be deleted with the next commit: class and boot to sequence. Bounded by the boots in the outbox. */
  readonly #acknowledged = new Map<
    string,
    { readonly class: BatchClass; readonly boot: number; readonly seq: number }
  >();

  constructor(parts: {
    readonly file: string;
    readonly now: number;
    readonly log: Log;
    readonly limits?: Partial<OutboxLimits> | undefined;
  }) {
    this.#limits = { ...defaultOutboxLimits, ...parts.limits };
    const db = openOutboxFile(parts.file, parts.log);
    this.#db = db;
    const meta = (key: string) => Number(db.prepare("select value from meta where key = ?").get(key)?.["value"] ?? 0);
    this.boot = Math.max(meta("boot") + 1, Math.floor(parts.now / 1000));
    this.#setMeta("boot", this.boot);
    this.#givenUp = { batches: meta("given_up_batches"), samples: meta("given_up_samples") };
    this.#givenUpOf = {
      alarm: meta("given_up_alarm"),
      state: meta("given_up_state"),
      trip: meta("given_up_trip"),
      bulk: meta("given_up_bulk"),
    };
    db.exec("delete from clock where boot not in (select boot from batch)");
    for (const row of db.prepare("select boot, offset from clock").all()) {
      this.#offsets.set(Number(row["boot"]), Number(row["offset"]));
    }
    const sums = db
      .prepare("select count(*) as batches, total(samples) as samples, total(length(body)) as bytes from batch")
      .get();
    this.#batches = Number(sums?.["batches"] ?? 0);
    this.#samples = Number(sums?.["samples"] ?? 0);
    this.#bytes = Number(sums?.["bytes"] ?? 0);
    this.#insert = db.prepare(
      "insert into batch (class, boot, seq, campaign, at, uptime, samples, body) values (?, ?, ?, ?, ?, ?, ?, ?)",
    );
    this.#after = db.prepare(
      `select boot, seq, campaign, at, uptime, body from batch where class = ? and (boot, seq) > (?, ?) order by boot, seq limit ?`,
    );
    this.#forget = db.prepare(
      "delete from batch where class = ? and boot = ? and seq <= ? returning samples, length(body) as bytes",
    );
    this.#floor = db.prepare("select min(seq) as seq from batch where class = ? and boot = ? and seq > ?");
    this.#oldest = db.prepare("select min(at) as at from batch");
  }

  /** Stores a batch durably, and deletes what was acknowledged in the same commit. After "failed" nothing has changed; try again later. */
  append(packed: Packed, { now, uptime }: CarTime): Stored {
    const { class: name, campaign, body, samples } = packed;
    try {
      this.#commit(() => {
        this.#keepOffset(now - uptime);
        const seq = this.#seq[name] + 1;
        this.#insert.run(batchClasses.indexOf(name), this.boot, seq, campaign, now, uptime, samples, body);
        this.#seq[name] = seq;
        this.#batches += 1;
        this.#samples += samples;
        this.#bytes += body.length;
      });
      return { kind: "stored", seq: this.#seq[name] };
    } catch (error) {
      return { kind: "failed", why: codeOf(error) === sqliteFull ? "disk-full" : "disk-error" };
    }
  }

  /** Deletes what was acknowledged; for a car that has nothing to append. */
  flush(): void {
    if (this.#acknowledged.size === 0) return;
    try {
      this.#commit(() => {});
    } catch {
      // What could not be deleted now is deleted with a later commit; until then it is only sent again.
    }
  }

  /** Waiting batches of a class behind a place, in the order in which they were made. */
  after(name: BatchClass, boot: number, seq: number, count: number): readonly Waiting[] {
    const found: Waiting[] = [];
    for (const row of this.#after.all(batchClasses.indexOf(name), boot, seq, count)) {
      const body = row["body"];
      if (!(body instanceof Uint8Array)) continue;
      const waiting = {
        class: name,
        boot: Number(row["boot"]),
        seq: Number(row["seq"]),
        campaign: String(row["campaign"]),
        packedAt: Math.round(Number(row["at"])),
        body,
      };
      const clockErrorMs = this.#clockError(waiting.boot, waiting.packedAt - Number(row["uptime"]));
      if (waiting.seq > this.#acknowledgedOf(name, waiting.boot)) found.push({ ...waiting, clockErrorMs });
    }
    return found;
  }

  /** The cloud has every batch of a class of `boot` up to `seq`. */
  acknowledge(name: BatchClass, boot: number, seq: number): void {
    if (this.#floor.get(batchClasses.indexOf(name), boot, 0)?.["seq"] === null) return;
    if (seq > this.#acknowledgedOf(name, boot)) this.#acknowledged.set(`${name}/${boot}`, { class: name, boot, seq });
  }

  /** The lowest sequence of a class of a boot that still waits; undefined where none does. */
  floor(name: BatchClass, boot: number): number | undefined {
    const seq = this.#floor.get(batchClasses.indexOf(name), boot, this.#acknowledgedOf(name, boot))?.["seq"];
    return typeof seq === "number" ? seq : undefined;
  }

  health(): OutboxHealth {
    const oldest = this.#oldest.get()?.["at"];
    return {
      batches: this.#batches,
      samples: this.#samples,
      bytes: this.#bytes,
      ...(typeof oldest === "number" ? { oldestAt: oldest } : {}),
      limits: this.#limits,
      givenUp: { ...this.#givenUp },
      givenUpOf: { ...this.#givenUpOf },
    };
  }

  close(): void {
    this.flush();
    this.#db.close();
  }

  #acknowledgedOf(name: BatchClass, boot: number): number {
    return this.#acknowledged.get(`${name}/${boot}`)?.seq ?? 0;
  }

  /** What the clock of this boot differs by from the time since the start, as it is known now; the clock may have been put right since. */
  #keepOffset(offset: number): void {
    const known = this.#offsets.get(this.boot);
    if (known !== undefined && Math.abs(offset - known) < worthCorrectingMs) return;
    this.#db.prepare("insert or replace into clock (boot, offset) values (?, ?)").run(this.boot, offset);
    this.#offsets.set(this.boot, offset);
  }

  #clockError(boot: number, offsetThen: number): number {
    const now = this.#offsets.get(boot);
    const error = now === undefined ? 0 : Math.round(offsetThen - now);
    return Math.abs(error) < worthCorrectingMs ? 0 : error;
  }

  #commit(work: () => void): void {
    const before = {
      seq: { ...this.#seq },
      batches: this.#batches,
      samples: this.#samples,
      bytes: this.#bytes,
      givenUp: { ...this.#givenUp },
      givenUpOf: { ...this.#givenUpOf },
      offset: this.#offsets.get(this.boot),
    };
    this.#db.exec("begin immediate");
    try {
      for (const { class: name, boot, seq } of this.#acknowledged.values()) {
        this.#count(this.#forget.all(batchClasses.indexOf(name), boot, seq));
      }
      work();
      this.#makeRoom();
      this.#db.exec("commit");
      this.#acknowledged.clear();
    } catch (error) {
      const { seq, givenUpOf, offset } = before;
      Object.assign(this.#seq, seq);
      Object.assign(this.#givenUpOf, givenUpOf);
      if (offset === undefined) this.#offsets.delete(this.boot);
      else this.#offsets.set(this.boot, offset);
      ({ batches: this.#batches, samples: this.#samples, bytes: this.#bytes, givenUp: this.#givenUp } = before);
      // A full disk ends the transaction by itself.
      if (this.#db.isTransaction) this.#db.exec("rollback");
      throw error;
    }
  }

  #makeRoom(): void {
    while (this.#batches > this.#limits.batches || (this.#bytes > this.#limits.bytes && this.#batches > 1)) {
      const count = Math.min(roomAtOnce, Math.max(1, Math.floor(this.#batches / 10)));
      const lowest = Number(this.#db.prepare("select max(class) as class from batch").get()?.["class"] ?? 0);
      const lost = this.#count(
        this.#db
          .prepare(
            `delete from batch where class = ?1 and (boot, seq) in (select boot, seq from batch where class = ?1 order by boot, seq limit ?2)
             returning samples, length(body) as bytes`,
          )
          .all(lowest, count),
      );
      if (lost.batches === 0) break;
      this.#giveUp(batchClasses[lowest] ?? "bulk", lost);
    }
  }

  #giveUp(name: BatchClass, lost: { readonly batches: number; readonly samples: number }): void {
    this.#givenUp = { batches: this.#givenUp.batches + lost.batches, samples: this.#givenUp.samples + lost.samples };
    this.#givenUpOf[name] += lost.batches;
    this.#setMeta("given_up_batches", this.#givenUp.batches);
    this.#setMeta("given_up_samples", this.#givenUp.samples);
    this.#setMeta(`given_up_${name}`, this.#givenUpOf[name]);
  }

  #count(deleted: readonly Readonly<Record<string, unknown>>[]): {
    readonly batches: number;
    readonly samples: number;
  } {
    let samples = 0;
    for (const row of deleted) {
      samples += Number(row["samples"]);
      this.#bytes -= Number(row["bytes"]);
    }
    this.#batches -= deleted.length;
    this.#samples -= samples;
    return { batches: deleted.length, samples };
  }

  #setMeta(key: string, value: number): void {
    this.#db
      .prepare("insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value")
      .run(key, value);
  }
}
