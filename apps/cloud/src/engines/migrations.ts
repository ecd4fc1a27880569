import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { glob } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Pool, PoolClient } from "pg";
import { StartProblem } from "./problem.ts";

/** One file `src/<noun>/migrations/NNNN-name.sql`. Numbers are counted across all nouns, so that one may refer to an earlier one's tables. */
export interface Migration {
  /** `noun/NNNN-name`, the name in the ledger. */
  readonly name: string;
  readonly sql: string;
}

// Any number that nobody else on the server uses for an advisory lock.
const lockId = 7_203_110_418;

/** PostgreSQL's codes of the refusal: no right to make tables, and no schema that the user may enter. */
const refusals: ReadonlySet<unknown> = new Set(["42501", "3F000"]);

/** Every migration of the cloud, in the order in which they run: by number, then by noun. */
export async function readMigrations(source: string = dirname(import.meta.dirname)): Promise<readonly Migration[]> {
  const found: Migration[] = [];
  for await (const file of glob("*/migrations/*.sql", { cwd: source })) {
    const noun = dirname(dirname(file));
    found.push({ name: `${noun}/${basename(file, ".sql")}`, sql: await readFile(join(source, file), "utf8") });
  }
  return found.toSorted((a, b) => order(a).localeCompare(order(b), "en"));
}

const order = ({ name }: Migration) => `${name.split("/")[1] ?? ""}/${name}`;

/**
 * Brings the database to this program's version: each migration once, in its own transaction, under a lock that makes
 * a second start wait. Refuses a database that a newer Caravan has written, or whose past migrations were edited.
 */
export async function migrate(
  pool: Pool,
  migrations: readonly Migration[],
): Promise<{ readonly applied: readonly string[] }> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockId]);
    try {
      return { applied: await run(client, migrations) };
    } finally {
      await client.query("select pg_advisory_unlock($1)", [lockId]);
    }
  } finally {
    client.release();
  }
}

async function run(client: PoolClient, migrations: readonly Migration[]): Promise<readonly string[]> {
  await makeLedger(client);
  const ledger = await client.query<{ name: string; checksum: string }>("select name, checksum from migration");
  const done = new Map(ledger.rows.map((row) => [row.name, row.checksum]));
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...done.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new StartProblem(
      "newer-database",
      `This data was written by a newer Caravan (it has ${unknown}); start that version, or use another data folder. Nothing was changed.`,
    );
  }
  const applied: string[] = [];
  for (const { name, sql } of migrations) {
    const checksum = createHash("sha256").update(sql).digest("hex");
    const before = done.get(name);
    if (before === checksum) continue;
    if (before !== undefined) {
      throw new StartProblem(
        "edited-migration",
        `The migration ${name} was edited after it had run; restore it and add a new one.`,
      );
    }
    await client.query("begin");
    try {
      await client.query(sql);
      await client.query("insert into migration (name, checksum) values ($1, $2)", [name, checksum]);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw new StartProblem(
        "migration-failed",
        `The database could not be brought up to date (${name}). Nothing of that step was kept.`,
        error,
      );
    }
    applied.push(name);
  }
  return applied;
}

async function makeLedger(client: PoolClient): Promise<void> {
  try {
    await client.query(
      `create table if not exists migration (
         name text primary key,
         checksum text not null,
         applied_at timestamptz not null default now()
       )`,
    );
  } catch (error) {
    if (!(error instanceof Error && "code" in error && refusals.has(error.code))) throw error;
    throw new StartProblem(
      "no-right",
      "The database's user may not make tables there; make it the owner of the database that DATABASE_URL names.",
      error,
    );
  }
}
