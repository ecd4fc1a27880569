import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../engines/database.ts";
import { testDatabase } from "../engines/test-database.ts";
import { createHttpServer } from "../http/server.ts";
import type { HttpServer } from "../http/server.ts";
import { AccountStore } from "./accounts.store.ts";
import type { AccountTables } from "./accounts.store.ts";
import { Accounts } from "./accounts.ts";
import { createAuth } from "./auth.ts";
import { accountRoutes, asHeaders } from "./routes.ts";
import { SignInLimit } from "./sign-in-limit.ts";
import { pageStyleHash } from "./sign-in-page.ts";

const supervisor = { host: "localhost:8080", authorization: "Bearer the-secret-of-the-data-folder" };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let database: Database;
let server: HttpServer;
let accounts: Accounts;
let given: string[];
const clock = { at: Date.now() };

async function build(publicUrl?: string): Promise<HttpServer> {
  const origin = publicUrl ?? "http://localhost:8080";
  const auth = createAuth({ db: database.tables<unknown>(), secret: "a".repeat(64), origin, log: () => {} });
  accounts = new Accounts({
    auth,
    store: new AccountStore(database.tables<AccountTables>()),
    supervisorSecret: "the-secret-of-the-data-folder",
    origin,
    now: () => clock.at,
  });
  const giveVehicle = async (vehicle: string, account: string) => {
    given.push(`${vehicle} to ${account}`);
    return vehicle === "known";
  };
  return createHttpServer({
    routes: accountRoutes({ accounts, limit: new SignInLimit(), giveVehicle }),
    recognise: (headers) => accounts.recognise(asHeaders(headers)),
    host: "localhost",
    publicUrl,
    styleHashes: [pageStyleHash],
    log: silent,
    liveReaders: 2,
  });
}

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  given = [];
  clock.at = Date.now();
  await database.pool.query("delete from account");
  server = await build();
  await accounts.first();
  return () => server.stop();
});

