import { createServer } from "node:http";
import type { Server } from "node:http";

import { catalogue, Store, Vehicle } from "@caravan/signals";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

import { Access } from "../serve/access/access.ts";
import { answerViss } from "../serve/viss/http.ts";
import { realScheduler } from "../serve/viss/scheduler.ts";
import { Viss } from "../serve/viss/viss.ts";
import { acceptViss, chooseVissProtocol } from "../serve/viss/websocket.ts";
import { keepRecentPast, recentPastFigure } from "./recent-past.ts";

const noon = Date.UTC(2026, 5, 15, 12);

/** A car that has driven for `seconds`, one km/h faster each second, up to noon. */
function afterDriving(seconds: number) {
  const clock = { time: noon - seconds * 1_000, now: () => clock.time };
  const store = new Store({ catalogue, clock });
  keepRecentPast(store);
  for (let i = 1; i <= seconds * 10; i++) {
    clock.time += 100;
    store.set(Vehicle.Speed, Math.floor(i / 10) % 200, { source: "test" });
    store.set(Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed, 80 - i / 1_000, { source: "test" });
  }
  return { clock, store };
}

let server: Server | undefined;
let sockets: WebSocketServer | undefined;
afterEach(async () => {
  for (const socket of sockets?.clients ?? []) socket.terminate();
  await new Promise((resolve) => server?.close(resolve));
});

async function served(): Promise<string> {
  const { store, clock } = afterDriving(120);
  const viss = new Viss({
    store,
    access: new Access({ catalogue, clock, key: undefined, vin: () => undefined }),
    clock,
    scheduler: realScheduler,
    actuate: async (_path, value) => ({ kind: "done", value }),
    report: (error) => expect.unreachable(String(error)),
  });
  const listening = createServer((request, response) => void answerViss(viss, request, response));
  server = listening;
  sockets = new WebSocketServer({ server: listening, handleProtocols: chooseVissProtocol });
  sockets.on("connection", (socket) => acceptViss(viss, socket));
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return `127.0.0.1:${address.port}`;
}

test("a VISS client gets the speeds of the last half minute over HTTP", async () => {
  const filter = encodeURIComponent('{"type":"history","parameter":"PT30S"}');
  const response = await fetch(`http://${await served()}/viss/Vehicle/Speed?filter=${filter}`);
  expect(response.status).toBe(200);
  const { data } = JSON.parse(await response.text());
  expect(data.path).toBe("Vehicle.Speed");
  expect(data.dp.length).toBeGreaterThanOrEqual(28);
  expect(data.dp.length).toBeLessThanOrEqual(31);
  expect(data.dp.map((point: { value: string }) => point.value)).toContain("100");
  expect(Date.parse(data.dp[0].ts)).toBeGreaterThanOrEqual(noon - 30_000);
});

test("a VISS client gets the history of two signals of a branch over WebSocket", async () => {
  const socket = new WebSocket(`ws://${await served()}/`, "VISSv2");
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const answered = new Promise<string>((resolve) =>
    socket.once("message", (data: Buffer) => resolve(data.toString("utf8"))),
  );
  const filter = [
    { type: "paths", parameter: ["Speed", "Powertrain.TractionBattery.StateOfCharge.Displayed"] },
    { type: "history", parameter: "PT1M" },
  ];
  socket.send(JSON.stringify({ action: "get", path: "Vehicle", filter, requestId: "1" }));
  const { data } = JSON.parse(await answered);
  expect(data.map(({ path }: { path: string }) => path)).toEqual([
    "Vehicle.Speed",
    "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed",
  ]);
  for (const { dp } of data) expect(dp.length).toBeGreaterThan(50);
});

test("what is remembered stays within the bound that the health page states", () => {
  const { store } = afterDriving(1_500);
  const figure = recentPastFigure(store);
  expect(figure.value).toBe(1_200);
  expect(figure.bound).toBe(5_400);
  const { at = [] } = store.history(Vehicle.Speed) ?? {};
  expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThan(590_000);
});

test("a source that speaks once a second, more or less, loses no word", () => {
  const clock = { time: noon, now: () => clock.time };
  const store = new Store({ catalogue, clock });
  keepRecentPast(store);
  for (let i = 0; i < 60; i++) {
    clock.time += i % 2 === 0 ? 990 : 1_010;
    store.set(Vehicle.Speed, i, { source: "test" });
  }
  expect(store.history(Vehicle.Speed)?.values).toHaveLength(60);
});
