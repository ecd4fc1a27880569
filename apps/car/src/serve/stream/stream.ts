import type { StreamRequest } from "@caravan/link";
import type { Clock, Signal, Store } from "@caravan/signals";

import type { Rights } from "../access/rights.ts";
import { StreamClient } from "./client.ts";
import type { Joined } from "./client.ts";
import type { Reader, Wire } from "./reader.ts";
import { Subscription } from "./subscription.ts";
import type { Timing } from "./subscription.ts";

const mostClients = 256;
/** Names of what clients provide: a store knows 256 sources in all, so clients that come and go share a few. */
const mostSources = 32;
/** Different ones; the same signals in the same manner count once. */
const mostSubscriptions = 512;

type Subscribe = Extract<StreamRequest, { type: "subscribe" }>;

/** The streams of one car's readings. */
export class SignalStream {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #timing: Timing;
  readonly #clients = new Set<StreamClient>();
  readonly #subscriptions = new Map<string, Subscription>();
  #nextNumber = 1;
  #lastSource = 0;

  constructor(parts: { store: Store; clock: Clock; timing: Timing }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#timing = parts.timing;
  }

  /** Clients connected now. */
  count(): number {
    return this.#clients.size;
  }

  /** Serves one connection: hand what arrives to the answer, and tell it when the connection is over. Undefined where there are too many. */
  open(wire: Wire, rights: Rights): StreamClient | undefined {
    if (this.#clients.size >= mostClients) return undefined;
    const client = new StreamClient({
      wire,
      rights,
      source: this.#freeSource(),
      clock: this.#clock,
      store: this.#store,
      timing: this.#timing,
      join: (wanted, signals, reader) => this.#join(wanted, signals, reader),
      onEnd: () => this.#clients.delete(client),
    });
    this.#clients.add(client);
    return client;
  }

  close(): void {
    for (const client of this.#clients) client.stop();
  }

  #join(wanted: Subscribe, signals: readonly Signal[], reader: Reader): Joined | undefined {
    const everyMs = wanted.everyMs ?? 0;
    const key = `${wanted.mode} ${everyMs} ${signals.map(({ slot }) => slot).join()}`;
    let subscription = this.#subscriptions.get(key);
    if (subscription === undefined) {
      if (this.#subscriptions.size >= mostSubscriptions) return undefined;
      subscription = new Subscription({
        store: this.#store,
        timing: this.#timing,
        number: this.#freeNumber(),
        signals,
        mode: wanted.mode,
        everyMs,
      });
      this.#subscriptions.set(key, subscription);
    }
    const joined = subscription;
    return {
      key,
      number: joined.number,
      begin: () => joined.join(reader),
      leave: () => {
        joined.leave(reader);
        if (!joined.isEmpty) return;
        joined.end();
        this.#subscriptions.delete(key);
      },
    };
  }

  #freeSource(): string {
    this.#lastSource = (this.#lastSource % mostSources) + 1;
    return `stream ${this.#lastSource}`;
  }

  #freeNumber(): number {
    const taken = new Set([...this.#subscriptions.values()].map(({ number }) => number));
    while (taken.has(this.#nextNumber)) this.#nextNumber = (this.#nextNumber % 65_535) + 1;
    return this.#nextNumber;
  }
}
