import { createMatcher } from "@caravan/roads/matching";
import { Segments, usualWait } from "@caravan/roads/traffic";
import type { City } from "@caravan/roads";
import type { DrivenPiece, MatchedDrive, MatchedPoint, Matcher } from "@caravan/roads/matching";
import { freshProbe, hear, isParked, saysWhenParked } from "./probe.ts";
import type { Probe } from "./probe.ts";

/** What one car drove of one segment, without saying which car. */
export interface SegmentPass {
  /** OpenStreetMap's nodes. */
  readonly from: number;
  readonly to: number;
  /** Metres driven on it and the seconds that took, standing included. */
  readonly metres: number;
  readonly seconds: number;
  /** UTC ms by the car's clock. */
  readonly at: number;
  /** The car came onto the segment with this. */
  readonly isNew: boolean;
  /** Of the map: the edge it belongs to, metres and free seconds of the whole edge, and the seconds everybody may wait at its end. */
  readonly edge: number;
  readonly edgeMetres: number;
  readonly freeSeconds: number;
  readonly usualWait: number;
  /** lon, lat, lon, lat in degrees. */
  readonly line: readonly [number, number, number, number];
  /** Metres of the whole segment. */
  readonly length: number;
}

const mostProbes = 20_000;
const forgetAfterMs = 10 * 60_000;

/** A car's positions are matched anew after so much more of them, milliseconds of its own time or points. */
const matchEveryMs = 5_000;
const matchEveryPoints = 12;
/** So many before are matched again with them, since the road behind a car is known better than the one it is on. */
const contextPoints = 8;
/** What happened in these last milliseconds may yet turn out otherwise; a car that falls silent is told to the end. */
const undecidedMs = 3_000;
const silentMs = 6_000;

/** Metres. */
const farthestOff = 30;

/** A car that stands for longer is not held up by traffic, it waits for something else; sooner where it never says that it is parked. */
const longestStandMs = 10 * 60_000;
const longestUnsureMs = 180_000;
/** From so long on a stand that is not over counts as it is. */
const shortestStandMs = 15_000;
/** A car that has said nothing at all for so long may have done anything. */
const longestSilenceMs = 90_000;
/** A clock that differs from ours by more than this is wrong, or its news are old. */
const wrongClockMs = 30_000;
/** Metres after which a car that was parked drives with the others. */
const settingOff = 20;
/** m/s. */
const fastest = 70;
/** Cars in a queue that moves at all come on at this, m/s; and metres to which the time of a stand is shared out at most. */
const queueSpeed = 0.5;
const farthestBack = 150;
const leastConfidence = 0.25;

/**
 * Turns what cars measure into speeds of road segments. Keeps at most 60 positions of each of at most 20,000 cars, and forgets a car ten
 * minutes after it was last heard.
 */
export class ProbeMatcher {
  readonly #city: City;
  readonly #matcher: Matcher;
  readonly #segments: Segments;
  readonly #probes = new Map<number, Probe>();

  constructor(city: City) {
    this.#city = city;
    this.#matcher = createMatcher(city);
    this.#segments = new Segments(city.graph);
  }

  probes(): number {
    return this.#probes.size;
  }

  /** Takes the samples of one car in the order in which it measured; gives what is certain by now. `now` is our clock (UTC ms). */
  take(vehicle: number, samples: Float64Array, now: number): readonly SegmentPass[] {
    const probe = this.#probeOf(vehicle, now);
    for (let i = 0; i + 2 < samples.length; i += 3)
      hear(probe, samples[i] ?? -1, samples[i + 1] ?? 0, samples[i + 2] ?? 0);
    const newest = probe.points.at(-1);
    if (newest === undefined) return [];
    const unmatched = probe.points.filter(({ at }) => at > probe.matchedAt).length;
    if (newest.at - probe.matchedAt < matchEveryMs && unmatched < matchEveryPoints) return [];
    return this.#match(probe, newest.at - undecidedMs);
  }

  /** These cars said something, though nothing of their drive. */
  keepAlive(vehicles: Iterable<number>, now: number): void {
    for (const vehicle of vehicles) {
      const probe = this.#probes.get(vehicle);
      if (probe !== undefined) probe.aliveAt = now;
    }
  }

