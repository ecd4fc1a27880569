import Type from "typebox";
import { Value } from "typebox/value";
import { usualLimits } from "./connection.ts";
import type { VissConnection } from "./connection.ts";
import type { VissVersion } from "./error.ts";
import type { Viss } from "./viss.ts";

/** A connection to a broker, as far as this needs it. */
export interface Broker {
  subscribe(topic: string): void;
  /** Calls back when the message has left. */
  publish(topic: string, text: string, sent: () => void): void;
  onMessage(listener: (topic: string, payload: Uint8Array) => void): void;
  close(): Promise<void>;
}

export interface VissMqttParts {
  readonly viss: Pick<Viss, "open" | "forget">;
  readonly broker: Broker;
  /** Names this car on the broker; never its VIN. */
  readonly identity: string;
  readonly version: VissVersion;
}

/** What a client sends (Transport, "Application Level Protocol"): where the answer goes, and the request as text. */
const Envelope = Type.Object({
  // Neither a pattern nor one of the broker's own topics.
  topic: Type.String({ minLength: 1, maxLength: 200, pattern: "^[^#+$\\u0000][^#+\\u0000]*$" }),
  request: Type.String({ maxLength: usualLimits.messageLength }),
});

/** Clients that are answered; the one that was silent longest makes room for a new one. */
const mostClients = 8;
const longestEnvelope = usualLimits.messageLength * 2;

/**
 * VISS over a broker: requests come on `<identity>/Vehicle`, and every answer and event goes to the topic that its request named. Each such
 * topic is a client of its own, with its own subscriptions and bounds.
 */
export class VissMqtt {
  readonly #parts: VissMqttParts;
  /** By topic, silent longest first; at most `mostClients`. */
  readonly #clients = new Map<string, VissConnection>();

  constructor(parts: VissMqttParts) {
    this.#parts = parts;
  }

  start(): void {
    const { broker, identity } = this.#parts;
    const own = `${identity}/Vehicle`;
    broker.onMessage((topic, payload) => {
      if (topic === own) this.#receive(payload);
    });
    broker.subscribe(own);
  }

  async stop(): Promise<void> {
    for (const client of this.#clients.values()) this.#parts.viss.forget(client);
    this.#clients.clear();
    await this.#parts.broker.close();
  }

  #receive(payload: Uint8Array): void {
    const envelope = payload.byteLength > longestEnvelope ? undefined : jsonOf(payload);
    // Nobody can be told of what names no topic, and an answer to our own topic would be a request again.
    if (!Value.Check(Envelope, envelope) || envelope.topic === `${this.#parts.identity}/Vehicle`) return;
    this.#clientAt(envelope.topic)?.receive(envelope.request);
  }

  #clientAt(topic: string): VissConnection | undefined {
    const known = this.#clients.get(topic);
    this.#clients.delete(topic);
    const client = known ?? this.#open(topic);
    if (client !== undefined) this.#clients.set(topic, client);
    return client;
  }

  #open(topic: string): VissConnection | undefined {
    const { viss, broker, version } = this.#parts;
    if (this.#clients.size >= mostClients) {
      const [silent] = this.#clients.keys();
      if (silent !== undefined) this.#forget(silent);
    }
    let unsent = 0;
    return viss.open(
      {
        send: (text) => {
          unsent += text.length;
          broker.publish(topic, text, () => (unsent -= text.length));
        },
        buffered: () => unsent,
        close: () => this.#forget(topic),
      },
      version,
    );
  }

  #forget(topic: string): void {
    const client = this.#clients.get(topic);
    if (client === undefined) return;
    this.#clients.delete(topic);
    this.#parts.viss.forget(client);
  }
}

function jsonOf(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString("utf8"));
  } catch {
    return undefined;
  }
}
