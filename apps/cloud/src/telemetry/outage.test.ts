import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestCloud, temporaryFolder } from "../broker/test-cloud.ts";
import type { TestCloud } from "../broker/test-cloud.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";

// The car is another program, started as one: an app never imports another app.
const program = join(import.meta.dirname, "../../../car/src/uplink/fixtures/drive.ts");
const epoch = Date.now() - 3_600_000;

let database: Database;
let files: Awaited<ReturnType<typeof temporaryFolder>>;
let cloud: TestCloud | undefined;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  files = await temporaryFolder();
  database = await testDatabase();
});
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await cloud?.stop();
  await database.stop();
  await files.remove();
});

interface Drive {
  readonly child: ChildProcess;
  /** Seconds whose samples the car said are in its outbox. */
  readonly stored: Set<number>;
  last: { driven?: boolean; waiting?: number; online?: boolean };
}

function drive(parts: {
  readonly cloud: { url: string; mqtt: string };
  readonly code?: string;
  readonly from: number;
  readonly to: number;
}): Drive {
  const settings = JSON.stringify({ ...parts, folder: join(files.folder, "car"), epoch });
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, CARAVAN_DRIVE: settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const started: Drive = { child, stored: new Set(), last: {} };
  createInterface({ input: child.stdout }).on("line", (line) => {
    const word: { stored?: number; driven?: boolean; waiting?: number; online?: boolean } = JSON.parse(line);
    if (word.stored === undefined) started.last = { ...started.last, ...word };
    else started.stored.add(word.stored);
  });
  return started;
}

async function until(fact: () => boolean): Promise<void> {
  while (!fact()) await sleep(5);
}

async function kill(drive: Drive): Promise<void> {
  const gone = once(drive.child, "close");
  drive.child.kill("SIGKILL");
  await gone;
}

test("a drive through ten minutes without cloud, with the car killed again and again, is in the history once", async () => {
  const folder = join(files.folder, "authority");
  cloud = await startTestCloud({ database, folder });
  const address = { url: cloud.url, mqtt: cloud.mqtt };
  const ports = { mqttPort: cloud.broker.port(), httpPort: Number(new URL(cloud.url).port) };
  const { code } = await cloud.vehicles.issueCode();
  const drives: Drive[] = [];

  // Online, then killed while batches and answers are on their way.
  const first = drive({ cloud: address, code, from: 0, to: 200 });
  drives.push(first);
  await until(() => first.stored.size >= 60 && (cloud?.telemetry.ingest.health().batches ?? 0) > 20);
  await kill(first);

  // The same car again, without a code; the cloud goes away under it and stays away for ten minutes of its time.
  const second = drive({ cloud: address, from: 200, to: 900 });
  drives.push(second);
  await until(() => second.stored.size >= 50);
  await cloud.stop();
  const atOutage = second.stored.size;
  await until(() => second.stored.size >= Math.max(300, atOutage + 200));
  await kill(second);

  const third = drive({ cloud: address, from: 900, to: 1_300 });
  drives.push(third);
  await until(() => third.last.driven === true);
  expect(third.last.online ?? false).toBe(false);
  const seen = () =>
    database.pool
      .query<{ count: number }>("select count(*)::int as count from sample")
      .then(({ rows }) => rows[0]?.count);
  const before = (await seen()) ?? 0;

  // The cloud comes back on the same address; the car is killed once more while it catches up.
  cloud = await startTestCloud({ database, folder, ...ports });
  await until(() => (cloud?.telemetry.ingest.health().batches ?? 0) > 30);
  await kill(third);
  const fourth = drive({ cloud: address, from: 1_300, to: 1_320 });
  drives.push(fourth);
  await until(() => fourth.last.driven === true && fourth.last.waiting === 0);
  expect(await seen()).toBeGreaterThan(before);

  const { rows } = await database.pool.query<{ path: string; at: number; number: number; times: number }>(
    `select path, round(extract(epoch from at) * 1000)::float8 as at, number, count(*)::int as times
     from sample join signal_path using (signal) group by path, at, number`,
  );
  const distances = new Map<number, number>();
  for (const row of rows) {
    expect(row.times).toBe(1);
    if (row.path === "Vehicle.TraveledDistance") {
      expect(row.at).toBe(epoch + row.number * 1_000);
      distances.set(row.number, row.at);
    }
  }
  const promised = drives.flatMap(({ stored }) => [...stored]);
  expect(promised.length).toBeGreaterThan(700);
  expect(promised.filter((number) => !distances.has(number))).toEqual([]);
  const { rows: vehicles } = await database.pool.query("select count(*)::int as count from vehicle");
  expect(vehicles).toEqual([{ count: 1 }]);
  const { rows: boots } = await database.pool.query(
    "select count(*)::int as count, sum(skipped)::int as skipped from batch_cursor",
  );
  expect(boots).toEqual([{ count: 4, skipped: 0 }]);
  await kill(fourth);
}, 90_000);
