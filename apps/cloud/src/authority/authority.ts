import { randomBytes, webcrypto } from "node:crypto";
import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { StartProblem } from "../engines/problem.ts";
import {
  fingerprint,
  generateKeys,
  isUsable,
  keyFromPem,
  keyOfRequest,
  keyToPem,
  selfSign,
  signLeaf,
} from "./certificates.ts";
import type { Credential } from "./certificates.ts";

const authorityDays = 3_650;
const vehicleDays = 365;
const brokerDays = 90;

/** A vehicle's certificate and what the books need to know of it. */
interface VehicleCertificate {
  /** PEM. */
  readonly certificate: string;
  /** Upper-case hexadecimal, as TLS reports it. */
  readonly serial: string;
  /** UTC ms. */
  readonly expiresAt: number;
}

/** Says which key is which vehicle. Its own key lies in the data folder, readable by its owner only, and signs nothing but leaves. */
export interface Authority {
  /** The certificate that all others chain to, PEM. */
  readonly certificate: string;
  /** The key in a certificate request (PKCS #10, PEM), or undefined where the request is broken, not P-256 or not signed by that key. */
  readonly readRequest: (csr: string) => Promise<RequestedKey | undefined>;
  readonly issueForVehicle: (vehicle: string, key: RequestedKey) => Promise<VehicleCertificate>;
  /** ECDSA with P-256 and SHA-256 (IEEE P1363), base64, by the key behind `certificate`. For messages that begin with words of their own, so that none passes for a certificate. */
  readonly sign: (message: Uint8Array) => Promise<string>;
  /** A fresh key and certificate for the broker, good for these host names and addresses. */
  readonly issueForBroker: (names: readonly string[]) => Promise<Credential>;
}

interface RequestedKey {
  readonly key: webcrypto.CryptoKey;
  /** The same text for the same key. */
  readonly fingerprint: string;
}

/** Opens the authority in this folder, or makes it at the first start. Throws StartProblem where its files are there but cannot be used: a new one would lock out every car. */
export async function openAuthority(parts: {
  readonly folder: string;
  readonly clock: { now(): number };
}): Promise<Authority> {
  const { folder, clock } = parts;
  const credential = (await readCredential(folder, clock.now())) ?? (await makeCredential(folder, clock.now()));
  const ca = { certificate: credential.certificate, key: await keyFromPem(credential.key) };
  return {
    certificate: credential.certificate,
    async readRequest(csr) {
      const key = await keyOfRequest(csr);
      return key === undefined ? undefined : { key, fingerprint: await fingerprint(key) };
    },
    async issueForVehicle(vehicle, { key }) {
      const now = clock.now();
      const serial = newSerial();
      const certificate = await signLeaf(ca, {
        commonName: vehicle,
        serial,
        validity: { now, days: vehicleDays },
        publicKey: key,
        side: "client",
        names: [],
      });
      return { certificate, serial: serial.toUpperCase(), expiresAt: now + vehicleDays * 86_400_000 };
    },
    async sign(message) {
      const signature = await webcrypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, ca.key, message);
      return Buffer.from(signature).toString("base64");
    },
    async issueForBroker(names) {
      const keys = await generateKeys();
      const certificate = await signLeaf(ca, {
        commonName: "Caravan broker",
        serial: newSerial(),
        validity: { now: clock.now(), days: brokerDays },
        publicKey: keys.publicKey,
        side: "server",
        names,
      });
      return { certificate, key: await keyToPem(keys.privateKey) };
    },
  };
}

async function readCredential(folder: string, now: number): Promise<Credential | undefined> {
  const [key, certificate] = await Promise.all([
    readText(join(folder, "key.pem")),
    readText(join(folder, "certificate.pem")),
  ]);
  // The certificate is written last, so a key alone is a first start that was cut short and has signed nothing.
  if (certificate === undefined) return undefined;
  if (key === undefined || !usable({ key, certificate }, now)) {
    throw new StartProblem(
      "authority-broken",
      `The certificate authority in ${folder} cannot be used: its key is missing, damaged or expired. Restore both of its files from a backup.`,
    );
  }
  await chmod(join(folder, "key.pem"), 0o600);
  return { key, certificate };
}

function usable(credential: Credential, now: number): boolean {
  try {
    return isUsable(credential, now, 0);
  } catch {
    return false;
  }
}

async function makeCredential(folder: string, now: number): Promise<Credential> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keys = await generateKeys();
  const key = await keyToPem(keys.privateKey);
  const certificate = await selfSign(keys, "Caravan vehicles", newSerial(), { now, days: authorityDays });
  await writeDurably(join(folder, "key.pem"), key);
  await writeDurably(join(folder, "certificate.pem"), certificate);
  return { key, certificate };
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new StartProblem("authority-unreadable", `The certificate authority cannot be read: ${path}.`, error);
  }
}

/** Positive, without leading zeros: exactly as TLS spells it back. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}
