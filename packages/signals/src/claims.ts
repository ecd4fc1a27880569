import type { Signal } from "./signal.ts";

/** Who has taken which signals on: at most one owner for each. It holds no more than the catalogue has signals. */
export class Claims<Owner> {
  readonly #owners = new Map<Signal, Owner>();

  ownerOf(signal: Signal): Owner | undefined {
    return this.#owners.get(signal);
  }

  /** Takes all of them or none: answers with the first that somebody else has already. */
  claim(owner: Owner, signals: readonly Signal[]): Signal | undefined {
    const taken = signals.find((signal) => (this.#owners.get(signal) ?? owner) !== owner);
    if (taken === undefined) for (const signal of signals) this.#owners.set(signal, owner);
    return taken;
  }

  /** Gives back everything that this owner has, and says what that was. */
  release(owner: Owner): readonly Signal[] {
    const given = [...this.#owners].filter(([, other]) => other === owner).map(([signal]) => signal);
    for (const signal of given) this.#owners.delete(signal);
    return given;
  }
}
