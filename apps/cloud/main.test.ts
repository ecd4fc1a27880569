import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { buildTiles } from "@caravan/roads/drawing";
import { importCity, tileZooms } from "@caravan/roads/importing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Database } from "./src/engines/database.ts";
import { testDatabase } from "./src/engines/test-database.ts";

vi.setConfig({ hookTimeout: 120_000 });

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly who: string;
}

let folder: string;
let database: Database;
let cloud: ChildProcess;
let origin: string;
let operations: readonly Operation[];
let secret: string;
const cookies = { owner: "", operator: "" };

/** A crossing of two streets. */
async function makeCity(): Promise<string> {
  const street = (name: string, coordinates: number[][]) => ({
    type: "Feature",
    properties: { highway: "residential", name },
    geometry: { type: "LineString", coordinates },
  });
  const value = {
    type: "FeatureCollection",
    features: [
      street("First Street", [
        [11.97, 57.7],
        [11.975, 57.7],
        [11.98, 57.7],
      ]),
      street("Second Street", [
        [11.975, 57.698],
        [11.975, 57.7],
        [11.975, 57.702],
      ]),
    ],
  };
  const city = await importCity({ kind: "geojson", value }, { name: "Crossing", version: "crossing-1" });
  const map = join(folder, "map");
  mkdirSync(map);
  const { name, version, bounds, centre, detailed, attribution } = city;
  writeFileSync(
    join(map, "city.json"),
    JSON.stringify({ name, version, bounds, centre, detailed, attribution, zooms: tileZooms }),
  );
  writeFileSync(
    join(map, "tiles.pmtiles"),
    await buildTiles(city, { gzip: (tile) => gzipSync(tile), onProgress: () => {} }),
  );
  return map;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(new URL(path, origin), { redirect: "manual", ...init });
}

