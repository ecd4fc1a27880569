import type { DriverHealth, SignalSources } from "@caravan/drivers";

import type { HealthFigure } from "../health/health.ts";

/** What writes a car's signals in place of the simulation: a recording, or the buses of a real car. */
export interface Feed {
  /** As screens show it. */
  readonly name: string;
  /** A recording comes to an end; a real car does not. */
  readonly isRecording: boolean;
  /**
   * Resolves once signals may come; `onEnd` is told when a recording is over.
   * @throws where there is nothing to read, with one sentence
   */
  start(onEnd: () => void): Promise<void>;
  stop(): Promise<void>;
  health(): readonly HealthFigure[];
  /** The drivers it is put together from; none where a recording of readings is played. */
  drivers(): readonly DriverHealth[];
  /** Which source each signal is believed from; nothing for feeds that have one source only. */
  sources(): readonly SignalSources[];
}
