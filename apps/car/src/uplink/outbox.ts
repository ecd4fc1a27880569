import { existsSync, renameSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import type { Log } from "../vehicle/log.ts";
import { UplinkProblem } from "./problem.ts";

/** What the outbox may hold; past either, the oldest batches are given up and counted. */
export interface OutboxLimits {
  /** Of packed batches. */
  readonly bytes: number;
  /** One is made for each second in which something changed, so this is an age that no jump of the clock can shorten. */
  readonly batches: number;
}

/** A week of driving without a break, and far more of ordinary use. */
const defaultOutboxLimits: OutboxLimits = { bytes: 192 * 1024 * 1024, batches: 7 * 86_400 };

/** A batch as it waits. */
export interface Waiting {
  readonly boot: number;
  readonly seq: number;
  readonly body: Uint8Array;
}

export interface OutboxHealth {
  readonly batches: number;
  readonly samples: number;
  readonly bytes: number;
  /** UTC ms by the car's clock, of the oldest batch that waits. */
  readonly oldestAt?: number;
  readonly limits: OutboxLimits;
  /** Given up since the outbox was made, oldest first, to keep it in its bounds. */
  readonly givenUp: { readonly batches: number; readonly samples: number };
}

export type Stored =
  | { readonly kind: "stored"; readonly seq: number }
  | { readonly kind: "failed"; readonly why: "disk-full" | "disk-error" };

const schemaVersion = 1;
/** Making room costs a transaction, so it is made for a minute at once. */
const roomAtOnce = 60;
const sqliteFull = 13;
const sqliteCorrupt = 11;
const sqliteNotADatabase = 26;

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
  #seq = 0;
  #batches: number;
  #samples: number;
  #bytes: number;
  #givenUp: { batches: number; samples: number };
  /** Acknowledged, and still to be deleted with the next commit: boot to sequence. Bounded by the boots in the outbox. */
  readonly #acknowledged = new Map<number, number>();

  constructor(parts: {
    readonly file: string;
    readonly now: number;
    readonly log: Log;
    readonly limits?: Partial<OutboxLimits> | undefined;
  }) {
    this.#limits = { ...defaultOutboxLimits, ...parts.limits };
    const db = openFile(parts.file, parts.log);
    this.#db = db;
    const meta = (key: string) => Number(db.prepare("select value from meta where key = ?").get(key)?.["value"] ?? 0);
    this.boot = Math.max(meta("boot") + 1, Math.floor(parts.now / 1000));
    this.#setMeta("boot", this.boot);
    this.#givenUp = { batches: meta("given_up_batches"), samples: meta("given_up_samples") };
    const sums = db
      .prepare("select count(*) as batches, total(samples) as samples, total(length(body)) as bytes from batch")
      .get();
    this.#batches = Number(sums?.["batches"] ?? 0);
    this.#samples = Number(sums?.["samples"] ?? 0);
    this.#bytes = Number(sums?.["bytes"] ?? 0);
    this.#insert = db.prepare("insert into batch (boot, seq, at, samples, body) values (?, ?, ?, ?, ?)");
    this.#after = db.prepare("select boot, seq, body from batch where (boot, seq) > (?, ?) order by boot, seq limit ?");
    this.#forget = db.prepare("delete from batch where boot = ? and seq <= ? returning samples, length(body) as bytes");
    this.#floor = db.prepare("select min(seq) as seq from batch where boot = ? and seq > ?");
    this.#oldest = db.prepare("select at from batch order by boot, seq limit 1");
  }

  /** Stores a batch durably, and deletes what was acknowledged in the same commit. After "failed" nothing has changed; try again later. */
  append(body: Uint8Array, samples: number, now: number): Stored {
    try {
      this.#commit(() => {
        this.#insert.run(this.boot, this.#seq + 1, now, samples, body);
        this.#seq += 1;
        this.#batches += 1;
        this.#samples += samples;
        this.#bytes += body.length;
      });
      return { kind: "stored", seq: this.#seq };
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

  /** Waiting batches behind a place, in the order in which they were made. */
  after(boot: number, seq: number, count: number): readonly Waiting[] {
    const found: Waiting[] = [];
    for (const row of this.#after.all(boot, seq, count)) {
      const body = row["body"];
      if (!(body instanceof Uint8Array)) continue;
      const waiting = { boot: Number(row["boot"]), seq: Number(row["seq"]), body };
      if (waiting.seq > (this.#acknowledged.get(waiting.boot) ?? 0)) found.push(waiting);
    }
    return found;
  }

  /** The cloud has every batch of `boot` up to `seq`. */
  acknowledge(boot: number, seq: number): void {
    if (this.#floor.get(boot, 0)?.["seq"] === null) return;
    if (seq > (this.#acknowledged.get(boot) ?? 0)) this.#acknowledged.set(boot, seq);
  }

  /** The lowest sequence of a boot that still waits; undefined where none does. */
  floor(boot: number): number | undefined {
    const seq = this.#floor.get(boot, this.#acknowledged.get(boot) ?? 0)?.["seq"];
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
    };
  }

  close(): void {
    this.flush();
    this.#db.close();
  }

  #commit(work: () => void): void {
    const before = {
      seq: this.#seq,
      batches: this.#batches,
      samples: this.#samples,
      bytes: this.#bytes,
      givenUp: { ...this.#givenUp },
    };
    this.#db.exec("begin immediate");
    try {
      for (const [boot, seq] of this.#acknowledged) this.#count(this.#forget.all(boot, seq));
      work();
      this.#makeRoom();
      this.#db.exec("commit");
      this.#acknowledged.clear();
    } catch (error) {
      ({
        seq: this.#seq,
        batches: this.#batches,
        samples: this.#samples,
        bytes: this.#bytes,
        givenUp: this.#givenUp,
      } = before);
      // A full disk ends the transaction by itself.
      if (this.#db.isTransaction) this.#db.exec("rollback");
      throw error;
    }
  }

  #makeRoom(): void {
    while (this.#batches > this.#limits.batches || (this.#bytes > this.#limits.bytes && this.#batches > 1)) {
      const count = Math.min(roomAtOnce, Math.max(1, Math.floor(this.#batches / 10)));
      const lost = this.#count(
        this.#db
          .prepare(
            "delete from batch where (boot, seq) in (select boot, seq from batch order by boot, seq limit ?) returning samples, length(body) as bytes",
          )
          .all(count),
      );
      if (lost.batches === 0) break;
      this.#givenUp = { batches: this.#givenUp.batches + lost.batches, samples: this.#givenUp.samples + lost.samples };
      this.#setMeta("given_up_batches", this.#givenUp.batches);
      this.#setMeta("given_up_samples", this.#givenUp.samples);
    }
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

function openFile(file: string, log: Log): DatabaseSync {
  try {
    return prepare(file);
  } catch (error) {
    if (error instanceof UplinkProblem) throw error;
    const code = codeOf(error);
    if (code !== sqliteCorrupt && code !== sqliteNotADatabase) {
      throw new UplinkProblem(
        "outbox-unusable",
        `The car's outbox cannot be opened: ${file}. Check the folder's permissions and the disk.`,
        error,
      );
    }
    // A damaged file is put aside, never deleted: somebody may still read it. The car goes on with a new one.
    const aside = freeName(file);
    for (const end of ["", "-wal", "-shm"]) if (existsSync(file + end)) renameSync(file + end, aside + end);
    log.error({ file: aside }, "the outbox was damaged and put aside");
    return prepare(file);
  }
}

function prepare(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec(
      "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -512; pragma journal_size_limit = 1048576",
    );
    const version = Number(db.prepare("pragma user_version").get()?.["user_version"] ?? 0);
    if (version > schemaVersion) {
      throw new UplinkProblem(
        "outbox-newer",
        `The car's outbox (${file}) was written by a newer Caravan; start that version.`,
      );
    }
    db.exec(`
      create table if not exists meta (key text primary key, value integer not null) strict, without rowid;
      create table if not exists batch (
        boot integer not null, seq integer not null, at real not null, samples integer not null, body blob not null,
        primary key (boot, seq)
      ) strict, without rowid;
      pragma user_version = ${schemaVersion};`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function freeName(file: string): string {
  let number = 1;
  while (existsSync(`${file}.damaged-${number}`)) number += 1;
  return `${file}.damaged-${number}`;
}

function codeOf(error: unknown): number | undefined {
  // Extended result codes carry the basic one in their low byte.
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : undefined;
}
