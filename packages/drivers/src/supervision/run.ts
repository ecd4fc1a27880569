// Hot: `put` runs for every reading of every driver.
import type { Quality, Signal, SignalValue } from "@caravan/signals";
import type { Claim, ClaimOptions, Outlet } from "../driver.ts";
import type { Sources } from "../sources/sources.ts";

/** The outlet of one run: counts what goes through it, lets a flood overflow, and is shut when the run is cut. */
export class Run implements Outlet {
  readonly #sources: Sources;
  readonly #clock: { now(): number };
  readonly #source: string;
  readonly #quality: Quality;
  readonly #mostInSecond: number;
  #isShut = false;
  #inSecond = 0;
  #second = -Infinity;
  #heardAt = -Infinity;
  #isFlooding = false;
  #taken = 0;
  #refused = 0;
  #dropped = 0;

  constructor(parts: {
    sources: Sources;
    clock: { now(): number };
    source: string;
    quality: Quality;
    mostInSecond: number;
  }) {
    this.#sources = parts.sources;
    this.#clock = parts.clock;
    this.#source = parts.source;
    this.#quality = parts.quality;
    this.#mostInSecond = parts.mostInSecond;
  }

  claim(signal: Signal, options?: ClaimOptions): Claim {
    return this.#sources.claim(signal, this.#source, this.#quality, options);
  }

  put(claim: Claim, value: SignalValue, at?: number): boolean {
    if (this.#isShut) {
      this.#dropped++;
      return false;
    }
    const now = this.#clock.now();
    if (now - this.#second >= 1_000 || now < this.#second) {
      this.#second = now;
      this.#inSecond = 0;
    }
    this.#heardAt = now;
    if (++this.#inSecond > this.#mostInSecond) {
      this.#isFlooding = true;
      this.#dropped++;
      return false;
    }
    if (this.#sources.put(claim, value, at ?? now, now) === "refused") {
      this.#refused++;
      return false;
    }
    this.#taken++;
    return true;
  }

  alive(): void {
    this.#heardAt = this.#clock.now();
  }

  /** From now on nothing goes through. */
  shut(): void {
    this.#isShut = true;
  }

  heardAt(): number {
    return this.#heardAt;
  }

  isFlooding(): boolean {
    return this.#isFlooding;
  }

  counts(): { readonly taken: number; readonly refused: number; readonly dropped: number } {
    return { taken: this.#taken, refused: this.#refused, dropped: this.#dropped };
  }
}