  /**
   * What cars that stand or creep in traffic now need at least: the time since they last told of it, and the rest of the segment as on a free road.
   * Each time the whole of it, to be taken in place of the last; what came of the stand in the end is told once the car has moved on.
   */
  standing(now: number): readonly SegmentPass[] {
    const passes: SegmentPass[] = [];
    for (const probe of this.#probes.values()) {
      passes.push(...this.#standOf(probe, now));
    }
    return passes;
  }

  /** Finishes what silent cars drove, and forgets those that are gone. */
  tick(now: number): readonly SegmentPass[] {
    const passes: SegmentPass[] = [];
    for (const [vehicle, probe] of this.#probes) {
      if (now - probe.heardAt > forgetAfterMs) this.#probes.delete(vehicle);
      else if (now - probe.heardAt > silentMs && (probe.points.at(-1)?.at ?? 0) > probe.toldUntil)
        for (const pass of this.#match(probe, Infinity)) passes.push(pass);
    }
    return passes;
  }

  #probeOf(vehicle: number, now: number): Probe {
    const known = this.#probes.get(vehicle);
    this.#probes.delete(vehicle);
    const probe = known ?? freshProbe();
    probe.heardAt = now;
    probe.aliveAt = now;
    this.#probes.set(vehicle, probe);
    for (const [longestSilent] of this.#probes) {
      if (this.#probes.size <= mostProbes) break;
      this.#probes.delete(longestSilent);
    }
    return probe;
  }

  #match(probe: Probe, until: number): readonly SegmentPass[] {
    const { points } = probe;
    const { points: found, matchings } = this.#matcher.match(points, { gaps: "ignore" });
    const passes: SegmentPass[] = [];
    let toldUntil = probe.toldUntil;
    for (const { points: order, legs, confidence } of matchings) {
      for (const [i, leg] of legs.entries()) {
        const [a, b] = [order[i] ?? 0, order[i + 1] ?? 0];
        const [from, to] = [points[a], points[b]];
        if (from === undefined || to === undefined || from.at < probe.toldUntil || to.at > until) continue;
        toldUntil = Math.max(toldUntil, to.at);
        const isOff = (found[a]?.distance ?? Infinity) > farthestOff || (found[b]?.distance ?? Infinity) > farthestOff;
        // The first leg of a drive may have begun with a stand that was nobody's traffic.
        const isFirst = probe.driven === 0;
        probe.driven = from.isParked || to.isParked ? 0 : probe.driven + metresOf(leg);
        if (confidence < leastConfidence || isOff || isFirst || probe.driven < settingOff) continue;
        if (to.at - from.at > longestStandOf(probe)) continue;
        const { driven, behind } = this.#passes(leg, legs.slice(0, i).flat(), from.at, to.at);
        passes.push(...behind);
        for (const pass of driven) passes.push(told(probe, pass));
      }
    }
    const newest = points.length - 1;
    probe.path = pathTo(found[newest], matchings);
    probe.toldUntil = until === Infinity ? (points[newest]?.at ?? toldUntil) : Math.max(toldUntil, probe.toldUntil);
    probe.matchedAt = points[newest]?.at ?? 0;
    const firstUntold = points.findIndex((point) => point.at >= probe.toldUntil);
    probe.points = points.slice(Math.max(0, (firstUntold < 0 ? points.length : firstUntold) - contextPoints));
    return passes;
  }

  /**
   * What a leg says of the segments it was driven on. Where it was slower than a queue ever is, most of its time was a stand, and the
   * seconds are shared with as much of the road behind as a queue would take for them: a place of a few metres cannot be told so slow.
   */
  #passes(leg: readonly DrivenPiece[], before: readonly DrivenPiece[], from: number, to: number) {
    const seconds = (to - from) / 1_000;
    const metres = metresOf(leg);
    if (seconds <= 0 || metres / seconds > fastest) return { driven: [], behind: [] };
    const driven = this.#parts(leg);
    const behind = this.#parts(lastOf(before, Math.min(farthestBack, seconds * queueSpeed) - metres));
    const total = [...behind, ...driven].reduce((sum, part) => sum + part.metres, 0);
    const share = (own: number): number => (total > 0 ? (seconds * own) / total : seconds / driven.length);
    return {
      driven: driven.map((part) => this.#pass(part, part.metres, share(part.metres), to)),
      behind: behind.map((part) => this.#pass(part, 0, share(part.metres), to)),
    };
  }

  #parts(pieces: readonly DrivenPiece[]) {
    return pieces.flatMap(({ edge, from, to }) =>
      this.#segments.within(edge, from, to).map((part) => ({ ...part, edge })),
    );
  }

  #standOf(probe: Probe, now: number): readonly SegmentPass[] {
    const { path, toldUntil, driven } = probe;
    const place = path.at(-1);
    const until = untilNow(probe, now);
    if (place === undefined || until === undefined || until - toldUntil < shortestStandMs) return [];
    if (driven < settingOff || isParked(probe) || probe.isBlind) return [];
    const { graph } = this.#city;
    const length = graph.roadLength[graph.edgeRoad[place.edge] ?? 0] ?? 0;
    const [ahead] = this.#parts([{ edge: place.edge, from: place.to, to: Math.max(place.to, length) }]);
    if (ahead === undefined) return [];
    const here = this.#pass(ahead, 0, 0, now);
    const isNew = isOther(probe, here);
    const free = length > 0 ? (ahead.metres / length) * here.freeSeconds : 0;
    const rest = Math.max(ahead.metres, here.length - (isNew ? 0 : probe.last.metres));
    const stand = { edge: place.edge, from: place.to, to: place.to };
    const {
      driven: [stood],
      behind,
    } = this.#passes([stand], path, toldUntil, until);
    return [
      ...behind.map((pass) => ({ ...pass, at: now })),
      { ...here, isNew, metres: rest, seconds: free + (stood?.seconds ?? 0) },
    ];
  }

