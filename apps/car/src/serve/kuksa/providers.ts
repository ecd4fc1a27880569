import { Claims } from "@caravan/signals";
import type { Signal, SignalValue, Store } from "@caravan/signals";

/** A new value that somebody asks an actuator for, after the gate let it through. */
export interface Order {
  readonly signal: Signal;
  readonly value: SignalValue;
}

/** An outside program that carries out the actuators it has claimed. */
export interface Carrier {
  /** Hands orders over; for each, later, whether the program takes it. The answers never fail. */
  carry(orders: readonly Order[]): readonly Promise<boolean>[];
}

/** Whose readings come from outside programs. */
export const outsideSource = "kuksa";

/** Which outside program carries out what; what the car itself does or measures is never theirs. */
export class Providers {
  readonly #store: Store;
  readonly #actuators = new Claims<Carrier>();
  /** Orders of one turn go to their program in one message. */
  readonly #orders = new Map<Carrier, { readonly order: Order; readonly answer: (takes: boolean) => void }[]>();

  constructor(parts: { readonly store: Store }) {
    this.#store = parts.store;
  }

  /** Does the car itself say what this signal is, now that somebody asks? */
  isCarsOwn(signal: Signal): boolean {
    const reading = this.#store.get(signal);
    return reading !== undefined && reading.source !== outsideSource && reading.quality !== "stale";
  }

  /** Is there anybody who carries out this actuator? */
  isProvided(signal: Signal): boolean {
    return this.#actuators.ownerOf(signal) !== undefined || this.isCarsOwn(signal);
  }

  /** All or none: answers with the first that somebody else carries out. */
  claim(carrier: Carrier, signals: readonly Signal[]): Signal | undefined {
    return signals.find((signal) => this.isCarsOwn(signal)) ?? this.#actuators.claim(carrier, signals);
  }

  release(carrier: Carrier): void {
    this.#actuators.release(carrier);
    for (const { answer } of this.#orders.get(carrier) ?? []) answer(false);
    this.#orders.delete(carrier);
  }

  /** For the gate: hands an order to the program that claims the path; false where none does. */
  apply(path: string, value: SignalValue): false | Promise<boolean> {
    const signal = this.#store.catalogue.find(path);
    const carrier = signal && this.#actuators.ownerOf(signal);
    if (signal === undefined || carrier === undefined) return false;
    return new Promise((answer) => {
      const waiting = this.#orders.get(carrier) ?? [];
      if (waiting.length === 0) queueMicrotask(() => this.#hand(carrier));
      waiting.push({ order: { signal, value }, answer });
      this.#orders.set(carrier, waiting);
    });
  }

  #hand(carrier: Carrier): void {
    const waiting = this.#orders.get(carrier) ?? [];
    this.#orders.delete(carrier);
    const answers = carrier.carry(waiting.map(({ order }) => order));
    for (const [i, { answer }] of waiting.entries()) answers[i]?.then(answer, () => answer(false));
  }
}
