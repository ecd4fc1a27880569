import type { Kysely } from "kysely";
import { readHistory } from "./history.store.ts";
import type { HistoryPoint, HistoryQuery } from "./history.store.ts";
import { Ingest } from "./ingest.ts";
import { KeptTwin } from "./kept-twin.ts";
import type { IngestHealth } from "./ingest.ts";
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
    await this.#partitions.maintain();
    await this.#paths.load();
    await this.#kept.restore();
    this.#keepTimer = setInterval(() => {
      this.#keeping = this.#keeping.then(() => this.#kept.keep());
    }, keepTwinEveryMs);
    this.#timer = setInterval(() => {
      this.#maintaining = this.#partitions.maintain().catch((error: unknown) => {
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
  }

  /** Points by path, thinned; undefined where the database would take too long. */
  async history(
    query: Omit<HistoryQuery, "signals"> & { readonly paths: readonly string[] },
  ): Promise<ReadonlyMap<string, readonly HistoryPoint[]> | undefined> {
    const series = new Map<string, HistoryPoint[]>(query.paths.map((path) => [path, []]));
    const signals = query.paths.flatMap((path) => this.#paths.numberOf(path) ?? []);
    const points = signals.length === 0 ? [] : await readHistory(this.#parts.db, { ...query, signals });
    if (points === undefined) return undefined;
    for (const point of points) series.get(this.#paths.nameOf(point.signal) ?? "")?.push(point);
    return series;
  }

  async health(): Promise<TelemetryHealth> {
    const partitions = await this.#partitions.list();
    const oldest = partitions.find(({ rows }) => rows > 0);
    return {
      rows: partitions.reduce((sum, { rows }) => sum + rows, 0),
      bytes: partitions.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(oldest === undefined ? {} : { oldestDay: new Date(oldest.day * dayMs).toISOString().slice(0, 10) }),
      bounds: this.#retention,
      readers: this.live.readers(),
      ingest: this.ingest.health(),
    };
  }
}

export interface TelemetryParts {
  readonly db: Kysely<TelemetryTables>;
  readonly clock: { now(): number };
  readonly log: Log;
  readonly retention?: { readonly days?: number | undefined; readonly bytes?: number | undefined } | undefined;
}
