import { Vehicle } from "@caravan/signals";
import { expect, test } from "vitest";
import { createFixture } from "./fixture.ts";

const get = (path: string, authorization?: string) => ({
  action: "get",
  path,
  requestId: "1",
  ...(authorization !== undefined && { authorization }),
});
const settled = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

test("where tokens are set up a signal is read with a token that names it, and with no other", () => {
  const { connect, token } = createFixture({ withTokens: true });
  const two = connect("VISSv2");
  const three = connect("VISSv3");
  for (const [authorization, path, number, reason2, description3] of [
    [undefined, "Vehicle.Speed", 401, "token_missing", "Access token is missing"],
    ["rubbish", "Vehicle.Speed", 401, "token_invalid", "Access token is invalid"],
    [token("read", { exp: 1 }), "Vehicle.Speed", 401, "token_expired", "Access token has expired"],
    [token("read:Vehicle.Cabin"), "Vehicle.Speed", 406, "insufficient_priviledges", "Access token does not allow this"],
    [token("read:Vehicle.Speed"), "Vehicle", 406, "insufficient_priviledges", "Access token does not allow this"],
    [token("read:Vehicle", { vin: "OTHER" }), "Vehicle.Speed", 401, "token_invalid", "Access token is invalid"],
    [token("read:Vehicle", { aud: "elsewhere" }), "Vehicle.Speed", 401, "token_invalid", "Access token is invalid"],
  ] as const) {
    expect(two.ask(get(path, authorization))).toMatchObject({ error: { number, reason: reason2 } });
    expect(three.ask(get(path, authorization))).toMatchObject({
      error: { number: 401, reason: "invalid_token", description: description3 },
    });
  }
  for (const scope of [
    "read:Vehicle.Speed",
    "read",
    "actuate:Vehicle.Speed",
    "provide:data:Vehicle.*",
    "read:Vehicle.**",
  ])
    expect(two.ask(get("Vehicle.Speed", token(scope)))).toHaveProperty("data");
  expect(two.ask(get("Vehicle.Speed", token("read", { vin: "TESTVIN" })))).toHaveProperty("data");
});

test("a token shown at connecting holds for every message, and one of VISS's own form is understood", () => {
  const { connect, token } = createFixture({ withTokens: true });
  expect(connect("VISSv2", token("read")).ask(get("Vehicle.Speed"))).toHaveProperty("data");
  const listed = token("", {
    aud: "w3.org/VISSv2",
    scope: undefined,
    scp: [{ path: "Vehicle.Speed", access_permission: "read-only" }],
  });
  expect(connect().ask(get("Vehicle.Speed", listed))).toHaveProperty("data");
});

test("the identity of a token that was shown before stands in its place", () => {
  const { connect, token } = createFixture({ withTokens: true });
  const jti = "5967e92e-40e8-5f39-892d-cc0da890db1d";
  const client = connect();
  expect(client.ask(get("Vehicle.Speed", jti))).toMatchObject({ error: { number: 401 } });
  expect(client.ask(get("Vehicle.Speed", token("read", { jti })))).toHaveProperty("data");
  expect(client.ask(get("Vehicle.Speed", jti))).toHaveProperty("data");
  expect(client.ask(get("Vehicle.Speed", token("read", { jti: "7" })))).toHaveProperty("data");
  expect(client.ask(get("Vehicle.Speed", "7"))).toMatchObject({ error: { number: 401 } });
});

test("what the server can do, what is guarded, and the version of the vocabulary need no token", () => {
  const { connect, store, from } = createFixture({ withTokens: true });
  store.set(Vehicle.VersionVSS.Major, 6, from);
  const client = connect();
  const dynamic = (path: string, parameter: string) =>
    client.ask({ ...get(path), filter: { type: "dynamic-metadata", parameter } });
  expect(client.ask(get("Vehicle.VersionVSS.Major"))).toMatchObject({ data: { dp: { value: "6" } } });
  expect(dynamic("Vehicle", "server_capabilities")).toMatchObject({
    metadata: { access_ctrl: ["short_term", "signalset_claim"] },
  });
  expect(dynamic("Vehicle.Speed", "validate")).toMatchObject({ data: { dp: { value: "read-write" } } });
  expect(dynamic("Vehicle.Speed", "availability")).toMatchObject({ error: { reason: "token_missing" } });
});

test("to set needs the right to actuate, and the gate hears that the owner gave it", async () => {
  const { connect, token, asked } = createFixture({ withTokens: true });
  const client = connect();
  const set = (authorization: string) => ({
    action: "set",
    path: "Vehicle.Body.Hood.IsOpen",
    value: "false",
    requestId: "1",
    authorization,
  });
  client.ask(set(token("read provide")));
  await settled();
  expect(client.messages[0]).toMatchObject({ error: { number: 406 } });
  client.ask(set(token("actuate:Vehicle.Body")));
  await settled();
  expect(client.messages[1]).not.toHaveProperty("error");
  expect(asked).toMatchObject([{ path: "Vehicle.Body.Hood.IsOpen", asker: { kind: "viss", isGranted: true } }]);
});

test("a subscription ends with an error event when its token does", () => {
  const { connect, token, time, store, from } = createFixture({ withTokens: true });
  const client = connect("VISSv2", token("read"));
  const { subscriptionId } = client.ask({ action: "subscribe", path: "Vehicle.Speed", requestId: "1" });
  time.advance(95_000);
  expect(client.events()).toMatchObject([{ subscriptionId, error: { number: 401, reason: "token_expired" } }]);
  store.set(Vehicle.Speed, 1, from);
  time.advance(1_000);
  expect(client.events()).toHaveLength(1);
  expect(client.ask({ action: "unsubscribe", subscriptionId, requestId: "2" })).toMatchObject({
    error: { number: 404 },
  });
  expect(time.pending).toBe(0);
});

test("by HTTP a token comes as a bearer", async () => {
  const { viss, token } = createFixture({ withTokens: true });
  expect(viss.get("Vehicle.Speed", undefined).status).toBe(401);
  expect(viss.get("Vehicle.Speed", undefined, token("read")).status).toBe(200);
  expect((await viss.set("Vehicle.Body.Hood.IsOpen", { value: "false" }, token("read"))).status).toBe(406);
  expect((await viss.set("Vehicle.Body.Hood.IsOpen", { value: "false" }, token("actuate"))).status).toBe(200);
});

test("a client that shows one new token after the other waits for the next second", () => {
  const { connect, token, time } = createFixture({ withTokens: true, limits: { requestsPerSecond: 400 } });
  const client = connect();
  const tokens = Array.from({ length: 40 }, (_, i) => token(`read:Vehicle.Speed read:Vehicle.${i}`));
  const numbers = tokens.map((one) => client.ask(get("Vehicle.Speed", one))["error"]);
  expect(numbers.slice(0, 5)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(numbers.at(-1)).toMatchObject({ number: 429 });
  time.advance(1_000);
  expect(client.ask(get("Vehicle.Speed", tokens[0]))).toHaveProperty("data");
});

test("more tokens than are kept all go on being good", () => {
  const { connect, token, time } = createFixture({ withTokens: true });
  const client = connect();
  const tokens = Array.from({ length: 100 }, (_, i) =>
    token("read", { jti: `5967e92e-40e8-5f39-892d-${String(i).padStart(12, "0")}` }),
  );
  for (const one of [...tokens, ...tokens]) {
    time.advance(20);
    expect(client.ask(get("Vehicle.Speed", one))).toHaveProperty("data");
  }
});
