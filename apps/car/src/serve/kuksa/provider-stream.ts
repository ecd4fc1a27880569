import type { Claims, Clock, Signal, SignalValue, Store } from "@caravan/signals";
import type { Rights } from "../access/rights.ts";
import { claimedResponse, ordersResponse, publishErrorsResponse } from "./answers.ts";
import { signalById, signalNamed } from "./lookup.ts";
import type { ProviderMessage, SignalName } from "./messages.ts";
import type { Carrier, Order, Providers } from "./providers.ts";
import { outsideSource } from "./providers.ts";
import type { Publisher } from "./publishing.ts";
import { problems } from "./status.ts";

export interface ProviderStreamParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly providers: Providers;
  readonly publisher: Publisher;
  /** Who says what signals are; shared by all streams. */
  readonly sensors: Claims<ProviderStream>;
  readonly rights: Rights;
  readonly send: (bytes: Buffer) => void;
}

/**
 * One provider's side of `OpenProviderStream`: it claims actuators and signals, publishes values, and is told what others want. When it
 * goes, its actuators have nobody and the signals it had claimed are stale.
 */
export class ProviderStream implements Carrier {
  readonly #parts: ProviderStreamParts;
  /** Orders without an answer yet, at most one for each actuator. */
  readonly #open = new Map<Signal, (takes: boolean) => void>();

  constructor(parts: ProviderStreamParts) {
    this.#parts = parts;
  }

  /** @throws CallError where a claim is refused, which ends the stream; WireError where published values cannot be read */
  receive(message: ProviderMessage): void {
    const { publisher, rights, clock, send } = this.#parts;
    switch (message.kind) {
      case "carry":
        this.#claimActuators(message.names);
        return send(claimedResponse(1));
      case "claim":
        this.#claimSignals(message.ids);
        return send(claimedResponse(4));
      case "publish": {
        const { requestId, errors } = publisher.publishAll(message.request, rights, clock.now());
        if (errors.size > 0) send(publishErrorsResponse(requestId, errors));
        return;
      }
      case "carried":
        return this.#answered(message.signal, message.code <= 1);
      case "other":
        return;
    }
  }

  carry(orders: readonly Order[]): readonly Promise<boolean>[] {
    const answers = orders.map(
      ({ signal }) =>
        new Promise<boolean>((resolve) => {
          // The newer order takes the place of the older one, which the gate has ended.
          this.#open.get(signal)?.(true);
          this.#open.set(signal, resolve);
        }),
    );
    this.#parts.send(ordersResponse(orders));
    return answers;
  }

  close(): void {
    const { providers, sensors } = this.#parts;
    providers.release(this);
    for (const answer of this.#open.values()) answer(false);
    this.#open.clear();
    for (const signal of sensors.release(this)) this.#outdate(signal);
  }

  #claimActuators(names: readonly SignalName[]): void {
    const { store, providers, rights } = this.#parts;
    const signals = names.map((name) => signalNamed(store.catalogue, name));
    if (signals.some(({ slot }) => !rights.carry.has(slot))) throw problems.denied;
    if (signals.some(({ kind }) => kind !== "actuator")) throw problems.notActuator;
    if (providers.claim(this, signals) !== undefined) throw problems.taken;
  }

  #claimSignals(ids: readonly number[]): void {
    const { store, sensors, publisher, rights } = this.#parts;
    const signals = ids.map((id) => signalById(store.catalogue, id) ?? fail());
    if (signals.some((signal) => !publisher.mayPublish(signal, rights))) throw problems.denied;
    if (sensors.claim(this, signals) !== undefined) throw problems.taken;
  }

  #answered(name: SignalName | undefined, takes: boolean): void {
    const signal = signalNamed(this.#parts.store.catalogue, name);
    this.#open.get(signal)?.(takes);
    this.#open.delete(signal);
  }

  #outdate(signal: Signal): void {
    const { store } = this.#parts;
    const reading = store.get<SignalValue>(signal);
    if (reading?.source !== outsideSource) return;
    store.set<SignalValue>(signal, reading.value, { source: outsideSource, at: reading.at, quality: "stale" });
  }
}

function fail(): never {
  throw problems.unknown;
}
