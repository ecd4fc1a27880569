import "reflect-metadata";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAuthority } from "./authority.ts";
import { algorithm, generateKeys } from "./certificates.ts";

const clock = { now: () => 1_800_000_000_000 };
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "caravan-authority-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function request(): Promise<string> {
  const keys = await generateKeys();
  const made = await x509.Pkcs10CertificateRequestGenerator.create({
    name: "CN=I am the boss",
    keys,
    signingAlgorithm: algorithm,
  });
  return made.toString("pem");
}

test("the authority is made once, and its key is for its owner only", async () => {
  const first = await openAuthority({ folder: join(folder, "a"), clock });
  await chmod(join(folder, "a", "key.pem"), 0o644);
  const second = await openAuthority({ folder: join(folder, "a"), clock });
  expect(second.certificate).toBe(first.certificate);
  expect((await stat(join(folder, "a", "key.pem"))).mode & 0o777).toBe(0o600);
});

test("a car gets a certificate in the cloud's words, not in its own", async () => {
  const authority = await openAuthority({ folder: join(folder, "b"), clock });
  const key = await authority.readRequest(await request());
  if (key === undefined) throw new Error("the request is a good one");
  const issued = await authority.issueForVehicle("abcdefgh01", key);
  const certificate = new X509Certificate(issued.certificate);
  expect(certificate.subject).toBe("CN=abcdefgh01");
  expect(certificate.serialNumber).toBe(issued.serial);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
});

test("the broker's certificate names its hosts and serves as nothing else", async () => {
  const authority = await openAuthority({ folder: join(folder, "b"), clock });
  const issued = await authority.issueForBroker(["localhost", "127.0.0.1", "cars.example"]);
  const certificate = new X509Certificate(issued.certificate);
  expect(certificate.checkHost("localhost")).toBe("localhost");
  expect(certificate.checkHost("cars.example")).toBe("cars.example");
  expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  expect(certificate.checkPrivateKey(createPrivateKey(issued.key))).toBe(true);
});

test("a request that is broken or signed by another key is refused", async () => {
  const authority = await openAuthority({ folder: join(folder, "b"), clock });
  expect(
    await authority.readRequest("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"),
  ).toBeUndefined();
  const good = new x509.Pkcs10CertificateRequest(await request());
  const bytes = new Uint8Array(good.rawData);
  bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1;
  expect(await authority.readRequest(x509.PemConverter.encode(bytes, "CERTIFICATE REQUEST"))).toBeUndefined();
});

test("a damaged authority stops the start instead of locking out every car with a new one", async () => {
  const broken = join(folder, "c");
  const before = await openAuthority({ folder: broken, clock });
  await writeFile(join(broken, "key.pem"), "not a key");
  await expect(openAuthority({ folder: broken, clock })).rejects.toMatchObject({ code: "authority-broken" });
  expect(await readFile(join(broken, "certificate.pem"), "utf8")).toBe(before.certificate);
});
