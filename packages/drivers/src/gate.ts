import type { Signal, SignalValue, Store } from "@caravan/signals";
import type { Asker, Guard, Standing, Verdict } from "./asker.ts";
import type { Refusal } from "./refusal.ts";

/** A movement of the whole car. `Path` is whatever the provider follows; the gate does not look inside. */
export type MotionCommand<Path> =
  | { readonly kind: "drive"; readonly path: Path }
  | { readonly kind: "pedals"; readonly accelerator: number; readonly steering: number }
  | { readonly kind: "stop" };

/** What carries out what the gate let through: the simulated body, or the drivers of a real car. */
export interface Provider<Path> {
  /** Starts the actuation; the signal itself answers later. False: this car cannot do that. */
  apply(path: string, value: SignalValue): boolean;
  /** Absent where nothing may move the car by command. False: not from here, or not now. */
  motion?(command: MotionCommand<Path>): boolean;
}

export interface GateParts<Path> {
  readonly store: Pick<Store, "value" | "subscribe">;
  /** The signal behind a path, if this car's catalogue has it. */
  readonly signalAt: (path: string) => Signal | undefined;
  /** Throws when the value breaks the signal's type, range or allowed values. */
  readonly check: (signal: Signal, value: unknown) => SignalValue;
  readonly provider: Provider<Path>;
  readonly standing: Standing;
  readonly guard: Guard;
  /** Calls back once after `ms`; the returned function cancels. */
  readonly after: (ms: number, callback: () => void) => () => void;
  /** How long a signal may take to show what was asked; the slowest body part (a window) needs 5 s. */
  readonly answerWithinMs?: number;
}

export type GateOutcome =
  | { readonly kind: "done"; readonly value: SignalValue }
  | { readonly kind: "refused"; readonly why: Refusal };
