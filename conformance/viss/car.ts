import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:net";
import { createGate, safeNow } from "@caravan/drivers";
import { Store, Vehicle, catalogue, check } from "@caravan/signals";
import type { Signal } from "@caravan/signals";
import { judge } from "../../apps/car/src/health/health.ts";
import { openBroker } from "./broker.ts";
import type { BenchBroker } from "./broker.ts";
import { Access } from "../../apps/car/src/serve/access/access.ts";
import { audience, signToken } from "../../apps/car/src/serve/access/token.ts";
import { CarServer } from "../../apps/car/src/serve/car-server.ts";
import { RoutingDoor } from "../../apps/car/src/serve/routing.ts";
import { SignalStream } from "../../apps/car/src/serve/stream/stream.ts";
import { streamTiming } from "../../apps/car/src/serve/stream/websocket.ts";
import { realScheduler } from "../../apps/car/src/serve/viss/scheduler.ts";
import { Viss } from "../../apps/car/src/serve/viss/viss.ts";
import { Voice } from "../../apps/car/src/serve/voice.ts";
import { keepRecentPast } from "../../apps/car/src/vehicle/recent-past.ts";
import { standingOf } from "../../apps/car/src/vehicle/standing.ts";

/** What scenarios are run against: a car on a test bench, or one that runs elsewhere. */
export interface JudgedCar {
  /** `http://...`; the WebSocket is at the same address. */
  readonly url: string;
  /** A sensor of the car says something, now or at a time of its own (UTC ms); undefined where nobody can make it. */
  readonly report: ((path: string, value: unknown, at?: number) => void) | undefined;
  /** A token with Kuksa's scope words; undefined where it asks for none, or signs elsewhere. */
  readonly token: ((scope: string, expiresInSeconds?: number) => string) | undefined;
  /** A broker that the car speaks to, and the car's name there; undefined where nobody can start one. */
  readonly broker: (() => Promise<BenchBroker>) | undefined;
  stop(): Promise<void>;
}

/** A car that runs already. */
export const elsewhere = (url: string): JudgedCar => ({
  url: url.replace(/^ws/, "http").replace(/\/+$/, ""),
  report: undefined,
  token: undefined,
  broker: undefined,
  stop: async () => undefined,
});

const swingEveryMs = 10;
const pastSeconds = 60;

/**
 * A car's real server on a port of its own, over a car whose speed swings wildly, so that every filter has something to tell, and whose
 * comfort obeys at once.
 */
