import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { escapeIdentifier } from "pg";
import type { Pool, PoolClient } from "pg";
import { from, to } from "pg-copy-streams";
import { Type } from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { migrate } from "./migrations.ts";
import type { Migration } from "./migrations.ts";
import { StartProblem } from "./problem.ts";

const Name = Type.String({ pattern: "^[a-z_][a-z0-9_]{0,62}$" });

/** What lies beside the rows: enough to make the same tables again with the migrations, and nothing that they make. */
const Contents = Type.Object({
  format: Type.Literal(1),
  migrations: Type.Array(Type.Object({ name: Type.String(), checksum: Type.String() })),
  /** In an order in which each refers to earlier ones only. */
  tables: Type.Array(Type.Object({ name: Name, columns: Type.Array(Name) })),
  partitions: Type.Array(Type.Object({ name: Name, parent: Name, bound: Type.String() })),
  sequences: Type.Array(Type.Object({ name: Name, last: Type.String() })),
});
type Contents = Static<typeof Contents>;

const contentsFile = "contents.json";
// Bounds are SQL of the server's own making; a file that says something else is not ours.
const boundForm =
  /^(?:DEFAULT|FOR VALUES (?:FROM|IN|WITH) \((?:[^;()'"]|'[^';]*')*\)(?: TO \((?:[^;()'"]|'[^';]*')*\))?)$/u;

/** Writes every row into files of the folder, all as of one moment, while the database goes on working. */
export async function dumpDatabase(pool: Pool, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const contents = await readContents(client);
    for (const { name, columns } of contents.tables) {
      const source = client.query(to(`copy (select ${list(columns)} from ${escapeIdentifier(name)}) to stdout`));
      await pipeline(source, createWriteStream(join(folder, `${name}.copy`), { mode: 0o600 }));
    }
    await writeFile(join(folder, contentsFile), JSON.stringify(contents), { mode: 0o600 });
  } finally {
    await client.query("rollback");
    client.release();
  }
}

/** Fills an empty database with what was dumped, through the migrations that had made it; newer ones run at the next start. */
export async function restoreDatabase(pool: Pool, folder: string, migrations: readonly Migration[]): Promise<void> {
  const contents: unknown = JSON.parse(await readFile(join(folder, contentsFile), "utf8"));
  if (!Value.Check(Contents, contents) || contents.partitions.some(({ bound }) => !boundForm.test(bound))) {
    throw new StartProblem("bad-backup", "The database in this backup cannot be read; nothing was changed.");
  }
  const { rows } = await pool.query<{ n: number }>(
    "select count(*)::int as n from pg_tables where schemaname = 'public'",
  );
  if (rows[0]?.n !== 0) {
    throw new StartProblem(
      "database-not-empty",
      "The database named by DATABASE_URL is not empty; a backup is restored into an empty one.",
    );
  }
  const past = migrations.filter(({ name }) => contents.migrations.some((done) => done.name === name));
  const strange = contents.migrations.find(
    ({ name, checksum }) => !past.some((known) => known.name === name && sha256(known.sql) === checksum),
  );
  if (strange !== undefined) {
    throw new StartProblem(
      "newer-backup",
      `This backup was made by another Caravan (it has ${strange.name}); restore it with that one. Nothing was changed.`,
    );
  }
  await migrate(pool, past);
  const client = await pool.connect();
  try {
    await client.query("begin");
    for (const { name, parent, bound } of contents.partitions) {
      await client.query(
        `create table if not exists ${escapeIdentifier(name)} partition of ${escapeIdentifier(parent)} ${bound}`,
      );
    }
    for (const { name, columns } of contents.tables) {
      // What a migration itself put there is in the backup too.
      await client.query(`delete from ${escapeIdentifier(name)}`);
      const target = client.query(from(`copy ${escapeIdentifier(name)} (${list(columns)}) from stdin`));
      await pipeline(createReadStream(join(folder, `${name}.copy`)), target);
    }
    for (const { name, last } of contents.sequences) {
      await client.query("select setval($1::regclass, $2::bigint)", [escapeIdentifier(name), last]);
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function readContents(client: PoolClient): Promise<Contents> {
  const { rows: ledger } = await client.query<{ exists: boolean }>(
    "select to_regclass('migration') is not null as exists",
  );
  const { rows: migrations } = ledger[0]?.exists
    ? await client.query("select name, checksum from migration order by applied_at, name")
    : { rows: [] };
  const { rows: tables } = await client.query<{ name: string; columns: string[]; refers: string[] }>(`
    select c.relname as name,
           (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
           coalesce((select array_agg(distinct f.relname::text) from pg_constraint k join pg_class f on f.oid = k.confrelid
             where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid), '{}') as refers
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'
    order by c.relname`);
  const { rows: partitions } = await client.query(`
    select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
    where c.relispartition and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    order by c.relname`);
  const { rows: sequences } = await client.query(
    "select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' and last_value is not null",
  );
  return Value.Parse(Contents, {
    format: 1,
    migrations,
    tables: inOrder(tables).map(({ name, columns }) => ({ name, columns })),
    partitions,
    sequences,
  });
}

/** Tables after those they refer to. */
function inOrder<Table extends { readonly name: string; readonly refers: readonly string[] }>(
  tables: readonly Table[],
): Table[] {
  const waiting = new Map(tables.map((table) => [table.name, table]));
  const sorted: Table[] = [];
  while (waiting.size > 0) {
    const next = [...waiting.values()].filter(({ refers }) => !refers.some((other) => waiting.has(other)));
    if (next.length === 0)
      throw new StartProblem("tables-in-a-circle", "Some tables refer to each other in a circle and cannot be copied.");
    for (const table of next) waiting.delete(table.name);
    sorted.push(...next);
  }
  return sorted;
}

const list = (columns: readonly string[]) => columns.map((column) => escapeIdentifier(column)).join(", ");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
