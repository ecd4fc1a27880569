import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import Type from "typebox";
import { Value } from "typebox/value";
import {
  detachDay,
  enterFile,
  forgetFile,
  leavingDays,
  listFiles,
  writeLeaving,
  writeSamples,
} from "./archive.store.ts";
import type { ArchiveFile } from "./archive.store.ts";
import { dayMs, dayOf } from "./day.ts";
import type { Log } from "./log.ts";
import { listPartitions } from "./partitions.store.ts";
import type { TelemetryTables } from "./tables.ts";

interface ArchiveParts {
  readonly db: Kysely<TelemetryTables>;
  readonly pool: Pool;
  /** `<data>/history` */
  readonly folder: string;
  readonly clock: { now(): number };
  readonly log: Log;
}

interface ArchivedPoint {
  readonly path: string;
  readonly at: number;
  readonly value: number;
}

export interface ExportQuery {
  /** The car's number. */
  readonly vehicle: number;
  /** None means all. */
  readonly paths: readonly string[];
  /** UTC ms, the second exclusive. */
  readonly from: number;
  readonly to: number;
  readonly format: "csv" | "parquet";
}

/** Days that stay in the database, today included; what is older is rarely asked for. */
const hotDays = 7;
/** Files older than this go, and the oldest where all together are more than this. */
const mostDays = 400;
const mostBytes = 8 * 1024 ** 3;
const Points = Type.Array(
  Type.Object({
    path: Type.String(),
    low: Type.Tuple([Type.Number(), Type.Number()]),
    high: Type.Tuple([Type.Number(), Type.Number()]),
  }),
);
const csvColumns = `{'at': 'BIGINT', 'vehicle': 'INTEGER', 'path': 'VARCHAR', 'number': 'DOUBLE', 'flag': 'BOOLEAN', 'words': 'VARCHAR',
  'list': 'VARCHAR', 'car_at': 'BIGINT', 'campaign': 'VARCHAR', 'class': 'SMALLINT'}`;

/**
 * History that is older than a week: a Parquet file for each day, read by DuckDB. A day leaves the database whole, and its file counts from the moment
 * in which its rows are dropped, so a sample is always in exactly one of the two, whatever is killed meanwhile.
 */
export class Archive {
  readonly #parts: ArchiveParts;
  #opening: Promise<DuckDBConnection> | undefined;

  constructor(parts: ArchiveParts) {
    this.#parts = parts;
  }

  /** Takes every day that is old enough out of the database; goes on where a crash has left off. */
  async rollOver(): Promise<void> {
    const { db, clock, log } = this.#parts;
    const today = dayOf(clock.now());
    const leave = async (day: number) => {
      const file = await this.#writeDay(day);
      log.info("a day of telemetry went from the database into a file", { ...file });
    };
    for (const day of await leavingDays(db)) await leave(day);
    for (const { day } of await listPartitions(db)) {
      if (day > today - hotDays) continue;
      await detachDay(db, day);
      await leave(day);
    }
    await this.#prune(today);
  }

  /** The smallest and the largest of each bucket, as the database tells them. */
  async history(query: {
    readonly vehicle: number;
    readonly paths: readonly string[];
    readonly from: number;
    readonly to: number;
    readonly bucketMs: number;
  }): Promise<readonly ArchivedPoint[]> {
    const files = await this.#filesIn(query.from, query.to);
    if (files.length === 0 || query.paths.length === 0) return [];
    const { vehicle, paths, from, to, bucketMs } = query;
    const duck = await this.#duck();
    const reader = await duck.runAndReadAll(
      `select path, min([value, "at"]) as low, max([value, "at"]) as high
       from (select path, epoch_ms("at")::DOUBLE as "at", coalesce(number, flag::INTEGER)::DOUBLE as value
             from read_parquet([${files.map(quoted).join(",")}]) where vehicle = ${vehicle} and path in (${paths.map(quoted).join(",")})
               and "at" >= epoch_ms(${from}::BIGINT) and "at" < epoch_ms(${to}::BIGINT))
       where value is not null group by path, floor(("at" - ${from}) / ${bucketMs}) order by path, low[2]`,
    );
    const rows: unknown = reader.getRowObjectsJson();
    if (!Value.Check(Points, rows)) throw new Error("the archive answers with other columns than were asked for");
    return rows.flatMap(({ path, low, high }) => {
      const points = low[1] === high[1] ? [low] : low[1] < high[1] ? [low, high] : [high, low];
      return points.map(([value, at]) => ({ path, at, value }));
    });
  }

