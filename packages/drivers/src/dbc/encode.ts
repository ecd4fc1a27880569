import type { CanFrame } from "../can/frames.ts";
import { bytesNeeded, rawRange, writeRaw } from "./bits.ts";
import type { DbcMessage, DbcSignal } from "./dbc.ts";

export type EncodeOutcome =
  | { readonly kind: "frame"; readonly frame: CanFrame }
  /** The value cannot be said in this message, and why. */
  | { readonly kind: "refused"; readonly why: string };

/**
 * A frame that says these physical values, by name of signal. All other bits are 0; multiplexors must be among the values where a multiplexed signal is.
 * Values are rounded to the next one that the signal can say; beyond its bits or its limits they are refused.
 */
export function encodeMessage(message: DbcMessage, values: Readonly<Record<string, number>>): EncodeOutcome {
  const data = new Uint8Array(message.size);
  for (const [name, value] of Object.entries(values)) {
    const signal = message.signals.find((each) => each.name === name);
    if (signal === undefined) return refused(`${message.name} has no signal ${name}`);
    const why = problemWith(message, signal, value, values);
    if (why !== undefined) return refused(`${name}: ${why}`);
    writeRaw(signal, rawOf(signal, value), data, 0);
  }
  return { kind: "frame", frame: { id: message.id, isExtended: message.isExtended, data, isFd: message.size > 8 } };
}

const refused = (why: string): EncodeOutcome => ({ kind: "refused", why });

function rawOf({ form, factor, offset }: DbcSignal, value: number): number {
  const raw = (value - offset) / factor;
  return form.startsWith("float") ? raw : Math.round(raw);
}

function problemWith(
  message: DbcMessage,
  signal: DbcSignal,
  value: number,
  values: Readonly<Record<string, number>>,
): string | undefined {
  const { min, max, factor, presentIf } = signal;
  if (!Number.isFinite(value)) return "it is no finite number";
  if (factor === 0) return "its factor is 0, so nothing can be told by it";
  if (bytesNeeded(signal) > message.size) return `it reaches over the ${message.size} bytes of the message`;
  // [0|0] and the like say nothing about limits.
  if (max > min && (value < min || value > max)) return `${value} is not within ${min} and ${max}`;
  const raw = rawOf(signal, value);
  const [least, most] = rawRange(signal);
  if (raw < least || raw > most) return `${value} does not fit into ${signal.length} bits`;
  if (presentIf === undefined) return undefined;
  const multiplexor = message.signals.find(({ name }) => name === presentIf.multiplexor);
  const switching = values[presentIf.multiplexor];
  if (multiplexor === undefined || switching === undefined) return `it needs ${presentIf.multiplexor} beside it`;
  const position = rawOf(multiplexor, switching);
  return presentIf.ranges.some(([from, to]) => position >= from && position <= to)
    ? undefined
    : `${presentIf.multiplexor} = ${switching} switches it off`;
}
