import { Vehicle, catalogue } from "@caravan/signals";
import { expect, test } from "vitest";
import { createFixture } from "./fixture.ts";

const ts = "2026-06-15T12:00:00.000Z";

test("get answers with one value and its own time, as text", () => {
  const { connect } = createFixture();
  expect(connect().ask({ action: "get", path: "Vehicle.Speed", requestId: "1" })).toEqual({
    action: "get",
    requestId: "1",
    data: { path: "Vehicle.Speed", dp: { value: "50.5", ts } },
    ts,
  });
  expect(connect().ask({ action: "get", path: "Vehicle/Cabin/SeatPosCount", requestId: "2" })).toMatchObject({
    data: { path: "Vehicle.Cabin.SeatPosCount", dp: { value: ["2", "3"] } },
  });
});

test("get of a branch answers with every leaf that has a value", () => {
  const { connect } = createFixture();
  const { data } = connect().ask({ action: "get", path: "Vehicle.Cabin.Door", requestId: "1" });
  expect(data).toEqual([
    { path: "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen", dp: { value: "false", ts } },
    { path: "Vehicle.Cabin.Door.Row1.PassengerSide.IsOpen", dp: { value: "true", ts } },
  ]);
});

test("a paths filter picks leaves with stars, each once, in the order asked", () => {
  const { connect } = createFixture();
  const filter = { type: "paths", parameter: ["Cabin.Door.*.*.IsOpen", "Speed", "Cabin.Door.Row1.DriverSide.IsOpen"] };
  const { data } = connect().ask({ action: "get", path: "Vehicle", filter, requestId: "1" });
  expect(data).toMatchObject([
    { path: "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen" },
    { path: "Vehicle.Cabin.Door.Row1.PassengerSide.IsOpen" },
    { path: "Vehicle.Speed" },
  ]);
});

test("in version 2 stars at the end of a relative path stand for leaves of that depth, in version 3 for all below", () => {
  const { connect } = createFixture();
  const request = { action: "get", path: "Vehicle", filter: { type: "paths", parameter: "*" }, requestId: "1" };
  const paths = (answer: { readonly [name: string]: unknown }) =>
    Array.isArray(answer["data"]) ? answer["data"].map(({ path }: { path: string }) => path) : answer;
  expect(paths(connect("VISSv2").ask(request))).toEqual(["Vehicle.Speed", "Vehicle.IsMoving"]);
  expect(paths(connect("VISSv3").ask(request))).toContain("Vehicle.Cabin.SeatPosCount");
});

const malformed2 = {
  number: 400,
  reason: "bad_request",
  message: "The server is unable to fulfil the client request because the request is malformed.",
};

test.each([
  ["{", { error: malformed2 }],
  [
    { path: "Vehicle.Speed", requestId: "1" },
    { requestId: "1", error: malformed2 },
  ],
  [
    { action: "get", path: "Vehicle.Speed" },
    { action: "get", error: malformed2 },
  ],
  [
    { action: "get", requestId: "1" },
    { action: "get", requestId: "1", error: malformed2 },
  ],
  [
    { action: "get", path: "Vehicle.Nothing", requestId: "1" },
    { error: { number: 404, reason: "invalid_path", message: "The specified data path does not exist." } },
  ],
  [
    { action: "get", path: "Vehicle.Height", requestId: "1" },
    { error: { number: 404, reason: "unavailable_data", message: "The requested data was not found." } },
  ],
  [
    { action: "get", path: "Vehicle.Speed", filter: { type: "history", parameter: "an hour" }, requestId: "1" },
    { error: { number: 400, reason: "invalid_duration", message: "Time duration is invalid." } },
  ],
  [
    { action: "set", path: "Vehicle.Speed", value: "1", requestId: "1" },
    { error: { number: 401, reason: "read_only" } },
  ],
  [
    { action: "unsubscribe", subscriptionId: "77", requestId: "1" },
    { error: { number: 404, reason: "invalid_subscriptionId" } },
  ],
])("version 2 spells what is wrong with %j", async (request, expected) => {
  const client = createFixture().connect();
  client.ask(request);
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect(client.messages).toHaveLength(1);
  expect(client.messages[0]).toMatchObject({ ...expected, ts });
});