  /** One car's samples in some time from both places, as a file of its own; whoever asked removes it. */
  async export(query: ExportQuery): Promise<{ readonly folder: string; readonly name: string }> {
    const { vehicle, from, to, paths, format } = query;
    const { folder, pool } = this.#parts;
    const exports = join(folder, "exports");
    await mkdir(exports, { recursive: true, mode: 0o700 });
    const name = `${randomUUID()}.${format}`;
    const recent = join(exports, `${name}.recent`);
    try {
      await writeSamples(pool, { vehicle, from, to, paths }, recent);
      const files = await this.#filesIn(from, to);
      const which = paths.length === 0 ? "" : ` and path in (${paths.map(quoted).join(",")})`;
      const sources = [
        selectCsv(recent),
        ...(files.length === 0
          ? []
          : [
              `select * from read_parquet([${files.map(quoted).join(",")}]) where vehicle = ${vehicle} and "at" >= epoch_ms(${from}::BIGINT) and "at" < epoch_ms(${to}::BIGINT)${which}`,
            ]),
      ];
      const options = format === "csv" ? "(FORMAT csv, HEADER)" : "(FORMAT parquet, COMPRESSION zstd)";
      const duck = await this.#duck();
      await duck.run(
        `copy (select "at", path, number, flag, words, list, car_at, campaign from (${sources.join(" union all ")}) order by "at", path)
         to ${quoted(join(exports, name))} ${options}`,
      );
    } finally {
      await rm(recent, { force: true });
    }
    return { folder: exports, name };
  }

  async health(): Promise<{ readonly files: number; readonly samples: number; readonly bytes: number }> {
    const files = await listFiles(this.#parts.db);
    return {
      files: files.length,
      samples: files.reduce((sum, { samples }) => sum + samples, 0),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async stop(): Promise<void> {
    (await this.#opening)?.closeSync();
  }

  async #writeDay(day: number): Promise<ArchiveFile> {
    const { db, pool, folder, clock } = this.#parts;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const stamp = new Date(day * dayMs).toISOString().slice(0, 10).replaceAll("-", "");
    const taken = new Set((await listFiles(db)).map(({ name }) => name));
    let number = 1;
    // What came late for a day that had left gets a file of its own.
    while (taken.has(`${stamp}-${number}.parquet`)) number += 1;
    const name = `${stamp}-${number}.parquet`;
    const path = join(folder, name);
    const rows = `${path}.csv`;
    try {
      await writeLeaving(pool, day, rows);
      const duck = await this.#duck();
      await duck.run(
        `copy (${selectCsv(rows)} order by vehicle, path, "at") to ${quoted(`${path}.new`)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)`,
      );
      const counted = await duck.runAndReadAll(
        `select count(*)::INTEGER as n from read_parquet(${quoted(`${path}.new`)})`,
      );
      const samples = Number(counted.getRowsJson()[0]?.[0] ?? 0);
      await sync(`${path}.new`);
      await rename(`${path}.new`, path);
      await sync(folder);
      const file = { name, day, samples, bytes: (await stat(path)).size };
      await enterFile(db, file, new Date(clock.now()));
      return file;
    } finally {
      await rm(rows, { force: true });
      await rm(`${path}.new`, { force: true });
    }
  }

  async #prune(today: number): Promise<void> {
    const { db, folder, log } = this.#parts;
    const files = await listFiles(db);
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    for (const file of files) {
      if (file.day > today - mostDays && bytes <= mostBytes) break;
      await forgetFile(db, file.name);
      await rm(join(folder, file.name), { force: true });
      bytes -= file.bytes;
      log.info("a file of old telemetry was removed to keep its bounds", { name: file.name });
    }
  }

  /** A file may be missing where the folder was not restored with its database; the rest is still worth an answer. */
  async #filesIn(from: number, to: number): Promise<readonly string[]> {
    const files = await listFiles(this.#parts.db);
    return files
      .filter(({ day }) => day >= dayOf(from) && day <= dayOf(to))
      .map(({ name }) => join(this.#parts.folder, name))
      .filter((path) => existsSync(path));
  }

  /** Loaded when it is first wanted: 70 MB that a young cloud never needs. */
  #duck(): Promise<DuckDBConnection> {
    this.#opening ??= (async () => {
      const { DuckDBInstance } = await import("@duckdb/node-api");
      const instance = await DuckDBInstance.create(":memory:", {
        threads: "1",
        memory_limit: "256MB",
        temp_directory: join(this.#parts.folder, "temporary"),
        // A query reads the files that it names and nothing from elsewhere.
        autoinstall_known_extensions: "false",
      });
      return instance.connect();
    })();
    return this.#opening;
  }
}

function selectCsv(file: string): string {
  return `select epoch_ms("at") as "at", vehicle, path, number, flag, words, list, epoch_ms(car_at) as car_at, campaign, class
    from read_csv(${quoted(file)}, header = true, columns = ${csvColumns}, quote = '"', escape = '"', nullstr = '')`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
