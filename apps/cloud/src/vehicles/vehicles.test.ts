import "reflect-metadata";
import { join } from "node:path";
import { Enrolment } from "@caravan/link";
import { Value } from "typebox/value";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCsr } from "../broker/test-car.ts";
import { startTestCloud, temporaryFolder } from "../broker/test-cloud.ts";
import type { TestCloud } from "../broker/test-cloud.ts";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";
import type { Caller } from "../http/route.ts";
import { telemetryRoutes } from "../telemetry/routes.ts";
import { vehicleRoutes } from "./routes.ts";

const time = { now: Date.now() };
const clock = { now: () => time.now };
const car = { name: "Blue", model: "Test", simulated: true };
const owner: Caller = { kind: "account", account: "anna", name: "Anna", role: "owner" };
const stranger: Caller = { kind: "account", account: "bert", name: "Bert", role: "owner" };
const operator: Caller = { kind: "account", account: "olga", name: "Olga", role: "operator" };
const supervisor: Caller = { kind: "supervisor" };
const nobody: Caller = { kind: "nobody" };
const hasAccount = async (account: string) => ["anna", "bert", "olga"].includes(account);

let database: Database;
let cloud: TestCloud;
let files: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  files = await temporaryFolder();
  database = await testDatabase();
  cloud = await startTestCloud({ database, folder: join(files.folder, "authority"), clock });
});
afterAll(async () => {
  await cloud.stop();
  await database.stop();
  await files.remove();
});

async function call(
  method: string,
  path: string,
  caller: Caller,
  input: { params?: unknown; query?: unknown; body?: unknown } = {},
) {
  const routes = [...vehicleRoutes({ ...cloud, hasAccount }), ...telemetryRoutes(cloud)];
  const found = routes.find((route) => route.method === method && route.path === path);
  const { signal } = new AbortController();
  const request = { caller, params: {}, query: {}, body: undefined, ...input, headers: {}, ip: "127.0.0.1", signal };
  const reply = await found?.run(request);
  if (reply?.kind !== "json") throw new Error("these addresses answer JSON");
  return { status: reply.status, value: reply.value };
}

async function joinAs(account?: string): Promise<string> {
  const { code } = await cloud.vehicles.issueCode({ account });
  const { csr } = await makeCsr();
  const { value } = await call("POST", "/api/vehicles/enrol", nobody, { body: { code, csr, car } });
  return Value.Parse(Enrolment, value).vehicle;
}

test("a code lets one car in; another car with the same code stays outside, the same car may ask again", async () => {
  const { code } = await cloud.vehicles.issueCode();
  const { csr } = await makeCsr();
  const body = { code, csr, car };
  const first = await call("POST", "/api/vehicles/enrol", nobody, { body });
  expect(first.status).toBe(201);
  const again = await call("POST", "/api/vehicles/enrol", nobody, { body });
  expect(Value.Parse(Enrolment, again.value).vehicle).toBe(Value.Parse(Enrolment, first.value).vehicle);
  const other = await call("POST", "/api/vehicles/enrol", nobody, { body: { ...body, csr: (await makeCsr()).csr } });
  expect(other).toMatchObject({ status: 403, value: { error: { code: "bad-code" } } });
});

test("an expired code lets nobody in", async () => {
  const { code } = await cloud.vehicles.issueCode({ validMs: 60_000 });
  const { csr } = await makeCsr();
  time.now += 60_000;
  expect(await call("POST", "/api/vehicles/enrol", nobody, { body: { code, csr, car } })).toMatchObject({
    status: 403,
  });
  time.now = Date.now();
});

test("codes are kept as hashes only", async () => {
  const { code } = await cloud.vehicles.issueCode();
  const { rows } = await database.pool.query<{ row: string }>("select enrolment_code::text as row from enrolment_code");
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some(({ row }) => row.includes(code))).toBe(false);
});

test("a guesser is held up, also when a good code is among the guesses", async () => {
  const routes = vehicleRoutes({ ...cloud, hasAccount });
  const enrol = routes.find(({ path }) => path === "/api/vehicles/enrol");
  const { csr } = await makeCsr();
  const { signal } = new AbortController();
  const guess = async (code: string) => {
    const reply = await enrol?.run({
      caller: nobody,
      params: {},
      query: {},
      body: { code, csr, car },
      headers: {},
      ip: "127.0.0.9",
      signal,
    });
    return reply?.kind === "json" ? reply.status : 0;
  };
  const tries = [];
  for (let count = 0; count < 11; count++) tries.push(await guess(`guessed-code-${count}-and-more`));
  expect(tries).toEqual([...Array.from({ length: 10 }, () => 403), 429]);
  expect(await guess((await cloud.vehicles.issueCode()).code)).toBe(429);
});

