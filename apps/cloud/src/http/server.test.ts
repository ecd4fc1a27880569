import { once } from "node:events";
import { get } from "node:http";
import fastify from "fastify";
import { Type } from "typebox";
import { afterEach, expect, test } from "vitest";
import { events, json } from "./reply.ts";
import { route } from "./route.ts";
import type { Caller, Route, Who } from "./route.ts";
import { createHttpServer, refuseUndeclared } from "./server.ts";
import type { HttpServer } from "./server.ts";

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const host = "localhost:8080";
const callers: Record<string, Caller> = {
  owner: { kind: "account", account: "a", name: "", role: "owner" },
  operator: { kind: "account", account: "b", name: "", role: "operator" },
  supervisor: { kind: "supervisor" },
};

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function serve(routes: readonly Route[], liveReaders = 10): Promise<HttpServer> {
  server = await createHttpServer({
    routes,
    recognise: async (headers) => ({
      caller: callers[String(headers["x-test-caller"])] ?? { kind: "nobody" },
      cookies: [],
    }),
    host: "localhost",
    styleHashes: [],
    log: silent,
    liveReaders,
  });
  return server;
}

const answering = (who: Who, path: string) =>
  route({ method: "GET", path, who, summary: "", handle: () => json({ secret: true }) });

test("each kind of route lets in exactly those it declares", async () => {
  const whos: Who[] = ["anyone", "account", "operator", "supervisor"];
  const { fastify: app } = await serve(whos.map((who) => answering(who, `/${who}`)));
  const status = async (who: Who, caller: string) =>
    (await app.inject({ url: `/${who}`, headers: { host, "x-test-caller": caller } })).statusCode;
  const table = await Promise.all(
    whos.map(async (who) => [
      who,
      ...(await Promise.all(["nobody", "owner", "operator", "supervisor"].map((caller) => status(who, caller)))),
    ]),
  );
  expect(table).toEqual([
    ["anyone", 200, 200, 200, 200],
    ["account", 401, 200, 200, 403],
    ["operator", 401, 403, 200, 200],
    ["supervisor", 401, 403, 403, 200],
  ]);
});

test("a refused caller learns nothing of the route, not even what its input should be", async () => {
  const guarded = route({
    method: "POST",
    path: "/guarded",
    who: "operator",
    summary: "",
    body: Type.Object({ field: Type.String() }),
    handle: () => json({}),
  });
  const { fastify: app } = await serve([guarded]);
  const answer = await app.inject({ method: "POST", url: "/guarded", headers: { host }, payload: { wrong: 1 } });
  expect(answer.statusCode).toBe(401);
  expect(answer.body).not.toContain("field");
});

test("an address that does not say who may call it cannot be registered", async () => {
  const app = fastify();
  refuseUndeclared(app);
  expect(() => app.get("/undeclared", async () => ({}))).toThrow("/undeclared does not say who");
  expect(() => app.get("/declared", { config: { who: "anyone" } }, async () => ({}))).not.toThrow();
  await app.close();
});

test("input is converted and checked, and the answer to a wrong one names the field", async () => {
  const typed = route({
    method: "GET",
    path: "/typed/:number",
    who: "anyone",
    summary: "",
    params: Type.Object({ number: Type.Integer({ minimum: 1 }) }),
    query: Type.Object({ deep: Type.Optional(Type.Boolean()) }),
    handle: ({ params, query }) => json({ params, query }),
  });
  const { fastify: app } = await serve([typed]);
  const good = await app.inject({ url: "/typed/7?deep=true", headers: { host } });
  expect(good.json()).toEqual({ params: { number: 7 }, query: { deep: true } });
  const bad = await app.inject({ url: "/typed/0", headers: { host } });
  expect(bad.statusCode).toBe(400);
  expect(bad.json().error.message).toContain("number");
});

test("broken, oversized and hostile bodies get an error and never a fault", async () => {
  const taking = route({
    method: "POST",
    path: "/take",
    who: "anyone",
    summary: "",
    body: Type.Object({}),
    handle: () => json({}),
  });
  const { fastify: app } = await serve([taking]);
  const post = (payload: string, type = "application/json") =>
    app.inject({ method: "POST", url: "/take", headers: { host, "content-type": type }, payload });
  expect((await post("{")).statusCode).toBe(400);
  expect((await post('{"__proto__":{"a":1}}')).statusCode).toBe(400);
  expect((await post("")).statusCode).toBe(400);
  expect((await post(`"${"x".repeat(70_000)}"`)).statusCode).toBe(413);
  expect((await post("<a/>", "text/xml")).statusCode).toBe(415);
});

test("an address that cannot be decoded gets the same kind of answer as any other mistake", async () => {
  const { fastify: app } = await serve([answering("anyone", "/here")]);
  const answer = await app.inject({ url: "/%ff", headers: { host } });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toEqual({
    error: { code: "bad-request", message: "The request's address cannot be read." },
  });
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
});

test("text that no database can hold is the caller's mistake, not a fault", async () => {
  const handle = () => Promise.reject(Object.assign(new Error("invalid byte sequence"), { code: "22021" }));
  const { fastify: app } = await serve([route({ method: "POST", path: "/x", who: "anyone", summary: "", handle })]);
  const answer = await app.inject({ method: "POST", url: "/x", headers: { host } });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ error: { code: "bad-request" } });
});

test("a fault inside is logged and told without its details", async () => {
  const failing = route({
    method: "GET",
    path: "/fail",
    who: "anyone",
    summary: "",
    handle: () => {
      throw new Error("the password is x");
    },
  });
  const { fastify: app } = await serve([failing]);
  const answer = await app.inject({ url: "/fail", headers: { host } });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain("password");
});

test("live streams end with their reader and are bounded in number", async () => {
  const ended = Promise.withResolvers<void>();
  async function* ticks(signal: AbortSignal) {
    try {
      yield { tick: 1 };
      await once(signal, "abort");
    } finally {
      ended.resolve();
    }
  }
  const stream = route({
    method: "GET",
    path: "/live",
    who: "anyone",
    summary: "",
    handle: ({ signal }) => events(ticks(signal)),
  });
  const running = await serve([stream], 1);
  await running.listen(0);
  const address = running.fastify.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const read = get({ host: "localhost", port, path: "/live" });
  const [response] = await once(read, "response");
  let text = "";
  response.on("data", (chunk: unknown) => (text += String(chunk)));
  while (!text.includes('data: {"tick":1}\n\n')) await once(response, "data");
  const second = get({ host: "localhost", port, path: "/live" });
  const [refused] = await once(second, "response");
  expect(refused.statusCode).toBe(503);
  refused.resume();
  read.destroy();
  await ended.promise;
});
