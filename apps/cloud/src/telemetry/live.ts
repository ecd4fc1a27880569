import { setTimeout as sleep } from "node:timers/promises";
import type { LiveEvent, VehicleSummary } from "@caravan/link";
import type { TwinReader, TwinValue } from "./twin.ts";

/** What one reader may see now; asked again when facts change and every half minute, so that a vehicle given away disappears. */
export interface LiveView {
  /** Counts towards this reader's share of the streams. */
  readonly account: string;
  readonly list: () => Promise<readonly VehicleSummary[]>;
}

interface Reader {
  readonly account: string;
  /** Only vehicles of `visible` and paths of the dictionary get in, which bounds it. */
  readonly dirty: Map<string, Set<string>>;
  readonly presence: Map<string, { readonly online: boolean; readonly at: number }>;
  visible: ReadonlySet<string>;
  /** The list must be read again. */
  stale: boolean;
  wake: () => void;
}

const mostReaders = 512;
const mostReadersOfOne = 16;
const everyMs = 200;
const relistMs = 30_000;

/**
 * Fans out what changed to browsers, at most five times a second for one reader. A reader holds only what is new for it since it last
 * read, the newest value of each signal, so a slow one costs no more than a fast one and is never behind.
 */
export class LiveHub {
  readonly #twin: TwinReader;
  readonly #readers = new Set<Reader>();

  constructor(parts: { readonly twin: TwinReader }) {
    this.#twin = parts.twin;
  }

  /** How many streams are open. */
  readers(): number {
    return this.#readers.size;
  }

  changed(vehicle: string, paths: readonly string[]): void {
    for (const reader of this.#readers) {
      if (!reader.visible.has(vehicle)) continue;
      let dirty = reader.dirty.get(vehicle);
      if (dirty === undefined) reader.dirty.set(vehicle, (dirty = new Set()));
      for (const path of paths) dirty.add(path);
      reader.wake();
    }
  }

  presence(vehicle: string, online: boolean, at: number): void {
    for (const reader of this.#readers) {
      if (!reader.visible.has(vehicle)) continue;
      reader.presence.set(vehicle, { online, at });
      reader.wake();
    }
  }

  /** A vehicle joined, left, was renamed or changed hands. */
  factsChanged(): void {
    for (const reader of this.#readers) {
      reader.stale = true;
      reader.wake();
    }
  }

  /** Starts a stream, beginning with a snapshot; undefined where too many are open. It ends when `signal` aborts. */
  open(view: LiveView, signal: AbortSignal): AsyncIterable<LiveEvent> | undefined {
    if (this.#readers.size >= mostReaders) return undefined;
    let own = 0;
    for (const reader of this.#readers) if (reader.account === view.account) own += 1;
    if (own >= mostReadersOfOne) return undefined;
    return this.#stream(view, signal);
  }

  async *#stream(view: LiveView, signal: AbortSignal): AsyncGenerator<LiveEvent> {
    const reader: Reader = {
      account: view.account,
      dirty: new Map(),
      presence: new Map(),
      visible: new Set(),
      stale: true,
      wake: () => {},
    };
    this.#readers.add(reader);
    let shown = "";
    let listedAt = 0;
    try {
      while (!signal.aborted) {
        if (reader.stale || performance.now() - listedAt > relistMs) {
          const force = reader.stale;
          reader.stale = false;
          const vehicles = await view.list();
          listedAt = performance.now();
          const before = reader.visible;
          reader.visible = new Set(vehicles.map(({ vehicle }) => vehicle));
          for (const vehicle of before) if (!reader.visible.has(vehicle)) yield { type: "gone", vehicle };
          const facts = JSON.stringify(vehicles.map(({ vehicle, name, model }) => [vehicle, name, model]));
          if (force || facts !== shown) yield { type: "snapshot", vehicles };
          shown = facts;
        }
        for (const event of this.#news(reader)) yield event;
        await nextNews(reader, signal);
        await sleep(everyMs, undefined, { signal }).catch(() => {});
      }
    } finally {
      this.#readers.delete(reader);
    }
  }

  #news(reader: Reader): readonly LiveEvent[] {
    const events: LiveEvent[] = [];
    for (const [vehicle, { online, at }] of reader.presence) events.push({ type: "presence", vehicle, online, at });
    reader.presence.clear();
    for (const [vehicle, paths] of reader.dirty) {
      const twin = this.#twin.values(vehicle);
      const values: Record<string, TwinValue> = {};
      for (const path of paths) {
        const value = twin.get(path);
        // A value that went away has no event of its own; a new snapshot tells it.
        if (value === undefined) reader.stale = true;
        else values[path] = value;
      }
      events.push({ type: "values", vehicle, values });
    }
    reader.dirty.clear();
    return events;
  }
}

/** Until there is something to tell, the list is due, or the reader goes away. */
async function nextNews(reader: Reader, signal: AbortSignal): Promise<void> {
  if (reader.dirty.size > 0 || reader.presence.size > 0 || reader.stale) return;
  const timer = new AbortController();
  const news = new Promise<void>((resolve) => {
    reader.wake = resolve;
  });
  const due = sleep(relistMs, undefined, { signal: AbortSignal.any([signal, timer.signal]) }).catch(() => {});
  await Promise.race([news, due]);
  reader.wake = () => {};
  timer.abort();
}
