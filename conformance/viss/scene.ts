import { setTimeout as sleep } from "node:timers/promises";
import { openHttp, openMqttClient, openWebSocket } from "./client.ts";
import type { Client, Message } from "./client.ts";
import type { JudgedCar } from "./car.ts";

export type Version = "VISSv2" | "VISSv3";

const answerWithinMs = 3_000;
const lookEveryMs = 5;

/** What one scenario has said and heard so far. */
export class Scene {
  readonly car: JudgedCar;
  /** What the errors and filters of the standard in question look like. */
  version: Version;
  token: string | undefined;
  /** Values that the car was made to report, oldest first. */
  readonly reported: string[] = [];
  readonly #clients: Client[] = [];
  #requestId = 0;
  #subscriptionId: string | undefined;
  #answersBefore = 0;
  /** How many events the client has been asked about already. */
  #eventsSeen = 0;

  constructor(car: JudgedCar, version: Version) {
    this.car = car;
    this.version = version;
  }

  /** `none` is a client that names no sub-protocol. */
  async connect(transport: Client["transport"], protocol: string = this.version): Promise<void> {
    for (const client of this.#clients.splice(0)) client.close();
    this.#clients.push(await this.#open(transport, protocol));
  }

  async #open(transport: Client["transport"], protocol: string): Promise<Client> {
    const { url, broker, token } = this.car;
    switch (transport) {
      case "HTTP":
        return openHttp(this.version === "VISSv3" ? `${url}/VISSv3` : url);
      case "MQTT":
        if (broker === undefined) throw new Error("the broker of a car that runs elsewhere is not known");
        // Over a broker nothing is answered without a token.
        this.token ??= token?.("read actuate");
        return openMqttClient(await broker());
      case "WebSocket":
        return openWebSocket(url, protocol === "none" ? undefined : protocol, this.token);
    }
  }

  get subscriptionId(): string | undefined {
    return this.#subscriptionId;
  }

  /** From now on events are those of this subscription. */
  subscribed(id: unknown): void {
    this.#subscriptionId = typeof id === "string" ? id : undefined;
    this.#eventsSeen = 0;
  }

  /** Sends a request with an identity of its own, over WebSocket where nothing else was asked for. */
  async ask(message: Message): Promise<void> {
    if (this.#clients.length === 0) await this.connect("WebSocket");
    this.#requestId += 1;
    this.#answersBefore = this.#answers().length;
    await this.#client().send({ requestId: String(this.#requestId), ...message }, this.token);
    if (typeof message["requestId"] === "string") this.#ownId = message["requestId"];
    else this.#ownId = undefined;
  }

  #ownId: string | undefined;

  get transport(): Client["transport"] {
    return this.#client().transport;
  }

  /** The answer to the latest request; undefined where none comes in time. */
  async answer(): Promise<Message | undefined> {
    const id = this.#ownId ?? String(this.#requestId);
    return this.#wait(() =>
      this.#client().received.findLast(
        (message) => message["action"] !== "subscription" && message["requestId"] === id,
      ),
    );
  }

  /** What came since the latest request, even if it names none. */
  async anyAnswer(): Promise<Message | undefined> {
    return this.#wait(() => this.#answers()[this.#answersBefore]);
  }

  #answers(): readonly Message[] {
    return this.#client().received.filter(({ action }) => action !== "subscription");
  }

  /** The next event of the latest subscription. */
  async event(): Promise<Message | undefined> {
    const found = await this.#wait(() => this.events()[this.#eventsSeen]);
    if (found !== undefined) this.#eventsSeen += 1;
    return found;
  }

  /** Events of the latest subscription so far. */
  events(): readonly Message[] {
    return this.#client().received.filter(
      ({ action, subscriptionId }) => action === "subscription" && subscriptionId === this.#subscriptionId,
    );
  }

  /** Waits until `find` gives something. */
  async #wait<T>(find: () => T | undefined): Promise<T | undefined> {
    const until = performance.now() + answerWithinMs;
    for (;;) {
      const found = find();
      if (found !== undefined || performance.now() > until) return found;
      await sleep(lookEveryMs);
    }
  }

  /** Waits until so many data points have come in events. */
  async points(count: number): Promise<number> {
    const now = (): number => this.events().reduce((sum, { data }) => sum + pointsOf(data).length, 0);
    await this.#wait(() => (now() >= count ? true : undefined));
    return now();
  }

  close(): void {
    for (const client of this.#clients.splice(0)) client.close();
  }

  #client(): Client {
    const [client] = this.#clients;
    if (client === undefined) throw new Error("no client is connected");
    return client;
  }
}

/** A data point with the path it belongs to. */
export interface Point {
  readonly path: unknown;
  readonly value: unknown;
  readonly ts: unknown;
}

/** Every data point of `data`, in all four forms of the standard; a form that is none of them gives nothing. */
export function pointsOf(data: unknown): readonly Point[] {
  return [data].flat().flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null || !("path" in one) || !("dp" in one)) return [];
    const { path, dp } = one;
    return [dp].flat().flatMap((point: unknown) => {
      if (typeof point !== "object" || point === null || !("value" in point) || !("ts" in point)) return [];
      return [{ path, value: point.value, ts: point.ts }];
    });
  });
}
