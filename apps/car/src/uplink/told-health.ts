import type { DriverHealth, SignalSources } from "@caravan/drivers";
import { healthLimits } from "@caravan/link/health";
import type { CarHealth } from "@caravan/link/health";
import type { Quality, Store } from "@caravan/signals";
import type { RecorderHealth } from "./recorder.ts";

/** What was told last, and how long to hold back. */
export interface Telling {
  /** Undefined: nothing was told in this connection. */
  readonly shape: string | undefined;
  readonly at: number;
  /** Until then, what has changed waits for what else changes. */
  readonly holdMs: number;
}

const firstHoldMs = 10_000;
/** Figures alone are told so often, and a car whose sources come and go all the time tells no more than that. */
const figuresEveryMs = 5 * 60_000;

export const untold: Telling = { shape: undefined, at: -Infinity, holdMs: firstHoldMs };

/** Whether the health of this shape is to be told now (monotonic ms): at once in a new connection, soon when its shape has changed, seldom otherwise. */
export function stepTelling(before: Telling, shape: string, now: number): readonly [Telling, boolean] {
  if (before.shape === undefined) return [{ shape, at: now, holdMs: firstHoldMs }, true];
  const waitedMs = now - before.at;
  if (waitedMs >= figuresEveryMs) return [{ shape, at: now, holdMs: firstHoldMs }, true];
  if (shape === before.shape || waitedMs < before.holdMs) return [before, false];
  return [{ shape, at: now, holdMs: Math.min(figuresEveryMs, before.holdMs * 2) }, true];
}

/** What of a health is worth telling at once: who runs, who is believed, from whom signals come. */
export function shapeOf({ drivers, signals, readings, outbox }: CarHealth): string {
  return JSON.stringify([
    drivers.map(({ name, state }) => [name, state]),
    signals.map(({ path, sources }) => [path, ...sources.map(({ source, state }) => [source, state])]),
    readings.map(({ source, quality }) => [source, quality]),
    outbox.disk,
  ]);
}

/** A car's health as it travels, within its bounds. */
export function healthOf(parts: {
  readonly at: number;
  readonly store: Store;
  readonly drivers: readonly DriverHealth[];
  readonly sources: readonly SignalSources[];
  readonly recorder: RecorderHealth;
  readonly link: {
    readonly connections: number;
    readonly sent: number;
    readonly sentAgain: number;
    readonly onTheirWay: number;
  };
}): CarHealth {
  const { outbox, lost, storage } = parts.recorder;
  const contested = parts.sources.filter(({ sources }) => sources.length > 1);
  return {
    v: 1,
    at: parts.at,
    drivers: parts.drivers.slice(0, healthLimits.drivers).map((driver) => ({
      name: short(driver.name),
      state: driver.state,
      ...(driver.why === undefined ? {} : { why: driver.why.slice(0, healthLimits.textLength) }),
      ...(driver.silentMs === undefined ? {} : { silentMs: Math.max(0, driver.silentMs) }),
      startedAnew: driver.startedAnew,
      taken: driver.taken,
      refused: driver.refused,
      dropped: driver.dropped,
    })),
    readings: readingsOf(parts.store).slice(0, healthLimits.readings),
    signals: contested.slice(0, healthLimits.signals).map(({ path, changes, sources }) => ({
      path,
      changes,
      sources: sources
        .slice(0, healthLimits.sources)
        .map(({ source, priority, isChosen, state, quality, ageMs, refused }) => ({
          source: short(source),
          priority,
          isChosen,
          state,
          quality,
          ...(ageMs === undefined ? {} : { ageMs: Math.max(0, ageMs) }),
          refused,
        })),
    })),
    signalsLeftOut: Math.max(0, contested.length - healthLimits.signals),
    link: {
      connections: parts.link.connections,
      batchesSent: parts.link.sent,
      batchesSentAgain: parts.link.sentAgain,
      batchesOnTheirWay: parts.link.onTheirWay,
    },
    outbox: {
      samples: outbox.samples,
      batches: outbox.batches,
      mostBatches: outbox.limits.batches,
      bytes: outbox.bytes,
      mostBytes: outbox.limits.bytes,
      ...(outbox.oldestAt === undefined ? {} : { oldestAt: outbox.oldestAt }),
      givenUp: outbox.givenUp.samples,
      lost,
      disk: storage,
    },
  };
}

const short = (text: string): string => text.slice(0, 100);

/** How many signals come from whom, those with most first. */
function readingsOf(store: Store): CarHealth["readings"] {
  const counts = new Map<string, { source: string; quality: Quality; signals: number }>(); // at most the Store's 256 sources, five times
  for (let slot = 0; slot < store.catalogue.signals.length; slot++) {
    const { reading } = store.at(slot);
    if (reading === undefined) continue;
    const source = short(reading.source);
    const key = `${reading.quality} ${source}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { source, quality: reading.quality, signals: 1 });
    else known.signals += 1;
  }
  return [...counts.values()].toSorted((a, b) => b.signals - a.signals || a.source.localeCompare(b.source));
}
