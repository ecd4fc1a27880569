import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeTraffic, encodeTraffic } from "@caravan/link";
import type { TrafficMessage } from "@caravan/link";
import { quarterOfWeek, TypicalWeek } from "@caravan/roads";
import Type from "typebox";
import { Value } from "typebox/value";
import type { Log } from "../vehicle/log.ts";

const Whole = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const StoredWeek = Type.Object({
  v: Type.Literal(1),
  segments: Type.Array(
    Type.Object({
      from: Whole,
      to: Whole,
      quarters: Type.Array(Type.Integer({ minimum: 0, maximum: 671 }), { maxItems: 672 }),
      speeds: Type.Array(Type.Number({ minimum: 1, maximum: 400 }), { maxItems: 672 }),
    }),
    { maxItems: 60_000 },
  ),
});

/** A picture says something of now for so long; after that the car goes by what is usual. */
const freshMs = 30 * 60_000;
/** An incident whose end nobody told is believed for so long after the last picture. */
const believedMs = 6 * 3_600_000;
/** Pictures come every ten seconds and say nearly the same; so often they are kept, and learnt from. */
const keepEveryMs = 60_000;
const learnEveryMs = 5 * 60_000;
const storeWeekEveryMs = 15 * 60_000;
/** A picture from a clock that goes ahead of ours by more than this is not believed. */
const aheadMs = 5 * 60_000;

export interface TrafficShelfParts {
  /** Holds `traffic.bin`, 60 kB at most, and `typical-week.json`, some 1.5 MB at most. */
  readonly folder: string;
  readonly clock: { now(): number };
  readonly log: Log;
  readonly onTraffic: (message: TrafficMessage) => void;
}

/** Hands on what the cloud tells of the traffic, and keeps it: the last picture for a restart, and what is usual for times without the cloud. */
export class TrafficShelf {
  readonly #parts: TrafficShelfParts;
  readonly #picture: string;
  readonly #weekFile: string;
  #week = new TypicalWeek();
  #last: TrafficMessage | undefined;
  #kept = { pictureAt: -Infinity, learntAt: -Infinity, weekAt: -Infinity, hasNews: false };
  /** Quarter hour of the week that was last told as usual; undefined while the cloud tells. */
  #usualQuarter: number | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: TrafficShelfParts) {
    this.#parts = parts;
    this.#picture = join(parts.folder, "traffic.bin");
    this.#weekFile = join(parts.folder, "typical-week.json");
  }

  /** Reads what was kept and tells it while it is worth something. */
  async open(): Promise<void> {
    const now = this.#parts.clock.now();
    this.#week = await readWeek(this.#weekFile);
    this.#kept.weekAt = now;
    const bytes = await readFile(this.#picture).catch(() => undefined);
    const last = bytes === undefined ? undefined : decodeTraffic(bytes);
    if (last === undefined || last.at > now + aheadMs) return this.tick();
    this.#last = last;
    if (now - last.at < freshMs) this.#parts.onTraffic(last);
    else this.tick();
  }

  /** Takes a message of the cloud, whatever it is. */
  heard(payload: Uint8Array): void {
    const { clock, log, onTraffic } = this.#parts;
    const now = clock.now();
    const message = decodeTraffic(payload);
    if (message === undefined || message.at > now + aheadMs) return log.warn("a picture of the traffic cannot be read");
    // The broker keeps the last picture, however old it is.
    if (now - message.at >= freshMs) return;
    this.#last = message;
    this.#usualQuarter = undefined;
    onTraffic(message);
    if (now - this.#kept.learntAt >= learnEveryMs) this.#learn(message, now);
    if (now - this.#kept.pictureAt < keepEveryMs) return;
    this.#kept.pictureAt = now;
    this.#write(this.#picture, payload);
  }

  /** Where the cloud has been silent, tells what is usual now, once for each quarter hour. */
  tick(): void {
    const now = this.#parts.clock.now();
    if (this.#kept.hasNews && now - this.#kept.weekAt >= storeWeekEveryMs) this.#storeWeek(now);
    const last = this.#last;
    if (last !== undefined && now - last.at < freshMs) return;
    const quarter = quarterOfWeek(now);
    if (quarter === this.#usualQuarter) return;
    this.#usualQuarter = quarter;
    const speeds = this.#week.at(quarter).map((speed) => ({ ...speed, age: 0, probes: 0 }));
    const isBelieved = last !== undefined && now - last.at < believedMs;
    const incidents = (last?.incidents ?? []).filter(({ until }) => (until === undefined ? isBelieved : until > now));
    if (last !== undefined || speeds.length > 0) this.#parts.onTraffic({ v: 1, at: now, speeds, incidents });
  }

  /** Writes what is not yet on disk. */
  async close(): Promise<void> {
    const last = this.#last;
    if (last !== undefined) this.#write(this.#picture, encodeTraffic(last));
    if (this.#kept.hasNews) this.#storeWeek(this.#parts.clock.now());
    await this.#writing;
  }

  #learn(message: TrafficMessage, now: number): void {
    this.#kept.learntAt = now;
    this.#kept.hasNews = true;
    const quarter = quarterOfWeek(message.at);
    for (const speed of message.speeds) this.#week.learn(speed, quarter);
  }

  #storeWeek(now: number): void {
    this.#kept.weekAt = now;
    this.#kept.hasNews = false;
    this.#write(this.#weekFile, Buffer.from(JSON.stringify({ v: 1, segments: this.#week.stored() })));
  }

  /** One after the other, each whole or not at all. */
  #write(file: string, content: Uint8Array): void {
    this.#writing = this.#writing.then(async () => {
      try {
        await writeFile(`${file}.new`, content);
        await rename(`${file}.new`, file);
      } catch (error) {
        this.#parts.log.warn({ error: String(error) }, "the traffic was not kept");
      }
    });
  }
}

async function readWeek(file: string): Promise<TypicalWeek> {
  try {
    const stored: unknown = JSON.parse(await readFile(file, "utf8"));
    if (Value.Check(StoredWeek, stored)) return new TypicalWeek(stored.segments);
  } catch {
    // None yet, or a damaged one: it is learnt anew.
  }
  return new TypicalWeek();
}
