import { createServer } from "node:http";
import type { Server } from "node:http";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { enrol } from "./enrol.ts";
import {
  enrolmentKey,
  hasIdentity,
  isConsistent,
  isDueForRenewal,
  readIdentity,
  renewedIdentity,
  writeIdentity,
} from "./identity.ts";
import type { Identity } from "./identity.ts";
import { makeKey, makeRequest } from "./request.ts";
import { signForTest } from "./fixtures/sign.ts";

const car = { name: "Blue", model: "Test", simulated: true };
const mqtt = "mqtts://localhost:1";
let folder = "";
let server: Server | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "caravan-enrol-"));
});
afterEach(() => {
  server?.close();
  server = undefined;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A cloud that answers like this, whatever it is asked; tells what it was asked. */
async function cloud(status: number, answer: (csr: string) => unknown): Promise<{ url: string; asked: unknown[] }> {
  const asked: unknown[] = [];
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      const body: { csr: string } = JSON.parse(text);
      asked.push(body);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer(body.csr)));
    });
  });
  await new Promise<void>((resolve) => {
    server?.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return { url: `http://localhost:${typeof address === "object" ? address?.port : 0}`, asked };
}

const ask = (url: string, name: string) =>
  enrol({ url, code: "0123456789abcdef", car, folder: join(folder, name), signal: new AbortController().signal });

test("a car joins with a key that never leaves it, and keeps its papers for itself", async () => {
  const signed: { ca: string; certificate: string }[] = [];
  const papers = await signForTest("abcdefgh01", makeRequest(await enrolmentKey(join(folder, "a"), makeKey)));
  signed.push(papers);
  const { url, asked } = await cloud(201, () => ({ vehicle: "abcdefgh01", ...papers, mqtt }));
  const outcome = await ask(url, "a");
  expect(outcome).toMatchObject({ kind: "enrolled", identity: { vehicle: "abcdefgh01", mqtt } });
  expect(JSON.stringify(asked)).not.toContain("PRIVATE");
  expect(statSync(join(folder, "a", "identity.json")).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "a", "identity-key.pem")).mode & 0o777).toBe(0o600);
  expect(hasIdentity(join(folder, "a"))).toBe(true);
  const identity = await readIdentity(join(folder, "a"));
  expect(identity?.key).toBe(readFileSync(join(folder, "a", "identity-key.pem"), "utf8"));
});

test("a refused code is told, an absent or failing cloud is asked again later", async () => {
  const refusing = await cloud(403, () => ({ error: {} }));
  expect(await ask(refusing.url, "b")).toMatchObject({ kind: "refused", why: expect.stringContaining("code") });
  server?.close();
  const puzzled = await cloud(400, () => ({ error: {} }));
  expect(await ask(puzzled.url, "b")).toMatchObject({ kind: "refused", why: expect.stringContaining("code") });
  server?.close();
  const failing = await cloud(500, () => ({}));
  expect(await ask(failing.url, "b")).toEqual({ kind: "later" });
  server?.close();
  const strange = await cloud(201, () => ({ vehicle: "../..", certificate: "x" }));
  expect(await ask(strange.url, "b")).toEqual({ kind: "later" });
  expect(await ask("http://localhost:1", "b")).toEqual({ kind: "later" });
  expect(hasIdentity(join(folder, "b"))).toBe(false);
});

test("a certificate for another key is not kept", async () => {
  const papers = await signForTest("abcdefgh01", makeRequest(makeKey()));
  const { url } = await cloud(201, () => ({ vehicle: "abcdefgh01", ...papers, mqtt }));
  expect(await ask(url, "c")).toMatchObject({ kind: "refused" });
  expect(hasIdentity(join(folder, "c"))).toBe(false);
});

test("a code does not travel over plain http to another machine", async () => {
  expect(await ask("http://cars.example", "d")).toMatchObject({
    kind: "refused",
    why: expect.stringContaining("https"),
  });
});

test("the same key is used for every try, so a lost answer costs nothing", async () => {
  const first = await enrolmentKey(join(folder, "e"), makeKey);
  expect(await enrolmentKey(join(folder, "e"), makeKey)).toBe(first);
});

test("a damaged identity stops the start instead of making the car another one", async () => {
  await writeIdentity(join(folder, "f"), await identityOf("abcdefgh01"));
  writeFileSync(join(folder, "f", "identity.json"), "{");
  await expect(readIdentity(join(folder, "f"))).rejects.toMatchObject({ code: "identity-unreadable" });
  writeFileSync(join(folder, "f", "identity.json"), "{}");
  await expect(readIdentity(join(folder, "f"))).rejects.toMatchObject({ code: "identity-unreadable" });
});

async function identityOf(vehicle: string): Promise<Identity> {
  const key = makeKey();
  return { v: 1, key, vehicle, mqtt, ...(await signForTest(vehicle, makeRequest(key))) };
}

test("a renewed certificate is taken only if it is this car's, for the new key, from the same authority", async () => {
  const identity = await identityOf("abcdefgh01");
  expect(isConsistent(identity)).toBe(true);
  const key = makeKey();
  const same = await signForTest("abcdefgh01", makeRequest(key), identity.ca);
  expect(renewedIdentity(identity, key, { v: 1, ...same })).toMatchObject({ key, vehicle: "abcdefgh01" });
  expect(renewedIdentity(identity, makeKey(), { v: 1, ...same })).toBeUndefined();
  const other = await signForTest("abcdefgh02", makeRequest(key), identity.ca);
  expect(renewedIdentity(identity, key, { v: 1, ...other })).toBeUndefined();
  const strange = await signForTest("abcdefgh01", makeRequest(key));
  expect(renewedIdentity(identity, key, { v: 1, ...strange })).toBeUndefined();
});

test("a certificate is renewed after two thirds of its time", async () => {
  const identity = await identityOf("abcdefgh01");
  expect(isDueForRenewal(identity, Date.now() + 60 * 86_400_000)).toBe(false);
  expect(isDueForRenewal(identity, Date.now() + 61 * 86_400_000)).toBe(true);
});
