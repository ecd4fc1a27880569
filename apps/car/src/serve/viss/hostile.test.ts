import fc from "fast-check";
import { Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { createFixture } from "./fixture.ts";

const ts = "2026-06-15T12:00:00.000Z";

test("what is too long, too deep or a trap gets an error and nothing else", () => {
  const client = createFixture().connect();
  for (const hostile of [
    "x".repeat(70_000),
    "[".repeat(50_000),
    `{"action":"get","path":${"[".repeat(20_000)}${"]".repeat(20_000)},"requestId":"1"}`,
    '{"__proto__":{"action":"get"},"path":"Vehicle.Speed","requestId":"1"}',
    '{"action":"get","path":"__proto__","requestId":"1"}',
    '{"action":"get","path":"Vehicle.constructor","requestId":"1"}',
    '{"action":"constructor","path":"Vehicle","requestId":"1"}',
    `{"action":"get","path":"Vehicle","filter":{"type":"paths","parameter":[${'"*",'.repeat(300)}"*"]},"requestId":"1"}`,
    "null",
    "[]",
    '"get"',
  ]) {
    expect(client.ask(hostile)).toMatchObject({ error: { number: expect.any(Number), reason: expect.any(String) } });
  }
  expect(client.ask({ action: "get", path: "Vehicle.Speed", requestId: "1" })).toHaveProperty("data");
});

const words =
  "get set subscribe unsubscribe Vehicle Vehicle.Speed Vehicle.Cabin.Door * *.* paths timebased range change curvelog history metadata static-metadata dynamic-metadata availability samplerate validate server_capabilities gt 0 5 -1 PT5S true 1 __proto__";
const word = fc.constantFrom("", ...words.split(" "));
const anything = fc.oneof(word, fc.jsonValue({ maxDepth: 3 }));
const key = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.option(value, { nil: undefined }).map((chosen) => ({ [name]: chosen }));
const filter = fc
  .tuple(
    key("type", anything),
    key("variant", anything),
    key("value", anything),
    key(
      "parameter",
      fc.oneof(
        anything,
        fc.array(word),
        fc.dictionary(
          fc.constantFrom("period", "boundary-op", "boundary", "logic-op", "diff", "maxerr", "bufsize"),
          anything,
        ),
      ),
    ),
  )
  .map((parts) => Object.assign({}, ...parts));
const message = fc
  .tuple(
    key(
      "action",
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom("get", "set", "subscribe", "unsubscribe") },
        { weight: 1, arbitrary: anything },
      ),
    ),
    key(
      "path",
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom("Vehicle", "Vehicle.Speed", "Vehicle.Body.Hood") },
        { weight: 1, arbitrary: anything },
      ),
    ),
    key("filter", fc.oneof(filter, fc.array(filter, { maxLength: 3 }), anything)),
    key("value", anything),
    key("subscriptionId", anything),
    key("authorization", fc.oneof(fc.constant("TOKEN"), anything)),
    key("requestId", fc.oneof({ weight: 9, arbitrary: fc.constant("1") }, { weight: 1, arbitrary: anything })),
  )
  .map((parts) => JSON.stringify(Object.assign({}, ...parts)));

