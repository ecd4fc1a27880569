import { createServer } from "node:tls";
import type { Server, TLSSocket } from "node:tls";
import { callbackify } from "node:util";
import { encodeAck, isVehicleId, linkLimits, sharedTopics, topics } from "@caravan/link";
import { Aedes } from "aedes";
import type { Client } from "aedes";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Authority } from "../authority/authority.ts";
import { StartProblem } from "../engines/problem.ts";
import type { Log } from "../telemetry/log.ts";
import type { Ingest } from "../telemetry/ingest.ts";
import type { Campaigns } from "../campaigns/campaigns.ts";
import type { Vehicles } from "../vehicles/vehicles.ts";
import { BoundedStream } from "./bounded-stream.ts";
import { RenewalDesk } from "./renewal.ts";

export interface BrokerHealth {
  readonly listening: boolean;
  readonly connected: number;
  readonly received: number;
  /** Connections that ended for a reason that is not the network's: strange certificate, foreign topic, too large. */
  readonly refused: number;
}

export interface BrokerParts {
  readonly authority: Authority;
  readonly host: string;
  readonly port: number;
  /** Host names and addresses by which cars reach it. */
  readonly names: readonly string[];
  readonly vehicles: Vehicles;
  readonly telemetry: { readonly ingest: Pick<Ingest, "take"> };
  readonly campaigns: Pick<Campaigns, "listen" | "messageFor" | "reported">;
  readonly clock: { now(): number };
  readonly log: Log;
}

interface Peer {
  readonly vehicle: string;
  readonly number: number;
}

const mostConnections = 10_000;
const handshakeWithinMs = 10_000;
const connectWithinMs = 10_000;
/** Packets larger than the largest batch and its topic are an attack or a fault. */
const mostPacketBytes = linkLimits.messageBytes + 1_024;
/** A car that comes and goes more often than this within a minute is held off: each coming and going is a row in the database. */
const connectsPerMinute = 40;
const renewCertificateEveryMs = 30 * 86_400_000;
/** Timers hold 32 bits of milliseconds, so a month is waited for in days. */
const certificateCheckMs = 86_400_000;

/**
 * The cars' door: MQTT 3.1.1 over TLS 1.3 with client certificates. A car is who its certificate says; it writes `up` and reads
 * `down` of its own topics and what is told to all cars, and nothing else; a newer connection of the same car takes over from the older one.
 */
export class Broker {
  readonly #parts: BrokerParts;
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #desk: RenewalDesk;
  /** Who is behind a client, while it is connected. */
  readonly #peers = new WeakMap<Client, Peer>();
  /** What a connection's certificate said. */
  readonly #certificates = new WeakMap<object, { readonly vehicle: string; readonly serial: string }>();
  readonly #current = new Map<string, Client>();
  readonly #connects = new RateLimiterMemory({ points: connectsPerMinute, duration: 60 });
  #certificateTimer: NodeJS.Timeout | undefined;
  #certificateAt = 0;
  #counts = { received: 0, refused: 0 };

