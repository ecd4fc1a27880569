import type { Kysely } from "kysely";
import type { Archive, ExportQuery } from "./archive.ts";
import { readGaps } from "./gaps.store.ts";
import type { RecordedGap } from "./gaps.store.ts";
import { readHistory } from "./history.store.ts";
import type { HistoryPoint, HistoryQuery } from "./history.store.ts";
import { Ingest } from "./ingest.ts";
import { KeptTwin } from "./kept-twin.ts";
import type { IngestHealth, Sender } from "./ingest.ts";
import { LiveHub } from "./live.ts";
import type { Log } from "./log.ts";
import { dayMs } from "./day.ts";
import { defaultRetention, Partitions } from "./partitions.ts";
import type { Retention } from "./partitions.ts";
import { SignalPaths } from "./paths.store.ts";
import type { TelemetryTables } from "./tables.ts";
import { Twin } from "./twin.ts";

export interface TelemetryHealth {
  /** Estimated by the database. */
  readonly rows: number;
  /** On the database's disk, indexes included. */
  readonly bytes: number;
  /** First day (UTC) of the history there is, such as "2026-11-13". */
  readonly oldestDay?: string;
  readonly bounds: Retention;
  /** Days that have left the database for files. */
  readonly archive?: { readonly files: number; readonly samples: number; readonly bytes: number };
  readonly readers: number;
  readonly ingest: IngestHealth;
}

const maintainEveryMs = 10 * 60_000;
const keepTwinEveryMs = 15_000;

/** Everything the cars measured: taken in, kept in bounds, latest values, history and live. */
export class Telemetry {
  readonly ingest: Ingest;
  readonly twin = new Twin();
  readonly live = new LiveHub({ twin: this.twin });
  readonly #parts: TelemetryParts;
  readonly #retention: Retention;
  readonly #paths: SignalPaths;
  readonly #partitions: Partitions;
  readonly #kept: KeptTwin;
  #keepTimer: NodeJS.Timeout | undefined;
  #keeping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #maintaining: Promise<void> = Promise.resolve();

  constructor(parts: TelemetryParts) {
    const { db, clock, log } = parts;
    this.#parts = parts;
    const { days = defaultRetention.days, bytes = defaultRetention.bytes } = parts.retention ?? {};
    this.#retention = { days, bytes };
    this.#paths = new SignalPaths(db);
    this.#partitions = new Partitions({ db, clock, log, retention: this.#retention });
    const { twin } = this;
    this.#kept = new KeptTwin({ db, clock, log, twin, paths: this.#paths });
    this.ingest = new Ingest({
      db,
      clock,
      log,
      paths: this.#paths,
      partitions: this.#partitions,
      onSamples: ({ vehicle, number }, samples, now) => {
        twin.apply(vehicle, samples, now, (path) => this.#paths.numberOf(path) !== undefined);
        this.#kept.changed(vehicle, number);
      },
    });
    this.twin.listen((vehicle, paths) => this.live.changed(vehicle, paths));
  }

  /** Makes the partitions of the coming days, reads the twin and begins to prune. */
  async start(): Promise<void> {
    const { log } = this.#parts;
    await this.#maintain();
    await this.#paths.load();
    await this.#kept.restore();
    this.#keepTimer = setInterval(() => {
      this.#keeping = this.#keeping.then(() => this.#kept.keep());
    }, keepTwinEveryMs);
    this.#timer = setInterval(() => {
      this.#maintaining = this.#maintain().catch((error: unknown) => {
        log.warn("telemetry not pruned", { error: String(error) });
      });
    }, maintainEveryMs);
  }

  /** Commits what waits. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearInterval(this.#keepTimer);
    await this.#maintaining;
    await this.ingest.drain();
    await this.#keeping;
    await this.#kept.keep();
    await this.#parts.archive?.stop();
  }

  async #maintain(): Promise<void> {
    // What leaves for the archive must not be dropped before.
    await this.#parts.archive?.rollOver();
    this.#partitions.forget();
    await this.#partitions.maintain();
  }

  /** Points by path, thinned; undefined where the database would take too long. */
  async history(
    query: Omit<HistoryQuery, "signals"> & { readonly paths: readonly string[] },
  ): Promise<ReadonlyMap<string, readonly Omit<HistoryPoint, "signal">[]> | undefined> {
    const series = new Map<string, Omit<HistoryPoint, "signal">[]>(query.paths.map((path) => [path, []]));
    const signals = query.paths.flatMap((path) => this.#paths.numberOf(path) ?? []);
    const points = signals.length === 0 ? [] : await readHistory(this.#parts.db, { ...query, signals });
    if (points === undefined) return undefined;
    const bucketMs = Math.max(1, (query.to - query.from) / Math.max(1, Math.floor(query.points / 2)));
    for (const { path, at, value } of (await this.#parts.archive?.history({ ...query, bucketMs })) ?? []) {
      series.get(path)?.push({ at, value });
    }
    for (const { signal, at, value } of points) series.get(this.#paths.nameOf(signal) ?? "")?.push({ at, value });
    // A day may lie in both where something came late for it.
    for (const list of series.values()) list.sort((a, b) => a.at - b.at);
    return series;
  }

  /** Batches of a car that did not come in their order, in some time: `open` ones are still waited for. */
  async gaps(sender: Sender, from: number, to: number): Promise<readonly RecordedGap[]> {
    const open = this.ingest
      .openGaps(sender)
      .map((gap) => ({ ...gap, kind: "open" as const, foundAt: this.#parts.clock.now() }));
    return [...(await readGaps(this.#parts.db, sender.number, new Date(from), new Date(to))), ...open];
  }

  /** One car's samples as a file; undefined where there is no archive to make it. */
  async export(query: ExportQuery): Promise<{ readonly folder: string; readonly name: string } | undefined> {
    return this.#parts.archive?.export(query);
  }

  async health(): Promise<TelemetryHealth> {
    const partitions = await this.#partitions.list();
    const oldest = partitions.find(({ rows }) => rows > 0);
    return {
      rows: partitions.reduce((sum, { rows }) => sum + rows, 0),
      bytes: partitions.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(oldest === undefined ? {} : { oldestDay: new Date(oldest.day * dayMs).toISOString().slice(0, 10) }),
      bounds: this.#retention,
      ...(this.#parts.archive === undefined ? {} : { archive: await this.#parts.archive.health() }),
      readers: this.live.readers(),
      ingest: this.ingest.health(),
    };
  }
}

export interface TelemetryParts {
  readonly db: Kysely<TelemetryTables>;
  readonly clock: { now(): number };
  readonly log: Log;
  /** Where days go that leave the database; absent, they stay until they are dropped. */
  readonly archive?: Archive | undefined;
  readonly retention?: { readonly days?: number | undefined; readonly bytes?: number | undefined } | undefined;
}