async function signIn(wish: object): Promise<string> {
  const made = await ask("/api/sign-in/links", {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify(wish),
  });
  const { url } = (await made.json()) as { url: string };
  const used = await ask("/api/sign-in", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: new URL(url).searchParams.get("token") }),
  });
  return used.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "caravan-cloud-"));
  database = await testDatabase();
  const settings = {
    host: "localhost",
    port: await freePort(),
    mqttPort: await freePort(),
    data: join(folder, "data"),
    map: await makeCity(),
    databaseUrl: database.url,
    version: "test",
  };
  mkdirSync(settings.data);
  cloud = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    env: { ...process.env, CARAVAN_CLOUD: JSON.stringify(settings) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: cloud.stdout ?? process.stdin });
  const [line] = await once(lines, "line");
  expect(JSON.parse(String(line))).toMatchObject({ ready: true, isFirstStart: true });
  origin = `http://localhost:${settings.port}`;
  secret = readFileSync(join(settings.data, "secrets", "supervisor"), "utf8");
  const docs = (await (await ask("/api/docs")).json()) as {
    paths: Record<string, Record<string, { "x-who": string }>>;
  };
  operations = Object.entries(docs.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({ method: method.toUpperCase(), path, who: told["x-who"] })),
  );
  cookies.operator = await signIn({});
  cookies.owner = await signIn({ name: "Second" });
});
afterAll(async () => {
  if (cloud.exitCode === null) {
    cloud.kill("SIGTERM");
    await once(cloud, "exit");
  }
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The address with something in place of each parameter. */
const filled = (path: string) => path.replaceAll(/\{\w+\}/gu, "1");

async function statusOf({ method, path }: Operation, headers: Record<string, string>): Promise<number> {
  const body = method === "GET" ? {} : { body: "{}" };
  const stop = new AbortController();
  const answer = await ask(filled(path), {
    method,
    ...body,
    headers: { ...headers, ...(method === "GET" ? {} : { "content-type": "application/json" }) },
    signal: stop.signal,
  });
  stop.abort();
  return answer.status;
}

test("every address of the cloud says who may call it, and all kinds are there", () => {
  expect(operations.length).toBeGreaterThan(12);
  expect(new Set(operations.map(({ who }) => who))).toEqual(new Set(["anyone", "account", "operator", "supervisor"]));
});

test("without a session nothing but the open addresses answers", async () => {
  const closed = operations.filter(({ who }) => who !== "anyone");
  const answers = await Promise.all(closed.map(async (each) => [each.path, await statusOf(each, {})]));
  expect(answers).toEqual(closed.map(({ path }) => [path, 401]));
  const forged = await Promise.all(
    closed.map((each) => statusOf(each, { cookie: "caravan-cloud=forged.signature", authorization: "Bearer wrong" })),
  );
  expect(new Set(forged)).toEqual(new Set([401]));
});

test("an owner gets nothing that is for operators or the supervisor, and an operator nothing that is for the supervisor", async () => {
  const higher = operations.filter(({ who }) => who === "operator" || who === "supervisor");
  for (const each of higher)
    expect([each.path, await statusOf(each, { cookie: cookies.owner })]).toEqual([each.path, 403]);
  for (const each of higher.filter(({ who }) => who === "supervisor")) {
    expect([each.path, await statusOf(each, { cookie: cookies.operator })]).toEqual([each.path, 403]);
  }
});

test("the open addresses are the ones that have to be", () => {
  const open = operations.filter(({ who }) => who === "anyone").map(({ method, path }) => `${method} ${path}`);
  expect(open.toSorted()).toEqual([
    "GET /",
    "GET /console",
    "GET /console/{file}",
    "GET /health",
    "GET /phone",
    "GET /phone/{file}",
    "GET /sign-in",
    "POST /api/sign-in",
    "POST /api/vehicles/enrol",
  ]);
});

test("who is signed in sees the map, and its tiles may be kept for ever", async () => {
  const headers = { cookie: cookies.owner };
  const info = (await (await ask("/api/map", { headers })).json()) as {
    tiles: string;
    version: string;
    maxZoom: number;
  };
  expect(info).toMatchObject({ name: "Crossing", version: "crossing-1", detailed: false });
  const at = (z: number) => {
    const x = Math.floor(((11.975 + 180) / 360) * 2 ** z);
    const radians = (57.7 * Math.PI) / 180;
    const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z);
    return info.tiles.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
  };
  const tile = await ask(at(info.maxZoom), { headers });
  expect(tile.status).toBe(200);
  expect(tile.headers.get("cache-control")).toContain("immutable");
  expect(Buffer.from(await tile.arrayBuffer()).toString("latin1")).toContain("First Street");
  expect((await ask(info.tiles.replace("{z}", "14").replace("{x}", "1").replace("{y}", "1"), { headers })).status).toBe(
    204,
  );
  expect((await ask(at(info.maxZoom).replace("crossing-1", "older"), { headers })).status).toBe(404);
});

test("the health page names what has a bound", async () => {
  const health = await (await ask("/health")).json();
  expect(health).toMatchObject({
    status: "ok",
    failed: [],
    database: { embedded: false },
    telemetry: { bounds: { days: expect.any(Number), bytes: expect.any(Number) } },
    log: { maxBytes: expect.any(Number) },
  });
});

test("a second cloud on the same ports says so in one sentence and ends", async () => {
  const settings = { host: "localhost", port: Number(new URL(origin).port), mqttPort: await freePort() };
  const second = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    env: {
      ...process.env,
      CARAVAN_CLOUD: JSON.stringify({
        ...settings,
        data: join(folder, "data"),
        map: join(folder, "map"),
        databaseUrl: database.url,
        version: "test",
      }),
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const said: string[] = [];
  createInterface({ input: second.stdout }).on("line", (line) => said.push(line));
  const [code] = await once(second, "exit");
  expect(code).toBe(1);
  expect(said.map((line) => JSON.parse(line))).toEqual([
    { failed: `Port ${settings.port} is taken by another program; choose another with --port.` },
  ]);
});