test("cars that join with the same name, also at the same moment, get names of their own", async () => {
  const joinCalled = async (name: string) => {
    const { code } = await cloud.vehicles.issueCode();
    const body = { code, csr: (await makeCsr()).csr, car: { ...car, name } };
    const enrol = () => call("POST", "/api/vehicles/enrol", nobody, { body });
    const { vehicle } = Value.Parse(Enrolment, (await enrol()).value);
    // An answer may be lost on the way: asking again changes no name.
    await enrol();
    return (await cloud.vehicles.find(vehicle, { kind: "all" }))?.name ?? "";
  };
  expect(await joinCalled("Car 10")).toBe("Car 10");
  const names = await Promise.all(Array.from({ length: 4 }, () => joinCalled("Car 1")));
  expect(names.toSorted()).toEqual(["Car 1", "Car 1 (2)", "Car 1 (3)", "Car 1 (4)"]);
  expect(await joinCalled("Car 1 (2)")).toBe("Car 1 (2) (2)");
});

test("only an operator or the supervisor hands out codes", async () => {
  for (const caller of [nobody, owner]) {
    expect((await call("POST", "/api/vehicles/codes", caller, { body: {} })).status).toBe(
      caller.kind === "nobody" ? 401 : 403,
    );
  }
  for (const caller of [operator, supervisor]) {
    expect(await call("POST", "/api/vehicles/codes", caller, { body: { count: 3 } })).toMatchObject({
      status: 201,
      value: { codes: [{}, {}, {}] },
    });
  }
});

test("a code for an account that does not exist is refused in one sentence, and none is kept", async () => {
  const kept = async () => (await database.pool.query("select hash from enrolment_code order by hash")).rows;
  const before = await kept();
  expect(await call("POST", "/api/vehicles/codes", operator, { body: { account: "nobody-of-ours" } })).toEqual({
    status: 404,
    value: { error: { code: "no-account", message: "There is no such account." } },
  });
  expect(await kept()).toEqual(before);
  expect((await call("POST", "/api/vehicles/codes", operator, { body: { account: "anna" } })).status).toBe(201);
});

test("an owner sees and renames their own vehicle only, an operator all", async () => {
  const mine = await joinAs("anna");
  const theirs = await joinAs();
  const listOf = async (caller: Caller) => {
    const { value } = await call("GET", "/api/vehicles", caller);
    return Array.isArray(value) ? value.map((each: { vehicle: string }) => each.vehicle) : [];
  };
  expect(await listOf(owner)).toEqual([mine]);
  expect(await listOf(stranger)).toEqual([]);
  expect(await listOf(operator)).toEqual(expect.arrayContaining([mine, theirs]));
  const history = { query: { paths: "Vehicle.Speed", from: "0", to: "1000" } };
  for (const [caller, vehicle, status] of [
    [owner, mine, 200],
    [owner, theirs, 404],
    [stranger, mine, 404],
    [operator, theirs, 200],
  ] as const) {
    expect((await call("GET", "/api/vehicles/:vehicle", caller, { params: { vehicle } })).status).toBe(status);
    expect(
      (await call("GET", "/api/vehicles/:vehicle/history", caller, { params: { vehicle }, ...history })).status,
    ).toBe(status);
    const renamed = await call("PATCH", "/api/vehicles/:vehicle", caller, {
      params: { vehicle },
      body: { name: ` By ${caller.kind} ` },
    });
    expect(renamed.status).toBe(status);
    if (status === 200) expect(renamed.value).toMatchObject({ vehicle, name: "By account" });
  }
  await cloud.vehicles.giveTo(theirs, "anna");
  expect(await listOf(owner)).toEqual([mine, theirs]);
});

test("input that does not fit is refused with the field", async () => {
  const bad = [
    ["GET", "/api/vehicles/:vehicle", { params: { vehicle: "../etc" } }],
    ["PATCH", "/api/vehicles/:vehicle", { params: { vehicle: "abcdefgh01" }, body: { name: "   " } }],
    [
      "GET",
      "/api/vehicles/:vehicle/history",
      { params: { vehicle: "abcdefgh01" }, query: { paths: "a", from: "10", to: "x" } },
    ],
    [
      "GET",
      "/api/vehicles/:vehicle/history",
      { params: { vehicle: "abcdefgh01" }, query: { paths: "a", from: "10", to: "10" } },
    ],
    ["POST", "/api/vehicles/codes", { body: { count: 100_000 } }],
    ["POST", "/api/vehicles/enrol", { body: { code: "x", csr: "y", car } }],
  ] as const;
  for (const [method, path, input] of bad)
    expect(await call(method, path, operator, input)).toMatchObject({ status: 400 });
});

test("a car that was online when the cloud died counts as gone since it was last seen", async () => {
  const vehicle = await joinAs();
  const { rows } = await database.pool.query<{ number: number }>("select number from vehicle where vehicle = $1", [
    vehicle,
  ]);
  const number = rows[0]?.number ?? 0;
  const seen = new Date(time.now - 60_000);
  await database.pool.query("insert into presence values ($1, $2, true, 'connected')", [
    number,
    new Date(time.now - 90_000),
  ]);
  await database.pool.query("update vehicle set seen_at = $2 where number = $1", [number, seen]);
  await cloud.vehicles.presence.stop();
  await cloud.vehicles.presence.start();
  const events = await database.pool.query("select at, online from presence where vehicle = $1 order by at", [number]);
  expect(events.rows.at(-1)).toEqual({ at: seen, online: false });
});
