import type { SignalValue } from "@caravan/link";
import Type from "typebox";
import { Value } from "typebox/value";

const Plain = Type.Union([Type.Number(), Type.Boolean(), Type.String()]);
const Stored = Type.Union([Plain, Type.Array(Plain)]);

/** A signal's value as the twin table holds it; undefined for null, which stands for a value that went away. */
export function parseValue(stored: unknown): SignalValue | undefined {
  return Value.Check(Stored, stored) ? stored : undefined;
}
