import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "./database.ts";
import type { Database } from "./database.ts";
import { migrate, readMigrations } from "./migrations.ts";
import { emptyTestDatabase } from "./test-database.ts";

let database: Database;
beforeAll(async () => {
  database = await emptyTestDatabase();
});
afterAll(() => database.stop());

const first = { name: "shelf/0001-shelf", sql: "create table shelf (id int primary key)" };
const second = {
  name: "book/0002-book",
  sql: "create table book (id int primary key, shelf int references shelf (id))",
};

test("two starts at once apply each migration once, and a third applies none", async () => {
  const runs = await Promise.all([migrate(database.pool, [first]), migrate(database.pool, [first])]);
  expect(runs.flatMap((run) => run.applied)).toEqual([first.name]);
  expect((await migrate(database.pool, [first])).applied).toEqual([]);
});

test("an older database gets what is missing and keeps its rows", async () => {
  await database.pool.query("insert into shelf values (7)");
  expect((await migrate(database.pool, [first, second])).applied).toEqual([second.name]);
  expect((await database.pool.query("select id from shelf")).rows).toEqual([{ id: 7 }]);
});

test("a database of a newer Caravan is refused in words and left alone", async () => {
  await expect(migrate(database.pool, [first])).rejects.toMatchObject({ code: "newer-database" });
  expect((await database.pool.query("select count(*)::int as n from migration")).rows).toEqual([{ n: 2 }]);
});

test("a migration that was edited after it ran is refused", async () => {
  const edited = { ...first, sql: `${first.sql};` };
  await expect(migrate(database.pool, [edited, second])).rejects.toMatchObject({ code: "edited-migration" });
});

test("a migration that fails half-way leaves nothing behind", async () => {
  const broken = { name: "book/0003-broken", sql: "create table half (id int); select 1 / 0" };
  await expect(migrate(database.pool, [first, second, broken])).rejects.toMatchObject({ code: "migration-failed" });
  expect((await database.pool.query("select to_regclass('half') as found")).rows).toEqual([{ found: null }]);
});

test("a user who may not make tables is told so in words", async () => {
  const { pool } = database;
  await pool.query("create role onlooker login password 'onlooker'");
  const url = new URL(database.url);
  url.username = "onlooker";
  url.password = "onlooker";
  const onlooker = connect(url.href, { connections: 1 });
  try {
    await pool.query("drop schema public cascade; create schema public");
    await expect(migrate(onlooker.pool, [first])).rejects.toMatchObject({ code: "no-right" });
    await pool.query("grant usage on schema public to onlooker");
    await expect(migrate(onlooker.pool, [first])).rejects.toMatchObject({ code: "no-right" });
    await pool.query("revoke usage on schema public from onlooker");
  } finally {
    await onlooker.pool.end();
    await pool.query("drop role onlooker");
  }
});

test("the checked-in migrations have numbers of their own", async () => {
  const numbers = (await readMigrations()).map((migration) => /\/(\d{4})-[a-z0-9-]+$/u.exec(migration.name)?.[1] ?? "");
  expect(numbers).not.toContain("");
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toEqual(numbers.toSorted((a, b) => Number(a) - Number(b)));
});