test("whatever a client sends, it gets one answer for each message and the server goes on", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(message, fc.string()), { maxLength: 12 }),
      fc.constantFrom("VISSv2" as const, "VISSv3" as const),
      fc.boolean(),
      async (texts, version, withTokens) => {
        const { connect, store, time, from, faults, token } = createFixture({ withTokens });
        const client = connect(version);
        const shown = token("read actuate:Vehicle.Body");
        for (const text of texts) {
          client.connection.receive(text.replace("TOKEN", shown));
          store.set(Vehicle.Speed, text.length % 100, from);
        }
        await new Promise((resolve) => setImmediate(resolve));
        const answers = client.messages.filter(({ action }) => action !== "subscription");
        expect(answers).toHaveLength(texts.length);
        for (const answer of answers) expect(answer["ts"]).toBe(ts);
        time.advance(3_000);
        client.connection.close();
        expect(time.pending).toBe(0);
        expect(faults).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test("the more clients there are, the less each may ask for, and the modest ones are still served", () => {
  const { connect, viss } = createFixture({ limits: { requestsPerSecond: 300 } });
  const greedy = Array.from({ length: 31 }, () => connect());
  const request = {
    action: "get",
    path: "Vehicle",
    filter: { type: "static-metadata", parameter: "" },
    requestId: "1",
  };
  const served = greedy
    .flatMap((client) => Array.from({ length: 5 }, () => client.ask(request)))
    .filter((answer) => "metadata" in answer);
  // Each had a share of 300 * 3 / 32 when all were there, which one such answer uses up; the first ones had more at first.
  expect(served.length).toBeGreaterThanOrEqual(31);
  expect(served.length).toBeLessThan(62);
  expect(connect().ask({ action: "get", path: "Vehicle.Speed", requestId: "1" })).toHaveProperty("data");
  expect(viss.get("Vehicle.Speed", undefined).status).toBe(200);
});

test("a burst of questions for the whole car is answered a few times, and then as often as the client's share pays for", () => {
  const { connect, time } = createFixture();
  const client = connect();
  const answered = (count: number, path: string) => {
    let data = 0;
    for (let i = 0; i < count; i++) if ("data" in client.ask({ action: "get", path, requestId: "1" })) data += 1;
    return data;
  };
  // The whole car costs about 210 simple requests; half of a second's 4,000 is there at once.
  expect(answered(100, "Vehicle")).toBe(10);
  let later = 0;
  for (let tick = 0; tick < 100; tick++) {
    time.advance(10);
    later += answered(5, "Vehicle");
  }
  expect(later).toBeGreaterThan(15);
  expect(later).toBeLessThan(25);
  time.advance(1_000);
  expect(answered(1_400, "Vehicle.Speed")).toBe(1_400);
});

test("a filter that would look at everything again and again is refused, and paid for", () => {
  const client = createFixture({ limits: { requestsPerSecond: 1_000 } }).connect();
  const branches = [
    "*",
    "*.*",
    "*.*.*",
    "*.*.*.*",
    "Cabin",
    "Cabin.*",
    "Cabin.*.*",
    "Cabin.*.*.*",
    "Powertrain",
    "Powertrain.*",
  ];
  const parameter = branches.flatMap((branch) => [branch, `${branch}/*`, `${branch}.*.*`]).slice(0, 256);
  const many = Array.from({ length: 8 }, (_, i) =>
    parameter.map((path) => path.replace("*", i % 2 === 0 ? "*" : "Cabin")),
  );
  const request = { action: "get", path: "Vehicle", filter: { type: "paths", parameter: many.flat() }, requestId: "1" };
  expect(client.ask(request)).toHaveProperty("error");
  for (let i = 0; i < 200; i++)
    client.ask({ ...request, filter: { type: "paths", parameter: ["*", "*.*", "*.*.*", "Nothing"] } });
  expect(client.ask({ action: "get", path: "Vehicle.Speed", requestId: "2" })).toMatchObject({
    error: { number: 429 },
  });
});

test("subscriptions to everything all the time are thinned, not served at any price", () => {
  const { connect, store, time, from } = createFixture({ limits: { requestsPerSecond: 1_000 } });
  const client = connect();
  const everything = { action: "subscribe", path: "Vehicle", requestId: "1" };
  for (let i = 0; i < 6; i++) {
    client.ask({ ...everything, filter: { type: "timebased", parameter: { period: "20" } } });
    client.ask({
      ...everything,
      filter: [
        { type: "paths", parameter: ["Speed", "*"] },
        { type: "change", parameter: { "logic-op": "ne", diff: "0" } },
      ],
    });
    time.advance(1_000);
  }
  const before = client.events().length;
  for (let i = 0; i < 500; i++) {
    store.set(Vehicle.Speed, i % 100, from);
    time.advance(20);
  }
  const perSecond = (client.events().length - before) / 10;
  // 1,000 requests a second pay for about 5 events with 820 signals each.
  expect(perSecond).toBeGreaterThan(3);
  expect(perSecond).toBeLessThan(15);
  expect(client.wire.closed).toBeUndefined();
});

test("a client that goes on asking too fast is let go", () => {
  const { connect } = createFixture({ limits: { requestsPerSecond: 10, refusalsInRow: 50 } });
  const client = connect();
  for (let i = 0; i < 100; i++) client.ask({ action: "get", path: "Vehicle.Speed", requestId: "1" });
  expect(client.wire.closed).toBe(1008);
  expect(client.messages.filter((message) => "error" in message)).toHaveLength(50);
});
