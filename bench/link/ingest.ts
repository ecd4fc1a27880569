import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { decodeAck, encodeBatch, packSamples, topics } from "@caravan/link";
import type { Packing } from "@caravan/link";
import { catalogue } from "@caravan/signals";
import { connect } from "mqtt";
import type { MqttClient } from "mqtt";
import { enrolTestCar } from "../../apps/cloud/src/broker/test-car.ts";
import type { TestIdentity } from "../../apps/cloud/src/broker/test-car.ts";
import { startTestCloud } from "../../apps/cloud/src/broker/test-cloud.ts";
import { openDatabase } from "../../apps/cloud/src/engines/database.ts";
import { migrate, readMigrations } from "../../apps/cloud/src/engines/migrations.ts";
import type { Row } from "../main.ts";

const cars = 200;
const signals = 200;
/** A little more than the bar, so that a broker that only just keeps up does not pass by rounding. */
const signalsPerSecond = 104_000;
const packing: Packing = {
  deflate: (bytes, dictionary) => deflateRawSync(bytes, { windowBits: 13, memLevel: 5, level: 6, dictionary }),
  inflate: (bytes, _limit, dictionary) => inflateRawSync(bytes, { ...(dictionary && { dictionary }) }),
};

interface Figures {
  readonly perSecond: number;
  readonly p99: number;
  readonly median: number;
}

/**
 * Two hundred cars, each with two hundred signals a batch, over MQTT with mutual TLS to a cloud in a process of its own and a real PostgreSQL with
 * fsync on: how many signals a second are acknowledged from behind the commit, and how long the 99th of a hundred waits. Beside it the same bytes
 * through a broker that only reads and acknowledges them.
 */
export async function durableIngest(folder: string, quick: boolean): Promise<readonly Row[]> {
  const database = await openDatabase({
    data: join(folder, "database"),
    databaseUrl: undefined,
    onConnectionLost: () => {},
    onServerChange: () => {},
  });
  try {
    await migrate(database.pool, await readMigrations());
    const setup = await startTestCloud({ database, folder: join(folder, "authority") });
    const identities: TestIdentity[] = [];
    for (let car = 0; car < cars; car++) identities.push(await enrolTestCar(setup));
    await setup.stop();
    const seconds = quick ? 8 : 20;
    const url = database.url;
    const through = await measure({ folder, url, identities, seconds, passThrough: true });
    const durable = await measure({ folder, url, identities, seconds, passThrough: false });
    const stored = await database.pool.query<{ n: string }>(
      "select sum(cardinality(signals))::text as n from measured",
    );
    const expected = durable.sent * signals;
    if (Number(stored.rows[0]?.n) !== expected)
      throw new Error(`the database has ${stored.rows[0]?.n} signals instead of ${expected}`);
    return [
      { name: "passed through: signals acknowledged a second", value: through.perSecond, unit: "/s", better: "more" },
      { name: "passed through: 99th percentile of the answer", value: through.p99, unit: "ms", better: "less" },
      { name: "ingest, durable before the answer", value: durable.perSecond, unit: "/s", bar: 100_000, better: "more" },
      { name: "ingest, 99th percentile of the answer", value: durable.p99, unit: "ms", bar: 250, better: "less" },
      { name: "ingest, median of the answer", value: durable.median, unit: "ms", better: "less" },
    ];
  } finally {
    await database.stop();
  }
}

