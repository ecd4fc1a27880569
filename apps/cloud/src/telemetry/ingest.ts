import { setTimeout as sleep } from "node:timers/promises";
import { decodeBatch } from "@caravan/link";
import { batchClasses } from "@caravan/link/campaigns";
import type { Ack, BatchPlace, Samples } from "@caravan/link";
import type { Kysely } from "kysely";
import type { Log } from "./log.ts";
import { freshCursor, stepCursor } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { dayOf, placeInTime, storableTime } from "./day.ts";
import { keyOf, writeGroup } from "./ingest.store.ts";
import type { BootKey, GroupWrite } from "./ingest.store.ts";
import { MeasuredRows } from "./measured-rows.ts";
import { OpenGaps } from "./open-gaps.ts";
import type { OpenGap } from "./open-gaps.ts";
import { packing } from "./packing.ts";
import type { Partitions } from "./partitions.ts";
import type { SignalPaths } from "./paths.store.ts";
import type { TelemetryTables } from "./tables.ts";

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
  readonly campaign: string | undefined;
  /** undefined: the body could not be read. */
  readonly samples: Samples | undefined;
  readonly bytes: number;
  readonly settle: (taken: Taken) => void;
}

interface Lane {
  readonly waiting: Arrival[];
  running: Promise<void> | undefined;
}

