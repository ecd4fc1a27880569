import { expect, test } from "vitest";
import type { CloudNetwork } from "./cloud-client.ts";
import { CloudClient } from "./cloud-client.ts";

type Stream = Parameters<CloudNetwork["listen"]>[1];

function cloudThatAnswers(answers: Record<string, { status: number; body: unknown }>) {
  const opened: { stream?: Stream; closed: boolean } = { closed: false };
  const client = new CloudClient({
    now: () => 5_000,
    network: {
      ask: (_method, path) => {
        const answer = answers[path.split("?")[0] ?? ""];
        return answer ? Promise.resolve(answer) : Promise.reject(new Error("no network"));
      },
      listen: (_path, on) => {
        opened.stream = on;
        return () => (opened.closed = true);
      },
    },
  });
  client.start();
  return { client, opened };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const me = { status: 200, body: { account: "1", name: "", role: "owner" } };
const snapshot = JSON.stringify({
  type: "snapshot",
  vehicles: [{ vehicle: "a", name: "Car 1", model: "x", simulated: true, online: true, values: {} }],
});

test("an open stream with a session is live and fills the fleet", async () => {
  const { client, opened } = cloudThatAnswers({ "/api/me": me });
  opened.stream?.opened();
  opened.stream?.message(snapshot);
  await settled();
  expect(client.state()).toMatchObject({ connection: "live", me: me.body });
  expect([...(client.state().fleet?.keys() ?? [])]).toEqual(["a"]);
});

test("a lost network keeps what was known and says since when", async () => {
  const answers: Record<string, { status: number; body: unknown }> = { "/api/me": me };
  const { client, opened } = cloudThatAnswers(answers);
  opened.stream?.opened();
  opened.stream?.message(snapshot);
  await settled();
  delete answers["/api/me"];
  opened.stream?.broken();
  await settled();
  expect(client.state()).toMatchObject({ connection: "lost", since: 5_000 });
  expect(client.state().fleet?.size).toBe(1);
});

test("an ended session closes the stream", async () => {
  const { client, opened } = cloudThatAnswers({ "/api/me": { status: 401, body: {} } });
  opened.stream?.broken();
  await settled();
  expect(client.state().connection).toBe("signed-out");
  expect(opened.closed).toBe(true);
});

test.each(["", "{", "[]", '{"type":"values"}', '{"type":"snapshot","vehicles":[{"vehicle":1}]}', '{"type":"new"}'])(
  "a message nobody understands changes nothing: %s",
  (data) => {
    const { client, opened } = cloudThatAnswers({});
    const before = client.state();
    opened.stream?.message(data);
    expect(client.state()).toBe(before);
  },
);

test("history that is not history is a failure, not a crash", async () => {
  const { client } = cloudThatAnswers({ "/api/vehicles/a/history": { status: 200, body: { series: 3 } } });
  const asked = await client.history("a", { paths: ["Vehicle.Speed"], from: 0, to: 1, points: 10 });
  expect(asked).toEqual({ kind: "failed", why: "unexpected" });
});

test("whoever signs out leaves no cars behind", async () => {
  const { client, opened } = cloudThatAnswers({ "/api/me": me, "/api/sign-out": { status: 200, body: {} } });
  opened.stream?.opened();
  opened.stream?.message(snapshot);
  await settled();
  expect(await client.signOut()).toMatchObject({ kind: "answer" });
  expect(client.state()).toMatchObject({ connection: "signed-out", me: undefined, fleet: undefined });
});

test("signing out with no network leaves the session as it is and says so", async () => {
  const { client, opened } = cloudThatAnswers({ "/api/me": me });
  opened.stream?.opened();
  opened.stream?.message(snapshot);
  await settled();
  expect(await client.signOut()).toEqual({ kind: "failed", why: "unreachable" });
  expect(client.state()).toMatchObject({ connection: "live" });
});

test("a used link is refused in its own word, a good one opens the stream again", async () => {
  const answers: Record<string, { status: number; body: unknown }> = { "/api/sign-in": { status: 401, body: {} } };
  const { client, opened } = cloudThatAnswers(answers);
  expect(await client.signIn("used")).toEqual({ kind: "failed", why: "refused" });
  client.stop();
  delete opened.stream;
  answers["/api/sign-in"] = { status: 200, body: {} };
  expect(await client.signIn("good")).toMatchObject({ kind: "answer" });
  expect(opened.stream).toBeDefined();
  expect(client.state().connection).toBe("connecting");
});

test("a new name is shown at once and keeps the newest values", async () => {
  const named = { vehicle: "a", name: "Blue", model: "x", simulated: true, online: true, values: {} };
  const { client, opened } = cloudThatAnswers({ "/api/me": me, "/api/vehicles/a": { status: 200, body: named } });
  opened.stream?.opened();
  opened.stream?.message(snapshot);
  opened.stream?.message('{"type":"values","vehicle":"a","values":{"Vehicle.Speed":{"value":9,"at":7}}}');
  expect(await client.rename("a", "Blue")).toMatchObject({ kind: "answer" });
  expect(client.state().fleet?.get("a")).toMatchObject({ name: "Blue", values: { "Vehicle.Speed": { value: 9 } } });
});

test("a code for a new car comes with its end; anything else is a failure", async () => {
  const answers = { "/api/vehicles/codes": { status: 201, body: { codes: [{ code: "abc", expiresAt: 9 }] } } };
  expect(await cloudThatAnswers(answers).client.joinCode("1")).toEqual({
    kind: "answer",
    value: { code: "abc", expiresAt: 9 },
  });
  const none = cloudThatAnswers({ "/api/vehicles/codes": { status: 201, body: { codes: [] } } });
  expect(await none.client.joinCode("1")).toEqual({ kind: "failed", why: "unexpected" });
  const owner = cloudThatAnswers({ "/api/vehicles/codes": { status: 403, body: {} } });
  expect(await owner.client.joinCode("1")).toEqual({ kind: "failed", why: "forbidden" });
});
