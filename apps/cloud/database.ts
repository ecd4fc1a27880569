// Tends the database while no cloud needs to run: `node apps/cloud/database.ts dump|restore|stop FOLDER`, data and address as for the cloud.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { connect, openDatabase } from "./src/engines/database.ts";
import type { Database } from "./src/engines/database.ts";
import { dumpDatabase, restoreDatabase } from "./src/engines/dump.ts";
import { findRunningServer } from "./src/engines/embedded/cluster.ts";
import { readMigrations } from "./src/engines/migrations.ts";
import { StartProblem } from "./src/engines/problem.ts";

function say(line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The database of the data folder: the one that serves it now, or one that is started for the purpose. */
async function reach(data: string, databaseUrl: string | undefined): Promise<Pick<Database, "pool" | "stop">> {
  const running = databaseUrl === undefined ? await findRunningServer(data) : undefined;
  if (running === undefined) return openDatabase({ data, databaseUrl, connections: 2 });
  const { pool } = connect(running, { connections: 2 });
  return { pool, stop: () => pool.end() };
}

async function main(): Promise<void> {
  const [verb, folder] = process.argv.slice(2);
  const data = process.env["CARAVAN_DATA"];
  const databaseUrl = process.env["DATABASE_URL"] === "" ? undefined : process.env["DATABASE_URL"];
  if (data === undefined || folder === undefined)
    throw new StartProblem("usage", "A verb, a folder and CARAVAN_DATA are needed.");
  if (verb === "stop") {
    // Taking over what a killed run left is the way to stop it in good order.
    if (existsSync(join(data, "database", "cluster", "postmaster.pid"))) await (await openDatabase({ data })).stop();
    return;
  }
  const database = await reach(data, databaseUrl);
  try {
    if (verb === "dump") await dumpDatabase(database.pool, folder);
    else if (verb === "restore") await restoreDatabase(database.pool, folder, await readMigrations());
    else throw new StartProblem("usage", "The verb is dump, restore or stop.");
  } finally {
    await database.stop();
  }
}

try {
  await main();
  say({ ready: true });
} catch (error) {
  say({
    failed:
      error instanceof StartProblem
        ? error.message
        : `The database failed: ${error instanceof Error ? error.message : String(error)}`,
  });
  process.exitCode = 1;
}
