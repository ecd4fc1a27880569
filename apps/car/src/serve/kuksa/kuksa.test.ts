import { Vehicle, catalogue } from "@caravan/signals";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveKuksa } from "./fixture.ts";
import { KuksaServer } from "./kuksa-server.ts";

type Car = Awaited<ReturnType<typeof serveKuksa>>;
let car: Car;
let guarded: Car;
beforeAll(async () => {
  car = await serveKuksa();
  guarded = await serveKuksa({ withTokens: true });
});
afterAll(async () => {
  await car.stop();
  await guarded.stop();
  expect([...car.faults, ...guarded.faults]).toEqual([]);
});

const path = (name: string) => ({ signal_id: { path: name } });
const grpc = {
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  unavailable: 14,
  unauthenticated: 16,
};
const font = Vehicle.Cabin.Infotainment.HMI.FontSize;
const fan = Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed;

test("a value is read by path and by number, with its time; one that is missing has no value", async () => {
  const speed = await car.call("GetValue", path("Vehicle.Speed"));
  expect(speed).toMatchObject({ data_point: { value: { float: 50.5 }, timestamp: { seconds: expect.any(Number) } } });
  expect(await car.call("GetValue", { signal_id: { id: Vehicle.Speed.slot + 1 } })).toEqual(speed);
  const height = await car.call("GetValue", path("Vehicle.Height"));
  expect(height).toMatchObject({ data_point: { timestamp: expect.any(Object) } });
  expect(height["data_point"]).not.toHaveProperty("value");
  const both = await car.call("GetValues", {
    signal_ids: [{ path: "Vehicle.Body.Lights.Beam.High.IsOn" }, { path: "Vehicle.Speed" }],
  });
  expect(both["data_points"]).toMatchObject([{ value: { bool: expect.any(Boolean) } }, { value: { float: 50.5 } }]);
});

test.each([
  ["GetValue", path("Vehicle.Nothing"), grpc.notFound],
  ["GetValue", path("Vehicle.Cabin"), grpc.notFound],
  ["GetValue", { signal_id: { id: 99_999 } }, grpc.notFound],
  ["GetValue", {}, grpc.invalidArgument],
  ["GetValue", path("x".repeat(1_001)), grpc.invalidArgument],
  ["Actuate", { ...path(font.path) }, grpc.invalidArgument],
  ["Actuate", { ...path("Vehicle.Speed"), value: { float: 1 } }, grpc.invalidArgument],
  ["Actuate", { ...path("Vehicle.Nothing"), value: { float: 1 } }, grpc.notFound],
  ["Actuate", { ...path(font.path), value: { bool: true } }, grpc.invalidArgument],
  ["Actuate", { ...path(font.path), value: { string: "HUGE" } }, grpc.invalidArgument],
  ["Actuate", { ...path(font.path), value: { string: "LARGE" } }, grpc.unavailable],
  ["Actuate", { ...path("Vehicle.ADAS.ABS.IsEnabled"), value: { bool: true } }, grpc.permissionDenied],
  ["ListMetadata", { root: "Vehicle.Nothing" }, grpc.notFound],
  ["ListMetadata", { root: "Vehicle..Speed" }, grpc.invalidArgument],
  ["PublishValue", { ...path("Vehicle.Nothing"), data_point: { value: { float: 1 } } }, grpc.notFound],
  ["PublishValue", { ...path("Vehicle.AverageSpeed"), data_point: { value: { double: 1 } } }, grpc.invalidArgument],
  ["PublishValue", { ...path("Vehicle.AverageSpeed") }, grpc.invalidArgument],
  ["PublishValue", { ...path("Vehicle.Speed"), data_point: { value: { float: 1 } } }, grpc.permissionDenied],
  ["PublishValue", { ...path("Vehicle.IsMoving"), data_point: { value: { bool: false } } }, grpc.permissionDenied],
])("%s of %j ends with the code of Kuksa's databroker", async (method, message, code) => {
  expect(await car.call(method, message)).toMatchObject({ code });
});

