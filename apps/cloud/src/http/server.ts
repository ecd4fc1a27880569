import fastifyStatic from "@fastify/static";
import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { StartProblem } from "../engines/problem.ts";
import type { Recognised } from "../accounts/accounts.ts";
import { sendEvents } from "./events.ts";
import { createGatekeeper, securityHeaders } from "./gatekeeper.ts";
import type { Log } from "./log.ts";
import { problem } from "./reply.ts";
import type { Reply } from "./reply.ts";
import type { Route } from "./route.ts";

export interface HttpServerParts {
  readonly routes: readonly Route[];
  readonly recognise: (headers: FastifyRequest["headers"]) => Promise<Recognised>;
  readonly host: string;
  readonly publicUrl?: string | undefined;
  /** Hashes of the inline styles of our own small pages. */
  readonly styleHashes: readonly string[];
  readonly log: Log;
  /** Live streams open at once, for everybody together. */
  readonly liveReaders: number;
}

export interface HttpServer {
  /** Listens; on `localhost` on both of its addresses. Throws StartProblem when the port is taken. */
  readonly listen: (port: number) => Promise<void>;
  /** Ends the live streams and lets running requests finish. */
  readonly stop: () => Promise<void>;
  readonly fastify: FastifyInstance;
}

const bodyLimit = 64 << 10;

/** PostgreSQL's code for text with a zero in it, which JSON may carry and a database may not. */
const notText = "22021";

export async function createHttpServer(parts: HttpServerParts): Promise<HttpServer> {
  const { log } = parts;
  const gatekeeper = createGatekeeper(parts);
  const headers = securityHeaders({
    https: parts.publicUrl?.startsWith("https:") ?? false,
    styleHashes: parts.styleHashes,
  });
  const app = fastify({
    logger: false,
    bodyLimit,
    forceCloseConnections: true,
    requestTimeout: 30_000,
    trustProxy: false,
    // For an address that cannot be decoded Fastify runs no hook and no error handler.
    frameworkErrors: (error, _request, reply) => {
      const status = error.statusCode ?? 400;
      send(reply.headers(headers), problem(status, "bad-request", "The request's address cannot be read."));
    },
  });
  const stopping = new AbortController();
  const live = { readers: 0 };

  refuseUndeclared(app);
  await app.register(fastifyStatic, { root: import.meta.dirname, serve: false, preCompressed: true });
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, text, done) =>
    // Browsers name the type of an empty body too.
    text === "" ? done(null, undefined) : parseJson(request, text, done),
  );
  app.addContentTypeParser("text/csv", { parseAs: "string" }, (_request, text, done) => done(null, text));
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, text, done) =>
    done(null, Object.fromEntries(new URLSearchParams(text.toString()))),
  );
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headers);
    if (!gatekeeper.knowsHost(request.headers.host)) {
      return send(reply, problem(421, "wrong-host", "This server does not go by that name; see --public-url."));
    }
    const changes = request.method !== "GET" && request.method !== "HEAD";
    if (changes && !gatekeeper.trustsOrigin(request.headers)) {
      return send(reply, problem(403, "wrong-origin", "This request comes from another site."));
    }
    return undefined;
  });
  app.setNotFoundHandler((_request, reply) => send(reply, problem(404, "not-found", "There is nothing here.")));
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 400 && status < 500)
      return send(reply, problem(status, "bad-request", "The request cannot be read."));
    // The address may hold a sign-in token, so only its pattern is written down.
    log.error("request failed", { route: request.routeOptions.url, error });
    return send(reply, problem(500, "fault", "Something went wrong here; the log has the details."));
  });

  for (const route of parts.routes) {
    app.route({
      method: route.method,
      url: route.path,
      config: { who: route.who },
      bodyLimit: route.bodyLimit ?? bodyLimit,
      handler: async (request, reply) => {
        const gone = new AbortController();
        reply.raw.once("close", () => gone.abort());
        const signal = AbortSignal.any([gone.signal, stopping.signal]);
        const known: Recognised =
          route.who === "anyone" && route.asksWho !== true
            ? { caller: { kind: "nobody" }, cookies: [] }
            : await parts.recognise(request.headers);
        if (known.cookies.length > 0) reply.header("set-cookie", known.cookies);
        const answer = await route.run({
          caller: known.caller,
          params: named(request.params),
          query: request.query,
          body: request.body,
          headers: request.headers,
          ip: request.ip,
          signal,
        });
        if (answer.kind !== "events") return send(reply, answer);
        if (live.readers >= parts.liveReaders) {
          return send(reply, problem(503, "busy", "Too many live views are open; close one and try again."));
        }
        live.readers += 1;
        reply.hijack();
        await sendEvents(reply.raw, answer.events, { signal, headers })
          .catch((error: unknown) => log.error("live stream failed", { route: route.path, error }))
          .finally(() => (live.readers -= 1));
        return reply;
      },
    });
  }
  await app.ready();

  return {
    fastify: app,
    async listen(port) {
      try {
        await app.listen({ host: parts.host, port });
      } catch (error) {
        throw listenProblem(error, parts.host, port);
      }
    },
    async stop() {
      stopping.abort();
      await app.close();
    },
  };
}

/** Makes registering an address fail that does not say in its config `who` may call it. */
export function refuseUndeclared(app: FastifyInstance): void {
  app.addHook("onRoute", (declared) => {
    if (declared.config === undefined || !("who" in declared.config)) {
      throw new Error(`${declared.method.toString()} ${declared.url} does not say who may call it`);
    }
  });
}

function send(reply: FastifyReply, answer: Exclude<Reply, { kind: "events" }> | Reply): FastifyReply {
  switch (answer.kind) {
    case "json":
      return reply.code(answer.status).headers(writable(answer.headers)).send(answer.value);
    case "bytes":
      return reply.headers(writable(answer.headers)).type(answer.type).send(answer.bytes);
    case "page":
      return reply
        .code(answer.status)
        .headers(writable(answer.headers))
        .type("text/html; charset=utf-8")
        .send(answer.html);
    case "redirect":
      return reply.headers(writable(answer.headers)).redirect(answer.to, 303);
    case "empty":
      return reply.code(answer.status).send();
    case "file":
      return reply.sendFile(answer.path, answer.root, {
        cacheControl: answer.immutable,
        ...(answer.immutable ? { immutable: true, maxAge: "365d" } : {}),
      });
    case "events":
      throw new Error("streams are sent by their own function");
  }
}

function writable(headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}

function statusOf(error: unknown): number {
  if (typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number") {
    return error.statusCode;
  }
  if (error instanceof Error && "code" in error && error.code === notText) return 400;
  return 500;
}

/** One sentence for a port that cannot be listened on. */
export function listenProblem(error: unknown, host: string, port: number): StartProblem {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return new StartProblem(
      "port-taken",
      `Port ${port} is taken by another program; choose another with --port.`,
      error,
    );
  }
  if (code === "EACCES")
    return new StartProblem("port-denied", `This user may not listen on port ${port}; choose one above 1023.`, error);
  return new StartProblem("cannot-listen", `The cloud cannot listen on ${host}, port ${port}; check --host.`, error);
}

/** Fastify calls what a path's `*` stands for `*`, which is no name that a schema can have. */
function named(params: unknown): unknown {
  if (typeof params !== "object" || params === null || !("*" in params)) return params;
  const { "*": rest, ...others } = params;
  return { ...others, rest };
}
