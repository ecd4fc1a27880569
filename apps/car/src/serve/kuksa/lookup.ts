import type { Catalogue, Signal, SignalValue } from "@caravan/signals";
import { SignalError, check } from "@caravan/signals";
import { status } from "@grpc/grpc-js";
import type { SignalName } from "./messages.ts";
import { CallError, problems } from "./status.ts";
import { fieldOf } from "./value.ts";
import type { WireValue } from "./value.ts";

/** As in Kuksa's databroker. */
export const longestPath = 1_000;

/** A signal's number is its slot plus one, because 0 is what an unset field reads as. */
export const signalById = (catalogue: Catalogue, id: number): Signal | undefined => catalogue.signals[id - 1];

/** @throws CallError where there is no such signal, or no name at all */
export function signalNamed(catalogue: Catalogue, name: SignalName | undefined): Signal {
  if (name === undefined) throw problems.noSignal;
  if (name.kind === "path" && name.path.length > longestPath) throw problems.longPath;
  const signal = name.kind === "path" ? catalogue.find(name.path) : signalById(catalogue, name.id);
  if (signal === undefined) throw problems.unknown;
  return signal;
}

/** @throws CallError where the value is of another type than the signal, or beyond its limits */
export function checked(signal: Signal, wire: WireValue): SignalValue {
  if (wire.field !== fieldOf(signal.datatype)) throw problems.wrongType;
  try {
    return check<SignalValue>(signal, wire.value);
  } catch (error) {
    if (error instanceof SignalError) throw new CallError(status.INVALID_ARGUMENT, error.message);
    throw error;
  }
}