test("who asks for nothing gets nothing", async () => {
  expect(await car.call("GetValues", {})).toEqual({});
  expect(await car.call("BatchActuate", {})).toEqual({});
});

test("an actuator of the car itself is set through the gate", async () => {
  const beam = Vehicle.Body.Lights.Beam.High.IsOn;
  expect(await car.call("Actuate", { ...path(beam.path), value: { bool: true } })).toEqual({});
  expect(car.store.value(beam)).toBe(true);
});

test("what a program publishes is read by the others, every data type of it", async () => {
  const samples = [
    [Vehicle.AverageSpeed, { float: 12.5 }],
    [Vehicle.TraveledDistance, { uint32: 4_000_000_000 }],
    [Vehicle.RoofLoad, { int32: -7 }],
    [Vehicle.Cabin.SeatPosCount, { uint32_array: { values: [2, 3] } }],
    [Vehicle.IsBrokenDown, { bool: false }],
    [Vehicle.Powertrain.TractionBattery.ErrorCodes, { string_array: { values: ["P0A1F", "ü"] } }],
    [Vehicle.Powertrain.TractionBattery.CellVoltage.CellVoltages, { float_array: { values: [3.5, -1] } }],
  ] as const;
  for (const [signal, value] of samples) {
    expect(await car.call("PublishValue", { ...path(signal.path), data_point: { value } })).toEqual({});
    expect(await car.call("GetValue", path(signal.path))).toMatchObject({ data_point: { value } });
    expect(car.store.get<never>(Object(signal))?.source).toBe("kuksa");
  }
});

test("metadata tells the facts of a leaf, of a branch, and of a pattern", async () => {
  const { metadata } = await car.call("ListMetadata", { root: "Vehicle.Body.Hood.Position" });
  expect(metadata).toEqual([
    {
      path: "Vehicle.Body.Hood.Position",
      id: Vehicle.Body.Hood.Position.slot + 1,
      data_type: "DATA_TYPE_UINT8",
      entry_type: "ENTRY_TYPE_ACTUATOR",
      description: Vehicle.Body.Hood.Position.description,
      unit: "percent",
      min: { uint32: 0 },
      max: { uint32: 100 },
    },
  ]);
  const paths = async (root: string) => {
    const answer = await car.call("ListMetadata", { root });
    return Array.isArray(answer["metadata"]) ? answer["metadata"].length : answer;
  };
  expect(await paths("Vehicle")).toBe(catalogue.signals.length);
  expect(await paths("")).toBe(catalogue.signals.length);
  expect(await paths("Vehicle.**")).toBe(catalogue.signals.length);
  expect(await paths("Vehicle.Body.Hood")).toBe(3);
  expect(await paths("Vehicle.**.IsOpen")).toBe(
    catalogue.signals.filter((signal) => signal.path.endsWith(".IsOpen")).length,
  );
  expect(await paths("Vehicle.*")).toBe(
    catalogue.signals.filter((signal) => signal.path.split(".").length === 2).length,
  );
  expect(await car.call("GetServerInfo", {})).toEqual({ name: "Caravan", version: "1.2.3" });
});

test("a subscription begins with every value and goes on with those that come, each burst in one message", async () => {
  const { stream, messages, ended } = car.open("Subscribe", {
    signal_paths: ["Vehicle.Speed", "Vehicle.Width", "Vehicle.TripDuration"].slice(0, 1).concat("Vehicle.TripDuration"),
  });
  await expect.poll(() => messages.length).toBe(1);
  expect(messages[0]).toMatchObject({ entries: { "Vehicle.Speed": { value: { float: 50.5 } } } });
  expect(messages[0]?.["entries"]).toHaveProperty(["Vehicle.TripDuration"]);
  car.store.set(Vehicle.Speed, 60, { source: "simulator" });
  car.store.set(Vehicle.TripDuration, 3, { source: "simulator" });
  await expect.poll(() => messages.length).toBe(2);
  expect(messages[1]).toMatchObject({
    entries: { "Vehicle.Speed": { value: { float: 60 } }, "Vehicle.TripDuration": { value: { float: 3 } } },
  });
  stream.cancel();
  await expect.poll(() => ended.code).toBe(1);
  await expect.poll(() => car.server.streams).toBe(0);
});

