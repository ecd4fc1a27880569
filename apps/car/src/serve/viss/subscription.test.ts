import { Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { createFixture } from "./fixture.ts";

const subscribe = (path: string, filter?: unknown) => ({
  action: "subscribe",
  path,
  requestId: "s",
  ...(filter !== undefined && { filter }),
});

test("a timebased subscription sends at its period until it is ended", () => {
  const { connect, time, store, from } = createFixture();
  const client = connect();
  const { subscriptionId } = client.ask(
    subscribe("Vehicle.Speed", { type: "timebased", parameter: { period: "500" } }),
  );
  expect(subscriptionId).toEqual(expect.any(String));
  time.advance(1_100);
  store.set(Vehicle.Speed, 60, from);
  time.advance(500);
  expect(client.events()).toMatchObject([
    { action: "subscription", subscriptionId, data: { path: "Vehicle.Speed", dp: { value: "50.5" } } },
    { data: { dp: { value: "50.5" } } },
    { data: { dp: { value: "60" } }, ts: "2026-06-15T12:00:01.500Z" },
  ]);
  expect(client.ask({ action: "unsubscribe", subscriptionId, requestId: "u" })).toMatchObject({
    action: "unsubscribe",
    subscriptionId,
  });
  time.advance(5_000);
  expect(client.events()).toHaveLength(3);
  expect(time.pending).toBe(0);
});

test("without a trigger every burst of readings is one event with what was new", () => {
  const { connect, time, store, from } = createFixture();
  const client = connect();
  client.ask(subscribe("Vehicle", { type: "paths", parameter: ["Speed", "Cabin.Door"] }));
  store.set(Vehicle.Speed, 51, from);
  store.set(Vehicle.Speed, 52, from);
  store.set(Vehicle.Cabin.Door.Row1.DriverSide.IsOpen, true, from);
  store.set(Vehicle.IsMoving, false, from);
  time.advance(10);
  store.set(Vehicle.Speed, 53, from);
  time.advance(10);
  expect(client.events().map(({ data }) => data)).toMatchObject([
    [
      { path: "Vehicle.Speed", dp: { value: "52" } },
      { path: "Vehicle.Cabin.Door.Row1.DriverSide.IsOpen", dp: { value: "true" } },
    ],
    [{ path: "Vehicle.Speed", dp: { value: "53" } }],
  ]);
});

test("a range sends at once when it is met already, and then for each reading inside", () => {
  const { connect, time, store, from } = createFixture();
  const client = connect();
  client.ask(subscribe("Vehicle.Speed", { type: "range", parameter: { "boundary-op": "gt", boundary: "50" } }));
  time.advance(10);
  for (const value of [49, 51, 40]) {
    store.set(Vehicle.Speed, value, from);
    time.advance(10);
  }
  expect(client.events()).toMatchObject([{ data: { dp: { value: "50.5" } } }, { data: { dp: { value: "51" } } }]);
});

test("a change of the first signal brings the others along", () => {
  const { connect, time, store, from } = createFixture();
  const client = connect();
  client.ask(
    subscribe("Vehicle", [
      { type: "paths", parameter: ["IsMoving", "Speed"] },
      { type: "change", parameter: { "logic-op": "lt", diff: "0" } },
    ]),
  );
  store.set(Vehicle.Speed, 1, from);
  store.set(Vehicle.IsMoving, true, from);
  time.advance(10);
  expect(client.events()).toEqual([]);
  store.set(Vehicle.IsMoving, false, from);
  time.advance(10);
  expect(client.events()).toMatchObject([
    {
      data: [
        { path: "Vehicle.IsMoving", dp: { value: "false" } },
        { path: "Vehicle.Speed", dp: { value: "1" } },
      ],
    },
  ]);
});

test("curve logging sends the essential points of a full buffer", () => {
  const { connect, time, store, from } = createFixture();
  const client = connect();
  client.ask(subscribe("Vehicle.Speed", { type: "curvelog", parameter: { maxerr: "0.1", bufsize: "5" } }));
  for (const value of [1, 2, 3, 2, 1, 9]) {
    time.advance(100);
    store.set(Vehicle.Speed, value, from);
  }
  time.advance(10);
  expect(client.events()).toMatchObject([
    { data: { path: "Vehicle.Speed", dp: [{ value: "1" }, { value: "3" }, { value: "1" }] } },
  ]);
});

test.each([
  ["Vehicle.VehicleIdentification.Brand", { type: "range", parameter: { "boundary-op": "gt", boundary: "5" } }],
  ["Vehicle.VehicleIdentification.Brand", { type: "change", parameter: { "logic-op": "gt", diff: "0" } }],
  ["Vehicle.Cabin.Door", { type: "curvelog", parameter: { maxerr: "1", bufsize: "5" } }],
])("%s has no numbers to filter by", (path, filter) => {
  expect(createFixture().connect().ask(subscribe(path, filter))).toMatchObject({
    error: { number: 400, reason: "filter_invalid" },
  });
});

test("a change filter for any difference follows texts too", () => {
  const { connect, time, store, from } = createFixture();
  const client = connect("VISSv3");
  const brand = Vehicle.VehicleIdentification.Brand;
  client.ask(subscribe(brand.path, { variant: "change", parameter: { "logic-op": "ne", diff: "0" } }));
  for (const value of ["One", "One", "Two"]) {
    store.set(brand, value, from);
    time.advance(100);
  }
  expect(client.events()).toMatchObject([{ data: { dp: { value: "Two" } } }]);
});

test("a slow reader gets the newest values when it reads again, and is let go when it never does", () => {
  const { connect, time, store, from } = createFixture();
  const client = connect();
  client.ask(subscribe("Vehicle.Speed"));
  client.wire.buffered = 600_000;
  for (let value = 0; value < 100; value++) {
    store.set(Vehicle.Speed, value, from);
    time.advance(20);
  }
  expect(client.events()).toEqual([]);
  client.wire.buffered = 0;
  time.advance(100);
  expect(client.events()).toMatchObject([{ data: { dp: { value: "99" } } }]);
  client.wire.buffered = 600_000;
  store.set(Vehicle.Speed, 7, from);
  time.advance(20_000);
  expect(client.wire.closed).toBe(1013);
  store.set(Vehicle.Speed, 8, from);
  expect(time.pending).toBe(0);
});

test("subscriptions of one client are bounded, by number and by signals", () => {
  const client = createFixture({ limits: { subscriptions: 2, subscribedSignals: 300 } }).connect();
  expect(client.ask(subscribe("Vehicle"))).toMatchObject({ error: { number: 429, reason: "too_many_requests" } });
  expect(client.ask(subscribe("Vehicle.Speed"))).toHaveProperty("subscriptionId");
  expect(client.ask(subscribe("Vehicle.Speed"))).toHaveProperty("subscriptionId");
  expect(client.ask(subscribe("Vehicle.Speed"))).toMatchObject({ error: { number: 429 } });
});

test("only so many clients are served, and one that leaves makes room", () => {
  const { connect, viss, time } = createFixture({ mostConnections: 1 });
  const client = connect();
  client.ask(subscribe("Vehicle.Speed", { type: "timebased", parameter: { period: "500" } }));
  expect(() => connect()).toThrow("full");
  viss.forget(client.connection);
  expect(time.pending).toBe(0);
  expect(connect().ask({ action: "get", path: "Vehicle.Speed", requestId: "1" })).toHaveProperty("data");
});
