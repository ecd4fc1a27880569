import { rm } from "node:fs/promises";
import { decodeTraffic, encodeBatch, packSamples } from "@caravan/link";
import type { TrafficMessage } from "@caravan/link";
import { readSegmentSpeeds, Segments } from "@caravan/roads/traffic";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { quiet } from "../broker/test-cloud.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";
import type { Caller, Route } from "../http/route.ts";
import { packing } from "../telemetry/packing.ts";
import type { TelemetryTables } from "../telemetry/tables.ts";
import { Telemetry } from "../telemetry/telemetry.ts";
import { matchAnswers } from "./match-answers.ts";
import type { Matching } from "./match-messages.ts";
import { MatchThread } from "./match-thread.ts";
import { trafficRoutes } from "./routes.ts";
import type { TrafficTables } from "./tables.ts";
import { cityFolder, driveEast, placeAt, samplesAt, testStreets } from "./test-street.ts";
import type { Moment } from "./test-street.ts";
import { Traffic } from "./traffic.ts";
import { addSpeeds, pruneSpeeds, typicalSpeeds } from "./traffic.store.ts";

const start = Date.UTC(2026, 10, 23, 8, 20);
const { city, file } = await testStreets();
const segments = new Segments(city.graph);
let now = start;
const clock = { now: () => now };
let database: Database;
let telemetry: Telemetry;
let traffic: Traffic;
let routes: readonly Route[];
let folder: string;
let told: TrafficMessage[] = [];
let usual: TrafficMessage[] = [];
let seq = 0;

beforeAll(async () => {
  folder = cityFolder(file);
  database = await testDatabase();
  telemetry = new Telemetry({ db: database.tables<TelemetryTables>(), clock, log: quiet });
  await telemetry.start();
});
afterAll(async () => {
  await telemetry.stop();
  await database.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  now = start;
  told = [];
  usual = [];
  await database.pool.query("truncate traffic_speed, traffic_incident");
  traffic = newTraffic();
  routes = trafficRoutes({ traffic, now: clock.now });
  telemetry.ingest.listen((vehicle, samples) => traffic.hear(vehicle, samples));
});

function sameThread(): Matching {
  const answer = matchAnswers(city);
  return { ask: async (question) => answer(question), isOpen: () => true, close: async () => {} };
}

/** Its rounds are run by hand. */
function newTraffic(matching: Matching = sameThread()): Traffic {
  return new Traffic({
    db: database.tables<TrafficTables>(),
    matching,
    publish: (topic, message) => {
      const picture = decodeTraffic(message);
      if (picture !== undefined) (topic === "traffic" ? told : usual).push(picture);
    },
    clock,
    log: quiet,
  });
}

/** A car joins and sends what it measured, one batch a second, through the ingest. */
async function send(moments: readonly Moment[]): Promise<void> {
  const name = `probe${String(++seq).padStart(10, "0")}`;
  const { rows } = await database.pool.query(
    "insert into vehicle (vehicle, name, model, simulated, enrolled_at) values ($1, 'Probe', 'Probe', true, now()) returning number",
    [name],
  );
  const sender = { vehicle: name, number: rows[0].number };
  const batches = moments.map((moment, i) => {
    const body = packSamples(samplesAt(moment), packing);
    return telemetry.ingest.take(sender, encodeBatch({ boot: 1_700_000_000, seq: i + 1, floor: 1 }, body));
  });
  const taken = await Promise.all(batches);
  expect(taken.every(({ kind }) => kind === "settled")).toBe(true);
}

/** All that was sent is matched, the cars' last metres included. */
async function settle(): Promise<void> {
  await traffic.match();
  now += 7_000;
  await traffic.match();
}

const operator: Caller = { kind: "account", account: "o", name: "Operator", role: "operator" };
const owner: Caller = { kind: "account", account: "a", name: "Owner", role: "owner" };

