import { setTimeout as sleep } from "node:timers/promises";
import { decodeBatch } from "@caravan/link";
import type { Ack, BatchPlace, Samples } from "@caravan/link";
import type { Kysely } from "kysely";
import type { Log } from "./log.ts";
import { freshCursor, stepCursor } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { dayOf, placeInTime, storableTime } from "./day.ts";
import { writeGroup } from "./ingest.store.ts";
import type { GroupWrite } from "./ingest.store.ts";
import { packing } from "./packing.ts";
import type { Partitions } from "./partitions.ts";
import type { SignalPaths } from "./paths.store.ts";
import { SampleColumns, TwinColumns } from "./sample-columns.ts";
import type { TelemetryTables } from "./tables.ts";
import type { Twin } from "./twin.ts";

/** Who sent it: `number` is the vehicle's number in the database. */
export interface Sender {
  readonly vehicle: string;
  readonly number: number;
}

/** What became of a batch: settled with an ack to send, refused for good, or left for the car to send again. */
export type Taken =
  | { readonly kind: "settled"; readonly ack: Ack }
  | { readonly kind: "refused" }
  | { readonly kind: "later" };

/** Told what a car measured; `vehicle` is its number in the database. */
export type SamplesListener = (vehicle: number, samples: Samples) => void;

export interface IngestHealth {
  readonly batches: number;
  readonly samples: number;
  readonly duplicates: number;
  readonly gaps: number;
  readonly unreadable: number;
  /** Samples whose path is no path, or one more than the dictionary holds. */
  readonly strangePaths: number;
  readonly failedCommits: number;
  readonly waiting: number;
  /** Milliseconds of the last commit. */
  readonly commitMs: number;
}

interface Arrival {
  readonly sender: Sender;
  readonly place: BatchPlace;
  /** undefined: the body could not be read. */
  readonly samples: Samples | undefined;
  readonly bytes: number;
  readonly settle: (taken: Taken) => void;
}

const mostWaiting = 1_024;
const mostWaitingBytes = 16 * 1024 * 1024;
const groupSize = 256;
/** Cars that report within this time share a transaction, and with it one write to the disk. */
const lingerMs = 120;
const retryAfterMs = 500;

/**
 * Takes batches into the database: many cars in one transaction, each batch once, and settles a batch only after the commit.
 * At most 1,024 batches or 16 MiB wait; what comes on top is left for its car to send again.
 */
