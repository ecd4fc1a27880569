import "reflect-metadata";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decodeTraffic, encodeTraffic, linkLimits, RenewedCertificate, topics } from "@caravan/link";
import type { TrafficMessage } from "@caravan/link";
import type { MqttClient } from "mqtt";
import { Value } from "typebox/value";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAuthority } from "../authority/authority.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";
import { Broker } from "./broker.ts";
import {
  closing,
  connectRaw,
  connectTestCar,
  enrolTestCar,
  makeCsr,
  nextMessage,
  sendAndWait,
  speedBatch,
} from "./test-car.ts";
import { quiet, startTestCloud, temporaryFolder } from "./test-cloud.ts";
import type { TestCloud } from "./test-cloud.ts";

let database: Database;
let cloud: TestCloud;
let files: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  files = await temporaryFolder();
  database = await testDatabase();
  cloud = await startTestCloud({ database, folder: join(files.folder, "authority") });
});
afterAll(async () => {
  await cloud.stop();
  await database.stop();
  await files.remove();
});

async function until(fact: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await fact())) await sleep(10);
}

function nextPicture(client: MqttClient): Promise<TrafficMessage | undefined> {
  return new Promise((resolve) => {
    client.once("message", (_topic, payload) => resolve(decodeTraffic(payload)));
  });
}

async function samplesOf(vehicle: string): Promise<readonly number[]> {
  const { rows } = await database.pool.query(
    "select sample.number from sample join vehicle on vehicle.number = sample.vehicle where vehicle.vehicle = $1 order by at",
    [vehicle],
  );
  return rows.map((row: { number: number }) => row.number);
}

test("a car with its own certificate sends, and the answer comes after the database has it", async () => {
  const car = await enrolTestCar(cloud);
  const client = await connectTestCar(cloud, car);
  expect(cloud.vehicles.presence.isOnline(car.vehicle)).toBe(true);
  expect(await sendAndWait(client, car.vehicle, speedBatch(1, Date.now(), 33))).toEqual({
    v: 1,
    boot: 1_700_000_000,
    seq: 1,
    class: "trip",
  });
  expect(await samplesOf(car.vehicle)).toEqual([33]);
  await client.endAsync();
  await until(() => !cloud.vehicles.presence.isOnline(car.vehicle));
});

test("coming and going are events in the database", async () => {
  const car = await enrolTestCar(cloud);
  const client = await connectTestCar(cloud, car);
  await client.endAsync();
  const events = async () => {
    const { rows } = await database.pool.query(
      "select online from presence join vehicle on vehicle.number = presence.vehicle where vehicle.vehicle = $1 order by at, online desc",
      [car.vehicle],
    );
    return rows.map((row: { online: boolean }) => row.online);
  };
  await until(async () => (await events()).length >= 2);
  expect(await events()).toEqual([true, false]);
});

test("nobody gets in without a certificate, or with one of another authority", async () => {
  const car = await enrolTestCar(cloud);
  const rogue = await openAuthority({ folder: join(files.folder, "rogue"), clock: Date });
  const { key, csr } = await makeCsr();
  const requested = await rogue.readRequest(csr);
  if (requested === undefined) throw new Error("the request is a good one");
  const { certificate } = await rogue.issueForVehicle(car.vehicle, requested);
  await expect(connectTestCar(cloud, { vehicle: car.vehicle, key, certificate })).rejects.toThrow("refused");
  await expect(connectTestCar(cloud, { vehicle: car.vehicle })).rejects.toThrow("refused");
  expect(cloud.vehicles.presence.isOnline(car.vehicle)).toBe(false);
});

test("a car cannot pose as another, nor keep a session in the broker", async () => {
  const [car, other] = [await enrolTestCar(cloud), await enrolTestCar(cloud)];
  await expect(connectTestCar(cloud, car, { clientId: other.vehicle })).rejects.toThrow("refused");
  await expect(connectTestCar(cloud, car, { clean: false })).rejects.toThrow("refused");
});

test("a car whose certificate was withdrawn stays outside", async () => {
  const car = await enrolTestCar(cloud);
  await database.pool.query("update vehicle_certificate set withdrawn_at = now() where vehicle = $1", [car.vehicle]);
  await expect(connectTestCar(cloud, car)).rejects.toThrow("refused");
});

test("a car that writes to another car's topic is put out, and nothing arrives", async () => {
  const [car, other] = [await enrolTestCar(cloud), await enrolTestCar(cloud)];
  for (const topic of [topics(other.vehicle).batch, topics(car.vehicle).ack, "caravan/v1", "$SYS/x"]) {
    const client = await connectTestCar(cloud, car);
    const closed = closing(client);
    client.publish(topic, speedBatch(1, Date.now(), 99), { qos: 1 });
    await closed;
  }
  expect(await samplesOf(other.vehicle)).toEqual([]);
  expect(await samplesOf(car.vehicle)).toEqual([]);
});

