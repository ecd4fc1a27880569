import { randomUUID } from "node:crypto";
import { connectAsync } from "mqtt";
import { WebSocket } from "ws";
import type { BenchBroker } from "./broker.ts";

/** A message as JSON, whatever is in it. */
export interface Message {
  readonly [name: string]: unknown;
}

export const isMessage = (value: unknown): value is Message =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One end of a conversation with the car; answers and events are gathered as they come. */
export interface Client {
  readonly transport: "WebSocket" | "HTTP" | "MQTT";
  readonly received: readonly Message[];
  send(message: Message, token: string | undefined): Promise<void>;
  close(): void;
}

const connectWithinMs = 2_000;

/** @throws where the car does not open the connection, or does not take the sub-protocol */
export async function openWebSocket(url: string, protocol: string | undefined, bearer?: string): Promise<Client> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), protocol === undefined ? [] : [protocol], {
    handshakeTimeout: connectWithinMs,
    ...(bearer !== undefined && { headers: { authorization: `Bearer ${bearer}` } }),
  });
  const received: Message[] = [];
  socket.on("message", (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString());
    if (isMessage(message)) received.push(message);
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  if (protocol !== undefined && socket.protocol !== protocol) throw new Error(`the car does not speak ${protocol}`);
  return {
    transport: "WebSocket",
    received,
    send: async (message, token) =>
      socket.send(JSON.stringify({ ...message, ...(token !== undefined && { authorization: token }) })),
    close: () => socket.terminate(),
  };
}

/** Each answer is given the action and the identity of its request, which HTTP does not carry, and its status. */
export function openHttp(url: string): Client {
  const received: Message[] = [];
  return {
    transport: "HTTP",
    received,
    send: async (message, token) => {
      const { action, path, filter, value, requestId } = message;
      const query = filter === undefined ? "" : `?filter=${encodeURIComponent(JSON.stringify(filter))}`;
      const answer = await fetch(`${url}/${String(path).replaceAll(".", "/")}${query}`, {
        headers: {
          "content-type": "application/json",
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(action === "set" && { method: "POST", body: JSON.stringify({ value }) }),
      });
      const body: unknown = await answer.json();
      received.push({ ...(isMessage(body) ? body : {}), action, requestId, status: answer.status });
    },
    close: () => undefined,
  };
}

/** A client on the other side of a broker, with a topic of its own for what it hears. */
export async function openMqttClient({ url, identity }: Pick<BenchBroker, "url" | "identity">): Promise<Client> {
  const client = await connectAsync(url);
  const topic = `client/${randomUUID()}`;
  const received: Message[] = [];
  client.on("message", (_, payload) => {
    const message: unknown = JSON.parse(payload.toString());
    if (isMessage(message)) received.push(message);
  });
  await client.subscribeAsync(topic);
  return {
    transport: "MQTT",
    received,
    send: async (message, token) => {
      const request = JSON.stringify({ ...message, ...(token !== undefined && { authorization: token }) });
      await client.publishAsync(`${identity}/Vehicle`, JSON.stringify({ topic, request }));
    },
    close: () => client.end(true),
  };
}
