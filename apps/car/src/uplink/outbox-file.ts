import { existsSync, renameSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Log } from "../vehicle/log.ts";
import { UplinkProblem } from "./problem.ts";

const schemaVersion = 2;
const sqliteCorrupt = 11;
const sqliteNotADatabase = 26;

/** Opens the outbox's file, makes it or brings it up to date. Throws UplinkProblem where it cannot be used or is of a newer version. */
export function openOutboxFile(file: string, log: Log): DatabaseSync {
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

/**
 * `class` is the index in `batchClasses`, `campaign` who asked for it (empty in what the first version packed), `at` and `uptime` the car's clock and
 * the time since the machine started, both in ms, when it was packed. `clock` is what the two differ by since the clock was last looked at.
 */
const second = `
  create table meta (key text primary key, value integer not null) strict, without rowid;
  create table batch (
    class integer not null, boot integer not null, seq integer not null, campaign text not null, at real not null,
    uptime real not null, samples integer not null, body blob not null, primary key (class, boot, seq)
  ) strict, without rowid;
  create table clock (boot integer primary key, offset real not null) strict;`;

const secondFromFirst = `
  alter table batch rename to first;
  create table batch (
    class integer not null, boot integer not null, seq integer not null, campaign text not null, at real not null,
    uptime real not null, samples integer not null, body blob not null, primary key (class, boot, seq)
  ) strict, without rowid;
  insert into batch select 2, boot, seq, '', at, 0, samples, body from first;
  drop table first;
  create table clock (boot integer primary key, offset real not null) strict;`;

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
    if (version < schemaVersion) {
      db.exec("begin immediate");
      db.exec(version === 1 ? secondFromFirst : second);
      db.exec(`pragma user_version = ${schemaVersion}; commit`);
    }
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

/** SQLite's basic result code, where this is an error of SQLite. */
export function codeOf(error: unknown): number | undefined {
  // Extended result codes carry the basic one in their low byte.
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : undefined;
}