test("a car hears its own answers only", async () => {
  const [car, other] = [await enrolTestCar(cloud), await enrolTestCar(cloud)];
  const client = await connectTestCar(cloud, car);
  for (const topic of [
    "#",
    "+/+/+/+/+",
    topics(other.vehicle).ack,
    topics(other.vehicle).batch,
    `caravan/v1/${other.vehicle}/#`,
  ]) {
    const granted = await client.subscribeAsync(topic).catch((error: unknown) => String(error));
    expect(JSON.stringify(granted)).toMatch(/128|error/i);
  }
  await client.endAsync();
});

test("every car hears the traffic, one that comes later hears the last picture, and none may write it", async () => {
  const [car, late] = [await enrolTestCar(cloud), await enrolTestCar(cloud)];
  const client = await connectTestCar(cloud, car);
  const heard = nextPicture(client);
  await client.subscribeAsync(topics(car.vehicle).traffic);
  cloud.broker.tellAll("traffic", encodeTraffic({ at: 1_000, speeds: [], incidents: [] }));
  expect(await heard).toMatchObject({ at: 1_000 });
  cloud.broker.tellAll("traffic", encodeTraffic({ at: 2_000, speeds: [], incidents: [] }));
  const latecomer = await connectTestCar(cloud, late);
  const last = nextPicture(latecomer);
  await latecomer.subscribeAsync(topics(late.vehicle).traffic);
  expect(await last).toMatchObject({ at: 2_000 });
  const closed = closing(client);
  client.publish(topics(car.vehicle).traffic, Buffer.from(encodeTraffic({ at: 3_000, speeds: [], incidents: [] })));
  await closed;
  await latecomer.endAsync();
});

test("a newer connection of the same car takes over, and the car stays online", async () => {
  const car = await enrolTestCar(cloud);
  const older = await connectTestCar(cloud, car);
  const closed = closing(older);
  const newer = await connectTestCar(cloud, car);
  await closed;
  expect(cloud.vehicles.presence.isOnline(car.vehicle)).toBe(true);
  expect(await sendAndWait(newer, car.vehicle, speedBatch(1, Date.now(), 12))).toMatchObject({ seq: 1 });
  await newer.endAsync();
});

test("a packet that announces too much ends the connection before it is collected", async () => {
  const car = await enrolTestCar(cloud);
  const client = await connectTestCar(cloud, car);
  const closed = closing(client);
  client.publish(topics(car.vehicle).batch, Buffer.alloc(linkLimits.messageBytes + 4_096), { qos: 1 });
  await closed;
  const honest = await connectTestCar(cloud, car);
  await honest.endAsync();
});

test("garbage ends the connection that sent it and no other", async () => {
  const [car, honest] = [await enrolTestCar(cloud), await enrolTestCar(cloud)];
  const bystander = await connectTestCar(cloud, honest);
  for (const garbage of [
    Buffer.from("GET / HTTP/1.1\r\n\r\n"),
    Buffer.alloc(3, 0xff),
    Buffer.from([0x30, 4, 0, 9, 1, 2]),
    Buffer.alloc(200_000, 0x10),
  ]) {
    const socket = await connectRaw(cloud, car);
    const closed = closing(socket);
    socket.write(garbage);
    await closed;
  }
  const client = await connectTestCar(cloud, car);
  const closed = closing(client);
  client.publish(topics(car.vehicle).batch, Buffer.from("no batch"), { qos: 1 });
  await closed;
  expect(await sendAndWait(bystander, honest.vehicle, speedBatch(1, Date.now(), 7))).toMatchObject({ seq: 1 });
  await bystander.endAsync();
});

test("a connected car gets a new certificate for a new key, and connects with it", async () => {
  const car = await enrolTestCar(cloud);
  const client = await connectTestCar(cloud, car);
  const { key, csr } = await makeCsr();
  const own = topics(car.vehicle);
  await client.subscribeAsync(own.certificate);
  const answer = nextMessage(client);
  await client.publishAsync(own.csr, csr, { qos: 1 });
  const renewed = Value.Parse(RenewedCertificate, await answer);
  await client.endAsync();
  const again = await connectTestCar(cloud, { vehicle: car.vehicle, key, ...renewed });
  await again.endAsync();
});

test("a taken port is told in one sentence", async () => {
  const parts = {
    authority: cloud.authority,
    vehicles: cloud.vehicles,
    telemetry: cloud.telemetry,
    campaigns: cloud.campaigns,
    clock: Date,
    log: quiet,
  };
  const second = new Broker({ ...parts, host: "127.0.0.1", port: cloud.broker.port(), names: ["localhost"] });
  await expect(second.start()).rejects.toMatchObject({ code: "port-taken" });
  await second.stop();
});
