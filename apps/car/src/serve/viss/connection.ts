import type { Asker } from "@caravan/drivers";
import type { Clock, Store } from "@caravan/signals";
import type { Access } from "../access/access.ts";
import { whenOver } from "../access/when-over.ts";
import { set } from "./actuation.ts";
import type { Actuate } from "./actuation.ts";
import { authorityOf, mayRead } from "./authority.ts";
import type { Authority } from "./authority.ts";
import { Budget } from "./budget.ts";
import { errorOf, failure, isFailure } from "./error.ts";
import type { Failure, VissVersion } from "./error.ts";
import { read } from "./read.ts";
import { parseMessage } from "./request.ts";
import type { Parsed, Request } from "./request.ts";
import type { Scheduler } from "./scheduler.ts";
import { select } from "./select.ts";
import { watch } from "./subscription.ts";
import { timestamp } from "./wire.ts";

/** The other end, whatever carries it. */
export interface Sink {
  send(text: string): void;
  /** Bytes that were sent but have not left yet. */
  buffered(): number;
  /** WebSocket close codes. */
  close(code: number, reason: string): void;
}

/** Bounds for one client. */
export interface VissLimits {
  /** UTF-16 units of one message. */
  readonly messageLength: number;
  readonly subscriptions: number;
  /** Signals of all its subscriptions together. */
  readonly subscribedSignals: number;
  /** Sets that wait for the car's answer. */
  readonly pendingSets: number;
  /** Simple requests a second; every four signals of an answer count as one more. */
  readonly requestsPerSecond: number;
  /** So many requests in a row that came too fast, and the client is let go. */
  readonly refusalsInRow: number;
  /** Above this many unsent bytes events wait and newer ones replace older. */
  readonly bufferedEvents: number;
  /** Above this many unsent bytes the client is let go. */
  readonly bufferedAtAll: number;
  /** How long a client may leave events waiting. */
  readonly slowForMs: number;
}

export const usualLimits: VissLimits = {
  messageLength: 64_000,
  subscriptions: 64,
  subscribedSignals: 10_000,
  pendingSets: 16,
  requestsPerSecond: 4_000,
  refusalsInRow: 1_000,
  bufferedEvents: 512_000,
  bufferedAtAll: 4_000_000,
  slowForMs: 15_000,
};

export interface ConnectionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly actuate: Actuate;
  readonly asker: Asker;
  readonly access: Access;
  /** Shown when the client connected; a message may bring its own. */
  readonly token: string | undefined;
  readonly version: VissVersion;
  readonly limits: VissLimits;
  readonly sink: Sink;
  readonly nextSubscriptionId: () => string;
  /** Told of bugs behind the gate, which the client hears of as an error too. */
  readonly report: (error: unknown) => void;
  /** Simple requests a second that this client may ask for now, with so many others there. */
  readonly fairShare: () => number;
}

/** Bursts of readings become one event. */
const gatherMs = 5;
const lookAgainMs = 50;

/** WebSocket close code and reason: 1013 is "try again later", 1008 "policy violation". */
type Farewell = readonly [code: number, reason: string];
const tooSlow: Farewell = [1013, "The client reads too slowly."];
const tooFast: Farewell = [1008, "The client asks too fast."];

interface Subscription {
  readonly signals: number;
  readonly stop: () => void;
}

