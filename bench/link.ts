import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { decodeBatch, encodeBatch, packSamples } from "@caravan/link";
import type { Packing, Samples } from "@caravan/link";
import { connectTestCar, enrolTestCar, sendAndWait, speedBatch } from "../apps/cloud/src/broker/test-car.ts";
import { askForEverySecond, startTestCloud } from "../apps/cloud/src/broker/test-cloud.ts";
import type { Database } from "../apps/cloud/src/engines/database.ts";
import { stopTestServer, testDatabase } from "../apps/cloud/src/engines/test-database.ts";
import { dayOnTheWire } from "./link/day.ts";
import { durableIngest } from "./link/ingest.ts";
import type { Row } from "./main.ts";

/** The way from the cars to the cloud: what a sample costs, how fast it arrives, and what twenty cars with their cloud take of the machine. */
export async function run({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "caravan-bench-link-"));
  process.env["CARAVAN_TEST_DATABASE"] = join(folder, "server");
  await mkdir(join(folder, "server"));
  const database = await testDatabase();
  try {
    const rows = [
      ...codec(quick ? 2_000 : 20_000),
      ...(await ingest(database, join(folder, "a"), quick ? 100 : 600)),
      ...(await acknowledgement(database, join(folder, "b"), quick ? 8 : 30)),
      ...(await catchUp(database, join(folder, "c"))),
      ...(await dayOnTheWire(database, join(folder, "e"))),
      ...(await durableIngest(join(folder, "f"), quick)),
    ];
    return [...rows, ...(await wholeFleet(join(folder, "d"), quick))];
  } finally {
    await database.stop();
    await stopTestServer(join(folder, "server"));
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

const packing: Packing = {
  deflate: (bytes, dictionary) => deflateRawSync(bytes, { windowBits: 13, memLevel: 5, dictionary }),
  inflate: (bytes, _limit, dictionary) => inflateRawSync(bytes, { ...(dictionary && { dictionary }) }),
};
const paths = [
  "Vehicle.Speed",
  "Vehicle.CurrentLocation.Latitude",
  "Vehicle.CurrentLocation.Longitude",
  "Vehicle.CurrentLocation.Heading",
  "Vehicle.Powertrain.TractionBattery.CurrentPower",
  "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed",
];

function secondOfDriving(second: number, start: number): Samples {
  const value = [
    30 + (second % 40),
    57.7 + second / 1e5,
    11.9 + second / 1e5,
    second % 360,
    9_000 + second * 7.5,
    80 - second / 100,
  ];
  return { paths, path: paths.map((_, index) => index), at: paths.map(() => start + second * 1_000), value };
}

function codec(rounds: number): readonly Row[] {
  let bytes = 0;
  const started = performance.now();
  for (let second = 1; second <= rounds; second++) {
    const message = encodeBatch(
      { boot: 1_800_000_000, seq: second, floor: second },
      packSamples(secondOfDriving(second, 0), packing),
    );
    bytes += message.length;
    if (decodeBatch(message, packing).v !== 1) throw new Error("a batch must be readable");
  }
  const ms = performance.now() - started;
  return [
    { name: "bytes for one second of driving", value: bytes / rounds, unit: "B", better: "less" },
    { name: "packing and unpacking it", value: (ms * 1_000) / rounds, unit: "us", better: "less" },
  ];
}

async function ingest(database: Database, folder: string, seconds: number): Promise<readonly Row[]> {
  const cloud = await startTestCloud({ database, folder });
  const cars = [];
  for (let count = 0; count < 20; count++) cars.push(await enrolTestCar(cloud));
  const numbers = await Promise.all(cars.map((car) => cloud.vehicles.find(car.vehicle, { kind: "all" })));
  const start = Date.now() - 3_600_000;
  const work: Promise<unknown>[] = [];
  const started = performance.now();
  for (let second = 1; second <= seconds; second++) {
    for (const row of numbers) {
      if (row === undefined) continue;
      const message = encodeBatch(
        { boot: 1, seq: second, floor: 1 },
        packSamples(secondOfDriving(second, start), packing),
      );
      work.push(cloud.telemetry.ingest.take(row, message));
    }
    // As a broker would, which reads on when the last was taken.
    if (second % 40 === 0) await Promise.all(work.splice(0));
  }
  await Promise.all(work);
  const samplesPerSecond = (cars.length * seconds * paths.length * 1_000) / (performance.now() - started);
  await cloud.stop();
  return [{ name: "samples committed a second, twenty cars", value: samplesPerSecond, unit: "/s", better: "more" }];
}

async function acknowledgement(database: Database, folder: string, rounds: number): Promise<readonly Row[]> {
  const cloud = await startTestCloud({ database, folder });
  const cars = [];
  for (let count = 0; count < 20; count++) {
    const identity = await enrolTestCar(cloud);
    cars.push({ identity, client: await connectTestCar(cloud, identity) });
  }
  const times: number[] = [];
  for (let seq = 1; seq <= rounds; seq++) {
    await Promise.all(
      cars.map(async ({ identity, client }, index) => {
        await sleep(index * 20);
        const started = performance.now();
        await sendAndWait(client, identity.vehicle, speedBatch(seq, Date.now(), 50));
        times.push(performance.now() - started);
      }),
    );
  }
  for (const { client } of cars) await client.endAsync();
  await cloud.stop();
  times.sort((a, b) => a - b);
  return [
    {
      name: "from the car to the database and back, 95th percentile",
      value: times[Math.floor(times.length * 0.95)] ?? 0,
      unit: "ms",
      better: "less",
    },
  ];
}

async function catchUp(database: Database, folder: string): Promise<readonly Row[]> {
  let cloud = await startTestCloud({ database, folder });
  await askForEverySecond(cloud);
  const ports = { mqttPort: cloud.broker.port(), httpPort: Number(new URL(cloud.url).port) };
  const { code } = await cloud.vehicles.issueCode();
  const settings = {
    folder: join(folder, "car"),
    cloud: { url: cloud.url, mqtt: cloud.mqtt },
    code,
    epoch: Date.now() - 3_600_000,
    from: 0,
    to: 640,
  };
  const program = join(import.meta.dirname, "../apps/car/src/uplink/fixtures/drive.ts");
  const car = spawn(process.execPath, [program], {
    env: { ...process.env, CARAVAN_DRIVE: JSON.stringify(settings) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let last: { stored?: number; driven?: boolean; waiting?: number; online?: boolean } = {};
  createInterface({ input: car.stdout }).on("line", (line) => {
    last = { ...last, ...JSON.parse(line) };
  });
  const until = async (fact: () => boolean) => {
    while (!fact()) await sleep(5);
  };
  await until(() => (last.stored ?? 0) >= 40);
  await cloud.stop();
  await until(() => last.driven === true);
  cloud = await startTestCloud({ database, folder, ...ports });
  await until(() => cloud.telemetry.ingest.health().batches > 0);
  const started = performance.now();
  await until(() => last.waiting === 0);
  const seconds = (performance.now() - started) / 1_000;
  const gone = once(car, "close");
  car.kill("SIGTERM");
  await gone;
  await cloud.stop();
  return [{ name: "ten minutes without cloud, sent after reconnection", value: seconds, unit: "s", better: "less" }];
}

/** The real thing: `npm start -- --cars 20`, everything it starts counted, the database too. */
async function wholeFleet(data: string, quick: boolean): Promise<readonly Row[]> {
  const start = join(import.meta.dirname, "../start.ts");
  const fleet = spawn(process.execPath, [start, "--cars", "20", "--data", data, "--port", "18470"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: process.env,
  });
  let said = "";
  for (const stream of [fleet.stdout, fleet.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  const gone = once(fleet, "close");
  try {
    const until = performance.now() + 180_000;
    while (!said.includes("Caravan runs")) {
      if (performance.now() > until || fleet.exitCode !== null)
        throw new Error(`twenty cars did not start: ${said.slice(-500)}`);
      await sleep(200);
    }
    await sleep(quick ? 8_000 : 20_000);
    const before = await cpuSeconds(fleet.pid ?? 0);
    const started = performance.now();
    await sleep(quick ? 10_000 : 60_000);
    const cores = ((await cpuSeconds(fleet.pid ?? 0)) - before) / ((performance.now() - started) / 1_000);
    return [{ name: "twenty cars, their cloud and its database", value: cores, unit: "cores", bar: 1, better: "less" }];
  } finally {
    fleet.kill("SIGTERM");
    await gone;
  }
}

const ticksPerSecond = 100;

/** User and system time of a process and everything it started, from /proc. */
async function cpuSeconds(root: number): Promise<number> {
  const children = new Map<number, number[]>();
  const ticks = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/u.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    // After the command's closing bracket come state, parent, ... and as the 12th and 13th user and system time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const pid = Number(name);
    const parent = Number(fields[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
    ticks.set(pid, Number(fields[11]) + Number(fields[12]));
  }
  const family = [root];
  for (const pid of family) family.push(...(children.get(pid) ?? []));
  return family.reduce((sum, pid) => sum + (ticks.get(pid) ?? 0), 0) / ticksPerSecond;
}
