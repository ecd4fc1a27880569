import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { openDatabase } from "./database.ts";
import type { Database } from "./database.ts";
import { startCluster } from "./embedded/cluster.ts";
import { commandAs, identities } from "./embedded/identity.ts";
import { runs } from "./embedded/left-over.ts";

// Several starts of a real server in one test take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const folders: string[] = [];
const open = new Set<Database>();

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "caravan-engines-"));
  folders.push(made);
  return made;
}

async function start(data: string, disposable = true): Promise<Database> {
  const database = await openDatabase({ data, disposable });
  open.add(database);
  return database;
}

async function stop(database: Database): Promise<void> {
  open.delete(database);
  await database.stop();
}

const postmaster = (data: string) =>
  Number(readFileSync(join(data, "database", "cluster", "postmaster.pid"), "utf8").split("\n")[0]);

afterEach(async () => {
  for (const database of open) await stop(database);
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

test("the database keeps what was committed over a clean stop, and nobody gets in without its password", async () => {
  const data = folder();
  const first = await start(data, false);
  expect(first).toMatchObject({ embedded: true, adopted: false });
  await first.pool.query("create table kept as select 7 as n");
  expect((await first.pool.query("show fsync")).rows).toEqual([{ fsync: "on" }]);
  const stranger = new URL(first.url);
  stranger.password = "wrong";
  await expect(openDatabase({ data, databaseUrl: stranger.href })).rejects.toMatchObject({
    code: "database-unreachable",
  });
  const pid = postmaster(data);
  await stop(first);
  expect(runs(pid)).toBe(false);
  expect(statSync(join(data, "database", "password")).mode & 0o077).toBe(0);
  const second = await start(data);
  expect((await second.pool.query("select n from kept")).rows).toEqual([{ n: 7 }]);
});

test("a server that a killed run left behind is taken over with all its data", async () => {
  const data = folder();
  // The run that started it never stops it: it was killed.
  const lost = await startCluster({ data, disposable: true });
  const pid = postmaster(data);
  const next = await start(data);
  expect(next.adopted).toBe(true);
  expect(next.url).toBe(lost.url);
  expect(postmaster(data)).toBe(pid);
  await lost.stop();
  await stop(next);
  expect(runs(pid)).toBe(false);
});

test("a server that was killed is started again while the cloud runs", async () => {
  const data = folder();
  const database = await start(data, false);
  await database.pool.query("create table kept as select 7 as n");
  const pid = postmaster(data);
  process.kill(pid, "SIGKILL");
  const answer = async () =>
    database.pool.query("select n from kept").then(
      ({ rows }) => rows,
      () => undefined,
    );
  let rows: unknown;
  while (rows === undefined) {
    await sleep(50);
    rows = await answer();
  }
  expect(rows).toEqual([{ n: 7 }]);
  expect(postmaster(data)).not.toBe(pid);
});

test("the process file of a process that is gone, or is another program by now, does not stop a start", async () => {
  const data = folder();
  await stop(await start(data));
  const file = join(data, "database", "cluster", "postmaster.pid");
  for (const pid of [4_190_000, process.pid]) {
    writeFileSync(file, `${pid}\n${join(data, "database", "cluster")}\n0\n5432\n\n127.0.0.1\n0\nready\n`);
    const database = await start(data);
    expect(database.adopted).toBe(false);
    await stop(database);
  }
});

test("a first start that was killed half-way does not stop the next one", async () => {
  const data = folder();
  mkdirSync(join(data, "database", "cluster.new"), { recursive: true });
  writeFileSync(join(data, "database", "cluster.new", "PG_VERSION"), "18\n");
  const database = await start(data);
  expect((await database.pool.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
  expect(readdirSync(join(data, "database"))).not.toContain("cluster.new");
});

test.skipIf(process.getuid?.() !== 0)("root can run it below a folder that nobody else may enter", async () => {
  const home = folder();
  chmodSync(home, 0o700);
  const data = join(home, "data");
  mkdirSync(data);
  const database = await start(data);
  expect((await database.pool.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
  const uid = execFileSync("ps", ["-o", "uid=", "-p", String(postmaster(data))], { encoding: "utf8" });
  expect(Number(uid)).toBe(0);
});

test.skipIf(process.getuid?.() !== 0)(
  "a data folder that is moved from a closed place to an open one and back still works",
  async () => {
    const home = folder();
    const data = join(home, "data");
    for (const mode of [0o700, 0o755, 0o700]) {
      chmodSync(home, mode);
      mkdirSync(data, { recursive: true });
      const database = await start(data);
      expect((await database.pool.query("select 1 as n")).rows).toEqual([{ n: 1 }]);
      await stop(database);
    }
  },
);

test("a namespace is the way of root where another user cannot walk", () => {
  const command = commandAs({ kind: "namespace", uid: 65_534, gid: 65_534 }, "/bin/postgres", ["-D", "x"]);
  expect(command).toMatchObject({
    command: "unshare",
    args: ["--user", "--map-user=65534", "--map-group=65534", "/bin/postgres", "-D", "x"],
  });
  if (process.getuid?.() !== 0) expect(identities(process.execPath, tmpdir())[0]).toEqual({ kind: "self" });
});

test.each([
  ["nonsense", "bad-database-url", /is not a PostgreSQL address/u],
  ["http://localhost/x", "bad-database-url", /is not a PostgreSQL address/u],
  ["postgres://user:secret@127.0.0.1:1/name", "database-unreachable", /No database server answers at 127\.0\.0\.1:1/u],
])("the wrong DATABASE_URL %s gets one sentence without its password", async (databaseUrl, code, sentence) => {
  const data = folder();
  const attempt = openDatabase({ data, databaseUrl });
  await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
  await expect(attempt).rejects.not.toMatchObject({ message: expect.stringContaining("secret") });
  expect(readdirSync(data)).toEqual([]);
});
