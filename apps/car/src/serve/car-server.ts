import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";

import fastifyStatic from "@fastify/static";
import { cockpitProtocol, signalProtocol } from "@caravan/link";
import { catalogue } from "@caravan/signals";
import Fastify from "fastify";
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { Value } from "typebox/value";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";

import type { Health } from "../health/health.ts";
import { healthPage } from "../health/page.ts";
import { bearer } from "./access/access.ts";
import type { Access } from "./access/access.ts";
import type { CityFiles } from "./city-files.ts";
import { listen } from "./listen.ts";
import type { Listening } from "./listen.ts";
import { isForeign, isOwnHost } from "./origin.ts";
import { mayRead, sourcesPage } from "./sources.ts";
import type { SourcesAnswer } from "./sources.ts";
import { failure } from "./viss/error.ts";
import type { SignalStream } from "./stream/stream.ts";
import { acceptStream, streamMaxPayload } from "./stream/websocket.ts";
import { answerViss, isVissRequest } from "./viss/http.ts";
import type { Viss } from "./viss/viss.ts";
import { acceptViss, chooseVissProtocol, vissMaxPayload } from "./viss/websocket.ts";
import type { RoutingDoor } from "./routing.ts";
import type { Tls } from "./serve-settings.ts";
import type { Voice } from "./voice.ts";

/** The longest request a screen has to send. */
const longestMessage = 16 * 1024;
const yearSeconds = 31_536_000;

const TileAddress = Type.Object({
  version: Type.String(),
  z: Type.String({ pattern: "^[0-9]{1,2}$" }),
  x: Type.String({ pattern: "^[0-9]{1,8}$" }),
  y: Type.String({ pattern: "^[0-9]{1,8}$" }),
});

