import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "./database.ts";
import { dumpDatabase, restoreDatabase } from "./dump.ts";
import { migrate } from "./migrations.ts";
import type { Migration } from "./migrations.ts";
import { emptyTestDatabase } from "./test-database.ts";

const shelf: Migration = {
  name: "shelf/0001-shelf",
  sql: `create table shelf (id int generated always as identity primary key, label text not null);
        insert into shelf (label) values ('made by the migration')`,
};
const book: Migration = {
  name: "shelf/0002-book",
  sql: `create table a_book (shelf int references shelf (id), at timestamptz not null, facts jsonb, tags text[], words text) partition by range (at)`,
};

let folder: string;
let source: Database;
let target: Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "caravan-dump-"));
  source = await emptyTestDatabase();
  await migrate(source.pool, [shelf, book]);
  await source.pool.query(
    "create table a_book_2026 partition of a_book for values from ('2026-01-01') to ('2027-01-01')",
  );
  await source.pool.query("insert into shelf (label) values ('second'), ('gone')");
  await source.pool.query("delete from shelf where label = 'gone'");
  await source.pool.query(
    `insert into a_book values (2, '2026-11-22 10:00:00.123456+00', '{"a":[1,null,"\\\\n"]}', '{"x,y",null}', E'tab\\tline\\nback\\\\slash 登录'), (null, '2026-05-05', null, null, null)`,
  );
  await dumpDatabase(source.pool, folder);
});
beforeEach(async () => {
  target = await emptyTestDatabase();
  return () => target.stop();
});
afterAll(async () => {
  await source.stop();
  rmSync(folder, { recursive: true });
});

const everything = async ({ pool }: Database) => [
  (await pool.query("select * from shelf order by id")).rows,
  (await pool.query("select * from a_book order by at")).rows,
  (await pool.query("select tableoid::regclass::text as home from a_book order by at")).rows,
];

test("what was dumped comes back to the last bit, in its partitions", async () => {
  await restoreDatabase(target.pool, folder, [shelf, book]);
  expect(await everything(target)).toEqual(await everything(source));
});

test("numbers that were given once are not given again after a restore", async () => {
  await restoreDatabase(target.pool, folder, [shelf, book]);
  const { rows } = await target.pool.query("insert into shelf (label) values ('new') returning id");
  expect(rows).toEqual([{ id: 4 }]);
});

test("a newer Caravan restores an older backup and then brings it up to date", async () => {
  const newer: Migration = {
    name: "shelf/0003-colour",
    sql: "alter table shelf add colour text not null default 'oak'",
  };
  await restoreDatabase(target.pool, folder, [shelf, book, newer]);
  expect((await migrate(target.pool, [shelf, book, newer])).applied).toEqual([newer.name]);
  expect((await target.pool.query("select distinct colour from shelf")).rows).toEqual([{ colour: "oak" }]);
});

test("a backup of a newer Caravan is refused before anything is made", async () => {
  await expect(restoreDatabase(target.pool, folder, [shelf])).rejects.toMatchObject({ code: "newer-backup" });
  expect((await target.pool.query("select to_regclass('shelf') as found")).rows).toEqual([{ found: null }]);
});

test("a database that holds something is not filled", async () => {
  await target.pool.query("create table mine (id int)");
  await expect(restoreDatabase(target.pool, folder, [shelf, book])).rejects.toMatchObject({
    code: "database-not-empty",
  });
});

test("a backup that carries SQL of its own is refused", async () => {
  const file = join(folder, "contents.json");
  const honest = readFileSync(file, "utf8");
  const contents = JSON.parse(honest);
  for (const bound of [
    "DEFAULT; drop table shelf",
    "FOR VALUES FROM ('x') TO ('y'); select 1",
    "FOR VALUES IN (pg_sleep(9))",
  ]) {
    writeFileSync(file, JSON.stringify({ ...contents, partitions: [{ name: "p", parent: "a_book", bound }] }));
    await expect(restoreDatabase(target.pool, folder, [shelf, book])).rejects.toMatchObject({ code: "bad-backup" });
  }
  writeFileSync(file, honest);
});