async function newLink(body: object = {}): Promise<{ url: string; account: string; role: string; expiresAt: number }> {
  const answer = await server.fastify.inject({
    method: "POST",
    url: "/api/sign-in/links",
    headers: supervisor,
    payload: body,
  });
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

async function useLink(url: string, headers: Record<string, string> = {}) {
  const token = new URL(url).searchParams.get("token") ?? "";
  return server.fastify.inject({
    method: "POST",
    url: "/api/sign-in",
    headers: { host: "localhost:8080", ...headers },
    payload: { token },
  });
}

const me = (cookie: string) =>
  server.fastify.inject({ url: "/api/me", headers: { host: "localhost:8080", cookie: cookie.split(";")[0] ?? "" } });

test("the first account is an operator, and is made once", async () => {
  expect(await accounts.first()).toMatchObject({ isNew: false });
  const { rows } = await database.pool.query("select role from account");
  expect(rows).toEqual([{ role: "operator" }]);
});

test("a link signs one browser in, once", async () => {
  const { url, account } = await newLink();
  const signedIn = await useLink(url);
  expect(signedIn.statusCode).toBe(200);
  const cookie = String(signedIn.headers["set-cookie"]);
  expect(cookie).toMatch(/^caravan-cloud=.*HttpOnly.*SameSite=Lax/u);
  expect(cookie).not.toContain("Secure");
  expect((await me(cookie)).json()).toEqual({ account, name: "Operator", role: "operator" });
  const again = await useLink(url);
  expect(again.statusCode).toBe(401);
  expect(again.headers["set-cookie"]).toBeUndefined();
});

test("of many who use one link at the same moment, one gets in", async () => {
  const { url } = await newLink();
  const answers = await Promise.all(Array.from({ length: 8 }, () => useLink(url)));
  expect(answers.map((answer) => answer.statusCode).filter((status) => status === 200)).toHaveLength(1);
});

test("looking at a link's page does not use it up, and the page speaks the browser's language", async () => {
  const { url } = await newLink();
  const { pathname, search } = new URL(url);
  const look = (language: string) =>
    server.fastify.inject({ url: pathname + search, headers: { host: "localhost:8080", "accept-language": language } });
  expect((await look("zh-CN,zh;q=0.9,en;q=0.5")).body).toContain("登录");
  const english = await look("en-GB");
  expect(english.body).toContain("Sign in");
  expect(english.headers["content-security-policy"]).toContain(pageStyleHash);
  expect((await useLink(url)).statusCode).toBe(200);
});

test("the page's button signs in and leads to the front door", async () => {
  const { url } = await newLink();
  const answer = await server.fastify.inject({
    method: "POST",
    url: "/api/sign-in",
    headers: {
      host: "localhost:8080",
      origin: "http://localhost:8080",
      accept: "text/html",
      "content-type": "application/x-www-form-urlencoded",
    },
    payload: `token=${new URL(url).searchParams.get("token")}`,
  });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe("/");
  expect((await me(String(answer.headers["set-cookie"]))).statusCode).toBe(200);
});

test("an old link signs nobody in", async () => {
  clock.at = Date.now() - 61 * 60 * 1_000;
  const { url } = await newLink();
  expect((await useLink(url)).statusCode).toBe(401);
});

test("the database holds no token that could be used", async () => {
  const { url } = await newLink();
  const { rows } = await database.pool.query("select * from account_proof");
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(new URL(url).searchParams.get("token"));
});

test("signing out ends the session on the server too", async () => {
  const cookie = String((await useLink((await newLink()).url)).headers["set-cookie"]).split(";")[0] ?? "";
  const out = await server.fastify.inject({
    method: "POST",
    url: "/api/sign-out",
    headers: { host: "localhost:8080", cookie, "content-type": "application/json" },
  });
  expect(out.statusCode).toBe(200);
  expect((await me(cookie)).statusCode).toBe(401);
});

test("only the holder of the data folder's secret makes links", async () => {
  const cookie = String((await useLink((await newLink()).url)).headers["set-cookie"]).split(";")[0] ?? "";
  const ask = (headers: Record<string, string>) =>
    server.fastify.inject({
      method: "POST",
      url: "/api/sign-in/links",
      headers: { host: "localhost:8080", ...headers },
      payload: {},
    });
  expect((await ask({})).statusCode).toBe(401);
  expect((await ask({ authorization: "Bearer wrong" })).statusCode).toBe(401);
  expect((await ask({ cookie })).statusCode).toBe(403);
});

test("a named account is made once, as an owner unless told, and may be given a vehicle", async () => {
  const first = await newLink({ name: "Second", vehicle: "known" });
  expect(first.role).toBe("owner");
  expect(given).toEqual([`known to ${first.account}`]);
  expect((await newLink({ name: "Second", role: "operator" })).account).toBe(first.account);
  const answer = await server.fastify.inject({
    method: "POST",
    url: "/api/sign-in/links",
    headers: supervisor,
    payload: { name: "Second", vehicle: "unknown" },
  });
  expect(answer.statusCode).toBe(404);
  expect(await accounts.has(first.account)).toBe(true);
  expect(await accounts.has("nobody-of-ours")).toBe(false);
});

test("a page of another site, or of another port of this machine, changes nothing", async () => {
  const { url } = await newLink();
  expect((await useLink(url, { origin: "https://elsewhere.example" })).statusCode).toBe(403);
  expect((await useLink(url, { origin: "http://localhost:8090" })).statusCode).toBe(403);
  expect((await useLink(url, { origin: "null" })).statusCode).toBe(403);
  expect((await useLink(url, { "sec-fetch-site": "cross-site" })).statusCode).toBe(403);
  expect((await useLink(url, { origin: "http://localhost:8080", "sec-fetch-site": "same-origin" })).statusCode).toBe(
    200,
  );
});

test("a name that is not ours gets nothing, an address that was typed does", async () => {
  const ask = (host: string) => server.fastify.inject({ url: "/", headers: { host } });
  expect((await ask("rebound.example:8080")).statusCode).toBe(421);
  expect((await ask("localhost.rebound.example")).statusCode).toBe(421);
  expect((await ask("127.0.0.1:8080")).statusCode).toBe(200);
  expect((await ask("[::1]:8080")).statusCode).toBe(200);
});

test("guessing links is slowed down", async () => {
  const guess = () => useLink(`http://localhost/sign-in?token=${"x".repeat(32)}`);
  const answers = [];
  for (let attempt = 0; attempt < 12; attempt += 1) answers.push(await guess());
  expect(answers.map((answer) => answer.statusCode).slice(0, 10)).toEqual(Array(10).fill(401));
  expect(answers.at(-1)?.statusCode).toBe(429);
  expect(Number(answers.at(-1)?.headers["retry-after"])).toBeGreaterThan(0);
});

test("behind https the cookie is sent over https only and the public name is known", async () => {
  await server.stop();
  server = await build("https://cars.example");
  const link = await accounts.link();
  const token = new URL(link?.url ?? "").searchParams.get("token");
  const answer = await server.fastify.inject({
    method: "POST",
    url: "/api/sign-in",
    headers: { host: "cars.example", origin: "https://cars.example" },
    payload: { token },
  });
  expect(answer.statusCode).toBe(200);
  expect(String(answer.headers["set-cookie"])).toMatch(/^__Secure-caravan-cloud=.*Secure/u);
  expect(answer.headers["strict-transport-security"]).toBeDefined();
});