  constructor(parts: BrokerParts) {
    this.#parts = parts;
    this.#desk = new RenewalDesk(parts);
    this.#aedes = new Aedes({
      connectTimeout: connectWithinMs,
      drainTimeout: 20_000,
      maxInflightInbound: 16,
      maxTopicLevels: 8,
      queueLimit: 64,
      concurrency: 1_000,
    });
    this.#server = createServer({
      minVersion: "TLSv1.3",
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: handshakeWithinMs,
    });
    this.#server.maxConnections = mostConnections;
    parts.campaigns.listen((vehicles) => this.#tellCampaigns(vehicles));
    this.#wire();
  }

  /** Listens. Throws StartProblem where the port is taken or may not be used. */
  async start(): Promise<void> {
    await this.#renewCertificate();
    await this.#aedes.listen();
    const { host, port } = this.#parts;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", (error) => reject(listenProblem(error, port)));
      this.#server.listen(port, host, resolve);
    });
    this.#certificateTimer = setInterval(() => {
      if (this.#parts.clock.now() - this.#certificateAt < renewCertificateEveryMs) return;
      this.#renewCertificate().catch((error: unknown) => {
        this.#parts.log.error("the broker's certificate was not renewed", { error: String(error) });
      });
    }, certificateCheckMs);
  }

  /** Ends all connections. Batches already taken are settled by the telemetry, which stops after this. */
  async stop(): Promise<void> {
    clearInterval(this.#certificateTimer);
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    await new Promise<void>((resolve) => {
      this.#aedes.close(() => resolve());
    });
    await closed;
  }

  /** The port it listens on, which is chosen by the system where 0 was asked for. */
  port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : this.#parts.port;
  }

  health(): BrokerHealth {
    return { listening: this.#server.listening, connected: this.#current.size, ...this.#counts };
  }

  /** Tells all cars, those that connect later included. */
  tellAll(topic: keyof typeof sharedTopics, message: Uint8Array): void {
    this.#send(sharedTopics[topic], message, true);
  }

  #wire(): void {
    const { log, vehicles } = this.#parts;
    this.#server.on("secureConnection", (socket) => this.#accept(socket));
    this.#server.on("tlsClientError", (error) => {
      this.#counts.refused += 1;
      log.debug("connection refused", { error: error.message });
    });
    const aedes = this.#aedes;
    const arrived = callbackify((peer: Peer, client: Client, topic: string, message: Uint8Array) =>
      this.#arrived(peer, client, topic, message),
    );
    const admit = callbackify((client: Client, vehicle: string, serial: string) =>
      this.#admit(client, vehicle, serial),
    );
    aedes.authorizePublish = (client, packet, done) => {
      const peer = client === null ? undefined : this.#peers.get(client);
      if (peer === undefined) return done(new Error("nobody may publish here"));
      const own = topics(peer.vehicle);
      // Retained messages would be kept by the broker for ever, and nothing here needs them.
      if (packet.retain || packet.qos > 1 || ![own.batch, own.csr, own.report, own.health].includes(packet.topic)) {
        this.#counts.refused += 1;
        return done(new Error("not a topic of this vehicle"));
      }
      done(null);
    };
    aedes.authorizeSubscribe = (client, subscription, done) => {
      const peer = this.#peers.get(client);
      const allowed = peer !== undefined && downTopics(peer.vehicle).includes(subscription.topic);
      if (!allowed) this.#counts.refused += 1;
      // null refuses this one subscription with 0x80 (clause 3.9.3) and leaves the connection open.
      done(null, allowed ? subscription : null);
    };
    aedes.published = (packet, client, done) => {
      const peer = client === null ? undefined : this.#peers.get(client);
      if (client === null || peer === undefined) return done(null);
      // The next packets of this car wait for the answer: what a car can have in our memory is bounded by its socket's buffer.
      arrived(peer, client, packet.topic, toBytes(packet.payload), done);
    };
    aedes.on("client", (client) => {
      const peer = this.#peers.get(client);
      if (peer === undefined) return;
      this.#current.set(peer.vehicle, client);
      vehicles.presence.connected(peer.vehicle, peer.number);
    });
    aedes.on("clientDisconnect", (client) => {
      const peer = this.#peers.get(client);
      if (peer === undefined || this.#current.get(peer.vehicle) !== client) return;
      this.#current.delete(peer.vehicle);
      vehicles.presence.disconnected(peer.vehicle, peer.number, "disconnected");
    });
    aedes.on("clientError", (client, error) =>
      log.debug("car's connection broke", { vehicle: client.id, error: error.message }),
    );
    aedes.on("connectionError", (_client, error) => {
      this.#counts.refused += 1;
      log.debug("connection refused", { error: error.message });
    });
    aedes.on("ping", (_packet, client) => {
      const peer = this.#peers.get(client);
      if (peer !== undefined) vehicles.presence.seen(peer.vehicle, peer.number);
    });
    aedes.on("subscribe", (subscriptions, client) => {
      const peer = this.#peers.get(client);
      if (peer === undefined || !subscriptions.some(({ topic }) => topic === topics(peer.vehicle).campaigns)) return;
      this.#tellCampaigns([peer.vehicle]);
    });
    aedes.preConnect = (client, packet, done) => {
      const certificate = this.#certificates.get(client.conn);
      // The session is always clean: what must not be lost waits in the car's outbox and in the database, never in the broker.
      const fits = certificate?.vehicle === packet.clientId && packet.clean === true && packet.will === undefined;
      done(null, fits);
      if (!fits) client.close();
    };
    aedes.authenticate = (client, _username, _password, done) => {
      const certificate = this.#certificates.get(client.conn);
      if (certificate === undefined) return done(null, false);
      admit(client, certificate.vehicle, certificate.serial, (error, admitted) => done(null, !error && admitted));
    };
  }

  #accept(socket: TLSSocket): void {
    const { subject, serialNumber } = socket.getPeerCertificate();
    const vehicle = String(subject?.CN ?? "");
    if (!socket.authorized || !isVehicleId(vehicle)) {
      this.#counts.refused += 1;
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    const stream = new BoundedStream(socket, mostPacketBytes);
    this.#certificates.set(stream, { vehicle, serial: serialNumber });
    this.#aedes.handle(stream);
  }

  async #admit(client: Client, vehicle: string, serial: string): Promise<boolean> {
    const pace = await this.#connects.consume(vehicle).catch(() => undefined);
    const number = pace === undefined ? undefined : await this.#parts.vehicles.admit(vehicle, serial);
    if (number === undefined) this.#counts.refused += 1;
    else this.#peers.set(client, { vehicle, number });
    return number !== undefined;
  }

  async #arrived(peer: Peer, client: Client, topic: string, message: Uint8Array): Promise<void> {
    const { telemetry, vehicles } = this.#parts;
    this.#counts.received += 1;
    vehicles.presence.seen(peer.vehicle, peer.number);
    if (topic === topics(peer.vehicle).csr) {
      const answer = await this.#desk.answer(peer.vehicle, message);
      if (answer !== undefined) this.#send(topics(peer.vehicle).certificate, answer);
      return;
    }
    if (topic === topics(peer.vehicle).health) {
      if (!vehicles.health.heard(peer.vehicle, message)) this.#counts.refused += 1;
      return;
    }
    if (topic === topics(peer.vehicle).report) return this.#parts.campaigns.reported(peer.vehicle, message);
    const taken = await telemetry.ingest.take(peer, message);
    if (taken.kind === "settled") this.#send(topics(peer.vehicle).ack, encodeAck(taken.ack));
    else if (taken.kind === "refused") {
      this.#counts.refused += 1;
      client.close();
    }
  }

  /** Each connected car its own list; the others hear theirs when they come. Retained, so that a car that comes back has it at once. */
  #tellCampaigns(vehicles: "all" | readonly string[]): void {
    const connected = (vehicles === "all" ? [...this.#current.keys()] : vehicles).filter((one) =>
      this.#current.has(one),
    );
    const tell = async () => {
      for (const vehicle of connected) {
        this.#send(topics(vehicle).campaigns, await this.#parts.campaigns.messageFor(vehicle), true);
      }
    };
    tell().catch((error: unknown) => {
      this.#parts.log.warn("campaigns not sent, the cars hear of them when they connect again", {
        error: String(error),
      });
    });
  }

  /** At most once: an ack that is lost is given again when the car sends again. */
  #send(topic: string, payload: Uint8Array, retain = false): void {
    const packet = {
      cmd: "publish" as const,
      topic,
      payload: Buffer.from(payload),
      qos: 0 as const,
      retain,
      dup: false,
    };
    this.#aedes.publish(packet, (error) => {
      if (error !== undefined && error !== null) this.#parts.log.debug("not sent to a car", { error: error.message });
    });
  }

  async #renewCertificate(): Promise<void> {
    const { authority, clock, names } = this.#parts;
    const { key, certificate } = await authority.issueForBroker(names);
    this.#server.setSecureContext({ key, cert: certificate, ca: authority.certificate, minVersion: "TLSv1.3" });
    this.#certificateAt = clock.now();
  }
}

function downTopics(vehicle: string): readonly string[] {
  const { ack, certificate, campaigns, traffic, usual } = topics(vehicle);
  return [ack, certificate, campaigns, traffic, usual];
}

function toBytes(payload: string | Buffer): Uint8Array {
  return typeof payload === "string" ? Buffer.from(payload) : payload;
}

function listenProblem(error: Error, port: number): StartProblem {
  const code = "code" in error ? error.code : "";
  if (code === "EADDRINUSE")
    return new StartProblem(
      "port-taken",
      `Port ${port} is taken by another program; stop it or choose another port for the cars.`,
      error,
    );
  if (code === "EACCES")
    return new StartProblem("port-refused", `Port ${port} may not be used by this user; choose one above 1023.`, error);
  return new StartProblem("broker-failed", `The cars' door could not be opened on port ${port}.`, error);
}