test("by number, not more often than asked, with the newest value, and no longer than asked", async () => {
  const { messages, ended } = car.open("SubscribeById", {
    signal_ids: [Vehicle.Speed.slot + 1],
    filter: { duration_ms: 200, min_sample_interval: { interval_ms: 60 } },
  });
  await expect.poll(() => messages.length).toBe(1);
  for (const value of [70, 71, 72]) car.store.set(Vehicle.Speed, value, { source: "simulator" });
  await expect.poll(() => messages.length).toBe(2);
  expect(messages[1]).toMatchObject({ entries: { [Vehicle.Speed.slot + 1]: { value: { float: 72 } } } });
  await expect.poll(() => ended.code).toBe(0);
  expect(messages).toHaveLength(2);
  for (const message of [{}, { signal_ids: [1], buffer_size: 1_001 }, { signal_ids: [99_999] }]) {
    const refused = car.open("SubscribeById", message);
    await expect
      .poll(() => refused.ended.code)
      .toBe(message.signal_ids?.[0] === 99_999 ? grpc.notFound : grpc.invalidArgument);
  }
});

test("an order goes to the one provider that claims the actuator, and nobody else gets it while it is there", async () => {
  const claim = { provide_actuation_request: { actuator_identifiers: [{ path: font.path }, { id: fan.slot + 1 }] } };
  const first = car.open("OpenProviderStream");
  first.stream.write(claim);
  await expect.poll(() => first.messages).toEqual([{ provide_actuation_response: {} }]);
  const second = car.open("OpenProviderStream");
  second.stream.write(claim);
  await expect.poll(() => second.ended.code).toBe(grpc.alreadyExists);
  const orders = {
    actuate_requests: [
      { signal_id: { path: font.path }, value: { string: "LARGE" } },
      { signal_id: { path: fan.path }, value: { uint32: 30 } },
    ],
  };
  expect(await car.call("BatchActuate", orders)).toEqual({});
  await expect
    .poll(() => first.messages[1])
    .toEqual({
      batch_actuate_stream_request: {
        actuate_requests: [
          { signal_id: { id: font.slot + 1 }, value: { string: "LARGE" } },
          { signal_id: { id: fan.slot + 1 }, value: { uint32: 30 } },
        ],
      },
    });
  first.stream.write({ batch_actuate_stream_response: { signal_id: { path: font.path }, error: { code: 1 } } });
  first.stream.end();
  await expect.poll(() => first.ended.code).toBe(0);
  expect(await car.call("Actuate", { ...path(font.path), value: { string: "LARGE" } })).toMatchObject({
    code: grpc.unavailable,
  });
});

test("a VISS client hears what the provider made of its order: executed, denied, expired, and that nobody is there", async () => {
  const set = (value: string) => car.viss.set(font.path, { value });
  expect((await set("STANDARD")).body).toMatchObject({ error: { number: 503, reason: "service_unavailable" } });
  const { stream, messages } = car.open("OpenProviderStream");
  stream.write({ provide_actuation_request: { actuator_identifiers: [{ path: font.path }] } });
  await expect.poll(() => messages.length).toBe(1);
  const denied = set("EXTRA_LARGE");
  await expect.poll(() => messages.length).toBe(2);
  stream.write({
    batch_actuate_stream_response: { signal_id: { id: font.slot + 1 }, error: { code: 4, message: "no" } },
  });
  expect((await denied).body).toMatchObject({ error: { number: 502, reason: "bad_gateway" } });
  const executed = set("EXTRA_LARGE");
  await expect.poll(() => messages.length).toBe(3);
  stream.write({ batch_actuate_stream_response: { signal_id: { id: font.slot + 1 } } });
  stream.write({ publish_values_request: { data_points: { [font.slot + 1]: { value: { string: "EXTRA_LARGE" } } } } });
  expect(await executed).toMatchObject({ status: 200 });
  expect((await set("STANDARD")).body).toMatchObject({ error: { number: 504, reason: "gateway_timeout" } });
  const left = set("STANDARD");
  await expect.poll(() => messages.length).toBe(5);
  stream.cancel();
  expect((await left).body).toMatchObject({ error: { number: 502 } });
  car.store.remove(font);
});

