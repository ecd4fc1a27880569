import type { Quality, Signal, SignalValue } from "@caravan/signals";

/** `now` is UTC milliseconds; `sleep` ends early, without an error, when the signal is aborted. */
export interface DriverClock {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A driver's right to give readings of one signal, as `Outlet.claim` hands it out. */
export interface Claim {
  readonly signal: Signal;
  readonly source: string;
  readonly priority: number;
  /** Milliseconds without a reading after which this source counts as silent. */
  readonly timeoutMs: number;
}

export interface ClaimOptions {
  /** Tells it from another claim of the same driver to the same signal; part of the name of the source. */
  readonly part?: string;
  /** Of several sources that speak, the one with the greatest number is believed; 0 unless said. */
  readonly priority?: number;
  /** 5 s unless said; Infinity for what is told only once. */
  readonly timeoutMs?: number;
}

/** Where one run of a driver puts what it reads. It outlives its run harmlessly: what comes late is dropped. */
export interface Outlet {
  /** To be asked for once for each signal of a run, not for each reading. */
  claim(signal: Signal, options?: ClaimOptions): Claim;
  /**
   * Gives a reading in the unit of the signal; `at` is the source's own time in UTC ms, else the present. False where it was not taken: it breaks
   * the signal's data type or limits, the driver floods, or its run is over. All of that is counted and shown.
   */
  put(claim: Claim, value: SignalValue, at?: number): boolean;
  /** The device gives signs of life although it has no reading, so it does not stall. */
  alive(): void;
}

/** How a run ended by itself: there is nothing more to read, or the device was lost and the supervisor tries again. */
export type DriverEnd = { readonly kind: "over" } | { readonly kind: "lost"; readonly why: string };

export interface DriverFigure {
  readonly name: string;
  readonly value: number | string | boolean;
  readonly unit?: string;
}

/** What connects a bus, a receiver or a recording to the Store. It opens and reads; when and how often is the supervisor's affair. */
export interface Driver {
  /** Told from all other drivers of the car by it; the `source` of its readings. */
  readonly name: string;
  /** What its readings are worth; "good" for a device, "replayed" for a recording. */
  readonly quality: Quality;
  /** Silence after which it is started anew; it may be silent for ever without. */
  readonly stallAfterMs?: number;
  /** More readings in a second are a fault; 100,000 unless said. */
  readonly mostReadingsPerSecond?: number;
  /**
   * Opens the device, reads and publishes until `signal` is aborted, and leaves nothing open. It may be called again after it has ended.
   * @throws what somebody must mend; the supervisor counts it as lost and shows the message
   */
  run(outlet: Outlet, signal: AbortSignal): Promise<DriverEnd>;
  /** For the health page. */
  figures(): readonly DriverFigure[];
}