/** With so much waiting, a transaction is worth its write to the disk, and nobody waits for more. */
const worthCommittingBytes = 16 * 1024;
/** Transactions under way at the same time. A car is always in the same lane, so that its batches stay in their order. */
const lanes = 2;
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
  readonly #lanes: readonly Lane[] = Array.from({ length: lanes }, () => ({ waiting: [], running: undefined }));
  #waitingCount = 0;
  #waitingBytes = 0;
  readonly #gaps = new OpenGaps();
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
    if (this.#waitingCount >= mostWaiting || this.#waitingBytes + message.length > mostWaitingBytes) {
      return Promise.resolve({ kind: "later" });
    }
    const place = batch.v === undefined ? batch.place : batch;
    if (place === undefined) return Promise.resolve({ kind: "refused" });
    const samples = batch.v === undefined ? undefined : batch.samples;
    const campaign = batch.v === undefined ? undefined : batch.campaign;
    const lane = this.#lanes[sender.number % lanes];
    if (lane === undefined) throw new RangeError("a vehicle's number is a whole number");
    return new Promise((settle) => {
      lane.waiting.push({ sender, place, campaign, samples, bytes: message.length, settle });
      this.#waitingCount += 1;
      this.#waitingBytes += message.length;
      lane.running ??= this.#run(lane);
    });
  }

  /** Waits until everything that was taken is settled. */
  async drain(): Promise<void> {
    for (const { running } of this.#lanes) await running;
  }

  /** Batches that a car has not sent yet although later ones came. */
  openGaps(sender: Sender): readonly OpenGap[] {
    return this.#gaps.of(sender.number);
  }

  health(): IngestHealth {
    return { ...this.#counts, waiting: this.#waitingCount };
  }

  async #run(lane: Lane): Promise<void> {
    while (lane.waiting.length > 0) {
      if (lane.waiting.length < groupSize / 4 && this.#waitingBytes < worthCommittingBytes) await sleep(lingerMs);
      const group = lane.waiting.splice(0, groupSize);
      this.#waitingCount -= group.length;
      for (const arrival of group) this.#waitingBytes -= arrival.bytes;
      await this.#attempt(group);
    }
    lane.running = undefined;
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
    const { clock, db, paths, partitions, onSamples } = this.#parts;
    const started = performance.now();
    const now = clock.now();
    await paths.add(unknownPaths(group, paths));
    await partitions.ensure(daysOf(group, now, partitions.retentionDays));
    const boots = new Map(group.map(({ sender, place }) => [keyOf(bootOf(sender, place)), bootOf(sender, place)]));
    // `decide` may run in a transaction that fails later, so everything it counts is kept aside until the commit.
    let decided: Decided = nothing;
    await writeGroup(db, [...boots.values()], new Date(now), (cursorOf) => {
      decided = this.#decide(group, now, cursorOf);
      return decided.write;
    });
    this.#counts.batches += decided.accepted.length;
    this.#counts.samples += decided.write.rows.samples;
    this.#counts.duplicates += decided.duplicates;
    this.#counts.gaps += decided.gaps;
    this.#counts.unreadable += decided.unreadable;
    this.#counts.strangePaths += decided.strangePaths;
    for (const gap of decided.write.gaps) this.#gaps.close(keyOf(gap));
    this.#counts.commitMs = performance.now() - started;
    for (const { sender, samples } of decided.accepted) {
      if (samples === undefined) continue;
      onSamples(sender, samples, now);
      this.#listener(sender.number, samples);
    }
    for (const { sender, place, settle } of group) {
      const cursor = decided.cursors.get(keyOf(bootOf(sender, place))) ?? freshCursor;
      settle({ kind: "settled", ack: { v: 1, boot: place.boot, seq: cursor.lastSeq, class: place.class } });
    }
  }

  #decide(group: readonly Arrival[], now: number, cursorOf: (key: BootKey) => Cursor | undefined): Decided {
    const cursors = new Map<string, Cursor>();
    const moved = new Map<string, BootKey & { cursor: Cursor }>();
    const rows = new MeasuredRows();
    const accepted: Arrival[] = [];
    const gaps: GroupWrite["gaps"][number][] = [];
    const counts = { duplicates: 0, gaps: 0, unreadable: 0, strangePaths: 0 };
    for (const arrival of group) {
      const { sender, place, samples } = arrival;
      const boot = bootOf(sender, place);
      const key = keyOf(boot);
      const before = cursors.get(key) ?? cursorOf(boot) ?? freshCursor;
      const step = stepCursor(before, place, samples !== undefined);
      if (step.kind !== "take") {
        cursors.set(key, before);
        if (step.kind === "duplicate") counts.duplicates += 1;
        else {
          counts.gaps += 1;
          this.#gaps.open(key, { firstSeq: before.lastSeq + 1, lastSeq: place.seq - 1 });
        }
        continue;
      }
      const cursor = { ...step.cursor, lastAt: samples?.at.at(-1) ?? before.lastAt };
      cursors.set(key, cursor);
      moved.set(key, { ...boot, cursor });
      accepted.push(arrival);
      const times = { fromAt: before.lastAt, toAt: samples?.at[0] };
      if (place.seq > before.lastSeq + 1) {
        gaps.push({ ...boot, ...times, kind: "lost", firstSeq: before.lastSeq + 1, lastSeq: place.seq - 1 });
      }
      const filled = this.#gaps.filledBy(key, place.seq);
      if (filled !== undefined) gaps.push({ ...boot, ...filled, ...times, kind: "filled" });
      if (samples === undefined) counts.unreadable += 1;
      else counts.strangePaths += this.#add(arrival, samples, now, rows);
    }
    return { ...counts, cursors, accepted, write: { rows, gaps, cursors: [...moved.values()] } };
  }

  /** Adds the samples to the group's rows; answers how many had a path that the dictionary does not hold. */
  #add({ sender, place, campaign }: Arrival, samples: Samples, now: number, rows: MeasuredRows): number {
    const { paths, partitions } = this.#parts;
    const numbers = samples.paths.map((path) => paths.numberOf(path));
    let strange = 0;
    for (let index = 0; index < samples.path.length; index++) {
      const signal = numbers[samples.path[index] ?? 0];
      if (signal === undefined) {
        strange += 1;
        continue;
      }
      const at = storableTime(samples.at[index] ?? now);
      rows.add(signal, placeInTime(at, now, partitions.retentionDays), at, samples.value[index]);
    }
    rows.end({ ...bootOf(sender, place), seq: place.seq, campaign: campaign ?? null });
    return strange;
  }
}

export interface IngestParts {
  readonly db: Kysely<TelemetryTables>;
  readonly paths: SignalPaths;
  readonly partitions: Partitions;
  /** Told of each batch once, in the order of its car, after it is stored. */
  readonly onSamples: (sender: Sender, samples: Samples, now: number) => void;
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
  write: { cursors: [], rows: new MeasuredRows(), gaps: [] },
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

function bootOf(sender: Sender, place: BatchPlace): BootKey {
  return { vehicle: sender.number, boot: place.boot, class: batchClasses.indexOf(place.class) };
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