test("a provider's stream is open before anything is said", async () => {
  const { stream } = car.open("OpenProviderStream");
  const isOpen = new Promise((resolve) => stream.on("metadata", resolve));
  await isOpen;
  stream.cancel();
  await expect.poll(() => car.server.streams).toBe(0);
});

test("of a batch with one bad order nothing is done", async () => {
  const { stream, messages } = car.open("OpenProviderStream");
  stream.write({ provide_actuation_request: { actuator_identifiers: [{ path: font.path }] } });
  await expect.poll(() => messages.length).toBe(1);
  const good = { signal_id: { path: font.path }, value: { string: "LARGE" } };
  for (const [bad, code] of [
    [{ signal_id: { path: fan.path }, value: { uint32: 900 } }, grpc.invalidArgument],
    [{ signal_id: { path: "Vehicle.Nothing" }, value: { uint32: 9 } }, grpc.notFound],
    [
      { signal_id: { path: Vehicle.Cabin.HVAC.Station.Row1.Passenger.FanSpeed.path }, value: { uint32: 9 } },
      grpc.unavailable,
    ],
  ] as const) {
    expect(await car.call("BatchActuate", { actuate_requests: [good, bad] })).toMatchObject({ code });
  }
  expect(messages).toHaveLength(1);
  stream.cancel();
  await expect.poll(() => car.server.streams).toBe(0);
});

test("what the car does itself no program takes over, and a sensor cannot be carried out", async () => {
  for (const [name, code] of [
    [Vehicle.Body.Lights.Beam.High.IsOn.path, grpc.alreadyExists],
    ["Vehicle.Speed", grpc.invalidArgument],
    ["Vehicle.Nothing", grpc.notFound],
  ] as const) {
    const { stream, ended } = car.open("OpenProviderStream");
    stream.write({ provide_actuation_request: { actuator_identifiers: [{ path: name }] } });
    await expect.poll(() => ended.code).toBe(code);
  }
});

test("values published in a stream arrive, bad ones among them are answered by number, and they grow stale when their provider goes", async () => {
  const { stream, messages, ended } = car.open("OpenProviderStream");
  const id = Vehicle.Acceleration.Lateral.slot + 1;
  stream.write({ provide_signal_request: { signals_sample_intervals: { [id]: { interval_ms: 10 } } } });
  await expect.poll(() => messages).toEqual([{ provide_signal_response: {} }]);
  stream.write({
    publish_values_request: {
      request_id: 7,
      data_points: {
        [id]: { timestamp: { seconds: 1_700_000_000, nanos: 250_000_000 }, value: { float: 1.5 } },
        [Vehicle.Speed.slot + 1]: { value: { float: 1 } },
        [Vehicle.AverageSpeed.slot + 1]: { value: { bool: true } },
        99999: { value: { float: 1 } },
        [-5]: { value: { float: 1 } },
      },
    },
  });
  await expect.poll(() => messages.length).toBe(2);
  expect(messages[1]).toMatchObject({
    publish_values_response: {
      request_id: 7,
      status: {
        [Vehicle.Speed.slot + 1]: { code: "ERROR_CODE_PERMISSION_DENIED" },
        [Vehicle.AverageSpeed.slot + 1]: { code: "ERROR_CODE_INVALID_ARGUMENT" },
        99999: { code: "ERROR_CODE_NOT_FOUND" },
        [-5]: { code: "ERROR_CODE_NOT_FOUND" },
      },
    },
  });
  expect(car.store.get(Vehicle.Acceleration.Lateral)).toMatchObject({
    value: 1.5,
    at: 1_700_000_000_250,
    source: "kuksa",
  });
  stream.end();
  await expect.poll(() => ended.code).toBe(0);
  await expect.poll(() => car.store.get(Vehicle.Acceleration.Lateral)?.quality).toBe("stale");
});

