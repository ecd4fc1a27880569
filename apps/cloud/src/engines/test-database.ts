import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { connect } from "./database.ts";
import type { Database } from "./database.ts";
import { startCluster } from "./embedded/cluster.ts";
import { migrate, readMigrations } from "./migrations.ts";

const serverWithinMs = 90_000;

/**
 * A database of its own for one test file, with every migration applied: a clone of a template that is made once for the
 * test run. Call it in `beforeAll`, and `stop()` in `afterAll` drops it again.
 */
export async function testDatabase(): Promise<Database> {
  const server = await testServer();
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(server, `create database ${name} template template_caravan strategy file_copy`);
  const url = at(server, name);
  const connection = connect(url, { connections: 6 });
  return {
    ...connection,
    embedded: true,
    adopted: false,
    async stop() {
      await connection.pool.end();
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}

/** An empty database, for tests of the migrations themselves. */
export async function emptyTestDatabase(): Promise<Database> {
  const server = await testServer();
  const name = `test_${randomBytes(8).toString("hex")}`;
  await administer(server, `create database ${name}`);
  const connection = connect(at(server, name), { connections: 6 });
  return {
    ...connection,
    embedded: true,
    adopted: false,
    async stop() {
      await connection.pool.end();
      await administer(server, `drop database ${name} with (force)`);
    },
  };
}

/** Stops the run's server if any test has started it. */
export async function stopTestServer(folder: string): Promise<void> {
  if (!existsSync(join(folder, "url"))) return;
  const left = await startCluster({ data: folder, disposable: true });
  await left.stop();
}

/** The run's server: whoever makes the `starting` folder starts it, the other threads wait for its address. */
async function testServer(): Promise<string> {
  const folder = process.env["CARAVAN_TEST_DATABASE"];
  if (folder === undefined) throw new Error("apps/cloud/src/engines/test-server.ts must be a globalSetup of vitest");
  const address = join(folder, "url");
  const starting = join(folder, "starting");
  const until = performance.now() + serverWithinMs;
  while (performance.now() < until) {
    if (existsSync(address)) return readFileSync(address, "utf8");
    if (claim(starting)) {
      try {
        const { url } = await startCluster({ data: folder, disposable: true });
        await administer(url, "create database template_caravan");
        const template = connect(at(url, "template_caravan"), { connections: 1 });
        await migrate(template.pool, await readMigrations());
        await template.pool.end();
        writeFileSync(`${address}.new`, url);
        renameSync(`${address}.new`, address);
        return url;
      } catch (error) {
        rmSync(starting, { recursive: true });
        throw error;
      }
    }
    await sleep(50);
  }
  throw new Error("the test database did not start");
}

function claim(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

function at(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function administer(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
