import type { ProbeBatch } from "./match-messages.ts";

/** Numbers that may wait; some 8 MB. */
const mostNumbers = 1_000_000;

/** What waits to be matched. Full, it forgets what came first: traffic is about now. */
export class ProbeQueue {
  #batches: ProbeBatch[] = [];
  #first = 0;
  #numbers = 0;
  #dropped = 0;

  add(batch: ProbeBatch): void {
    this.#batches.push(batch);
    this.#numbers += batch.samples.length;
    while (this.#numbers > mostNumbers) {
      this.#numbers -= this.#batches[this.#first]?.samples.length ?? 0;
      this.#first += 1;
      this.#dropped += 1;
    }
  }

  /** Everything that waits, in the order in which it came. */
  takeAll(): readonly ProbeBatch[] {
    const batches = this.#batches.slice(this.#first);
    this.#batches = [];
    this.#first = 0;
    this.#numbers = 0;
    return batches;
  }

  waiting(): number {
    return this.#batches.length - this.#first;
  }

  dropped(): number {
    return this.#dropped;
  }
}