export class Ingest {
  readonly #parts: IngestParts;
  #waiting: Arrival[] = [];
  #waitingBytes = 0;
  #running: Promise<void> | undefined;
  #listener: SamplesListener = () => {};
  /** Groups that could not be committed since the last one that was. */
  #failedInRow = 0;
  #counts = {
    batches: 0,
    samples: 0,
    duplicates: 0,
    gaps: 0,
    unreadable: 0,
    strangePaths: 0,
    failedCommits: 0,
    commitMs: 0,
  };

  constructor(parts: IngestParts) {
    this.#parts = parts;
  }

  /** The one listener hears each batch once, in the order of its car, after it is stored; it must cost next to nothing. */
  listen(listener: SamplesListener): void {
    this.#listener = listener;
  }

  /** Answers when the batch is settled; never rejects. */
  take(sender: Sender, message: Uint8Array): Promise<Taken> {
    const batch = decodeBatch(message, packing);
    if (batch.v === undefined && batch.place === undefined) {
      this.#counts.unreadable += 1;
      return Promise.resolve({ kind: "refused" });
    }
    if (this.#waiting.length >= mostWaiting || this.#waitingBytes + message.length > mostWaitingBytes) {
      return Promise.resolve({ kind: "later" });
    }
    const place = batch.v === undefined ? batch.place : batch;
    if (place === undefined) return Promise.resolve({ kind: "refused" });
    const samples = batch.v === undefined ? undefined : batch.samples;
    return new Promise((settle) => {
      this.#waiting.push({ sender, place, samples, bytes: message.length, settle });
      this.#waitingBytes += message.length;
      this.#running ??= this.#run();
    });
  }

  /** Waits until everything that was taken is settled. */
  async drain(): Promise<void> {
    await this.#running;
  }

  health(): IngestHealth {
    return { ...this.#counts, waiting: this.#waiting.length };
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (this.#waiting.length < groupSize / 4) await sleep(lingerMs);
      const group = this.#waiting.splice(0, groupSize);
      for (const arrival of group) this.#waitingBytes -= arrival.bytes;
      await this.#attempt(group);
    }
    this.#running = undefined;
  }

  async #attempt(group: readonly Arrival[]): Promise<void> {
    try {
      await this.#commit(group);
      if (this.#failedInRow > 0) {
        this.#parts.log.warn("telemetry is committed again", { failed: this.#failedInRow });
        this.#failedInRow = 0;
      }
    } catch (error) {
      this.#counts.failedCommits += 1;
      this.#parts.partitions.forget();
      const [first] = group;
      if (isDataError(error) && first !== undefined) {
        // One car's strange value must not hold up the others, nor itself for ever.
        this.#parts.log.error("the database refuses a value of a batch", {
          batches: group.length,
          error: String(error),
        });
        if (group.length > 1) for (const arrival of group) await this.#attempt([arrival]);
        else if (first.samples !== undefined) await this.#attempt([{ ...first, samples: undefined }]);
        else first.settle({ kind: "refused" });
        return;
      }
      // Said once: the cars send again twice a second, for as long as the database is away.
      this.#parts.log[this.#failedInRow === 0 ? "warn" : "debug"]("telemetry not committed, cars will send it again", {
        batches: group.length,
        error: String(error),
      });
      this.#failedInRow += 1;
      for (const arrival of group) arrival.settle({ kind: "later" });
      await sleep(retryAfterMs);
    }
  }

  async #commit(group: readonly Arrival[]): Promise<void> {
    const { clock, db, paths, partitions, twin } = this.#parts;
    const started = performance.now();
    const now = clock.now();
    await paths.add(unknownPaths(group, paths));
    await partitions.ensure(daysOf(group, now, partitions.retentionDays));
    const boots = new Map(
      group.map(({ sender, place }) => [keyOf(sender, place), { vehicle: sender.number, boot: place.boot }]),
    );
    // `decide` may run in a transaction that fails later, so everything it counts is kept aside until the commit.
    let decided: Decided = nothing;
    await writeGroup(db, [...boots.values()], new Date(now), (cursorOf) => {
      decided = this.#decide(group, now, cursorOf);
      return decided.write;
    });
    this.#counts.batches += decided.accepted.length;
    this.#counts.samples += decided.write.samples.at.length;
    this.#counts.duplicates += decided.duplicates;
    this.#counts.gaps += decided.gaps;
    this.#counts.unreadable += decided.unreadable;
    this.#counts.strangePaths += decided.strangePaths;
    const isKnown = (path: string) => paths.numberOf(path) !== undefined;
    this.#counts.commitMs = performance.now() - started;
    for (const { sender, samples } of decided.accepted) {
      if (samples === undefined) continue;
      twin.apply(sender.vehicle, samples, now, isKnown);
      this.#listener(sender.number, samples);
    }
    for (const { sender, place, settle } of group) {
      const cursor = decided.cursors.get(keyOf(sender, place)) ?? freshCursor;
      settle({ kind: "settled", ack: { v: 1, boot: place.boot, seq: cursor.lastSeq } });
    }
  }

  #decide(
    group: readonly Arrival[],
    now: number,
    cursorOf: (key: { vehicle: number; boot: number }) => Cursor | undefined,
  ): Decided {
    const cursors = new Map<string, Cursor>();
    const moved = new Map<string, { vehicle: number; boot: number; cursor: Cursor }>();
    const write = { samples: new SampleColumns(), twin: new TwinColumns() };
    const accepted: Arrival[] = [];
    const counts = { duplicates: 0, gaps: 0, unreadable: 0, strangePaths: 0 };
    for (const arrival of group) {
      const { sender, place } = arrival;
      const key = keyOf(sender, place);
      const boot = { vehicle: sender.number, boot: place.boot };
      const cursor = cursors.get(key) ?? cursorOf(boot) ?? freshCursor;
      const step = stepCursor(cursor, place, arrival.samples !== undefined);
      cursors.set(key, step.kind === "take" ? step.cursor : cursor);
      if (step.kind === "duplicate") counts.duplicates += 1;
      if (step.kind === "gap") counts.gaps += 1;
      if (step.kind !== "take") continue;
      moved.set(key, { ...boot, cursor: step.cursor });
      accepted.push(arrival);
      if (arrival.samples === undefined) counts.unreadable += 1;
      else counts.strangePaths += this.#columns(sender.number, arrival.samples, now, write);
    }
    return { ...counts, cursors, accepted, write: { ...write, cursors: [...moved.values()] } };
  }

  /** Adds the samples to the group's columns; answers how many had a path that the dictionary does not hold. */
  #columns(vehicle: number, samples: Samples, now: number, write: Pick<GroupWrite, "samples" | "twin">): number {
    const { paths, partitions } = this.#parts;
    const numbers = samples.paths.map((path) => paths.numberOf(path));
    let strange = 0;
    for (let index = 0; index < samples.path.length; index++) {
      const signal = numbers[samples.path[index] ?? 0];
      const value = samples.value[index];
      if (signal === undefined) {
        strange += 1;
        continue;
      }
      const at = storableTime(samples.at[index] ?? now);
      write.samples.add(vehicle, signal, placeInTime(at, now, partitions.retentionDays), at, value);
      write.twin.set(vehicle, signal, at, value);
    }
    return strange;
  }
}

export interface IngestParts {
  readonly db: Kysely<TelemetryTables>;
  readonly paths: SignalPaths;
  readonly partitions: Partitions;
  readonly twin: Twin;
  readonly clock: { now(): number };
  readonly log: Log;
}

interface Decided {
  readonly write: GroupWrite;
  readonly accepted: readonly Arrival[];
  readonly cursors: ReadonlyMap<string, Cursor>;
  readonly duplicates: number;
  readonly gaps: number;
  readonly unreadable: number;
  readonly strangePaths: number;
}

const nothing: Decided = {
  write: { cursors: [], samples: new SampleColumns(), twin: new TwinColumns() },
  accepted: [],
  cursors: new Map(),
  duplicates: 0,
  gaps: 0,
  unreadable: 0,
  strangePaths: 0,
};

/** SQLSTATE class 22, "data exception". */
function isDataError(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("22");
}

function keyOf(sender: Sender, place: BatchPlace): string {
  return `${sender.number}/${place.boot}`;
}

function unknownPaths(group: readonly Arrival[], paths: SignalPaths): Set<string> {
  const unknown = new Set<string>();
  for (const { samples } of group) {
    if (samples === undefined) continue;
    for (const path of samples.paths) if (paths.numberOf(path) === undefined) unknown.add(path);
  }
  return unknown;
}

function daysOf(group: readonly Arrival[], now: number, retentionDays: number): Set<number> {
  const days = new Set<number>();
  for (const { samples } of group) {
    if (samples === undefined) continue;
    for (const at of samples.at) days.add(dayOf(placeInTime(at, now, retentionDays)));
  }
  return days;
}
