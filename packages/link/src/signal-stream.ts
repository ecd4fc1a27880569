import Type from "typebox";
import type { SignalValue } from "@caravan/signals";
import type { Static } from "typebox";

/**
 * Readings as they come, over the WebSocket at `/signals`: control as JSON texts, readings as the binary frames of `signal-frame.ts`
 * (little-endian columns). For screens and recorders; VISS and kuksa.val.v2 say the same things in the words of the standards.
 */
export const signalProtocol = "caravan.signals.v1";

const Id = Type.Integer({ minimum: 0, maximum: 65_535 });
const Paths = Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 1_024 });

/** What a client may say. */
export const StreamRequest = Type.Union([
  Type.Object({
    type: Type.Literal("subscribe"),
    id: Id,
    /** Signals or branches; `*` stands for one segment. */
    paths: Paths,
    /** Each reading in its turn, or only the newest of each signal at the time of sending. */
    mode: Type.Union([Type.Literal("each"), Type.Literal("newest")]),
    /** ms between two frames at least; 0 sends at once. */
    everyMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
  }),
  Type.Object({ type: Type.Literal("unsubscribe"), id: Id }),
  /** From now on this client sends frames with readings of these signals. */
  Type.Object({ type: Type.Literal("provide"), paths: Paths }),
]);
export type StreamRequest = Static<typeof StreamRequest>;

/** The numbers that frames use for signals. They hold as long as the connection does. */
export interface StreamSignal {
  readonly slot: number;
  readonly path: string;
  readonly datatype: string;
  readonly unit?: string;
}

/** Texts and lists, which frames cannot carry; null is a signal without a reading. `at` in UTC ms. */
export interface StreamTexts {
  readonly type: "texts";
  readonly frames: number;
  readonly values: Readonly<
    Record<string, { readonly value: SignalValue; readonly at: number; readonly quality: string } | null>
  >;
}

/** What the car says in words. */
export type StreamMessage =
  /** `frames`: the subscription's number in frames, which it shares with all who asked for the same. */
  | {
      readonly type: "subscribed";
      readonly id: number;
      readonly frames: number;
      readonly signals: readonly StreamSignal[];
    }
  | { readonly type: "unsubscribed"; readonly id: number }
  | { readonly type: "provides"; readonly signals: readonly StreamSignal[] }
  | StreamTexts
  /** A reading of a provider that was not taken, told at most once a second; `Taken` counts them all. */
  | { readonly type: "refused"; readonly path: string; readonly why: string }
  | { readonly type: "failed"; readonly id?: number; readonly code: StreamFailure; readonly message: string };

export type StreamFailure = "bad-request" | "unknown-path" | "not-allowed" | "limit-reached";
