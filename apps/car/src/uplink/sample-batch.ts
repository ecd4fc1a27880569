import { linkLimits } from "@caravan/link";
import type { Samples } from "@caravan/link";
import type { SignalValue } from "@caravan/signals";

/** Keeps a batch of samples that do not compress under the limit of one message. */
const mostBatchBytes = linkLimits.messageBytes * 0.75;
const mostBatchSamples = 1_000;
/** Some 35,000 years either side of 1970, as far as a batch can tell time. */
const farthestTime = 2 ** 50;

/** Collects samples as columns, and leaves out what a batch cannot carry. */
export class SampleBatch {
  readonly #paths: string[] = [];
  /** Index of each path; bounded by the samples of a batch. */
  readonly #indices = new Map<string, number>();
  readonly #path: number[] = [];
  readonly #at: number[] = [];
  readonly #value: (SignalValue | undefined)[] = [];
  #bytes = 0;
  #newestAt = 0;

  hasRoom(): boolean {
    return this.#path.length < mostBatchSamples && this.#bytes < mostBatchBytes - linkLimits.textBytes * 3;
  }

  newestAt(): number {
    return this.#newestAt;
  }

  add(path: string, at: number, value: SignalValue | undefined): void {
    const size = sizeOf(value);
    if (size === undefined) return;
    const time = Math.max(-farthestTime, Math.min(farthestTime, Math.round(at)));
    this.#bytes += size + path.length + 16;
    this.#newestAt = Math.max(this.#newestAt, time);
    this.#path.push(this.#indexOf(path));
    this.#at.push(time);
    this.#value.push(value);
  }

  samples(): Samples | undefined {
    return this.#path.length === 0
      ? undefined
      : { paths: this.#paths, path: this.#path, at: this.#at, value: this.#value };
  }

  #indexOf(path: string): number {
    const known = this.#indices.get(path);
    if (known !== undefined) return known;
    const index = this.#paths.push(path) - 1;
    this.#indices.set(path, index);
    return index;
  }
}

/** Bytes at most, or undefined where a batch cannot carry the value. */
function sizeOf(value: SignalValue | undefined): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? 9 : undefined;
  if (typeof value === "string") {
    // UTF-8 takes three bytes for a UTF-16 unit at most.
    return value.length * 3 <= linkLimits.textBytes && !value.includes("\0") ? value.length * 3 + 3 : undefined;
  }
  if (typeof value !== "object") return 1;
  if (value.length > linkLimits.listItems) return undefined;
  let sum = 3;
  for (const item of value) {
    const size = sizeOf(item);
    if (size === undefined) return undefined;
    sum += size;
  }
  return sum < mostBatchBytes / 4 ? sum : undefined;
}
