import Type from "typebox";
import type { Static } from "typebox";
import { Value } from "typebox/value";
import { batchClasses } from "./campaign/terms.ts";

const Class = Type.Enum(batchClasses);
const Sequence = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/**
 * The cloud's word that every batch of a class of `boot` up to and including `seq` is committed to its database; 0 means none yet.
 * Without a class it is `trip`, the only one that the first version knew. The car may forget those batches; anything above is sent again.
 */
export const Ack = Type.Object({ v: Type.Literal(1), boot: Sequence, seq: Sequence, class: Type.Optional(Class) });
export type Ack = Static<typeof Ack>;

/** UTF-8 JSON, as it travels on the `down/ack` topic. */
export function encodeAck(ack: Ack): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(ack));
}

/** The ack in these bytes, or undefined where they hold none. */
export function decodeAck(bytes: Uint8Array): Ack | undefined {
  if (bytes.length > 200) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return Value.Check(Ack, value) ? value : undefined;
  } catch {
    return undefined;
  }
}
