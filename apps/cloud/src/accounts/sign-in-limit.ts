import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Slows down guessing: attempts per minute from one address, and from all together. */
export class SignInLimit {
  // One entry for each address of the last minute, at most as many as the limit for all together lets in.
  readonly #perAddress = new RateLimiterMemory({ points: 10, duration: 60 });
  readonly #together = new RateLimiterMemory({ points: 120, duration: 60 });

  /** Seconds to wait, or undefined when this attempt is let through. */
  async take(address: string): Promise<number | undefined> {
    try {
      await this.#together.consume("all");
      await this.#perAddress.consume(network(address));
      return undefined;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
      throw error;
    }
  }
}

/** A home has a whole /64 of IPv6 addresses; they count as one. */
function network(address: string): string {
  return address.includes(":") && !address.includes(".") ? address.split(":").slice(0, 4).join(":") : address;
}