test("where tokens are set up, each call needs one, and it may what its scope says", async () => {
  const { call, token } = guarded;
  const speed = path("Vehicle.Speed");
  expect(await call("GetValue", speed)).toMatchObject({ code: grpc.unauthenticated });
  expect(await call("GetServerInfo", {})).toMatchObject({ name: "Caravan" });
  expect(await call("GetValue", speed, "rubbish")).toMatchObject({ code: grpc.unauthenticated });
  expect(await call("GetValue", speed, token("read:Vehicle.Speed", { exp: 1 }))).toMatchObject({
    code: grpc.unauthenticated,
  });
  expect(await call("GetValue", speed, token("read:Vehicle.Speed"))).toHaveProperty("data_point");
  expect(await call("GetValue", path("Vehicle.IsMoving"), token("read:Vehicle.Speed"))).toMatchObject({
    code: grpc.permissionDenied,
  });
  const reader = guarded.open("Subscribe", { signal_paths: ["Vehicle.Speed"] }, token("read:Vehicle.Cabin"));
  await expect.poll(() => reader.ended.code).toBe(grpc.permissionDenied);
  const publish = { ...speed, data_point: { value: { float: 33 } } };
  expect(await call("PublishValue", publish, token("read"))).toMatchObject({ code: grpc.permissionDenied });
  expect(await call("PublishValue", publish, token("provide:Vehicle.Speed"))).toEqual({});
  expect(guarded.store.value(Vehicle.Speed)).toBe(33);
  const abs = { ...path("Vehicle.ADAS.ABS.IsEnabled"), value: { bool: true } };
  expect(await call("Actuate", abs, token("read provide"))).toMatchObject({ code: grpc.permissionDenied });
  expect(await call("Actuate", abs, token("actuate:Vehicle.ADAS"))).toMatchObject({ code: grpc.unavailable });
});

test("a stream ends when its token does", async () => {
  const almostOver = Math.floor(Date.now() / 1_000) - 30;
  const reader = guarded.open(
    "Subscribe",
    { signal_paths: ["Vehicle.Speed"] },
    guarded.token("read", { exp: almostOver + 1 }),
  );
  await expect.poll(() => reader.messages.length).toBe(1);
  await expect.poll(() => reader.ended.code, { timeout: 3_000 }).toBe(grpc.unauthenticated);
});

test("whatever bytes come over the wire, the call ends with a code and the car goes on", async () => {
  const methods = [
    "GetValue",
    "GetValues",
    "Subscribe",
    "SubscribeById",
    "Actuate",
    "ActuateStream",
    "BatchActuate",
    "ListMetadata",
    "PublishValue",
    "OpenProviderStream",
    "GetServerInfo",
  ];
  const bytes = fc.uint8Array({ maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...methods), bytes, async (method, given) => {
      const code = await car.raw(method, given);
      // Never INTERNAL or UNKNOWN.
      expect([0, 1, 3, 5, 6, 7, 14]).toContain(code);
    }),
    { numRuns: 300 },
  );
  expect(await car.raw("GetValue", new Uint8Array(1_000_001))).toBe(8);
  await expect.poll(() => car.server.streams).toBe(0);
  expect(await car.call("GetValue", path("Vehicle.Speed"))).toHaveProperty("data_point");
});

test("a port that is taken is told in one sentence", async () => {
  const twin = new KuksaServer({
    kuksa: Object(undefined),
    host: "127.0.0.1",
    port: car.port,
    tls: undefined,
    report: () => undefined,
  });
  expect(await twin.start()).toEqual({
    kind: "failed",
    why: `Port ${car.port} is taken by another program, so this car speaks no gRPC; choose another port in its serve.json.`,
  });
});