async function ask(
  method: string,
  path: string,
  more: { caller?: Caller; body?: unknown; query?: unknown; params?: unknown } = {},
) {
  const { caller = operator, body, query = {}, params = {} } = more;
  const found = routes.find((route) => route.method === method && route.path === path);
  const { signal } = new AbortController();
  const reply = await found?.run({ caller, params, query, body, headers: {}, ip: "127.0.0.1", signal });
  if (reply === undefined) throw new Error("there is no such address");
  return reply;
}

async function csv(query: unknown = {}) {
  const reply = await ask("GET", "/api/traffic.csv", { caller: owner, query });
  if (reply.kind !== "bytes") throw new Error("speeds are a file");
  return readSegmentSpeeds(new TextDecoder().decode(reply.bytes)).speeds;
}

/** North or south street, by the segment's own geometry. */
const isNorth = ({ from, to }: { from: number; to: number }) =>
  segments.find(from, to).some((segment) => segments.lineOf(segment)[1] > (57.7 + 0.001) * 1e7);

test("cars that crawl along a street make that street slow, and nothing else", async () => {
  traffic = newTraffic(new MatchThread({ map: folder }));
  routes = trafficRoutes({ traffic, now: clock.now });
  await send(driveEast(start, 0, 2, 160));
  await send(driveEast(start + 20_000, 0, 2, 160));
  await send(driveEast(start, 300, 13, 900));
  now = start + 100_000;
  await settle();
  const speeds = await csv();
  expect(speeds.length).toBeGreaterThan(8);
  for (const speed of speeds) expect(speed.speed).toBeCloseTo(isNorth(speed) ? 13 : 2, 0);
  expect(speeds.filter((speed) => !isNorth(speed))).toHaveLength(2);

  const reply = await ask("GET", "/api/traffic", { caller: owner });
  expect(reply).toMatchObject({
    kind: "json",
    value: {
      type: "FeatureCollection",
      features: expect.arrayContaining([
        expect.objectContaining({
          properties: expect.objectContaining({ kind: "road", level: "queue", kmh: 7, probes: 2 }),
        }),
        expect.objectContaining({ properties: expect.objectContaining({ level: "free", probes: 1 }) }),
      ]),
    },
  });
  traffic.tell();
  expect(
    told
      .at(-1)
      ?.speeds.filter((speed) => !isNorth(speed))
      .map(({ probes }) => probes),
  ).toEqual([2, 2]);
  expect(told.at(-1)?.at).toBe(now);
  await traffic.stop();
});

test("cars hear of a queue while the one that measures it still stands in it", async () => {
  const moving = driveEast(start, 0, 10, 350);
  const stop = { at: start + 35_000, east: 360, north: 0, speed: 0 };
  now = stop.at;
  await send([...moving, stop]);
  await traffic.match();
  now += 8_000;
  await traffic.match();
  traffic.tell();
  expect(told.at(-1)?.speeds.every(({ speed }) => speed > 5)).toBe(true);
  now += 60_000;
  await traffic.match();
  traffic.tell();
  const queued = told.at(-1)?.speeds.filter(({ speed }) => speed < 2);
  expect(queued).toMatchObject([{ age: 0 }]);
  await traffic.store();
  const { rows } = await database.pool.query("select sum(seconds) as seconds from traffic_speed");
  expect(rows[0].seconds).toBeLessThan(40);
});

test("what cars measured is summed by quarter hour without saying who, and is usual a week later", async () => {
  await send(driveEast(start, 0, 5, 500));
  await send(driveEast(start, 0, 5, 500));
  now = start + 110_000;
  await settle();
  await traffic.store();
  await traffic.stop();
  const { rows } = await database.pool.query("select * from traffic_speed order by from_node");
  expect(Object.keys(rows[0]).toSorted()).toEqual(["from_node", "metres", "passes", "quarter", "seconds", "to_node"]);
  expect(rows.reduce((sum, row) => sum + row.metres, 0)).toBeCloseTo(950, 0);
  expect(rows.reduce((sum, row) => sum + row.seconds, 0)).toBeCloseTo(190, 0);
  expect(rows[0].passes).toBe(2);

  now = start + 7 * 86_400_000;
  const later = newTraffic();
  await later.start();
  traffic = later;
  routes = trafficRoutes({ traffic, now: clock.now });
  expect(await csv()).toEqual([]);
  const typical = await csv({ typical: "true" });
  expect(typical.length).toBe(rows.length);
  for (const { speed } of typical) expect(speed).toBeCloseTo(5, 1);
  expect(usual.at(-1)?.speeds).toHaveLength(rows.length);
  expect(usual.at(-1)?.speeds.every(({ probes }) => probes === 0)).toBe(true);
  await later.stop();
});