  #pass(
    { segment, edge }: { readonly segment: number; readonly edge: number },
    metres: number,
    seconds: number,
    at: number,
  ): SegmentPass {
    const { graph } = this.#city;
    const [x1, y1, x2, y2] = this.#segments.lineOf(segment);
    return {
      from: this.#segments.fromOf(segment),
      to: this.#segments.toOf(segment),
      metres,
      seconds,
      at,
      isNew: false,
      edge,
      edgeMetres: graph.roadLength[graph.edgeRoad[edge] ?? 0] ?? 0,
      freeSeconds: (graph.edgeMs[edge] ?? 0) / 1_000,
      usualWait: usualWait(graph, edge),
      line: [x1 / 1e7, y1 / 1e7, x2 / 1e7, y2 / 1e7],
      length: this.#segments.metresOf(segment),
    };
  }

  /** Middle and direction (degrees) of a segment, undefined where the map has none such. */
  locate(
    from: number,
    to: number,
  ): { readonly lat: number; readonly lon: number; readonly heading: number } | undefined {
    const [segment] = this.#segments.find(from, to);
    if (segment === undefined) return undefined;
    const [x1, y1, x2, y2] = this.#segments.lineOf(segment);
    const east = (x2 - x1) * Math.cos(((y1 + y2) / 2e7) * (Math.PI / 180));
    const heading = (Math.atan2(east, y2 - y1) * 180) / Math.PI;
    return { lat: (y1 + y2) / 2e7, lon: (x1 + x2) / 2e7, heading: Math.round((heading + 360) % 360) % 360 };
  }
}

/** The road to a place that is known well enough, as far as it was matched; empty where it is not. */
function pathTo(place: MatchedPoint | undefined, drives: readonly MatchedDrive[]): readonly DrivenPiece[] {
  if (place === undefined || place.distance > farthestOff) return [];
  const drive = drives[place.matching];
  if (drive === undefined || drive.confidence < leastConfidence) return [];
  return lastOf(drive.legs.flat(), farthestBack);
}

/** The last so many metres of a road. */
function lastOf(pieces: readonly DrivenPiece[], metres: number): readonly DrivenPiece[] {
  const last: DrivenPiece[] = [];
  for (let i = pieces.length - 1, left = metres; i >= 0 && left > 0; i--) {
    const piece = pieces[i];
    if (piece === undefined) break;
    last.unshift({ ...piece, from: Math.max(piece.from, piece.to - left) });
    left -= piece.to - piece.from;
  }
  return last;
}

const metresOf = (leg: readonly DrivenPiece[]): number => leg.reduce((sum, piece) => sum + piece.to - piece.from, 0);

/**
 * The car's own time up to which it is known to have got no farther, undefined where that is not certain: until now for one that stands, until its
 * newest position for one that only creeps on, of which nothing is told before it has come some metres.
 */
function untilNow(probe: Probe, now: number): number | undefined {
  const { still, points, aliveAt } = probe;
  const newestAt = points.at(-1)?.at ?? -Infinity;
  if (still === undefined) return Math.abs(now - newestAt) < wrongClockMs ? newestAt : undefined;
  // Where the two clocks differ, the longer stand may be old news, and only the shorter one is certain.
  const [byItsClock, byOurs] = [now - still.at, now - still.heardAt];
  const isCertain = Math.max(byItsClock, byOurs) <= longestStandOf(probe) && byItsClock > -wrongClockMs;
  return isCertain && now - aliveAt <= longestSilenceMs ? still.at + Math.min(byItsClock, byOurs) : undefined;
}

const longestStandOf = (probe: Probe): number => (saysWhenParked(probe) ? longestStandMs : longestUnsureMs);

const isOther = ({ last }: Probe, { from, to }: SegmentPass): boolean => from !== last.from || to !== last.to;

function told(probe: Probe, pass: SegmentPass): SegmentPass {
  const isNew = isOther(probe, pass);
  const { from, to, metres } = pass;
  probe.last = { from, to, metres: metres + (isNew ? 0 : probe.last.metres) };
  return { ...pass, isNew };
}
