import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { screenRoutes } from "./screens.ts";
import { createHttpServer } from "./server.ts";
import type { HttpServer } from "./server.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let folder: string;
let server: HttpServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "caravan-screens-"));
  mkdirSync(join(folder, "built", "phone", "assets"), { recursive: true });
  writeFileSync(join(folder, "secret"), "not to be served");
  writeFileSync(join(folder, "built", "phone", "index.html"), "<!doctype html>phone");
  writeFileSync(join(folder, "built", "phone", "assets", "app-1a2b.js"), "let app;");
  writeFileSync(join(folder, "built", "phone", "assets", "app-1a2b.js.br"), brotliCompressSync("let app;"));
  server = await createHttpServer({
    routes: screenRoutes(join(folder, "built")),
    recognise: async () => ({ caller: { kind: "nobody" }, cookies: [] }),
    host: "localhost",
    styleHashes: [],
    log: silent,
    liveReaders: 1,
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) =>
  server.fastify.inject({ url, headers: { host: "localhost", ...headers } });

test("any page of an app is the app, and is asked for anew each time", async () => {
  for (const url of ["/phone/", "/phone/history/today"]) {
    const answer = await get(url);
    expect([answer.statusCode, answer.body]).toEqual([200, "<!doctype html>phone"]);
    expect(answer.headers["cache-control"] ?? "").not.toContain("immutable");
  }
  expect((await get("/phone")).headers.location).toBe("/phone/");
});

test("a file with its hash in its name may be kept for ever, and comes compressed to who takes it so", async () => {
  const plain = await get("/phone/assets/app-1a2b.js");
  expect(plain.body).toBe("let app;");
  expect(plain.headers["cache-control"]).toContain("immutable");
  const packed = await get("/phone/assets/app-1a2b.js", { "accept-encoding": "br" });
  expect(packed.headers["content-encoding"]).toBe("br");
  expect(brotliDecompressSync(packed.rawPayload).toString()).toBe("let app;");
});

test("a missing file is missing, and nothing outside of the folder is served", async () => {
  expect((await get("/phone/assets/other.js")).statusCode).toBe(404);
  expect((await get("/console/")).statusCode).toBe(404);
  for (const path of [
    "../../secret",
    "..%2f..%2fsecret",
    "%2e%2e/%2e%2e/secret",
    "assets/../../../secret",
    "..\\..\\secret",
  ]) {
    const answer = await get(`/phone/${path}`);
    expect(answer.body).not.toContain("not to be served");
  }
});

test("every answer, a refusal too, carries the policy that keeps strangers' content out", async () => {
  for (const url of ["/phone/", "/nowhere"]) {
    const policy = String((await get(url)).headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/u);
  }
});