test("speeds are kept within their age and number, and a quarter hour grows with each drive", async () => {
  const db = database.tables<TrafficTables>();
  const speed = { quarter: 2_000, from: 1, to: 2, metres: 100, seconds: 10, passes: 1 };
  await addSpeeds(db, [speed, { ...speed, quarter: 1_000 }]);
  await addSpeeds(db, [{ ...speed, metres: 100, seconds: 40 }]);
  expect(await typicalSpeeds(db, 2_000 + 672, 10)).toEqual([{ from: 1, to: 2, speed: 4 }]);
  expect(await typicalSpeeds(db, 2_000 + 680, 10)).toEqual([]);
  await pruneSpeeds(db, 1_500, 1_000_000);
  const { rows } = await database.pool.query("select quarter, passes from traffic_speed");
  expect(rows).toEqual([{ quarter: 2_000, passes: 2 }]);
});

test("an operator feeds other people's speeds, which reach all cars until they no longer hold; what cars measure goes before them", async () => {
  const [own, other] = segments.ofEdge(0).map((segment) => `${segments.fromOf(segment)},${segments.toOf(segment)}`);
  const body = `${own},12\n${other},0\nrubbish\n`;
  const reply = await ask("PUT", "/api/traffic.csv", { body, query: { minutes: "30" } });
  expect(reply).toMatchObject({ status: 200, value: { segments: 2, problemCount: 1, problems: [{ line: 3 }] } });
  expect(usual.at(-1)?.speeds.map(({ speed, probes }) => [Math.round(speed * 3.6), probes])).toEqual([
    [0, 3],
    [12, 3],
  ]);
  expect(await csv()).toHaveLength(2);
  await send(driveEast(start, 0, 10, 500));
  now = start + 60_000;
  await settle();
  expect((await csv()).find(({ from, to }) => `${from},${to}` === own)?.speed).toBeCloseTo(10, 0);
  now = start + 31 * 60_000;
  expect(await csv()).toEqual([]);
  traffic.tellUsual();
  expect(usual.at(-1)?.speeds).toEqual([]);
  expect(await ask("PUT", "/api/traffic.csv", { body: "rubbish;\n1;2;3" })).toMatchObject({ status: 400 });
  expect(await ask("PUT", "/api/traffic.csv", { body, caller: owner })).toMatchObject({ status: 403 });
});

test("an operator tells of a closure, all cars hear at once, and it survives a restart until it ends", async () => {
  await traffic.start();
  const until = start + 3_600_000;
  const reply = await ask("POST", "/api/incidents", {
    body: { kind: "closure", ...placeAt(500, 0), heading: 92.4, until },
  });
  expect(reply).toMatchObject({
    kind: "json",
    status: 201,
    value: { kind: "closure", heading: 92, from: start, until },
  });
  expect(told.at(-1)?.incidents).toMatchObject([{ kind: "closure", heading: 92, until }]);
  await traffic.stop();

  const again = newTraffic();
  await again.start();
  const [incident] = again.incidents();
  expect(incident).toMatchObject({ kind: "closure", lat: placeAt(500, 0).lat });
  traffic = again;
  routes = trafficRoutes({ traffic, now: clock.now });
  const id = incident?.id ?? "";
  expect(await ask("DELETE", "/api/incidents/:incident", { params: { incident: id } })).toMatchObject({
    kind: "empty",
  });
  expect(told.at(-1)?.incidents).toEqual([]);
  expect(await ask("DELETE", "/api/incidents/:incident", { params: { incident: id } })).toMatchObject({ status: 404 });
  now = until + 1;
  expect(again.incidents()).toEqual([]);
  await again.stop();
});

