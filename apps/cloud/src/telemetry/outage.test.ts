import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../broker/test-cloud.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";

// The car is another program, started as one: an app never imports another app.
const carProgram = join(import.meta.dirname, "../../../car/src/uplink/fixtures/drive.ts");
const cloudProgram = join(import.meta.dirname, "../broker/fixtures/serve.ts");
const epoch = Date.now() - 3_600_000;

let database: Database;
let files: Awaited<ReturnType<typeof temporaryFolder>>;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  files = await temporaryFolder();
  database = await testDatabase();
});
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await database.stop();
  await files.remove();
});

/** Starts a program that tells what it does as lines of JSON. */
function run(program: string, settings: Readonly<Record<string, string>>, hear: (line: string) => void): ChildProcess {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  createInterface({ input: child.stdout }).on("line", hear);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "close");
  child.kill("SIGKILL");
  await gone;
}

async function until(fact: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await fact())) await sleep(10);
}

interface Address {
  readonly url: string;
  readonly mqtt: string;
  readonly code: string;
}

async function startCloud(before?: Address): Promise<{ child: ChildProcess; address: Address }> {
  const port = (url: string) => Number(new URL(url).port);
  const ports = before === undefined ? {} : { mqttPort: port(before.mqtt), httpPort: port(before.url) };
  const settings = JSON.stringify({ databaseUrl: database.url, folder: join(files.folder, "authority"), ...ports });
  let address: Address | undefined;
  const child = run(cloudProgram, { CARAVAN_SERVE: settings }, (line) => {
    address = JSON.parse(line);
  });
  await until(() => address !== undefined);
  if (address === undefined) throw new Error("it told its address");
  return { child, address };
}

interface Drive {
  readonly child: ChildProcess;
  /** Seconds whose samples the car said are in its outbox. */
  readonly stored: Set<number>;
  last: { driven?: boolean; waiting?: number; online?: boolean };
}

function drive(cloud: Address, from: number, to: number, code?: string): Drive {
  const settings = JSON.stringify({ cloud, code, from, to, folder: join(files.folder, "car"), epoch });
  const stored = new Set<number>();
  const child = run(carProgram, { CARAVAN_DRIVE: settings }, (line) => {
    const word: { stored?: number; driven?: boolean; waiting?: number; online?: boolean } = JSON.parse(line);
    if (word.stored === undefined) started.last = { ...started.last, ...word };
    else stored.add(word.stored);
  });
  const started: Drive = { child, stored, last: {} };
  return started;
}

async function samples(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>("select count(*)::int as count from sample");
  return rows[0]?.count ?? 0;
}

test("a drive through ten minutes without cloud, car and cloud killed again and again, is in the history once", async () => {
  let cloud = await startCloud();
  const { address } = cloud;
  const drives: Drive[] = [];

  // Both are killed while batches and answers are on their way: first the cloud, then the car.
  const first = drive(address, 0, 400, address.code);
  drives.push(first);
  await until(async () => first.stored.size >= 60 && (await samples()) > 30);
  await kill(cloud.child);
  cloud = await startCloud(address);
  const reached = await samples();
  await until(async () => (await samples()) > reached + 30);
  await kill(first.child);

  // The same car again, without a code; the cloud dies under it and stays away for ten minutes of its time.
  const second = drive(address, 400, 1_100);
  drives.push(second);
  await until(() => second.stored.size >= 50);
  await kill(cloud.child);
  const atOutage = second.stored.size;
  await until(() => second.stored.size >= atOutage + 250);
  await kill(second.child);
  const third = drive(address, 1_100, 1_500);
  drives.push(third);
  await until(() => third.last.driven === true);
  expect(third.last.online ?? false).toBe(false);

  // The cloud comes back; car and cloud are killed once more while the car catches up.
  const before = await samples();
  cloud = await startCloud(address);
  await until(async () => (await samples()) > before + 90);
  await kill(third.child);
  const fourth = drive(address, 1_500, 1_520);
  drives.push(fourth);
  await until(async () => fourth.last.online === true || (await samples()) > before + 180);
  await kill(cloud.child);
  cloud = await startCloud(address);
  await until(() => fourth.last.driven === true && fourth.last.waiting === 0);
  await kill(fourth.child);
  await kill(cloud.child);

  const { rows } = await database.pool.query<{ path: string; at: number; number: number; times: number }>(
    `select path, round(extract(epoch from at) * 1000)::float8 as at, number, count(*)::int as times
     from sample join signal_path using (signal) group by path, at, number`,
  );
  expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
  const seconds = new Set<number>();
  for (const { path, at, number } of rows) {
    if (path !== "Vehicle.TraveledDistance") continue;
    expect(at).toBe(epoch + number * 1_000);
    seconds.add(number);
  }
  const promised = drives.flatMap(({ stored }) => [...stored]);
  expect(promised.length).toBeGreaterThan(750);
  expect(promised.filter((second) => !seconds.has(second))).toEqual([]);
  const { rows: vehicles } = await database.pool.query("select count(*)::int as count from vehicle");
  expect(vehicles).toEqual([{ count: 1 }]);
  const { rows: boots } = await database.pool.query(
    "select count(*)::int as count, sum(skipped)::int as skipped, sum(unreadable)::int as unreadable from batch_cursor",
  );
  expect(boots).toEqual([{ count: 4, skipped: 0, unreadable: 0 }]);
}, 120_000);
