import { createServer } from "node:http";

import { createEngine, createOsrm, createRouter } from "@caravan/roads/routing";
import { createMatcher } from "@caravan/roads/matching";
import { importCity } from "@caravan/roads/importing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { RoutingDoor } from "./routing.ts";
import type { AskMap } from "./routing.ts";

const street = (lon: number, name: string) => ({
  type: "Feature",
  geometry: {
    type: "LineString",
    coordinates: [
      [lon, 57.7],
      [lon + 0.004, 57.7],
    ],
  },
  properties: { highway: "residential", name },
});

const faults: unknown[] = [];
let ask: AskMap;
let address = "";
const door = new RoutingDoor({ ask: (path) => ask(path), onFault: (error) => faults.push(error) });
const server = createServer((request, response) => {
  if (door.accepts(request)) void door.answer(request, response);
  else response.writeHead(404).end();
});

beforeAll(async () => {
  const map = { type: "FeatureCollection", features: [street(11.97, "Ett"), street(11.974, "Två")] };
  const city = await importCity({ kind: "geojson", value: map }, { name: "Two streets", version: "v1" });
  const engine = createEngine(city);
  const osrm = createOsrm({ city, engine, router: createRouter(city, engine), matcher: createMatcher(city) });
  ask = async (path) => osrm.answer(path);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("no port");
  address = `http://127.0.0.1:${bound.port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

test("a client of OSRM gets a route from the car, in OSRM's words", async () => {
  const response = await fetch(`${address}/route/v1/driving/11.971,57.7;11.977,57.7?steps=true&geometries=geojson`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
  expect(await response.json()).toMatchObject({
    code: "Ok",
    routes: [{ legs: [{ steps: [{ name: "Ett" }, { name: "Två" }, { name: "Två" }] }] }],
    waypoints: [{ name: "Ett" }, { name: "Två" }],
    data_version: "v1",
  });
});

test("nonsense gets 400 with a code and a sentence, and other paths are not for the routing", async () => {
  const wrong = await fetch(`${address}/route/v1/driving/11.971,57.7;x`);
  expect([wrong.status, await wrong.json()]).toEqual([
    400,
    { code: "InvalidQuery", message: "Query string malformed close to position 30" },
  ]);
  expect((await fetch(`${address}/route/v1/driving/%E0%A4%A`)).status).toBe(400);
  for (const path of ["/", "/map", "/tiles/v1/14/1/2.mvt", "/route"]) {
    expect((await fetch(address + path)).status).toBe(404);
  }
  expect((await fetch(`${address}/route/v1/driving/1,2;3,4`, { method: "POST" })).status).toBe(404);
});

test("who comes when many wait is asked to come again, and a closed map is no fault of the client", async () => {
  const before = ask;
  const open: (() => void)[] = [];
  ask = (path) => new Promise((resolve) => open.push(() => resolve(before(path))));
  const path = `${address}/nearest/v1/driving/11.971,57.7`;
  const waiting = Array.from({ length: 16 }, () => fetch(path));
  await expect.poll(() => open.length).toBe(16);
  const late = await fetch(path);
  expect([late.status, late.headers.get("retry-after")]).toEqual([503, "1"]);
  for (const go of open) go();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(16).fill(200));

  ask = () => Promise.reject(new Error("the map was closed"));
  expect((await fetch(path)).status).toBe(503);
  expect(faults).toHaveLength(1);
  ask = before;
});
