import Type from "typebox";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Name = Type.String({ maxLength: 100 });
const Quality = Type.Enum(["good", "simulated", "replayed", "estimated", "stale"] as const);

/** Bounds of a car's health on the wire; what is more is left out and counted. */
export const healthLimits = {
  bytes: 48 * 1024,
  drivers: 32,
  readings: 64,
  signals: 64,
  sources: 8,
  textLength: 300,
} as const;

/** Where a car's values come from and how its link is, on `up/health`: when that changes, every few minutes where only figures do, and once in each connection. */
export const CarHealth = Type.Object({
  v: Type.Literal(1),
  /** UTC ms by the car's own clock, when it was sent. */
  at: Type.Integer(),
  drivers: Type.Array(
    Type.Object({
      name: Name,
      /** As the supervisor of drivers spells it: running, waiting, given up, ... */
      state: Name,
      /** Why it does not run, in words, where it does not. */
      why: Type.Optional(Type.String({ maxLength: healthLimits.textLength })),
      /** Since its last sign of life. */
      silentMs: Type.Optional(Type.Number({ minimum: 0 })),
      startedAnew: Count,
      /** Readings, since the car computer started: taken, outside of a signal's limits, and more than a driver may tell. */
      taken: Count,
      refused: Count,
      dropped: Count,
    }),
    { maxItems: healthLimits.drivers },
  ),
  /** How many signals have a value from whom, and how far it can be trusted. */
  readings: Type.Array(Type.Object({ source: Name, quality: Quality, signals: Count }), {
    maxItems: healthLimits.readings,
  }),
  /** Signals that more than one source tells, the believed one first. */
  signals: Type.Array(
    Type.Object({
      path: Type.String({ maxLength: 200 }),
      /** How often the choice has changed. */
      changes: Count,
      sources: Type.Array(
        Type.Object({
          source: Name,
          priority: Type.Number(),
          isChosen: Type.Boolean(),
          state: Type.Enum(["speaks", "silent"] as const),
          quality: Quality,
          ageMs: Type.Optional(Type.Number({ minimum: 0 })),
          refused: Count,
        }),
        { maxItems: healthLimits.sources },
      ),
    }),
    { maxItems: healthLimits.signals },
  ),
  /** Such signals that found no place in the list. */
  signalsLeftOut: Count,
  link: Type.Object({
    connections: Count,
    batchesSent: Count,
    batchesSentAgain: Count,
    batchesOnTheirWay: Count,
  }),
  outbox: Type.Object({
    samples: Count,
    batches: Count,
    mostBatches: Count,
    bytes: Count,
    mostBytes: Count,
    /** UTC ms of the oldest that waits. */
    oldestAt: Type.Optional(Type.Number()),
    /** Samples given up to keep the outbox in its bounds, and those that the disk refused for too long. */
    givenUp: Count,
    lost: Count,
    disk: Type.Enum(["ok", "disk-full", "disk-error"] as const),
  }),
});
export type CarHealth = Static<typeof CarHealth>;

/** `GET /api/vehicles/:vehicle/health` */
export const ToldHealth = Type.Object({
  health: CarHealth,
  /** UTC ms by the cloud's clock, when it came. */
  arrivedAt: Type.Integer(),
});
export type ToldHealth = Static<typeof ToldHealth>;

export function encodeHealth(health: CarHealth): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(health));
}

/** The health in these bytes, or undefined where they hold none. */
export function decodeHealth(bytes: Uint8Array): CarHealth | undefined {
  return bytes.length > healthLimits.bytes ? undefined : read(CarHealth, bytes);
}

function read<S extends TSchema>(schema: S, bytes: Uint8Array): Static<S> | undefined;
function read(schema: TSchema, bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return Value.Check(schema, value) ? value : undefined;
  } catch {
    return undefined;
  }
}
