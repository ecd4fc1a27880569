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
