import { topics } from "@caravan/link";
import type { Topics } from "@caravan/link";
import { connect } from "mqtt";
import type { MqttClient } from "mqtt";
import type { Identity } from "./identity.ts";

/** Why a connection ended or never was: the network, a server that is not the joined cloud, or a cloud that does not let this car in. */
type Closed = "network" | "stranger" | "unknown-here";

export interface LinkEvents {
  readonly connected: () => void;
  readonly closed: (because: Closed) => void;
  readonly message: (topic: keyof Topics, payload: Uint8Array) => void;
}

/** One connection to the broker, from connecting to its end; the next one is a new object. */
export interface MqttLink {
  publish(topic: "batch" | "csr" | "report" | "health", payload: Uint8Array): void;
  close(): Promise<void>;
}

const keepaliveS = 30;
const connectWithinMs = 10_000;
/** A broker that does not answer a goodbye in this time does not get one. */
const goodbyeWithinMs = 1_000;
const strangerCodes = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
  // The server's own words about our certificate (RFC 8446, 6.2).
  "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA",
  "ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR",
]);
const notAuthorized = 5;
/** Goes to node:tls as it is; the library's own types do not name it. */
const secure = { minVersion: "TLSv1.3" } as const;

/** Connects to the broker with the car's certificate. The session is clean: what must not be lost waits in the outbox. */
export function openLink(parts: {
  readonly identity: Identity;
  readonly mqtt: string;
  readonly events: LinkEvents;
}): MqttLink {
  const { identity, events } = parts;
  const url = URL.parse(parts.mqtt);
  if (url === null) return noLink(events);
  const own = topics(identity.vehicle);
  const client = connect({
    protocol: "mqtts",
    host: url.hostname,
    port: Number(url.port === "" ? 8883 : url.port),
    servername: url.hostname,
    key: identity.key,
    cert: identity.certificate,
    ca: identity.ca,
    rejectUnauthorized: true,
    ...secure,
    clientId: identity.vehicle,
    clean: true,
    protocolVersion: 4,
    keepalive: keepaliveS,
    connectTimeout: connectWithinMs,
    reconnectPeriod: 0,
    queueQoSZero: false,
    resubscribe: false,
  });
  let because: Closed = "network";
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    client.end(true);
    events.closed(because);
  };
  client.on("connect", () => subscribe(client, own, events, end));
  client.on("message", (topic, payload) => {
    if (topic === own.ack) events.message("ack", payload);
    else if (topic === own.certificate) events.message("certificate", payload);
    else if (topic === own.traffic) events.message("traffic", payload);
    else if (topic === own.usual) events.message("usual", payload);
    else if (topic === own.campaigns) events.message("campaigns", payload);
  });
  client.on("error", (error) => {
    because = reasonOf(error);
    end();
  });
  client.on("close", end);
  return {
    publish(topic, payload) {
      // The broker's own receipt says nothing: only the ack from behind the database counts.
      if (!ended) client.publish(own[topic], Buffer.from(payload), { qos: 1 }, () => {});
    },
    close() {
      ended = true;
      return new Promise((resolve) => {
        const enough = setTimeout(() => client.end(true, {}, () => resolve()), goodbyeWithinMs);
        client.end(false, {}, () => {
          clearTimeout(enough);
          resolve();
        });
      });
    },
  };
}

/** For an address that is none: it may come from a cloud, so it must not bring the car down. */
function noLink(events: LinkEvents): MqttLink {
  queueMicrotask(() => events.closed("network"));
  return { publish: () => {}, close: () => Promise.resolve() };
}

function subscribe(client: MqttClient, own: Topics, events: LinkEvents, end: () => void): void {
  client.subscribe([own.ack, own.certificate, own.campaigns, own.traffic, own.usual], { qos: 1 }, (error) => {
    if (error) end();
    else events.connected();
  });
}

function reasonOf(error: Error): Closed {
  const code = "code" in error ? error.code : undefined;
  if (code === notAuthorized) return "unknown-here";
  return typeof code === "string" && strangerCodes.has(code) ? "stranger" : "network";
}