async function measure(parts: {
  readonly folder: string;
  readonly url: string;
  readonly identities: readonly TestIdentity[];
  readonly seconds: number;
  readonly passThrough: boolean;
}): Promise<Figures & { readonly sent: number }> {
  const { folder, url, identities, seconds, passThrough } = parts;
  const cloud = await serve({ databaseUrl: url, folder: join(folder, "authority"), passThrough });
  const clients: Car[] = [];
  for (const identity of identities) clients.push(await openCar(identity, cloud.mqtt));
  const bodies = packBodies(seconds + 2);
  const latencies: number[] = [];
  const batchesPerSecond = signalsPerSecond / signals;
  const total = Math.round(batchesPerSecond * seconds);
  // The first two seconds warm up and are not counted.
  const warm = Math.round(batchesPerSecond * 2);
  let sent = 0;
  let acknowledged = 0;
  let lastAt = 0;
  const began = performance.now();
  for (const car of clients) {
    car.onAck = (at, sentAt) => {
      acknowledged += 1;
      lastAt = at;
      if (sentAt - began >= 2_000) latencies.push(at - sentAt);
    };
  }
  while (sent < total + warm) {
    const due = Math.min(total + warm, Math.floor(((performance.now() - began) / 1_000) * batchesPerSecond));
    for (; sent < due; sent++) {
      const body = bodies[Math.floor(sent / batchesPerSecond)];
      if (body !== undefined) clients[sent % clients.length]?.send(body);
    }
    await sleep(2);
  }
  const until = performance.now() + 60_000;
  const missing = () => sent - acknowledged;
  while (missing() > 0 && performance.now() < until) await sleep(5);
  if (missing() > 0) throw new Error(`${missing()} batches were never acknowledged`);
  for (const car of clients) car.client.end(true);
  await cloud.stop();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { perSecond: (sent * signals * 1_000) / (lastAt - began), p99: at(0.99), median: at(0.5), sent };
}

interface Car {
  readonly client: MqttClient;
  onAck: (at: number, sentAt: number) => void;
  send(body: Uint8Array): void;
}

async function openCar(identity: TestIdentity, mqtt: string): Promise<Car> {
  const url = new URL(mqtt);
  const client = connect({
    protocol: "mqtts",
    host: url.hostname,
    port: Number(url.port),
    servername: "localhost",
    key: identity.key,
    cert: identity.certificate,
    ca: identity.ca,
    clientId: identity.vehicle,
    clean: true,
    reconnectPeriod: 0,
  });
  await new Promise<void>((resolve, reject) => {
    client.once("connect", () => resolve());
    client.once("error", reject);
  });
  const own = topics(identity.vehicle);
  await client.subscribeAsync(own.ack);
  let seq = 0;
  let answered = 0;
  const sentAt = new Map<number, number>(); // what is on its way: a second or two
  const car: Car = {
    client,
    onAck: () => {},
    send(body) {
      seq += 1;
      sentAt.set(seq, performance.now());
      const head = { class: "trip", campaign: "bench", boot: 1, seq, floor: Math.min(seq, answered + 1) } as const;
      client.publish(own.batch, Buffer.from(encodeBatch(head, body)), { qos: 1 }, () => {});
    },
  };
  client.on("message", (_topic, payload) => {
    const ack = decodeAck(payload);
    const at = performance.now();
    const upTo = ack?.seq ?? 0;
    while (answered < upTo) {
      answered += 1;
      car.onAck(at, sentAt.get(answered) ?? at);
      sentAt.delete(answered);
    }
  });
  return car;
}

/** One body for each second, a number for each of two hundred paths; not two values are alike, so that nothing packs better than in a car. */
function packBodies(seconds: number): readonly Uint8Array[] {
  const paths = catalogue.signals.map(({ path }) => path);
  const start = Date.now() - 600_000;
  return Array.from({ length: seconds }, (_, second) =>
    packSamples(
      {
        paths: paths.slice(0, signals),
        path: Array.from({ length: signals }, (_each, index) => index),
        at: Array.from({ length: signals }, (_each, index) => start + second * 1_000 + index * 5),
        value: Array.from({ length: signals }, (_each, index) => Math.fround(index * 1.7 + second * 0.37)),
      },
      packing,
    ),
  );
}

async function serve(settings: Readonly<Record<string, unknown>>): Promise<{ mqtt: string; stop(): Promise<void> }> {
  const program = join(import.meta.dirname, "../../apps/cloud/src/broker/fixtures/serve.ts");
  const child: ChildProcess = spawn(process.execPath, [program], {
    env: { ...process.env, CARAVAN_SERVE: JSON.stringify(settings) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout === null) throw new Error("a pipe was asked for");
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { mqtt }: { mqtt: string } = JSON.parse(String(line));
  return {
    mqtt,
    async stop() {
      const gone = once(child, "close");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
