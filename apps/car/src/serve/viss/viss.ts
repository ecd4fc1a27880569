import type { Clock, Store } from "@caravan/signals";
import type { Access } from "../access/access.ts";
import { set } from "./actuation.ts";
import type { Actuate } from "./actuation.ts";
import { authorityOf } from "./authority.ts";
import { Budget } from "./budget.ts";
import { VissConnection, usualLimits } from "./connection.ts";
import type { Sink, VissLimits } from "./connection.ts";
import { errorOf, failure, isFailure } from "./error.ts";
import type { Failure, VissVersion } from "./error.ts";
import { parseFilters } from "./filter.ts";
import { read } from "./read.ts";
import type { Scheduler } from "./scheduler.ts";
import { timestamp } from "./wire.ts";

export interface VissParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly actuate: Actuate;
  /** Who may do what. */
  readonly access: Access;
  /** Told of bugs behind the gate. */
  readonly report: (error: unknown) => void;
  readonly limits?: Partial<VissLimits>;
  readonly mostConnections?: number;
}

/** Together these take about a third of one core of a small computer; more clients get less each. */
const clientsAtFullSpeed = 3;

/** What an HTTP client gets. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: object;
}

/**
 * The car's VISS server without any transport: `open` for conversations (WebSocket), `get` and `set` for single requests (HTTP). It never
 * throws at what a client sends, and everything a client can make it hold is bounded.
 */
export class Viss {
  readonly #parts: VissParts;
  readonly #limits: VissLimits;
  readonly #connections = new Set<VissConnection>();
  readonly #httpBudget: Budget;
  #pendingHttpSets = 0;
  #lastSubscription = 0;
  #lastClient = 0;

  constructor(parts: VissParts) {
    this.#parts = parts;
    this.#limits = { ...usualLimits, ...parts.limits };
    this.#httpBudget = new Budget(parts.clock, this.#fairShare);
  }

  /** Connections that are open now, at most `mostConnections` (32). */
  get connections(): number {
    return this.#connections.size;
  }

  /**
   * Begins a conversation; undefined where the house is full. Its owner closes it when the other end is gone. `token` is what the client
   * showed when it connected.
   */
  open(sink: Sink, version: VissVersion, token?: string): VissConnection | undefined {
    if (this.#connections.size >= (this.#parts.mostConnections ?? 32)) return undefined;
    this.#lastClient += 1;
    const connection = new VissConnection({
      ...this.#parts,
      limits: this.#limits,
      fairShare: this.#fairShare,
      version,
      sink,
      token,
      asker: { kind: "viss", id: `viss-${this.#lastClient}` },
      nextSubscriptionId: () => String((this.#lastSubscription += 1)),
    });
    this.#connections.add(connection);
    return connection;
  }

  /** Ends a conversation. */
  forget(connection: VissConnection): void {
    connection.close();
    this.#connections.delete(connection);
  }

  /** Ends every conversation. */
  close(): void {
    for (const connection of this.#connections) connection.close();
    this.#connections.clear();
  }

  /** HTTP GET; `filter` is the text of the query's `filter`. */
  get(path: string, filter: string | undefined, token?: string, version: VissVersion = "VISSv2"): HttpAnswer {
    if (this.#httpBudget.isSpent()) return this.#http(failure("too-many"), version);
    this.#httpBudget.pay(1);
    const filters = parseFilters(filter);
    if (isFailure(filters)) return this.#http(filters, version);
    const pay = (requests: number): void => this.#httpBudget.pay(requests);
    const { store, clock, access } = this.#parts;
    const authority = authorityOf(access, token, pay);
    return this.#http(read(store, clock.now(), path, filters, pay, authority, version), version);
  }

  /** HTTP POST of `{"value": ...}`; `body` is the parsed JSON. */
  async set(path: string, body: unknown, token?: string, version: VissVersion = "VISSv2"): Promise<HttpAnswer> {
    if (this.#httpBudget.isSpent() || this.#pendingHttpSets >= this.#limits.pendingSets)
      return this.#http(failure("too-many"), version);
    this.#httpBudget.pay(1);
    if (typeof body !== "object" || body === null || !("value" in body))
      return this.#http(failure("bad-value"), version);
    this.#pendingHttpSets += 1;
    try {
      const { store, actuate, access } = this.#parts;
      const authority = authorityOf(access, token, (requests) => this.#httpBudget.pay(requests));
      const refusal = await set(
        { catalogue: store.catalogue, actuate, asker: { kind: "viss" }, authority },
        path,
        body.value,
      );
      return this.#http(refusal ?? {}, version);
    } catch (error) {
      this.#parts.report(error);
      return this.#http(failure("unavailable"), version);
    } finally {
      this.#pendingHttpSets -= 1;
    }
  }

  /** An answer to a request that never got as far as a path. */
  refuse(problem: Failure, version: VissVersion = "VISSv2"): HttpAnswer {
    return this.#http(problem, version);
  }

  /** All of HTTP counts as one client. */
  readonly #fairShare = (): number =>
    this.#limits.requestsPerSecond * Math.min(1, clientsAtFullSpeed / (this.#connections.size + 1));

  #http(body: object, version: VissVersion): HttpAnswer {
    const ts = timestamp(this.#parts.clock.now());
    if (!isFailure(body)) return { status: 200, body: { ...body, ts } };
    const error = errorOf(version, body);
    return { status: error.number, body: { error, ts } };
  }
}
