import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { signalProtocol } from "@caravan/link";
import { readFrame } from "@caravan/link/frames";
import { catalogue, Store, Vehicle } from "@caravan/signals";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";

import { Access } from "./access/access.ts";
import { judge } from "../health/health.ts";
import { authorityForTest } from "../uplink/fixtures/sign.ts";
import { CarServer } from "./car-server.ts";
import { SignalStream } from "./stream/stream.ts";
import { streamTiming } from "./stream/websocket.ts";
import { realScheduler } from "./viss/scheduler.ts";
import { Viss } from "./viss/viss.ts";
import { RoutingDoor } from "./routing.ts";
import { Voice } from "./voice.ts";

const folder = mkdtempSync(join(tmpdir(), "caravan-"));
mkdirSync(join(folder, "assets"));
writeFileSync(join(folder, "index.html"), "<title>Cockpit</title>");
writeFileSync(join(folder, "assets", "app-1a2b.js"), "let plain;");
writeFileSync(join(folder, "assets", "app-1a2b.js.br"), brotliCompressSync("let packed;"));

const clock = { now: () => Date.now() };
const asked: string[] = [];
let health = judge("1", 0, [{ name: "Memory", value: 1, unit: "bytes", bound: 2 }]);
let port = 0;
let server: CarServer;
const store = new Store({ catalogue, clock });
store.set(Vehicle.Speed, 12, { source: "test" });

