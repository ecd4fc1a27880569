import { randomUUID } from "node:crypto";
import { encodeTraffic, trafficLimits } from "@caravan/link";
import type { Samples, SpeedOfSegment, TrafficIncident } from "@caravan/link";
import { writeSegmentSpeeds } from "@caravan/roads/traffic";
import type { SegmentSpeed } from "@caravan/roads/traffic";
import type { Kysely } from "kysely";
import type { Log } from "../telemetry/log.ts";
import { LiveSpeeds } from "./live-speeds.ts";
import type { LiveStretch } from "./live-speeds.ts";
import type { Matching, SegmentPlace } from "./match-messages.ts";
import { ProbeQueue } from "./probe-queue.ts";
import { probeSamples } from "./probe-samples.ts";
import type { SegmentPass } from "./probe-matcher.ts";
import type { TrafficTables } from "./tables.ts";
import {
  addIncident,
  addSpeeds,
  countSpeeds,
  endIncident,
  pruneIncidents,
  pruneSpeeds,
  quarterMs,
  readIncidents,
  typicalSpeeds,
} from "./traffic.store.ts";
import type { QuarterSpeed, StoredIncident } from "./traffic.store.ts";

export interface TrafficHealth {
  /** Cars that are followed now. */
  readonly probes: number;
  readonly waitingBatches: number;
  readonly droppedBatches: number;
  readonly failures: number;
  readonly liveSegments: number;
  readonly typicalSegments: number;
  readonly fedSegments: number;
  /** Segments and quarter hours in the database, estimated by it, and the bound. */
  readonly storedQuarters: number;
  readonly mostStoredQuarters: number;
  readonly incidents: number;
  readonly mostIncidents: number;
  /** The map's roads are in memory. */
  readonly mapIsOpen: boolean;
  readonly messageBytes: number;
  readonly usualMessageBytes: number;
  readonly mostMessageBytes: number;
}

export interface TrafficParts {
  readonly db: Kysely<TrafficTables>;
  readonly matching: Matching;
  /** Gives a picture to all cars, those that come later included: of the traffic now, or of speeds that change rarely. */
  readonly publish: (topic: "traffic" | "usual", message: Uint8Array) => void;
  readonly clock: { now(): number };
  readonly log: Log;
}

/** What somebody tells of the roads; times are UTC ms. */
export type NewIncident = Omit<StoredIncident, "id">;

const matchEveryMs = 1_000;
const storeEveryMs = 15_000;
/** A picture is at most this old when a car gets it. */
const publishEveryMs = 5_000;
const maintainEveryMs = 10 * 60_000;
const restMs = 60_000;
/** Without probes for so long the map's roads leave the memory. */
const closeAfterMs = 15 * 60_000;

const keepQuarters = (28 + 1) * 96;
const mostStoredQuarters = 3_000_000;
/** Segments and quarter hours that wait for the database; beyond this nothing more is added until it answers. */
const mostPending = 100_000;
const mostAlive = 20_000;
const mostTypical = 6_000;
/** What one message can carry at best; other people's speeds count as those of several cars. */
const mostFed = trafficLimits.speeds;
const fedProbes = 3;
const mostIncidents = trafficLimits.incidents;
const incidentsKeptMs = 90 * 86_400_000;
/** A car without network sends its drives later, but none so old or so far ahead; then its clock is wrong. */
const oldestMs = 7 * 86_400_000;
const aheadMs = 3_600_000;

