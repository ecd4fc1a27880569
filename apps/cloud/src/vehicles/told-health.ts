import { decodeHealth } from "@caravan/link/health";
import type { ToldHealth } from "@caravan/link/health";

/** What each car told last of its sources and its link. Kept in memory, since a car tells it anew in each connection; one entry for each enrolled car. */
export class HealthOfCars {
  readonly #clock: { now(): number };
  readonly #told = new Map<string, ToldHealth>();

  constructor(parts: { readonly clock: { now(): number } }) {
    this.#clock = parts.clock;
  }

  /** Takes a message of a car; answers false where it cannot be read, and then nothing changes. */
  heard(vehicle: string, message: Uint8Array): boolean {
    const health = decodeHealth(message);
    if (health === undefined) return false;
    this.#told.set(vehicle, { health, arrivedAt: this.#clock.now() });
    return true;
  }

  of(vehicle: string): ToldHealth | undefined {
    return this.#told.get(vehicle);
  }
}