test("an incident can be told by segment, for one direction or both", async () => {
  const segment = segments.ofEdge(0)[0] ?? 0;
  const nodes = { from: segments.fromOf(segment), to: segments.toOf(segment) };
  const one = await ask("POST", "/api/incidents", { body: { kind: "works", segment: nodes, direction: "one" } });
  expect(one).toMatchObject({ status: 201, value: { kind: "works", heading: expect.any(Number) } });
  const both = await ask("POST", "/api/incidents", { body: { kind: "works", segment: nodes } });
  expect(both).not.toMatchObject({ value: { heading: expect.any(Number) } });
  const nowhere = await ask("POST", "/api/incidents", { body: { kind: "works", segment: { from: 8, to: 9_999_999 } } });
  expect(nowhere).toMatchObject({ status: 404 });
  await traffic.stop();
});

test.each([
  ["no place", { kind: "closure" }],
  ["a kind nobody knows", { kind: "party", lat: 57, lon: 11 }],
  ["a place off the Earth", { kind: "closure", lat: 97, lon: 11 }],
  ["an end that has passed", { kind: "closure", lat: 57, lon: 11, until: start - 1 }],
  ["more than is asked for", { kind: "closure", lat: 57, lon: 11, vehicle: "x" }],
])("an incident with %s is refused", async (_, body) => {
  expect(await ask("POST", "/api/incidents", { body })).toMatchObject({ status: 400 });
  expect(traffic.incidents()).toEqual([]);
});

test("only operators tell of incidents, and nobody sees the traffic without signing in", async () => {
  const body = { kind: "closure", lat: 57, lon: 11 };
  expect(await ask("POST", "/api/incidents", { caller: owner, body })).toMatchObject({ status: 403 });
  for (const path of ["/api/traffic", "/api/traffic.csv", "/api/incidents"])
    expect(await ask("GET", path, { caller: { kind: "nobody" } })).toMatchObject({ status: 401 });
});

test("no more incidents are taken than a message can hold", async () => {
  for (let i = 0; i < 200; i++) await traffic.report({ kind: "hazard", lat: 57, lon: 11 + i / 1_000, from: start });
  expect(await ask("POST", "/api/incidents", { body: { kind: "hazard", lat: 57, lon: 11 } })).toMatchObject({
    status: 409,
  });
});

test("without probes the map's roads are not in memory, and they leave it when the cars have gone", async () => {
  traffic = newTraffic(new MatchThread({ map: folder }));
  await traffic.match();
  expect((await traffic.health()).mapIsOpen).toBe(false);
  await send(driveEast(start, 0, 10, 100));
  await traffic.match();
  expect(await traffic.health()).toMatchObject({ mapIsOpen: true, probes: 1, waitingBatches: 0, droppedBatches: 0 });
  now += 16 * 60_000;
  await traffic.match();
  expect((await traffic.health()).mapIsOpen).toBe(false);
});

test("a city that cannot be opened costs the traffic and nothing else", async () => {
  const broken = new Traffic({
    db: database.tables<TrafficTables>(),
    matching: new MatchThread({ map: "/nowhere" }),
    publish: () => {},
    clock,
    log: quiet,
  });
  telemetry.ingest.listen((vehicle, samples) => broken.hear(vehicle, samples));
  await send(driveEast(start, 0, 10, 100));
  await expect(broken.match()).rejects.toThrow("ENOENT");
  await send(driveEast(start + 60_000, 0, 10, 100));
  await broken.match();
  expect(await broken.health()).toMatchObject({ waitingBatches: 0, mapIsOpen: false });
  await broken.stop();
});
