import { monitorEventLoopDelay } from "node:perf_hooks";

/** How late this process's own tasks run; looked at and started anew once a minute. */
export class LoopDelay {
  #histogram: ReturnType<typeof monitorEventLoopDelay> | undefined;
  #lastMs = 0;

  start(): void {
    this.#histogram = monitorEventLoopDelay({ resolution: 50 });
    this.#histogram.enable();
  }

  /** Milliseconds beyond the timer's own, 99th percentile since the last call. */
  read(): number {
    const histogram = this.#histogram;
    if (histogram === undefined) return this.#lastMs;
    if (histogram.count > 0) this.#lastMs = Math.max(0, histogram.percentile(99) / 1e6 - 50);
    histogram.reset();
    return this.#lastMs;
  }

  /** What the last `read` found. */
  last(): number {
    return this.#lastMs;
  }

  stop(): void {
    this.#histogram?.disable();
    this.#histogram = undefined;
  }
}