test.each([
  [{ action: "fly", requestId: "1" }, 400, "bad_request", "Missing or invalid action"],
  [{ action: "get", path: 5, requestId: "1" }, 400, "bad_request", "Missing or invalid path"],
  [{ action: "get", path: "Vehicle.Nothing" }, 404, "unavailable_data", "Data is unknown"],
  [{ action: "subscribe", path: "Vehicle.Speed", requestId: "1" }, 400, "bad_request", "Missing or invalid filter"],
  [{ action: "set", path: "Vehicle.Speed", value: "1" }, 400, "invalid_data", "Update of a sensor is not supported"],
  [
    { action: "set", path: "Vehicle.Cabin", value: "1" },
    400,
    "invalid_data",
    "Requested action on a branch is not supported",
  ],
  [
    { action: "set", path: "Vehicle.Body.Hood.Position", value: "101" },
    400,
    "invalid_data",
    "Data value outside limit",
  ],
  [{ action: "set", path: "Vehicle.Body.Hood.Position", value: 10 }, 400, "invalid_data", "Incorrect data type"],
  [{ action: "set", path: "Vehicle.Body.Hood.Position" }, 400, "bad_request", "Missing or invalid value"],
])("version 3 spells what is wrong with %j", async (request, number, reason, description) => {
  const client = createFixture().connect("VISSv3");
  client.ask(request);
  await new Promise((resolve) => setImmediate(resolve));
  expect(client.messages).toEqual([expect.objectContaining({ error: { number, reason, description } })]);
});

test("a set goes through the gate with its type, and its answer comes when the car has done it", async () => {
  const { connect, asked, gate } = createFixture();
  const client = connect();
  let done = (): void => undefined;
  gate.answer = (_path, value) => new Promise((resolve) => (done = () => resolve({ kind: "done", value })));
  client.ask({ action: "set", path: "Vehicle.Body.Lights.Beam.High.IsOn", value: "true", requestId: "9" });
  await new Promise((resolve) => setImmediate(resolve));
  expect(client.messages).toEqual([]);
  expect(asked).toEqual([
    { path: "Vehicle.Body.Lights.Beam.High.IsOn", value: true, asker: { kind: "viss", id: "viss-1" } },
  ]);
  done();
  await new Promise((resolve) => setImmediate(resolve));
  expect(client.messages).toEqual([{ action: "set", requestId: "9", ts }]);
});

test("what the gate refuses is forbidden, with its reason where the standard has room for one", async () => {
  const { connect, gate, faults } = createFixture();
  const two = connect("VISSv2");
  const three = connect("VISSv3");
  const request = { action: "set", path: "Vehicle.Body.Hood.IsOpen", value: "true", requestId: "1" };
  gate.answer = async () => ({ kind: "refused", why: "moving" });
  two.ask(request);
  three.ask(request);
  await new Promise((resolve) => setImmediate(resolve));
  expect(two.messages[0]).toMatchObject({ error: { number: 403, reason: "user_forbidden" } });
  expect(three.messages[0]).toMatchObject({
    error: { number: 403, reason: "forbidden_request", description: "Not while the car is moving." },
  });
  gate.answer = () => Promise.reject(new Error("bug"));
  two.ask(request);
  await new Promise((resolve) => setImmediate(resolve));
  expect(two.messages[1]).toMatchObject({ error: { number: 503, reason: "service_unavailable" } });
  expect(faults).toHaveLength(1);
});

test("only so many sets wait at a time", async () => {
  const { connect, gate } = createFixture({ limits: { pendingSets: 2 } });
  const client = connect();
  gate.answer = () => new Promise(() => undefined);
  const request = { action: "set", path: "Vehicle.Body.Hood.IsOpen", value: "true", requestId: "1" };
  for (let i = 0; i < 3; i++) client.ask(request);
  await new Promise((resolve) => setImmediate(resolve));
  expect(client.messages).toEqual([expect.objectContaining({ error: expect.objectContaining({ number: 429 }) })]);
});

test("history answers with past values without the present one", () => {
  const { connect, store, time } = createFixture();
  store.keep(Vehicle.Speed, { samples: 10 });
  for (const value of [10, 20, 30]) {
    time.advance(1_000);
    store.set(Vehicle.Speed, value, { source: "test" });
  }
  const client = connect();
  const request = (parameter: string) => ({
    action: "get",
    path: "Vehicle.Speed",
    filter: { variant: "history", parameter },
    requestId: "1",
  });
  expect(client.ask(request("PT10S"))).toMatchObject({
    data: { path: "Vehicle.Speed", dp: [{ value: "10", ts: "2026-06-15T12:00:01.000Z" }, { value: "20" }] },
  });
  expect(client.ask(request("PT1S"))).toMatchObject({ data: { dp: [{ value: "20" }] } });
  expect(client.ask({ ...request("PT10S"), path: "Vehicle.IsMoving" })).toMatchObject({
    error: { reason: "unavailable_data" },
  });
});

