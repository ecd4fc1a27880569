import { catalogue } from "@caravan/signals";
import type { Signal } from "@caravan/signals";

/** Signals of one batch, as many as Kuksa's databroker is measured with. */
export const batchSignals: readonly Signal[] = catalogue.signals
  .filter((signal) => signal.datatype === "float" && signal.allowed === undefined)
  .slice(0, 101);

/** A value within every signal's limits, exact in binary, different each time round. */
export const valueOf = (i: number): number => (i % 89) + 0.5;

/** ms on a clock that all processes of a machine share. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6;

/** What the processes of the measurement tell their parent, and hear; a hub is asked for its figures by any message. */
export type FromHub =
  | { readonly type: "listening"; readonly port: number }
  | { readonly type: "figures"; readonly cpuMs: number; readonly memoryBytes: number };
export type FromProducer = {
  readonly type: "sent";
  readonly readings: number;
  readonly sum: number;
  readonly refused: number;
  readonly seconds: number;
};
export type ToSubscriber =
  | { readonly type: "begin" }
  | {
      readonly type: "end";
      /** Readings that are still to come or have come; what is on its way is waited for. */
      readonly expected: number;
    };
export type FromSubscriber =
  | { readonly type: "ready" }
  | {
      readonly type: "heard";
      /** Of all connections together. */
      readonly readings: number;
      readonly passedOver: number;
      /** Frames that came out of turn. */
      readonly outOfTurn: number;
      /** Of each connection. */
      readonly sums: readonly number[];
      /** From the producer's clock to the decoded value. */
      readonly latencyMs: { readonly median: number; readonly p99: number };
      readonly seconds: number;
    };
