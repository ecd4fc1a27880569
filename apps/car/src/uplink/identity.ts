import { createPrivateKey, X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { Enrolment } from "@caravan/link";
import type { RenewedCertificate } from "@caravan/link";
import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { UplinkProblem } from "./problem.ts";

/** Who this car is for the cloud it has joined. Lies in the car's folder, readable by its owner only. */
const Identity = Type.Object({
  v: Type.Literal(1),
  key: Type.String({ minLength: 64, maxLength: 8_192 }),
  ...Enrolment.properties,
});
export type Identity = Static<typeof Identity>;

const fileName = "identity.json";
const keyFileName = "identity-key.pem";

/** Has the car in this folder joined a cloud? One that has not needs an enrolment code. */
export function hasIdentity(folder: string): boolean {
  return existsSync(join(folder, fileName));
}

/** Undefined where the car has not joined yet. Throws UplinkProblem where the file is there but cannot be understood: a new one would make it another car. */
export async function readIdentity(folder: string): Promise<Identity | undefined> {
  const path = join(folder, fileName);
  if (!existsSync(path)) return undefined;
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (Value.Check(Identity, value)) {
      await chmod(path, 0o600);
      return value;
    }
  } catch (error) {
    throw new UplinkProblem("identity-unreadable", `The car's identity cannot be read: ${path}.`, error);
  }
  throw new UplinkProblem(
    "identity-unreadable",
    `The car's identity is damaged: ${path}. Restore it from a backup, or remove it and enrol the car anew.`,
  );
}

export async function writeIdentity(folder: string, identity: Identity): Promise<void> {
  await writePrivately(folder, fileName, JSON.stringify(identity, undefined, 2));
}

/** The key for an enrolment. It is kept before the first try, so that a try whose answer was lost is repeated with the same key and gives the same vehicle. */
export async function enrolmentKey(folder: string, make: () => string): Promise<string> {
  const path = join(folder, keyFileName);
  if (existsSync(path)) return readFile(path, "utf8");
  const key = make();
  await writePrivately(folder, keyFileName, key);
  return key;
}

/** The identity with its new key and certificate, or undefined where they do not belong together, to this car or to its cloud. */
export function renewedIdentity(identity: Identity, key: string, renewed: RenewedCertificate): Identity | undefined {
  const next: Identity = { ...identity, key, certificate: renewed.certificate, ca: renewed.ca };
  return isConsistent(next) && renewed.ca === identity.ca ? next : undefined;
}

/** Do key, certificate, vehicle and authority fit together? */
export function isConsistent(identity: Identity): boolean {
  try {
    const certificate = new X509Certificate(identity.certificate);
    const authority = new X509Certificate(identity.ca);
    return (
      certificate.subject === `CN=${identity.vehicle}` &&
      certificate.verify(authority.publicKey) &&
      isKeyOf(identity.key, certificate)
    );
  } catch {
    return false;
  }
}

/** True once two thirds of the certificate's time have passed. */
export function isDueForRenewal(identity: Identity, now: number): boolean {
  const { validFromDate, validToDate } = new X509Certificate(identity.certificate);
  return now > validFromDate.getTime() + ((validToDate.getTime() - validFromDate.getTime()) * 2) / 3;
}

function isKeyOf(key: string, certificate: X509Certificate): boolean {
  return certificate.checkPrivateKey(createPrivateKey(key));
}

async function writePrivately(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