test("metadata tells the facts of a leaf or of a subtree, all or only some", () => {
  const client = createFixture().connect("VISSv3");
  const ask = (path: string, parameter: unknown) =>
    client.ask({ action: "get", path, filter: { variant: "metadata", parameter }, requestId: "1" })["metadata"];
  expect(ask("Vehicle.Body.Hood.Position", "")).toEqual({
    Position: {
      type: "actuator",
      datatype: "uint8",
      unit: "percent",
      min: 0,
      max: 100,
      description: expect.any(String),
    },
  });
  expect(ask("Vehicle.Body.Hood", ["type", "datatype"])).toEqual({
    Hood: {
      type: "branch",
      children: {
        IsOpen: { type: "actuator", datatype: "boolean" },
        Position: { type: "actuator", datatype: "uint8" },
        Switch: { type: "actuator", datatype: "string" },
      },
    },
  });
});

test("dynamic metadata tells what the server can and which signals are there", () => {
  const client = createFixture().connect();
  const ask = (path: string, parameter: unknown) =>
    client.ask({ action: "get", path, filter: { type: "dynamic-metadata", parameter }, requestId: "1" });
  expect(ask("Vehicle", "server_capabilities")).toMatchObject({
    metadata: { filter: expect.arrayContaining(["timebased", "change"]) },
  });
  expect(ask("Vehicle.Height", "availability")).toMatchObject({ data: { dp: { value: "unavailable" } } });
  expect(ask("Vehicle.Speed", "availability")).toMatchObject({ data: { dp: { value: "available" } } });
  expect(ask("Vehicle.Speed", "colour")).toMatchObject({ error: { number: 400 } });
  expect(ask("Vehicle.Speed", "samplerate")).toMatchObject({ error: { number: 404 } });
  expect(ask("Vehicle.Speed", "validate")).toMatchObject({ error: { number: 404 } });
});

test("the sample rate of a signal is that of the samples kept", () => {
  const { connect, store, time } = createFixture();
  store.keep(Vehicle.Speed, { samples: 10 });
  for (let i = 0; i < 9; i++) {
    time.advance(250);
    store.set(Vehicle.Speed, i, { source: "test" });
  }
  const filter = { type: "dynamic-metadata", parameter: ["samplerate"] };
  expect(connect().ask({ action: "get", path: "Vehicle.Speed", filter, requestId: "1" })).toMatchObject({
    data: { path: "Vehicle.Speed", dp: { value: "4" } },
  });
});

test("version 3 asks for metadata so many generations deep", () => {
  const client = createFixture().connect("VISSv3");
  const ask = (parameter: string) =>
    client.ask({
      action: "get",
      path: "Vehicle.Body.Hood",
      filter: { variant: "metadata", parameter },
      requestId: "1",
    })["metadata"];
  const branch = { type: "branch", description: expect.any(String) };
  expect(ask("1")).toEqual({ Hood: branch });
  expect(ask("2")).toMatchObject({ Hood: { ...branch, children: { IsOpen: { type: "actuator" } } } });
  expect(ask("0")).toEqual(ask("2"));
});

test("a client that never reads its answers is let go", () => {
  const client = createFixture().connect();
  client.wire.buffered = 5_000_000;
  client.ask({ action: "get", path: "Vehicle.Speed", requestId: "1" });
  expect(client.wire.closed).toBe(1013);
  expect(client.messages).toEqual([]);
});

test("a client that asks too much in a second waits for the next one", () => {
  const { connect, time } = createFixture({ limits: { requestsPerSecond: 800 } });
  const client = connect();
  const request = {
    action: "get",
    path: "Vehicle",
    filter: { type: "static-metadata", parameter: "" },
    requestId: "1",
  };
  expect(client.ask(request)).toHaveProperty("metadata");
  expect(client.ask(request)).toHaveProperty("metadata");
  expect(client.ask(request)).toMatchObject({ requestId: "1", error: { number: 429 } });
  time.advance(1_000);
  expect(client.ask(request)).toHaveProperty("metadata");
});

test("every leaf of the catalogue can be described and asked for", () => {
  const { viss } = createFixture({ limits: { requestsPerSecond: 1e9 } });
  for (const { path } of catalogue.signals) expect([200, 404]).toContain(viss.get(path, undefined).status);
});
