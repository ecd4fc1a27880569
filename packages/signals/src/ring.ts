/** The newest samples of one number, oldest first; a new one pushes out the oldest. */
export class Ring {
  readonly #at: Float64Array;
  readonly #values: Float64Array;
  readonly #everyMs: number;
  #next = 0;
  #count = 0;

  /** `everyMs`: samples closer than this to the one before take its place, so that the ring spans `samples * everyMs`. */
  constructor(samples: number, everyMs: number) {
    this.#at = new Float64Array(samples);
    this.#values = new Float64Array(samples);
    this.#everyMs = everyMs;
  }

  get samples(): number {
    return this.#at.length;
  }

  push(at: number, value: number): void {
    const length = this.#at.length;
    const last = (this.#next + length - 1) % length;
    const beforeLast = (this.#next + length - 2) % length;
    const lastIsProvisional = this.#count > 1 && (this.#at[last] ?? 0) - (this.#at[beforeLast] ?? 0) < this.#everyMs;
    const here = lastIsProvisional ? last : this.#next;
    this.#at[here] = at;
    this.#values[here] = value;
    if (lastIsProvisional) return;
    this.#next = (this.#next + 1) % length;
    if (this.#count < length) this.#count += 1;
  }

  /** A copy of the samples taken at `since` or later. */
  read(since: number): Samples {
    const length = this.#at.length;
    const first = (this.#next - this.#count + length) % length;
    const at: number[] = [];
    const values: number[] = [];
    for (let i = 0; i < this.#count; i++) {
      const index = (first + i) % length;
      const time = this.#at[index] ?? 0;
      if (time < since) continue;
      at.push(time);
      values.push(this.#values[index] ?? 0);
    }
    return { at, values };
  }
}

/** Times (UTC ms, in the order they came) and the values beside them. */
export interface Samples {
  readonly at: readonly number[];
  readonly values: readonly number[];
}