/** Everything the page may load comes from the car itself; map workers are made from blobs. */
const contentSecurity =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Until the cockpit is built; looks again by itself. */
const noScreens = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Caravan</title>
<body style="background:#0b0f14;color:#f2f6fa;font:24px system-ui,sans-serif;margin:64px">The cockpit is not built yet.</body></html>`;

export interface CarServerParts {
  readonly host: string;
  readonly port: number;
  /** Names besides localhost and bare addresses under which this machine is reached. */
  readonly ownNames: readonly string[];
  readonly title: string;
  readonly files: CityFiles;
  /** Folder of the built cockpit, or where it will be. */
  readonly screens: string | undefined;
  readonly health: () => Health;
  /** Which source each signal is believed from. */
  readonly sources: () => SourcesAnswer;
  readonly onScreen: (socket: WebSocket) => void;
  readonly viss: Viss;
  readonly stream: SignalStream;
  /** What the bearers of tokens may do. */
  readonly access: Access;
  /** For screens whose browser has no voice for the driver's language. */
  readonly voice: Voice;
  readonly routing: RoutingDoor;
  /** Everything once more, by TLS on a port of its own. */
  readonly tls?: (Tls & { readonly port: number }) | undefined;
  /** VISS v3 wants TLS; without it, it is for programs on this machine only. */
  readonly listensBeyondMachine: boolean;
  readonly onFault: (error: unknown) => void;
}

/** One car's port: its cockpit, its map, its signals, its health. */
export class CarServer {
  readonly #parts: CarServerParts;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: longestMessage,
    perMessageDeflate: false,
    handleProtocols: (protocols) => (protocols.has(cockpitProtocol) ? cockpitProtocol : false),
  });
  readonly #vissSockets = new WebSocketServer({
    noServer: true,
    maxPayload: vissMaxPayload,
    perMessageDeflate: false,
    handleProtocols: (offered, request) =>
      chooseVissProtocol(
        this.#parts.listensBeyondMachine && !(request.socket instanceof TLSSocket)
          ? [...offered].filter((name) => name !== "VISSv3")
          : offered,
      ),
  });
  readonly #streamSockets = new WebSocketServer({
    noServer: true,
    maxPayload: streamMaxPayload,
    perMessageDeflate: false,
    handleProtocols: (protocols) => (protocols.has(signalProtocol) ? signalProtocol : false),
  });
  #app: FastifyInstance | undefined;
  readonly #listening: Listening[] = [];

  constructor(parts: CarServerParts) {
    this.#parts = parts;
  }

  /** @throws PortTaken */
  async start(): Promise<void> {
    const app = this.#build();
    this.#app = app;
    await app.ready();
    const { port, tls } = this.#parts;
    try {
      await this.#listen(port, undefined);
      if (tls !== undefined) await this.#listen(tls.port, tls);
    } catch (error) {
      await this.#shut();
      throw error;
    }
  }

  async #listen(port: number, tls: Tls | undefined): Promise<void> {
    const app = this.#app;
    if (app === undefined) return;
    const listening = await listen(
      this.#parts.host,
      port,
      (request, response) => this.#answer(app, request, response),
      tls,
    );
    this.#listening.push(listening);
    for (const server of listening.servers) {
      server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
    }
  }

  async #shut(): Promise<void> {
    for (const listening of this.#listening.splice(0)) await listening.close();
    await this.#app?.close();
  }

  async stop(): Promise<void> {
    this.#parts.viss.close();
    this.#parts.stream.close();
    for (const { clients } of [this.#sockets, this.#vissSockets, this.#streamSockets])
      for (const socket of clients) socket.terminate();
    await this.#shut();
  }

  #answer(app: FastifyInstance, request: IncomingMessage, response: ServerResponse): void {
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isOwnHost(request.headers.host, this.#parts.ownNames)) {
      refuse(response, 421, "This car does not answer to that name.");
    } else if (!isRead && isForeign(visitor(request))) {
      refuse(response, 403, "Another page may not command this car.");
    } else if (isVissRequest(request.url)) {
      answerViss(this.#parts.viss, request, response).catch((error: unknown) => {
        this.#parts.onFault(error);
        response.destroy();
      });
    } else if (this.#parts.routing.accepts(request)) void this.#parts.routing.answer(request, response);
    else app.routing(request, response);
  }

  #build(): FastifyInstance {
    const { files, health, title, viss } = this.#parts;
    const app = Fastify({ bodyLimit: 64 * 1024, trustProxy: false, exposeHeadRoutes: true });
    app.addHook("onRequest", async (_request, reply) => {
      reply.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer");
    });
    app.setErrorHandler((error, _request, reply) => {
      const status = statusOf(error);
      if (status >= 500) this.#parts.onFault(error);
      return reply.code(status).send({
        error: status >= 500 ? "The car computer made a mistake." : "The car does not understand this request.",
      });
    });
    app.setNotFoundHandler((request, reply) =>
      request.url === "/"
        ? reply.code(503).header("retry-after", "2").type("text/html; charset=utf-8").send(noScreens)
        : reply.code(404).send(viss.refuse(failure("unknown-path")).body),
    );

    app.get("/map", (_request, reply) => reply.header("cache-control", "no-cache").send(files.info));
    app.get("/tiles/:version/:z/:x/:y.mvt", async (request, reply) => {
      const { params } = request;
      if (!Value.Check(TileAddress, params)) return reply.code(400).send({ error: "This is no tile's address." });
      if (params.version !== files.info.version)
        return reply.code(404).send({ error: "The map is of another version." });
      const tile = await files.tile(Number(params.z), Number(params.x), Number(params.y));
      if (tile === "not-drawn") {
        return reply.code(503).header("retry-after", "10").send({ error: "The map is still being drawn." });
      }
      forEver(reply);
      if (tile === "empty") return reply.code(204).send();
      return reply
        .type("application/vnd.mapbox-vector-tile")
        .send(Buffer.from(tile.buffer, tile.byteOffset, tile.byteLength));
    });
    app.get("/density/:picture", async (request, reply) => {
      const picture = Value.Check(Type.Object({ picture: Type.String() }), request.params)
        ? request.params.picture
        : "";
      const density = picture === `${files.info.version}.png` ? await files.density() : undefined;
      if (density === undefined) return reply.callNotFound();
      return forEver(reply).type("image/png").send(density);
    });
    app.get("/voice", async (request, reply) => {
      if (isForeign(visitor(request.raw))) {
        return reply.code(403).send({ error: "Another page may not make this car speak." });
      }
      const answer = await this.#parts.voice.answer(request.query);
      if (answer.status !== 200) return reply.code(answer.status).send({ error: answer.error });
      return reply.header("cache-control", "private, max-age=3600").type("audio/wav").send(answer.sound);
    });
    app.get("/health", (request, reply) => {
      const now = health();
      reply.header("cache-control", "no-store").code(now.ok ? 200 : 503);
      return request.headers.accept?.includes("text/html") === true
        ? reply.type("text/html; charset=utf-8").send(healthPage(title, now))
        : reply.send(now);
    });
    app.get("/sources", (request, reply) => {
      const outcome = this.#parts.access.of(bearer(request.headers.authorization));
      if (outcome.kind === "refused") return reply.code(401).send({ error: "This needs a token of the car's owner." });
      const answer = mayRead(this.#parts.sources(), outcome.rights, catalogue);
      reply.header("cache-control", "no-store");
      return request.headers.accept?.includes("text/html") === true
        ? reply.type("text/html; charset=utf-8").send(sourcesPage(title, answer))
        : reply.send(answer);
    });
    this.#addScreens(app);
    return app;
  }

  #addScreens(app: FastifyInstance): void {
    const { screens } = this.#parts;
    if (screens === undefined) return;
    app.register(fastifyStatic, {
      root: screens,
      // The screens may still be building.
      suppressWarning: true,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Built files carry a hash in their names; the page itself names the current ones.
        const isHashed = /[/\\]assets[/\\]/.test(path);
        reply.header("cache-control", isHashed ? `public, max-age=${yearSeconds}, immutable` : "no-cache");
        reply.header("content-security-policy", contentSecurity);
      },
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that goes away in the middle of the handshake is no fault of ours.
    socket.on("error", () => socket.destroy());
    if (!isOwnHost(request.headers.host, this.#parts.ownNames) || isForeign(visitor(request))) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const path = request.url?.split("?", 1)[0];
    if (path === "/cockpit") {
      this.#sockets.handleUpgrade(request, socket, head, (connected) => this.#welcome(harmless(connected)));
    } else if (path === "/signals") {
      const token = bearer(request.headers.authorization);
      this.#streamSockets.handleUpgrade(request, socket, head, (connected) =>
        this.#welcomeStream(harmless(connected), token),
      );
    } else if (path === "/" || path === "") {
      this.#vissSockets.handleUpgrade(request, socket, head, (connected) =>
        acceptViss(this.#parts.viss, harmless(connected), bearer(request.headers.authorization)),
      );
    } else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  }

  #welcome(socket: WebSocket): void {
    if (socket.protocol === cockpitProtocol) this.#parts.onScreen(socket);
    else socket.close(1002, `this car speaks ${cockpitProtocol}`);
  }

  #welcomeStream(socket: WebSocket, token: string | undefined): void {
    const access = this.#parts.access.of(token);
    if (socket.protocol !== signalProtocol) socket.close(1002, `this car speaks ${signalProtocol}`);
    else if (access.kind === "refused") socket.close(1008, `the token is ${access.why}`);
    else acceptStream(this.#parts.stream, socket, access.rights);
  }
}

/** Whatever comes over it, also after it was refused and before it is closed, does not bring the car down. */
function harmless(socket: WebSocket): WebSocket {
  return socket.on("error", () => socket.terminate());
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", connection: "close" });
  response.end(JSON.stringify({ error }));
}

function visitor(request: IncomingMessage): Parameters<typeof isForeign>[0] {
  const site = request.headers["sec-fetch-site"];
  return {
    host: request.headers.host,
    origin: request.headers.origin,
    fetchSite: typeof site === "string" ? site : undefined,
  };
}

function forEver<Reply extends { header(name: string, value: string): Reply }>(reply: Reply): Reply {
  return reply.header("cache-control", `public, max-age=${yearSeconds}, immutable`);
}

function statusOf(error: unknown): number {
  return typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : 500;
}
