import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeTraffic, encodeTraffic, trafficLimits } from "@caravan/link";
import type { SpeedOfSegment, TrafficMessage } from "@caravan/link";
import { quarterOfWeek, TypicalWeek } from "@caravan/roads/traffic";
import Type from "typebox";
import { Value } from "typebox/value";
import type { HealthFigure } from "../health/health.ts";
import type { Log } from "../vehicle/log.ts";

/** Quarter hours of segments that a week holds. */
const mostQuarters = 60_000;

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
    { maxItems: mostQuarters },
  ),
});

/** A picture says something of now for so long; after that the car goes by what is usual. */
const freshMs = 30 * 60_000;
/** An incident whose end nobody told is believed for so long after the last picture. */
const believedMs = 6 * 3_600_000;
/** Pictures come every five seconds and say nearly the same; so often they are kept, and learnt from. */
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
  #now: TrafficMessage | undefined;
  #usual: TrafficMessage | undefined;
  #kept = { pictureAt: -Infinity, learntAt: -Infinity, weekAt: -Infinity, hasNews: false };
  /** What the last picture was put together from. */
  #told = "";
  #segments = 0;
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
    if (last !== undefined && last.at <= now + aheadMs) this.#now = last;
    this.tick();
  }

  /** Takes a message of the cloud, whatever it is. */
  heard(topic: "traffic" | "usual", payload: Uint8Array): void {
    const { clock, log } = this.#parts;
    const now = clock.now();
    const message = decodeTraffic(payload);
    if (message === undefined || message.at > now + aheadMs) return log.warn("a picture of the traffic cannot be read");
    // The broker keeps the last picture, however old it is.
    if (now - message.at >= freshMs) return;
    if (topic === "usual") {
      this.#usual = message;
      this.#learn(message, now);
    } else {
      this.#now = message;
      if (now - this.#kept.learntAt >= learnEveryMs) this.#learn(message, now);
      if (now - this.#kept.pictureAt >= keepEveryMs) {
        this.#kept.pictureAt = now;
        this.#write(this.#picture, payload);
      }
    }
    this.#tell(now);
  }

  /** Tells anew what is usual with each quarter hour, and that what the cloud told has grown old. */
  tick(): void {
    const now = this.#parts.clock.now();
    if (this.#kept.hasNews && now - this.#kept.weekAt >= storeWeekEveryMs) this.#storeWeek(now);
    if (this.#basis(now) !== this.#told) this.#tell(now);
  }

  figures(): readonly HealthFigure[] {
    const age = this.#now === undefined ? "none" : Math.round((this.#parts.clock.now() - this.#now.at) / 1_000);
    return [
      { name: "segments with known traffic", value: this.#segments, bound: 2 * trafficLimits.speeds + mostQuarters },
      { name: "age of the traffic", value: age, unit: "s" },
    ];
  }

  /** Writes what is not yet on disk. */
  async close(): Promise<void> {
    if (this.#now !== undefined) this.#write(this.#picture, encodeTraffic(this.#now));
    if (this.#kept.hasNews) this.#storeWeek(this.#parts.clock.now());
    await this.#writing;
  }

  #basis(now: number): string {
    return [isFresh(this.#now, now), isFresh(this.#usual, now), quarterOfWeek(now)].join();
  }

  /** One picture of all that is known: what cars drive now, else what the cloud says is usual, else what the car itself has learnt. */
  #tell(now: number): void {
    const wasSilent = this.#told === "";
    this.#told = this.#basis(now);
    const last = this.#now;
    const at = last !== undefined && isFresh(last, now) ? last.at : now;
    const speeds = new Map<string, SpeedOfSegment>();
    for (const message of [last, this.#usual]) {
      if (message === undefined || !isFresh(message, now)) continue;
      const older = (at - message.at) / 1_000;
      for (const speed of message.speeds) {
        const key = `${speed.from},${speed.to}`;
        if (!speeds.has(key)) speeds.set(key, { ...speed, age: Math.max(0, speed.age + older) });
      }
    }
    for (const { from, to, speed } of this.#week.at(quarterOfWeek(now))) {
      const key = `${from},${to}`;
      if (!speeds.has(key)) speeds.set(key, { from, to, speed, age: 0, probes: 0 });
    }
    this.#segments = speeds.size;
    const isBelieved = last !== undefined && now - last.at < believedMs;
    const incidents = (last?.incidents ?? []).filter(({ until }) => (until === undefined ? isBelieved : until > now));
    // A car that has never heard anything has nothing to tell.
    if (wasSilent && last === undefined && speeds.size === 0) return;
    this.#parts.onTraffic({ v: 1, at, speeds: [...speeds.values()], incidents });
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

function isFresh(message: TrafficMessage | undefined, now: number): boolean {
  return message !== undefined && now - message.at < freshMs;
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
