import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Store, Vehicle, catalogue } from "@caravan/signals";
import { Aedes } from "aedes";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Access } from "./access/access.ts";
import { audience, signToken } from "./access/token.ts";
import { openMqtt } from "./open-mqtt.ts";
import { realScheduler } from "./viss/scheduler.ts";
import { Viss } from "./viss/viss.ts";

const folder = mkdtempSync(join(tmpdir(), "caravan-"));
const clock = { now: () => Date.now() };
const keys = generateKeyPairSync("ed25519");
const token = signToken({ exp: clock.now() / 1_000 + 60, aud: audience, scope: "read" }, keys.privateKey);
const store = new Store({ catalogue, clock });
const topics: string[] = [];
let broker: Aedes;
let port = 0;
const server = createServer();
const undo: (() => Promise<unknown>)[] = [];

const parts = (url: string, { withTokens = true } = {}) => {
  const access = new Access({
    catalogue,
    clock,
    key: withTokens ? keys.publicKey : undefined,
    vin: () => "TESTVEHICLE000001",
  });
  const report = (error: unknown): void => expect.unreachable(String(error));
  const viss = new Viss({
    store,
    access,
    clock,
    scheduler: realScheduler,
    actuate: async (_, value) => ({ kind: "done", value }),
    report,
  });
  return { viss, access, served: { tls: undefined, mqtt: { url } }, folder, report };
};

beforeAll(async () => {
  broker = await Aedes.createBroker();
  broker.on("publish", ({ topic }) => void topics.push(topic));
  broker.on("subscribe", (subscriptions) => void topics.push(...subscriptions.map(({ topic }) => topic)));
  server.on("connection", (socket) => broker.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" ? (address?.port ?? 0) : 0;
  store.set(Vehicle.Speed, 12, { source: "test" });
  store.set(Vehicle.VehicleIdentification.VIN, "TESTVEHICLE000001", { source: "test" });
});
afterAll(async () => {
  for (const each of undo.toReversed()) await each();
  await new Promise((resolve) => broker.close(() => resolve(undefined)));
  server.close();
  rmSync(folder, { recursive: true });
});

test("a client on the broker reads and subscribes with a token, and the VIN is in no topic", async () => {
  const door = openMqtt(parts(`mqtt://127.0.0.1:${port}`));
  if (door === undefined || typeof door === "string") return expect.unreachable(String(door));
  undo.push(() => door.stop());
  const identity = readFileSync(join(folder, "mqtt-identity"), "utf8");
  await expect.poll(() => topics).toContain(`${identity}/Vehicle`);
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`);
  undo.push(() => client.endAsync(true));
  const heard: { topic: string; message: Record<string, unknown> }[] = [];
  client.on("message", (topic, payload) => heard.push({ topic, message: JSON.parse(payload.toString()) }));
  await client.subscribeAsync(["mine", "other"]);
  const ask = (topic: string, request: object): unknown =>
    client.publish(`${identity}/Vehicle`, JSON.stringify({ topic, request: JSON.stringify(request) }));
  ask("mine", { action: "get", path: "Vehicle.Speed", requestId: "1", authorization: token });
  await expect
    .poll(() => heard)
    .toMatchObject([{ topic: "mine", message: { requestId: "1", data: { dp: { value: "12" } } } }]);
  ask("other", { action: "get", path: "Vehicle.Speed", requestId: "2" });
  await expect.poll(() => heard[1]).toMatchObject({ topic: "other", message: { error: { reason: "token_missing" } } });
  ask("mine", { action: "subscribe", path: "Vehicle.Speed", requestId: "3", authorization: token });
  await expect.poll(() => heard[2]).toMatchObject({ topic: "mine", message: { subscriptionId: expect.any(String) } });
  store.set(Vehicle.Speed, 13, { source: "test" });
  await expect
    .poll(() => heard[3])
    .toMatchObject({ topic: "mine", message: { action: "subscription", data: { dp: { value: "13" } } } });
  for (const rubbish of [
    "",
    "{",
    "{}",
    JSON.stringify({ topic: "#", request: "{}" }),
    JSON.stringify({ topic: `${identity}/Vehicle`, request: "{}" }),
  ])
    client.publish(`${identity}/Vehicle`, rubbish);
  ask("mine", { action: "get", path: "Vehicle.Nothing", requestId: "4", authorization: token });
  await expect.poll(() => heard[4]).toMatchObject({ message: { requestId: "4", error: { reason: "invalid_path" } } });
  expect(heard).toHaveLength(5);
  expect(topics.filter((topic) => topic.includes("TESTVEHICLE"))).toEqual([]);
});

test("no broker is spoken to without tokens, nor in the open beyond this machine, nor where none is named", () => {
  expect(openMqtt(parts(`mqtt://127.0.0.1:${port}`, { withTokens: false }))).toMatch(/needs a token/);
  expect(openMqtt(parts("mqtt://broker.example:1883"))).toMatch(/by TLS/);
  expect(openMqtt({ ...parts(""), served: { tls: undefined } })).toBeUndefined();
});
