import type { Asker, Refusal, Verdict } from "@caravan/drivers";
import { Claims } from "@caravan/signals";
import type { Clock, Signal, SignalValue, Store } from "@caravan/signals";
import type { Access } from "../access/access.ts";
import type { Rights } from "../access/rights.ts";
import { signalsAt } from "../access/slots.ts";
import { whenOver } from "../access/when-over.ts";
import type { Scheduler } from "../viss/scheduler.ts";
import { metadataResponse, nothing, serverInfoResponse, valuesResponse } from "./answers.ts";
import { checked, longestPath, signalNamed } from "./lookup.ts";
import type { Order, SignalName, SubscribeRequest, WirePoint } from "./messages.ts";
import { ProviderStream } from "./provider-stream.ts";
import type { Providers } from "./providers.ts";
import { Publisher } from "./publishing.ts";
import { problems, refusedCall } from "./status.ts";
import { Subscription } from "./subscription.ts";
import type { Outlet } from "./subscription.ts";

/** The door to every actuation, as far as this one needs it. */
export interface Gate {
  actuate(
    path: string,
    value: SignalValue,
    asker: Asker,
  ): Promise<{ kind: "done" } | { kind: "refused"; why: Refusal }>;
  judge(path: string, value: SignalValue, asker: Asker): Verdict;
}

export interface KuksaParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly access: Access;
  readonly gate: Gate;
  readonly providers: Providers;
  readonly version: string;
  /** Told of bugs behind the gate. */
  readonly report: (error: unknown) => void;
}

const mostBuffered = 1_000;
/** The root of a metadata request, as Kuksa writes it. */
const rootWords = /^[^\s.:]+(?:\.[^\s.:]+)*$/;

/**
 * `kuksa.val.v2.VAL` without any transport: each call takes what its request says and answers with the bytes of its response, or throws a
 * CallError with the code of Kuksa's databroker.
 */
export class Kuksa {
  readonly #parts: KuksaParts;
  readonly #publisher: Publisher;
  readonly #sensors = new Claims<ProviderStream>();

  constructor(parts: KuksaParts) {
    this.#parts = parts;
    this.#publisher = new Publisher(parts);
  }

  /** What the bearer of this token may do. @throws CallError */
  rights(token: string | undefined): Rights {
    const outcome = this.#parts.access.of(token);
    if (outcome.kind === "rights") return outcome.rights;
    throw outcome.why === "expired" ? problems.expired : problems.missing;
  }

  getValues(names: readonly (SignalName | undefined)[], rights: Rights): Buffer {
    const { store, clock } = this.#parts;
    const found = names.map((name) => {
      const signal = this.#readable(name, rights);
      return { signal, reading: store.get(signal) };
    });
    return valuesResponse(found, clock.now());
  }

  subscribe(request: SubscribeRequest, by: "path" | "id", rights: Rights, outlet: Outlet): Subscription {
    const { store, clock, scheduler } = this.#parts;
    if (request.names.length === 0) throw problems.empty;
    if (request.bufferSize > mostBuffered) throw problems.buffer;
    const signals = [...new Set(request.names.map((name) => this.#readable(name, rights)))];
    const { bufferSize, intervalMs, durationMs } = request;
    return new Subscription({ store, clock, scheduler, outlet, signals, by, bufferSize, intervalMs, durationMs });
  }

  /** Done once somebody was told to do it; what comes of it the signal shows. */
  async actuate(order: Order, rights: Rights, id: string): Promise<Buffer> {
    const { signal, value } = this.#order(order, rights);
    await this.#ask(signal, value, { kind: "viss", id, isGranted: rights.isByToken });
    return nothing;
  }

  /** All of them or none: as long as one is refused nobody is told anything. */
  async batchActuate(orders: readonly Order[], rights: Rights, id: string): Promise<Buffer> {
    const { gate, providers } = this.#parts;
    const asker: Asker = { kind: "viss", id, isGranted: rights.isByToken };
    const checkedOrders = orders.map((order) => this.#order(order, rights));
    for (const { signal, value } of checkedOrders) {
      const verdict = gate.judge(signal.path, value, asker);
      if (verdict !== "allowed") throw refusedCall(verdict);
      if (!providers.isProvided(signal)) throw problems.noProvider;
    }
    await Promise.all(checkedOrders.map(({ signal, value }) => this.#ask(signal, value, asker)));
    return nothing;
  }

  listMetadata(root: string): Buffer {
    if (root.length > longestPath || (root !== "" && !rootWords.test(root))) throw problems.badPattern;
    const signals = signalsAt(this.#parts.store.catalogue, root);
    if (signals.length === 0) throw problems.unknownRoot;
    return metadataResponse(signals);
  }

  publish(name: SignalName | undefined, point: WirePoint | undefined, rights: Rights): Buffer {
    const signal = signalNamed(this.#parts.store.catalogue, name);
    this.#publisher.publish(signal, point, rights, this.#parts.clock.now());
    return nothing;
  }

  serverInfo(): Buffer {
    return serverInfoResponse("Caravan", this.#parts.version);
  }

  openProvider(rights: Rights, send: (bytes: Buffer) => void): ProviderStream {
    const { store, clock, providers } = this.#parts;
    return new ProviderStream({
      store,
      clock,
      providers,
      publisher: this.#publisher,
      sensors: this.#sensors,
      rights,
      send,
    });
  }

  /** Calls back when rights end; the answer cancels. */
  whenOver(until: number, over: () => void): () => void {
    return whenOver(this.#parts, until, over);
  }

  #readable(name: SignalName | undefined, rights: Rights): Signal {
    const signal = signalNamed(this.#parts.store.catalogue, name);
    if (!rights.read.has(signal.slot)) throw problems.denied;
    return signal;
  }

  #order({ signal: name, value: wire }: Order, rights: Rights): { signal: Signal; value: SignalValue } {
    if (wire === undefined) throw problems.noValue;
    const signal = signalNamed(this.#parts.store.catalogue, name);
    if (!rights.actuate.has(signal.slot)) throw problems.denied;
    if (signal.kind !== "actuator") throw problems.notActuator;
    return { signal, value: checked(signal, wire) };
  }

  /** A refusal is there at once; everything later is the signal's to tell. */
  async #ask(signal: Signal, value: SignalValue, asker: Asker): Promise<void> {
    const { gate, report } = this.#parts;
    const outcome = gate.actuate(signal.path, value, asker);
    outcome.catch(report);
    const first = await Promise.race([outcome, new Promise<undefined>((resolve) => setImmediate(resolve, undefined))]);
    if (first?.kind === "refused") throw first.why === "not-available" ? problems.noProvider : refusedCall(first.why);
  }
}
