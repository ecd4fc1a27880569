import { DatabaseSync } from "node:sqlite";

/** What one car remembers about itself and its people: `<data>/cars/<n>/car.sqlite`. */
export type CarDatabase = DatabaseSync;

/** Each step takes the file from the version of its index to the next one; steps are added, never changed. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE persons (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, settings TEXT NOT NULL, added_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE places (
    id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('home', 'work', 'favourite')),
    lat REAL NOT NULL, lon REAL NOT NULL, name TEXT NOT NULL, detail TEXT, saved_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX one_home_one_work ON places (person, kind) WHERE kind <> 'favourite';
  CREATE TABLE recent (
    person TEXT NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
    lat REAL NOT NULL, lon REAL NOT NULL, name TEXT NOT NULL, detail TEXT, used_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX recent_by_person ON recent (person, used_at);
  CREATE TABLE trips (
    id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
    from_street TEXT NOT NULL, to_street TEXT NOT NULL, distance REAL NOT NULL, energy REAL NOT NULL
  ) STRICT;
  CREATE INDEX trips_by_start ON trips (started_at);
  CREATE TABLE remembered (
    name TEXT PRIMARY KEY, value TEXT NOT NULL
  ) STRICT;
  `,
];

/**
 * Opens the car's file, bringing an older one up to date in one transaction. A file of a newer version is refused with
 * a sentence that says so, and left as it is. Every commit survives the death of the process (WAL).
 */
export function openCarDatabase(path: string): CarDatabase {
  const database = open(path);
  const row = database.prepare("PRAGMA user_version").get();
  const version = typeof row?.["user_version"] === "number" ? row["user_version"] : 0;
  if (version > migrations.length) {
    database.close();
    throw new Error(
      `${path} was written by a newer Caravan (version ${version}); this one knows up to ${migrations.length}`,
    );
  }
  for (let from = version; from < migrations.length; from++) {
    database.exec("BEGIN IMMEDIATE");
    try {
      database.exec(migrations[from] ?? "");
      database.exec(`PRAGMA user_version = ${from + 1}`);
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  }
  return database;
}

function open(path: string): CarDatabase {
  const database = new DatabaseSync(path);
  try {
    database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2000;",
    );
    return database;
  } catch (cause) {
    database.close();
    throw new Error(
      `${path} cannot be used: it is damaged or no database. Restore it from a backup, or move it away.`,
      {
        cause,
      },
    );
  }
}
