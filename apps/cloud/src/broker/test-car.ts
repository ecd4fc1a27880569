import "reflect-metadata";
import { once } from "node:events";
import { connect as connectTls } from "node:tls";
import * as x509 from "@peculiar/x509";
import { encodeBatch, packSamples, topics } from "@caravan/link";
import { connect } from "mqtt";
import type { MqttClient } from "mqtt";
import { algorithm, generateKeys, keyToPem } from "../authority/certificates.ts";
import { packing } from "../telemetry/packing.ts";
import type { TestCloud } from "./test-cloud.ts";

/** A car's key and papers, made as a car makes them. */
export interface TestIdentity {
  readonly vehicle: string;
  readonly key: string;
  readonly certificate: string;
  readonly ca: string;
}

export async function makeCsr(): Promise<{ readonly key: string; readonly csr: string }> {
  const keys = await generateKeys();
  const csr = await x509.Pkcs10CertificateRequestGenerator.create({
    name: "CN=car",
    keys,
    signingAlgorithm: algorithm,
  });
  return { key: await keyToPem(keys.privateKey), csr: csr.toString("pem") };
}

export async function enrolTestCar(cloud: TestCloud, account?: string): Promise<TestIdentity> {
  const { code } = await cloud.vehicles.issueCode({ account });
  const { key, csr } = await makeCsr();
  const outcome = await cloud.vehicles.enrol({ code, csr, car: { name: "Test car", model: "Test", simulated: true } });
  if (outcome.kind !== "enrolled") throw new Error("a fresh code lets a car in");
  return { key, ...outcome.enrolment };
}

/** Connects as this car; rejects where the broker does not let it in. */
export async function connectTestCar(
  cloud: TestCloud,
  identity: Partial<TestIdentity>,
  options: { readonly clientId?: string; readonly clean?: boolean } = {},
): Promise<MqttClient> {
  const client = connect({
    ...tlsOptions(cloud, identity),
    protocol: "mqtts",
    clientId: options.clientId ?? identity.vehicle ?? "nobody",
    clean: options.clean ?? true,
    reconnectPeriod: 0,
    connectTimeout: 5_000,
  });
  client.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    client.once("connect", () => resolve());
    client.once("close", () => reject(new Error("refused")));
  });
  return client;
}

/** TLS without MQTT, for bytes that no client would send. */
export async function connectRaw(cloud: TestCloud, identity: TestIdentity) {
  const socket = connectTls(tlsOptions(cloud, identity));
  socket.on("error", () => {});
  await once(socket, "secureConnect");
  return socket;
}

export function speedBatch(seq: number, at: number, speed: number, boot = 1_700_000_000): Buffer {
  const body = packSamples({ paths: ["Vehicle.Speed"], path: [0], at: [at], value: [speed] }, packing);
  return Buffer.from(encodeBatch({ boot, seq, floor: 1 }, body));
}

/** When the connection has ended, well or not. */
export function closing(connection: { once(event: "close", listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => {
    connection.once("close", () => resolve());
  });
}

/** The next message from the cloud, parsed. */
export function nextMessage(client: MqttClient): Promise<unknown> {
  return new Promise((resolve) => {
    client.once("message", (_topic, payload) => resolve(JSON.parse(String(payload))));
  });
}

/** Sends one batch and waits for the cloud's answer. */
export async function sendAndWait(client: MqttClient, vehicle: string, message: Buffer): Promise<unknown> {
  const own = topics(vehicle);
  await client.subscribeAsync(own.ack);
  const answer = nextMessage(client);
  await client.publishAsync(own.batch, message, { qos: 1 });
  return answer;
}

function tlsOptions(cloud: TestCloud, identity: Partial<TestIdentity>) {
  const port = Number(new URL(cloud.mqtt).port);
  const { key, certificate: cert, ca } = identity;
  return {
    host: "localhost",
    servername: "localhost",
    port,
    ca: ca ?? cloud.authority.certificate,
    ...(key === undefined ? {} : { key, cert }),
  };
}