/** One client's side of the conversation: messages in, messages out, nothing shared with other clients. */
export class VissConnection {
  readonly #parts: ConnectionParts;
  readonly #budget: Budget;
  /** At most `limits.subscriptions`. */
  readonly #subscriptions = new Map<string, Subscription>();
  /** At most one entry for each subscription. */
  readonly #waiting = new Set<() => void>();
  #cancelPump: (() => void) | undefined;
  #slowSince: number | undefined;
  #pendingSets = 0;
  #refusals = 0;
  #isOpen = true;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#budget = new Budget(parts.clock, parts.fairShare);
  }

  /** Takes one message. Answers go to the sink, at once except for sets, which wait for the car. */
  receive(text: string): void {
    if (!this.#isOpen) return;
    const { limits, version, sink } = this.#parts;
    if (sink.buffered() > limits.bufferedAtAll) return this.#letGo(tooSlow);
    if (this.#budget.isSpent()) return this.#refuse(text);
    this.#refusals = 0;
    this.#pay(1 + text.length / 4_000);
    if (text.length > limits.messageLength) return this.#answer({}, failure("malformed"));
    const parsed = parseMessage(version, text);
    if (isFailure(parsed.request)) this.#answer(parsed, parsed.request);
    else this.#carryOut(parsed, parsed.request);
  }

  /** Ends every subscription; nothing is sent any more. */
  close(): void {
    this.#isOpen = false;
    for (const { stop } of this.#subscriptions.values()) stop();
    this.#subscriptions.clear();
    this.#waiting.clear();
    this.#cancelPump?.();
  }

  #carryOut(echo: Parsed, request: Request): void {
    const { store, clock, access, token, version } = this.#parts;
    const authority = authorityOf(access, echo.authorization ?? token, this.#pay);
    switch (request.action) {
      case "get": {
        const answer = read(store, clock.now(), request.path, request.filters, this.#pay, authority, version);
        return this.#answer(echo, answer);
      }
      case "set":
        return this.#set(echo, request.path, request.value, authority);
      case "subscribe":
        return this.#answer(echo, this.#subscribe(request, authority));
      case "unsubscribe":
        return this.#answer(echo, this.#unsubscribe(request.subscriptionId));
    }
  }

  #set(echo: Parsed, path: string, wire: unknown, authority: Authority): void {
    const { store, actuate, asker, limits, report } = this.#parts;
    if (this.#pendingSets >= limits.pendingSets) return this.#answer(echo, failure("too-many"));
    this.#pendingSets += 1;
    set({ catalogue: store.catalogue, actuate, asker, authority }, path, wire)
      .catch((error: unknown) => {
        report(error);
        return failure("unavailable");
      })
      .then((refusal) => {
        this.#pendingSets -= 1;
        this.#answer(echo, refusal ?? {});
      })
      .catch(report);
  }

  #subscribe(
    { path, filters }: Extract<Request, { action: "subscribe" }>,
    authority: Authority,
  ): { subscriptionId: string } | Failure {
    const { store, clock, scheduler, limits, nextSubscriptionId, version } = this.#parts;
    const selection = select(store.catalogue, path, filters.paths, this.#pay, version);
    if (isFailure(selection)) return selection;
    const { signals, isSingle } = selection;
    const refusal = mayRead(authority, signals);
    if (refusal) return refusal;
    let subscribed = signals.length;
    for (const other of this.#subscriptions.values()) subscribed += other.signals;
    if (this.#subscriptions.size >= limits.subscriptions || subscribed > limits.subscribedSignals)
      return failure("too-many");
    const id = nextSubscriptionId();
    const outlet = {
      isFree: () => this.#isFree(),
      pay: this.#pay,
      send: (data: unknown) => {
        if (this.#subscriptions.has(id)) this.#emit({ action: "subscription", subscriptionId: id, data });
      },
      later: (flush: () => void) => this.#later(flush),
    };
    const watched = watch({ store, clock, scheduler, outlet, signals, isSingle }, filters.operation);
    if (typeof watched !== "function") return watched;
    const cancel = whenOver(this.#parts, authority.rights.until, () => this.#end(id, failure("token-expired")));
    const stop = (): void => {
      cancel();
      watched();
    };
    this.#subscriptions.set(id, { signals: signals.length, stop });
    return { subscriptionId: id };
  }

  /** Tells the client that a subscription cannot go on, and why; no event follows (Core, "Error Message"). */
  #end(id: string, why: Failure): void {
    this.#subscriptions.get(id)?.stop();
    this.#subscriptions.delete(id);
    this.#emit({ action: "subscription", subscriptionId: id, error: errorOf(this.#parts.version, why) });
  }

  #unsubscribe(id: string): { subscriptionId?: string } | Failure {
    const subscription = this.#subscriptions.get(id);
    if (!subscription) return failure("unknown-subscription");
    subscription.stop();
    this.#subscriptions.delete(id);
    return this.#parts.version === "VISSv2" ? { subscriptionId: id } : {};
  }

  #answer({ action, requestId }: Partial<Parsed>, body: object): void {
    const { version } = this.#parts;
    this.#emit({
      ...(action && { action }),
      ...(requestId !== undefined && { requestId }),
      ...(isFailure(body) ? { error: errorOf(version, body) } : body),
    });
  }

  #emit(message: object): void {
    if (!this.#isOpen) return;
    const { sink, limits, clock } = this.#parts;
    if (sink.buffered() > limits.bufferedAtAll) return this.#letGo(tooSlow);
    sink.send(JSON.stringify({ ...message, ts: timestamp(clock.now()) }));
  }

  readonly #pay = (requests: number): void => {
    this.#budget.pay(requests);
  };

  #isFree(): boolean {
    return !this.#isSlow() && !this.#budget.isSpent();
  }

  #isSlow(): boolean {
    return this.#parts.sink.buffered() > this.#parts.limits.bufferedEvents;
  }

  #later(flush: () => void): void {
    this.#waiting.add(flush);
    this.#cancelPump ??= this.#parts.scheduler.after(gatherMs, this.#pump);
  }

  readonly #pump = (): void => {
    this.#cancelPump = undefined;
    const { clock, scheduler, limits } = this.#parts;
    if (!this.#isSlow()) this.#slowSince = undefined;
    if (this.#isFree()) {
      const flushes = [...this.#waiting];
      this.#waiting.clear();
      for (const flush of flushes) flush();
      return;
    }
    if (this.#isSlow()) this.#slowSince ??= clock.now();
    if (this.#slowSince !== undefined && clock.now() - this.#slowSince > limits.slowForMs) return this.#letGo(tooSlow);
    this.#cancelPump = scheduler.after(lookAgainMs, this.#pump);
  };

  /** Of a message that comes too fast only the identifiers are looked at, and of a long one not even those. */
  #refuse(text: string): void {
    this.#refusals += 1;
    if (this.#refusals > this.#parts.limits.refusalsInRow) return this.#letGo(tooFast);
    this.#answer(text.length > 1_000 ? {} : parseMessage(this.#parts.version, text), failure("too-many"));
  }

  #letGo([code, reason]: Farewell): void {
    this.close();
    this.#parts.sink.close(code, reason);
  }
}