function carServer(onPort: number, more: Partial<ConstructorParameters<typeof CarServer>[0]> = {}): CarServer {
  return new CarServer({
    host: "localhost",
    port: onPort,
    ownNames: [],
    title: "Car 1",
    files: {
      info: {
        version: "v1",
        name: "Town",
        bounds: [0, 0, 1, 1],
        centre: [0, 0],
        minZoom: 8,
        maxZoom: 15,
        tiles: "/tiles/v1/{z}/{x}/{y}.mvt",
        detailed: false,
        attribution: "somebody",
      },
      tile: async (z) => (z === 14 ? new Uint8Array([1, 2, 3]) : z === 15 ? "not-drawn" : "empty"),
      density: async () => undefined,
      close: async () => undefined,
    },
    screens: folder,
    health: () => health,
    sources: () => ({
      at: 1,
      signals: [
        {
          path: "Vehicle.Speed",
          unit: "km/h",
          changes: 1,
          sources: [
            {
              source: "can0",
              priority: 2,
              timeoutMs: 500,
              isChosen: true,
              state: "speaks",
              value: 12,
              ageMs: 40,
              quality: "good",
              refused: 0,
            },
            {
              source: "obd<b>",
              priority: 1,
              timeoutMs: 5_000,
              isChosen: false,
              state: "silent",
              quality: "stale",
              refused: 0,
            },
          ],
        },
      ],
    }),
    onScreen: (socket) => socket.send("welcome"),
    viss: new Viss({
      store,
      access: new Access({ catalogue, clock, key: undefined, vin: () => undefined }),
      clock,
      scheduler: realScheduler,
      actuate: async (path, value) => {
        asked.push(path);
        return { kind: "done", value };
      },
      report: () => undefined,
    }),
    stream: new SignalStream({ store, clock, timing: streamTiming }),
    access: new Access({ catalogue, clock, key: undefined, vin: () => undefined }),
    voice: new Voice({ program: undefined }),
    routing: new RoutingDoor({
      ask: async (path) => ({ status: 200, body: new TextEncoder().encode(JSON.stringify({ path })) }),
      onFault: () => undefined,
    }),
    listensBeyondMachine: false,
    onFault: () => undefined,
    ...more,
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

beforeAll(async () => {
  port = await freePort();
  server = carServer(port);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const url = (path: string): string => `http://localhost:${port}${path}`;
const setCooling = (headers: Record<string, string>): Promise<Response> =>
  fetch(url("/viss/Vehicle/Cabin/HVAC/IsAirConditioningActive"), {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ value: "true" }),
  });

/** What a socket says first, or how it was turned away. */
function connect(path: string, protocol: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://localhost:${port}${path}`, protocol, { headers });
    socket.on("message", (data) => {
      socket.close();
      resolve(data instanceof Buffer ? data.toString("utf8") : "");
    });
    socket.on("unexpected-response", (request, response) => {
      request.destroy();
      resolve(`refused ${response.statusCode}`);
    });
    socket.on("error", () => resolve("failed"));
  });
}

test("the cockpit is served packed, and its files with a hash in their names may be kept for ever", async () => {
  const page = await fetch(url("/"));
  expect(await page.text()).toContain("Cockpit");
  expect(page.headers.get("cache-control")).toBe("no-cache");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  const script = await fetch(url("/assets/app-1a2b.js"), { headers: { "accept-encoding": "br" } });
  expect(await script.text()).toBe("let packed;");
  expect(script.headers.get("cache-control")).toContain("immutable");
});

test("a tile is kept for ever, an empty one is nothing, and one of another map is not found", async () => {
  const tile = await fetch(url("/tiles/v1/14/1/2.mvt"));
  expect(new Uint8Array(await tile.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
  expect(tile.headers.get("cache-control")).toContain("immutable");
  expect((await fetch(url("/tiles/v1/9/1/2.mvt"))).status).toBe(204);
  expect((await fetch(url("/tiles/v1/15/1/2.mvt"))).status).toBe(503);
  expect((await fetch(url("/tiles/v2/14/1/2.mvt"))).status).toBe(404);
  expect((await fetch(url("/tiles/v1/14/x/2.mvt"))).status).toBe(400);
});

test("a page of another site or of another car may not command this car, a tool and its own page may", async () => {
  asked.length = 0;
  for (const origin of ["http://evil.example", `http://localhost:${port + 1}`, "null"]) {
    expect((await setCooling({ origin })).status).toBe(403);
  }
  expect(asked).toEqual([]);
  expect((await setCooling({})).status).toBe(200);
  expect((await setCooling({ origin: `http://localhost:${port}` })).status).toBe(200);
  expect(asked).toHaveLength(2);
});

test("readings come by stream, as bytes, to whoever asks for them by path", async () => {
  store.set(Vehicle.TraveledDistance, 1_234, { source: "test", at: 5 });
  const socket = new WebSocket(`ws://localhost:${port}/signals`, signalProtocol);
  const frame = await new Promise<ReturnType<typeof readFrame>>((resolve, reject) => {
    socket.on("open", () =>
      socket.send(JSON.stringify({ type: "subscribe", id: 1, paths: ["Vehicle.TraveledDistance"], mode: "each" })),
    );
    socket.on("message", (data: Buffer, isBinary) => isBinary && resolve(readFrame(data)));
    socket.on("error", reject);
  });
  socket.close();
  expect([...(frame?.values ?? [])]).toEqual([1_234]);
  expect(await connect("/signals", signalProtocol, { origin: "http://evil.example" })).toBe("refused 403");
});

test("a page of another site gets no line to the car", async () => {
  expect(await connect("/cockpit", "caravan.cockpit.v1", { origin: "http://evil.example" })).toBe("refused 403");
  expect(await connect("/", "VISSv2", { origin: "http://evil.example" })).toBe("refused 403");
  expect(await connect("/cockpit", "caravan.cockpit.v1")).toBe("welcome");
  expect(await connect("/cockpit", "caravan.cockpit.v1", { origin: `http://localhost:${port}` })).toBe("welcome");
  expect(await connect("/nowhere", "VISSv2")).toBe("refused 404");
});

test("a client that is refused and goes on talking, too much at once, does no harm", async () => {
  for (const path of ["/cockpit", "/signals", "/"]) {
    const socket = new WebSocket(`ws://localhost:${port}${path}`);
    const ended = new Promise((resolve) => socket.on("close", resolve).on("error", resolve));
    socket.on("open", () => socket.send("[".repeat(500_000)));
    await ended;
  }
  expect((await fetch(url("/health"), { headers: { accept: "application/json" } })).status).toBe(200);
});

test("the health page is for people and for programs, and says when a bound is reached", async () => {
  const page = await fetch(url("/health"), { headers: { accept: "text/html" } });
  expect(await page.text()).toContain('<th scope="row">Memory</th>');
  expect(await (await fetch(url("/health"))).json()).toMatchObject({ ok: true, figures: [{ name: "Memory" }] });
  health = judge("1", 0, [{ name: "<Memory>", value: 3, bound: 2 }]);
  const full = await fetch(url("/health"), { headers: { accept: "text/html" } });
  expect(full.status).toBe(503);
  expect(await full.text()).not.toContain("<Memory>");
});

test("which source a signal is believed from is for people and for programs, within their rights", async () => {
  const told = await fetch(url("/sources"));
  expect(await told.json()).toMatchObject({
    at: 1,
    signals: [{ path: "Vehicle.Speed", sources: [{ source: "can0", isChosen: true }, { source: "obd<b>" }] }],
  });
  const page = await (await fetch(url("/sources"), { headers: { accept: "text/html" } })).text();
  expect(page).toContain("<td>can0</td><td>believed</td><td>12 km/h</td><td>0.0 s</td><td>good</td>");
  expect(page).toContain("obd&#60;b&#62;");
  const { key } = await authorityForTest();
  const ownedPort = await freePort();
  const owned = carServer(ownedPort, { access: new Access({ catalogue, clock, key, vin: () => undefined }) });
  await owned.start();
  expect((await fetch(`http://localhost:${ownedPort}/sources`)).status).toBe(401);
  await owned.stop();
});

test("a port that is taken is said in one sentence, and the one that has it goes on", async () => {
  await expect(carServer(port).start()).rejects.toThrow(/^Port \d+ is taken by another program/);
  expect((await fetch(url("/map"))).status).toBe(200);
});

test("with a certificate the car speaks TLS too, and version 3 of VISS there only once others reach it", async () => {
  const { certificate, key } = await authorityForTest();
  const tls = {
    certificate: Buffer.from(certificate),
    key: Buffer.from(key.export({ type: "pkcs8", format: "pem" })),
    port: await freePort(),
  };
  const plainPort = await freePort();
  const open = carServer(plainPort, { tls, listensBeyondMachine: true });
  await open.start();
  try {
    const protocol = (address: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(address, ["VISSv3", "VISSv2"], { rejectUnauthorized: false });
        socket.on("open", () => {
          resolve(socket.protocol);
          socket.close();
        });
        socket.on("error", reject);
      });
    expect(await protocol(`wss://localhost:${tls.port}/`)).toBe("VISSv3");
    expect(await protocol(`ws://localhost:${plainPort}/`)).toBe("VISSv2");
    await expect(carServer(await freePort(), { tls }).start()).rejects.toThrow(/is taken by another program/);
  } finally {
    await open.stop();
  }
});

test("a car without a voice says so, and speaks to its own page only", async () => {
  const ask = (headers: Record<string, string>) =>
    fetch(`http://localhost:${port}/voice?language=en&text=Turn%20left`, { headers });
  const own = await ask({});
  expect([own.status, await own.json()]).toEqual([
    404,
    { error: "No program that can speak is installed on this machine." },
  ]);
  expect((await ask({ origin: "http://elsewhere.example" })).status).toBe(403);
  expect((await ask({ "sec-fetch-site": "cross-site" })).status).toBe(403);
});
