import type { Vehicles } from "../vehicles/vehicles.ts";

const everyMs = 60_000;
const mostBytes = 8_192;
const mostRemembered = 10_000;

/** Answers certificate requests that come over a car's own connection: at most one a minute for each car. */
export class RenewalDesk {
  readonly #vehicles: Vehicles;
  readonly #clock: { now(): number };
  /** When each car asked last; entries older than a minute go when it is full. */
  readonly #asked = new Map<string, number>();

  constructor(parts: { readonly vehicles: Vehicles; readonly clock: { now(): number } }) {
    this.#vehicles = parts.vehicles;
    this.#clock = parts.clock;
  }

  /** The message for `down/certificate`; undefined where the request is not answered. */
  async answer(vehicle: string, csr: Uint8Array): Promise<Uint8Array | undefined> {
    const now = this.#clock.now();
    if (csr.length > mostBytes || now - (this.#asked.get(vehicle) ?? -Infinity) < everyMs) return undefined;
    if (this.#asked.size >= mostRemembered) {
      for (const [other, at] of this.#asked) if (now - at >= everyMs) this.#asked.delete(other);
      if (this.#asked.size >= mostRemembered) return undefined;
    }
    this.#asked.set(vehicle, now);
    const renewed = await this.#vehicles.renew(vehicle, Buffer.from(csr).toString("utf8"));
    return renewed === undefined ? undefined : Buffer.from(JSON.stringify(renewed));
  }
}
