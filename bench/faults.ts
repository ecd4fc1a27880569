import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { openDatabase } from "../apps/cloud/src/engines/database.ts";
import { migrate, readMigrations } from "../apps/cloud/src/engines/migrations.ts";
import { BadLine } from "./link/bad-line.ts";
import type { Row } from "./main.ts";

const cars = 24;
const everyMs = 300;
const root = join(import.meta.dirname, "..");

/**
 * Faults by a printed seed, until there were ten thousand: car computers, cloud and database are killed with SIGKILL, connections are cut and held up.
 * At the end the database is asked, not the cloud: is every reading there that a car said it had stored, and none of them twice?
 */
export async function run({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const seed = Number(process.env["CARAVAN_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
  const faults = quick ? 300 : 10_000;
  const kills = quick ? 3 : 50;
  console.log(
    `faults: seed ${seed} (CARAVAN_SEED=${seed} repeats it), ${faults} faults, ${kills} kills each of car, cloud and database`,
  );
  const folder = await mkdtemp(join(tmpdir(), "caravan-faults-"));
  const database = await openDatabase({
    data: join(folder, "database"),
    onConnectionLost: () => {},
    onServerChange: () => {},
  });
  try {
    await migrate(database.pool, await readMigrations());
    const world = new World({ folder, databaseUrl: database.url });
    await world.start();
    const counts = await harm(world, { seed, faults, kills, databaseFolder: join(folder, "database") });
    await world.settle();
    await world.stop();
    const found = await audit(database.pool, world.promised);
    return [
      { name: "faults", value: counts.all, unit: "", bar: faults, better: "more" },
      { name: "kill -9 of the car computers", value: counts.car, unit: "", bar: kills, better: "more" },
      { name: "kill -9 of the cloud", value: counts.cloud, unit: "", bar: kills, better: "more" },
      { name: "kill -9 of the database", value: counts.database, unit: "", bar: kills, better: "more" },
      { name: "connections cut", value: counts.cut, unit: "", better: "more" },
      { name: "connections held up", value: counts.held, unit: "", better: "more" },
      { name: "processes that ended by themselves", value: world.crashes, unit: "", bar: 0, better: "less" },
      { name: "readings that a car said it had stored", value: found.promised, unit: "", better: "more" },
      { name: "of these not in the database", value: found.lost, unit: "", bar: 0, better: "less" },
      { name: "readings in the database twice", value: found.twice, unit: "", bar: 0, better: "less" },
    ];
  } finally {
    await database.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

interface Counts {
  all: number;
  car: number;
  cloud: number;
  database: number;
  cut: number;
  held: number;
}

async function harm(
  world: World,
  plan: { readonly seed: number; readonly faults: number; readonly kills: number; readonly databaseFolder: string },
): Promise<Counts> {
  const random = randomFrom(plan.seed);
  const counts: Counts = { all: 0, car: 0, cloud: 0, database: 0, cut: 0, held: 0 };
  // The kills, in an order of their own, spread evenly over all faults.
  const kinds = (["car", "cloud", "database"] as const).flatMap((kind) =>
    Array.from({ length: plan.kills }, () => kind),
  );
  const order = kinds.map((kind) => ({ kind, at: random() })).toSorted((a, b) => a.at - b.at);
  const every = plan.faults / order.length;
  while (counts.all < plan.faults) {
    await sleep(5 + random() * 45);
    const next = order[Math.floor(counts.all / every)];
    const isDue = next !== undefined && counts.car + counts.cloud + counts.database <= Math.floor(counts.all / every);
    if (isDue) {
      if (next.kind === "car") await world.killCars();
      else if (next.kind === "cloud") await world.killCloud();
      else await killDatabase(plan.databaseFolder);
      counts[next.kind] += 1;
      counts.all += 1;
      continue;
    }
    const isCut = random() < 0.4;
    const isDone = isCut ? world.line.cut(random()) : world.line.hold(random(), 20 + random() * 400);
    if (!isDone) continue;
    counts[isCut ? "cut" : "held"] += 1;
    counts.all += 1;
  }
  return counts;
}

/** Cars and cloud as processes of their own, with the bad line between them. */
class World {
  /** By car: the readings that it said it had stored. */
  readonly promised: readonly Set<number>[] = Array.from({ length: cars }, () => new Set<number>());
  line = new BadLine(0);
  readonly #folder: string;
  readonly #databaseUrl: string;
  #cloud: ChildProcess | undefined;
  #cars: ChildProcess | undefined;
  #address = { url: "", mqtt: "", codes: [""] };
  #linePort = 0;
  #isSettled = false;
  #killed = new WeakSet<ChildProcess>();
  /** Processes that ended without having been killed: each is a fault of ours. */
  crashes = 0;

  constructor(parts: { readonly folder: string; readonly databaseUrl: string }) {
    this.#folder = parts.folder;
    this.#databaseUrl = parts.databaseUrl;
  }

  async start(): Promise<void> {
    await this.#startCloud();
    this.line = new BadLine(portOf(this.#address.mqtt));
    this.#linePort = await this.line.start();
    await this.#startCars();
    // Every car must have joined before the first kill: a code is good once.
    await sleep(6_000);
  }

  async killCloud(): Promise<void> {
    await this.#kill(this.#cloud);
    await this.#startCloud();
  }

  async killCars(): Promise<void> {
    await this.#kill(this.#cars);
    await this.#startCars();
  }

  /** Ends the driving and waits until every car has sent what it holds. */
  async settle(): Promise<void> {
    this.#cars?.kill("SIGUSR2");
    const until = performance.now() + 180_000;
    while (!this.#isSettled && performance.now() < until) await sleep(100);
    if (!this.#isSettled) throw new Error("the cars still hold readings three minutes after the last fault");
  }

  async stop(): Promise<void> {
    await this.#kill(this.#cars);
    await this.#kill(this.#cloud);
    this.line.stop();
  }

  async #kill(child: ChildProcess | undefined): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    this.#killed.add(child);
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** As a supervisor does: what ends by itself is started again, and counted. */
  #guard(child: ChildProcess, again: () => Promise<void>): void {
    child.once("exit", () => {
      if (this.#killed.has(child)) return;
      this.crashes += 1;
      void again();
    });
  }

  async #startCloud(): Promise<void> {
    const known =
      this.#address.mqtt === "" ? {} : { mqttPort: portOf(this.#address.mqtt), httpPort: portOf(this.#address.url) };
    const settings = { databaseUrl: this.#databaseUrl, folder: join(this.#folder, "authority"), codes: cars, ...known };
    for (;;) {
      const child = start("apps/cloud/src/broker/fixtures/serve.ts", { CARAVAN_SERVE: JSON.stringify(settings) });
      this.#cloud = child;
      const line = await firstLine(child);
      // It could not start, as while the database is away; an operator's supervisor starts it again.
      if (line === undefined) {
        await sleep(300);
        continue;
      }
      const address: { url: string; mqtt: string; codes: string[] } = JSON.parse(line);
      this.#address = this.#address.mqtt === "" ? address : this.#address;
      this.#guard(child, () => this.#startCloud());
      return;
    }
  }

  async #startCars(): Promise<void> {
    const { url, codes } = this.#address;
    const settings = {
      folder: join(this.#folder, "cars"),
      cloud: { url, mqtt: `mqtts://localhost:${this.#linePort}` },
      codes,
      // What was stored but could not be said any more must not be taken for the same reading.
      from: this.promised.map((readings) => Math.max(0, ...readings) + 10),
      everyMs,
    };
    const child = start("apps/car/src/uplink/fixtures/fleet-drive.ts", { CARAVAN_DRIVE: JSON.stringify(settings) });
    this.#cars = child;
    if (child.stdout === null) throw new Error("a pipe was asked for");
    const started = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => {
        const word: { started?: boolean; car?: number; stored?: number; waiting?: number } = JSON.parse(line);
        if (word.started === true) resolve();
        if (word.car !== undefined && word.stored !== undefined) this.promised[word.car]?.add(word.stored);
        if (word.waiting !== undefined) this.#isSettled = word.waiting === 0;
      });
    });
    await started;
    this.#guard(child, () => this.#startCars());
  }
}

async function audit(
  pool: Pool,
  promised: readonly ReadonlySet<number>[],
): Promise<{ promised: number; lost: number; twice: number }> {
  const { rows } = await pool.query<{ number: number; times: number }>(
    "select number, count(*)::int as times from sample join signal_path using (signal) where path = 'Vehicle.TraveledDistance' group by number",
  );
  const found = new Set(rows.map(({ number }) => number));
  let all = 0;
  let lost = 0;
  for (const [car, readings] of promised.entries()) {
    for (const reading of readings) {
      all += 1;
      if (!found.has(car * 1_000_000 + reading)) lost += 1;
    }
  }
  return { promised: all, lost, twice: rows.filter(({ times }) => times > 1).length };
}

/** The server is started again by the process that guards it, which is this one; here it is only waited for. */
async function killDatabase(folder: string): Promise<void> {
  const file = join(folder, "database", "cluster", "postmaster.pid");
  for (;;) {
    const pid = Number((await readFile(file, "utf8").catch(() => "")).split("\n")[0]);
    if (pid > 0 && isAlive(pid)) {
      process.kill(pid, "SIGKILL");
      return;
    }
    await sleep(50);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function start(program: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [join(root, program)], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) throw new Error("a pipe was asked for");
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve) => {
    lines.once("line", resolve);
    child.once("exit", () => resolve(undefined));
  });
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** Mulberry32: the same faults for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