export async function benchCar({ withTokens }: { readonly withTokens: boolean }): Promise<JudgedCar> {
  const clock = { now: () => Date.now() };
  const store = new Store({ catalogue, clock });
  const from = { source: "bench", quality: "simulated" } as const;
  const keys = generateKeyPairSync("ed25519");
  const access = new Access({ catalogue, clock, key: withTokens ? keys.publicKey : undefined, vin: () => undefined });
  const gate = createGate<never>({
    store,
    signalAt: (path) => catalogue.find(path),
    check: (signal, value) => check(signal, value),
    provider: {
      apply: (path, value) => {
        if (!path.startsWith("Vehicle.Cabin.") && !path.startsWith("Vehicle.Body.")) return false;
        store.setByPath(path, value, from);
        return true;
      },
    },
    standing: standingOf(false),
    guard: safeNow(store),
    after: (ms, callback) => realScheduler.after(ms, callback),
  });
  const report = (error: unknown): boolean => process.stderr.write(`the car: ${String(error)}\n`);
  const viss = new Viss({
    store,
    clock,
    scheduler: realScheduler,
    access,
    actuate: (path, value, asker) => gate.actuate(path, value, asker),
    report,
  });
  const port = await freePort();
  const server = new CarServer({
    host: "127.0.0.1",
    port,
    ownNames: [],
    title: "Bench",
    files: {
      info: {
        version: "none",
        name: "nowhere",
        bounds: [0, 0, 0, 0],
        centre: [0, 0],
        minZoom: 0,
        maxZoom: 0,
        tiles: "",
        detailed: false,
        attribution: "",
      },
      tile: async () => "empty",
      density: async () => undefined,
      close: async () => undefined,
    },
    screens: undefined,
    health: () => judge("bench", clock.now(), []),
    sources: () => ({ at: clock.now(), signals: [] }),
    onScreen: (socket) => socket.close(),
    viss,
    stream: new SignalStream({ store, clock, timing: streamTiming }),
    access,
    voice: new Voice({ program: undefined }),
    routing: new RoutingDoor({ ask: async () => ({ status: 404, body: new Uint8Array() }), onFault: report }),
    listensBeyondMachine: false,
    onFault: report,
  });
  await server.start();
  keepRecentPast(store);
  furnish(store, clock.now());
  const byHand = new Set<string>();
  let broker: BenchBroker | undefined;
  let swings = 0;
  const swing = setInterval(() => {
    swings += 1;
    // Each swing goes a little higher, so that there is always more than a client has seen.
    const speed = swings % 2 === 0 ? 20 : 80 + swings / 10;
    if (!byHand.has(Vehicle.Speed.path)) store.set(Vehicle.Speed, speed, from);
  }, swingEveryMs);
  return {
    url: `http://127.0.0.1:${port}`,
    report: (path, value, at) => {
      byHand.add(path);
      if (at !== undefined) forgetLater(store, path, at);
      store.setByPath(path, value, { ...from, ...(at !== undefined && { at }) });
    },
    token: withTokens
      ? (scope, expiresInSeconds = 60) =>
          signToken({ exp: Math.floor(clock.now() / 1_000) + expiresInSeconds, aud: audience, scope }, keys.privateKey)
      : undefined,
    broker: async () => (broker ??= await openBroker(viss, access)),
    stop: async () => {
      clearInterval(swing);
      await broker?.stop();
      await server.stop();
    },
  };
}

/** A history begins anew where it is told something older than it has. */
function forgetLater(store: Store, path: string, at: number): void {
  const signal = numbers.find((one) => one.path === path);
  const kept = signal && store.history(signal);
  if (signal !== undefined && (kept?.at.at(-1) ?? -Infinity) > at) store.keep(signal, { samples: 600, everyMs: 1_000 });
}

const numbers = catalogue.signals.filter(
  (signal): signal is Signal<number> =>
    /^(?:float|double|u?int\d+)$/.test(signal.datatype) && signal.allowed === undefined,
);

/** What the car has known for a minute, and what it is. */
function furnish(store: Store, now: number): void {
  const from = { source: "bench", quality: "simulated" } as const;
  for (let ago = pastSeconds; ago > 0; ago--) {
    const at = now - ago * 1_000;
    store.set(Vehicle.Speed, ago % 2 === 0 ? 20 : 80, { ...from, at });
    store.set(Vehicle.TraveledDistance, 1_000_000 - ago * 14, { ...from, at });
  }
  store.set(Vehicle.IsMoving, true, from);
  store.set(Vehicle.AverageSpeed, 50, from);
  store.set(Vehicle.VehicleIdentification.VIN, "TESTVEHICLE000001", from);
  store.set(Vehicle.VersionVSS.Major, 6, from);
  store.set(Vehicle.Cabin.SeatPosCount, [2, 3], from);
  store.set(Vehicle.Cabin.Infotainment.HMI.FontSize, "STANDARD", from);
  for (const door of [Vehicle.Cabin.Door.Row1, Vehicle.Cabin.Door.Row2]) {
    store.set(door.DriverSide.IsOpen, false, from);
    store.set(door.PassengerSide.IsOpen, false, from);
  }
  store.set(Vehicle.Body.Hood.IsOpen, false, from);
  store.set(Vehicle.Body.Trunk.Rear.IsOpen, false, from);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("there is no free port");
  return address.port;
}