/** The traffic as the cars measure it: matched beside the ingest, summed by quarter hours, told to all cars. */
export class Traffic {
  readonly #parts: TrafficParts;
  readonly #queue = new ProbeQueue();
  readonly #live = new LiveSpeeds();
  /** Cars that said something that is no probe since the last matching; at most `mostAlive`. */
  readonly #alive = new Set<number>();
  readonly #pending = new Map<string, QuarterSpeed>();
  #incidents: readonly StoredIncident[] = [];
  #typical: { quarter: number; speeds: readonly { from: number; to: number; speed: number }[] } = {
    quarter: -1,
    speeds: [],
  };
  /** What others measured, closed and slow segments first, and until when it holds. */
  #fed: { readonly speeds: readonly SegmentSpeed[]; readonly until: number } = { speeds: [], until: 0 };
  #timers: NodeJS.Timeout[] = [];
  #busy: Promise<void> = Promise.resolve();
  #isMatching = false;
  /** UTC ms before which a matching that failed is not asked again; what cars send meanwhile is forgotten. */
  #restsUntil = -Infinity;
  #probes = 0;
  #probedAt = -Infinity;
  #failures = 0;
  #message = { bytes: 0, content: "", hadSpeeds: false };
  #usualBytes = 0;

  constructor(parts: TrafficParts) {
    this.#parts = parts;
  }

  /** Reads what is known and begins to match, store, prune and tell. */
  async start(): Promise<void> {
    const { db, clock } = this.#parts;
    this.#incidents = await readIncidents(db, new Date(clock.now()));
    await this.#learnTypical();
    const every = (ms: number, task: () => Promise<void> | void, what: string) =>
      this.#timers.push(setInterval(() => this.#background(task, what), ms));
    every(matchEveryMs, () => this.match(), "positions were not matched");
    every(storeEveryMs, () => this.store(), "traffic was not stored");
    every(publishEveryMs, () => this.tell(), "traffic was not told");
    every(maintainEveryMs, () => this.#maintain(), "traffic was not pruned");
    this.tell();
    this.tellUsual();
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    await this.#busy;
    await this.store().catch(() => {});
    await this.#parts.matching.close();
  }

  /** Takes what a car measured, in the order in which it did; costs the caller next to nothing. */
  hear(vehicle: number, samples: Samples): void {
    const packed = probeSamples(samples);
    if (packed !== undefined) this.#queue.add({ vehicle, samples: packed });
    else if (this.#alive.size < mostAlive) this.#alive.add(vehicle);
  }

  /** One round of matching: everything that waits. `start` has it called each second. */
  async match(): Promise<void> {
    const { matching, clock } = this.#parts;
    const now = clock.now();
    if (this.#isMatching) return;
    const batches = this.#queue.takeAll();
    const alive = [...this.#alive];
    this.#alive.clear();
    if (now < this.#restsUntil) return;
    if (batches.length > 0) this.#probedAt = now;
    if (batches.length === 0 && !matching.isOpen()) return;
    if (now - this.#probedAt > closeAfterMs) return matching.close();
    this.#isMatching = true;
    try {
      const answer = await matching.ask({ kind: "match", now, batches, alive });
      if (answer.kind !== "match") return;
      this.#probes = answer.probes;
      for (const pass of answer.passes) this.#take(pass, now);
      this.#live.stand(answer.standing, now);
    } catch (error) {
      this.#restsUntil = now + restMs;
      throw error;
    } finally {
      this.#isMatching = false;
    }
  }

  /** Writes what was measured since the last time; what the database refuses now is written next time. */
  async store(): Promise<void> {
    const speeds = [...this.#pending.values()];
    if (speeds.length === 0) return;
    this.#pending.clear();
    try {
      await addSpeeds(this.#parts.db, speeds);
    } catch (error) {
      for (const speed of speeds) this.#pend(speed);
      throw error;
    }
  }

  /** Tells the cars of the traffic now, where there is anything new. */
  tell(): void {
    const now = this.#parts.clock.now();
    const live = this.#live.speeds(now);
    const incidents = this.incidents().filter(({ from }) => from <= now);
    const content = JSON.stringify(incidents);
    const hasSpeeds = live.length > 0;
    if (!hasSpeeds && !this.#message.hadSpeeds && content === this.#message.content) return;
    const message = encodeTraffic({ at: now, speeds: ordered(live), incidents: incidents.map(told) });
    this.#message = { bytes: message.length, content, hadSpeeds: hasSpeeds };
    this.#parts.publish("traffic", message);
  }

  /** Tells the cars what is usual now and what others measured; `start` has it called every ten minutes. */
  tellUsual(): void {
    const message = encodeTraffic({ at: this.#parts.clock.now(), speeds: this.#others([]), incidents: [] });
    this.#usualBytes = message.length;
    this.#parts.publish("usual", message);
  }

  /** The speeds of the last five minutes in OSRM's segment-speed format; `typical` adds what is usual now where nobody drove. */
  csv(typical: boolean): string {
    const live = this.#live.speeds(this.#parts.clock.now());
    const others = this.#others(live);
    return writeSegmentSpeeds([...live, ...(typical ? others : others.filter(({ probes }) => probes > 0))]);
  }

  /** Takes speeds that others measured, in place of the last ones, and tells the cars at once; they hold until an instant (UTC ms). */
  feed(speeds: readonly SegmentSpeed[], until: number): void {
    this.#fed = { speeds: speeds.toSorted((a, b) => a.speed - b.speed).slice(0, mostFed), until };
    this.tellUsual();
  }

  /** Where cars drove in the last five minutes. */
  stretches(): readonly LiveStretch[] {
    return this.#live.stretches(this.#parts.clock.now());
  }

  /** Incidents that have not ended, the newest first. */
  incidents(): readonly StoredIncident[] {
    const now = this.#parts.clock.now();
    return this.#incidents.filter(({ until }) => until === undefined || until > now);
  }

  /** Stores an incident and tells the cars at once; undefined where there are too many. */
  async report(incident: NewIncident): Promise<StoredIncident | undefined> {
    const { db, clock } = this.#parts;
    if (this.incidents().length >= mostIncidents) return undefined;
    const stored: StoredIncident = { id: randomUUID(), ...incident };
    await addIncident(db, stored, new Date(clock.now()));
    this.#incidents = [stored, ...this.incidents()];
    this.tell();
    return stored;
  }

  /** Ends an incident and tells the cars at once; false where there is none. */
  async end(id: string): Promise<boolean> {
    const { db, clock } = this.#parts;
    const ended = await endIncident(db, id, new Date(clock.now()));
    this.#incidents = this.incidents().filter((incident) => incident.id !== id);
    this.tell();
    return ended;
  }

  /** Where a segment lies; undefined where the map has none such. */
  async locate(from: number, to: number): Promise<SegmentPlace | undefined> {
    this.#probedAt = Math.max(this.#probedAt, this.#parts.clock.now());
    const answer = await this.#parts.matching.ask({ kind: "locate", from, to });
    return answer.kind === "locate" ? answer.place : undefined;
  }

  async health(): Promise<TrafficHealth> {
    return {
      probes: this.#probes,
      waitingBatches: this.#queue.waiting(),
      droppedBatches: this.#queue.dropped(),
      failures: this.#failures,
      liveSegments: this.#live.size(),
      typicalSegments: this.#typical.speeds.length,
      fedSegments: this.#fed.until > this.#parts.clock.now() ? this.#fed.speeds.length : 0,
      storedQuarters: await countSpeeds(this.#parts.db),
      mostStoredQuarters,
      incidents: this.incidents().length,
      mostIncidents,
      mapIsOpen: this.#parts.matching.isOpen(),
      messageBytes: this.#message.bytes,
      usualMessageBytes: this.#usualBytes,
      mostMessageBytes: trafficLimits.messageBytes,
    };
  }

  #take(pass: SegmentPass, now: number): void {
    this.#live.add(pass, now);
    const { at, from, to, metres, seconds } = pass;
    if (at < now - oldestMs || at > now + aheadMs) return;
    this.#pend({ quarter: Math.floor(at / quarterMs), from, to, metres, seconds, passes: pass.isNew ? 1 : 0 });
  }

  #pend(speed: QuarterSpeed): void {
    const key = `${speed.quarter},${speed.from},${speed.to}`;
    const known = this.#pending.get(key);
    if (known === undefined && this.#pending.size >= mostPending) return;
    this.#pending.set(key, {
      ...speed,
      metres: speed.metres + (known?.metres ?? 0),
      seconds: speed.seconds + (known?.seconds ?? 0),
      passes: speed.passes + (known?.passes ?? 0),
    });
  }

  /** Of segments where no car drove lately: what others measured, then what is usual now. */
  #others(live: readonly SpeedOfSegment[]): readonly SpeedOfSegment[] {
    const known = new Set(live.map(({ from, to }) => `${from},${to}`));
    const found: SpeedOfSegment[] = [];
    const take = (speeds: readonly SegmentSpeed[], probes: number) => {
      for (const { from, to, speed } of speeds) {
        const key = `${from},${to}`;
        if (!known.has(key)) found.push({ from, to, speed, age: 0, probes });
        known.add(key);
      }
    };
    if (this.#fed.until > this.#parts.clock.now()) take(this.#fed.speeds, fedProbes);
    take(this.#typical.speeds, 0);
    return found;
  }

  async #learnTypical(): Promise<void> {
    const quarter = Math.floor(this.#parts.clock.now() / quarterMs);
    if (quarter === this.#typical.quarter) return;
    this.#typical = { quarter, speeds: await typicalSpeeds(this.#parts.db, quarter, mostTypical) };
  }

  async #maintain(): Promise<void> {
    const { db, clock } = this.#parts;
    const now = clock.now();
    await pruneSpeeds(db, Math.floor(now / quarterMs) - keepQuarters, mostStoredQuarters);
    await pruneIncidents(db, new Date(now - incidentsKeptMs));
    await this.#learnTypical();
    this.tellUsual();
  }

  #background(task: () => Promise<void> | void, failed: string): void {
    const running = (async () => {
      try {
        await task();
      } catch (error) {
        this.#failures += 1;
        this.#parts.log.warn(failed, { error: String(error) });
      }
    })();
    this.#busy = Promise.all([this.#busy, running]).then(() => {});
  }
}

/** Chains of segments, which take the fewest bytes, the newest first where not all fit. */
function ordered(live: readonly SpeedOfSegment[]): readonly SpeedOfSegment[] {
  const newest = live.toSorted((a, b) => a.age - b.age).slice(0, trafficLimits.speeds);
  return newest.toSorted((a, b) => Number(a.age > 60) - Number(b.age > 60) || a.from - b.from);
}

function told({ id, kind, lat, lon, heading, until }: StoredIncident): TrafficIncident {
  return {
    id,
    kind,
    lat,
    lon,
    ...(heading === undefined ? {} : { heading }),
    ...(until === undefined ? {} : { until }),
  };
}
