import type { SpeedOfSegment } from "@caravan/link";
import { levelOf } from "@caravan/roads/traffic";
import type { SegmentPass } from "./probe-matcher.ts";

/** A measurement counts for this long. */
export const liveMs = 5 * 60_000;
const bucketMs = 30_000;
const buckets = liveMs / bucketMs;
/** What is oldest still counts this much. */
const leastWeight = 0.1;

const mostSegments = 50_000;

/** One segment on which cars drove lately. */
interface LiveSegment {
  readonly facts: SegmentPass;
  /** For each half minute: which one it is, metres, seconds, passes. */
  readonly window: Float64Array;
  newestAt: number;
}

/** What was measured of one segment, old measurements counting less. */
interface Sum {
  readonly facts: SegmentPass;
  readonly metres: number;
  readonly seconds: number;
  readonly passes: number;
  /** UTC ms. */
  readonly newestAt: number;
}

/** A piece of road with the traffic measured on it now. */
export interface LiveStretch {
  readonly level: "free" | "slow" | "queue";
  /** m/s. */
  readonly speed: number;
  /** UTC ms of the newest measurement. */
  readonly at: number;
  readonly probes: number;
  /** One for each segment: lon, lat, lon, lat. */
  readonly lines: readonly (readonly [number, number, number, number])[];
}

/** What cars measured in the last five minutes; at most 50,000 segments, of which those go first that were driven longest ago. */
export class LiveSpeeds {
  readonly #segments = new Map<string, LiveSegment>();
  /** Cars that stand, by their segment; as many as there are probes at most. */
  #standing: { readonly at: number; readonly passes: ReadonlyMap<string, readonly SegmentPass[]> } = noneStand;

  size(): number {
    return this.#segments.size;
  }

  /** Takes a measurement unless it is older than what counts, or from a clock that goes ahead. */
  add(pass: SegmentPass, now: number): void {
    if (pass.at < now - liveMs || pass.at > now + bucketMs) return;
    const key = keyOf(pass);
    const known = this.#segments.get(key) ?? { facts: pass, window: new Float64Array(buckets * 4), newestAt: 0 };
    this.#segments.delete(key);
    this.#segments.set(key, known);
    const number = Math.floor(pass.at / bucketMs);
    const at = (number % buckets) * 4;
    const { window } = known;
    if (window[at] !== number) window.set([number, 0, 0, 0], at);
    window[at + 1] = (window[at + 1] ?? 0) + pass.metres;
    window[at + 2] = (window[at + 2] ?? 0) + pass.seconds;
    window[at + 3] = (window[at + 3] ?? 0) + (pass.isNew ? 1 : 0);
    known.newestAt = Math.max(known.newestAt, pass.at);
    for (const [oldest] of this.#segments) {
      if (this.#segments.size <= mostSegments) break;
      this.#segments.delete(oldest);
    }
  }

  /** Takes what cars that stand now need at least, in place of what was said of such cars before; it holds for half a minute. */
  stand(passes: readonly SegmentPass[], now: number): void {
    this.#standing = { at: now, passes: Map.groupBy(passes, keyOf) };
  }

  /** The speed of each segment now; forgets those that are too old. */
  speeds(now: number): readonly SpeedOfSegment[] {
    return this.#sums(now).map(({ facts: { from, to }, metres, seconds, passes, newestAt }) => {
      // A car that stood all the time went at walking pace at best; 0 would say that the road is closed.
      const speed = Math.max(slowest, metres / seconds);
      return { from, to, speed, age: Math.max(0, (now - newestAt) / 1_000), probes: Math.max(1, passes) };
    });
  }

  /** The same by whole pieces of road between junctions, with the level of their traffic. */
  stretches(now: number): readonly LiveStretch[] {
    const edges = Map.groupBy(this.#sums(now), ({ facts }) => facts.edge);
    return [...edges.values()].flatMap((list) => (list[0] === undefined ? [] : [stretchOf(list, list[0])]));
  }

  #sums(now: number): readonly Sum[] {
    const sums: Sum[] = [];
    const stand = now - this.#standing.at < bucketMs ? this.#standing.passes : noneStand.passes;
    for (const [key, segment] of this.#segments) {
      const sum = summed(segment, now);
      if (sum.seconds === 0) this.#segments.delete(key);
      else sums.push(withStanding(sum, stand.get(key) ?? []));
    }
    for (const [key, standing] of stand) {
      const [facts] = standing;
      if (facts === undefined || this.#segments.has(key)) continue;
      sums.push(withStanding({ facts, metres: 0, seconds: 0, passes: 0, newestAt: 0 }, standing));
    }
    return sums;
  }
}

const noneStand = { at: -Infinity, passes: new Map<string, readonly SegmentPass[]>() };

const keyOf = ({ from, to }: SegmentPass): string => `${from},${to}`;

/** m/s. */
const slowest = 0.3;

function summed({ facts, window, newestAt }: LiveSegment, now: number): Sum {
  let [metres, seconds, passes] = [0, 0, 0];
  for (let at = 0; at < window.length; at += 4) {
    const age = now - ((window[at] ?? 0) + 0.5) * bucketMs;
    if (age > liveMs) continue;
    const weight = Math.max(leastWeight, 1 - Math.max(0, age) / liveMs);
    metres += weight * (window[at + 1] ?? 0);
    seconds += weight * (window[at + 2] ?? 0);
    passes += window[at + 3] ?? 0;
  }
  return { facts, metres, seconds, passes, newestAt };
}

function withStanding(sum: Sum, standing: readonly SegmentPass[]): Sum {
  let { metres, seconds, passes, newestAt } = sum;
  for (const pass of standing) {
    metres += pass.metres;
    seconds += pass.seconds;
    passes += pass.isNew ? 1 : 0;
    newestAt = Math.max(newestAt, pass.at);
  }
  return { ...sum, metres, seconds, passes, newestAt };
}

function stretchOf(list: readonly Sum[], { facts }: Sum): LiveStretch {
  const { edgeMetres, freeSeconds, usualWait } = facts;
  let [length, seconds, at, probes] = [0, 0, 0, 0];
  for (const sum of list) {
    length += sum.facts.length;
    seconds += sum.facts.length / Math.max(slowest, sum.metres / sum.seconds);
    at = Math.max(at, sum.newestAt);
    probes = Math.max(probes, sum.passes, 1);
  }
  const free = edgeMetres > 0 ? (freeSeconds * Math.min(length, edgeMetres)) / edgeMetres : freeSeconds;
  // A wait that everybody has at the end of the road is no traffic.
  const level = levelOf(free, seconds <= free ? seconds : Math.max(free, seconds - usualWait));
  return {
    level: level === "closed" ? "queue" : level,
    speed: length / seconds,
    at,
    probes,
    lines: list.map((segment) => segment.facts.line),
  };
}
