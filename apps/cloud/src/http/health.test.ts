import { afterEach, expect, test } from "vitest";
import { createHealth } from "./health.ts";
import type { Health } from "./health.ts";
import type { Caller } from "./route.ts";

let health: Health | undefined;
afterEach(() => health?.stop());

async function ask(open: boolean, caller: Caller, sections: Record<string, () => Promise<unknown>>) {
  health = createHealth({ sections, open, version: "1", startedAt: 0, now: () => 5 });
  const [route] = health.routes;
  return route?.run({
    caller,
    params: {},
    query: {},
    body: undefined,
    headers: {},
    ip: "",
    signal: new AbortController().signal,
  });
}

const nobody: Caller = { kind: "nobody" };
const works = { database: async () => ({ bytes: 1 }) };

test("figures are shown on the own machine, and to operators elsewhere", async () => {
  expect(await ask(true, nobody, works)).toMatchObject({
    status: 200,
    value: { status: "ok", database: { bytes: 1 } },
  });
  expect(await ask(false, nobody, works)).toMatchObject({ status: 200, value: { status: "ok" } });
  expect(await ask(false, nobody, works)).not.toMatchObject({ value: { database: expect.anything() } });
  const account = { kind: "account", account: "a", name: "" } as const;
  expect(await ask(false, { ...account, role: "owner" }, works)).not.toMatchObject({
    value: { database: expect.anything() },
  });
  expect(await ask(false, { ...account, role: "operator" }, works)).toMatchObject({
    value: { database: { bytes: 1 } },
  });
  expect(await ask(false, { kind: "supervisor" }, works)).toMatchObject({ value: { database: { bytes: 1 } } });
});

test("a part that fails or never answers is named and spoils nothing else", async () => {
  const sections = {
    ...works,
    broker: async () => {
      throw new Error("gone");
    },
    telemetry: () => new Promise(() => {}),
  };
  expect(await ask(true, nobody, sections)).toMatchObject({
    status: 503,
    value: { status: "degraded", failed: ["broker", "telemetry"], database: { bytes: 1 }, broker: { failed: "gone" } },
  });
});
