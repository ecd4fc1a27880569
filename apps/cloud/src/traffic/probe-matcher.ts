import { createMatcher } from "@caravan/roads/matching";
import { Segments, usualWait } from "@caravan/roads/traffic";
import type { City } from "@caravan/roads";
import type { Matcher, TracePoint } from "@caravan/roads/matching";
import { probeKind } from "./probe-samples.ts";

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

interface ProbePoint extends TracePoint {
  readonly at: number;
  readonly isParked: boolean;
}

/** What is kept of one car while it drives; forgotten soon after. */
interface Probe {
  points: ProbePoint[];
  /** UTC ms up to which its drive is told. */
  toldUntil: number;
  matchedAt: number;
  /** Metres driven since it was parked or first heard. */
  driven: number;
  lastSegment: number;
  heading: number | undefined;
  accuracy: number;
  readonly parked: { gear: boolean; lock: boolean; brake: boolean };
  speed: number;
  isBlind: boolean;
  latitude: number | undefined;
  longitude: number | undefined;
  /** By our clock. */
  heardAt: number;
}

const mostProbes = 20_000;
const forgetAfterMs = 10 * 60_000;

/** A car's positions are matched anew after so much more of them, milliseconds of its own time or points. */
const matchEveryMs = 5_000;
const matchEveryPoints = 12;
/** So many before are matched again with them, since the road behind a car is known better than the one it is on. */
const contextPoints = 8;
const mostPoints = 60;
/** What happened in these last milliseconds may yet turn out otherwise; a car that falls silent is told to the end. */
const undecidedMs = 3_000;
const silentMs = 6_000;

/** Metres. */
const usualAccuracy = 6;
const worstAccuracy = 40;
const farthestOff = 30;

/** A car that stands for longer is not held up by traffic, it waits for something else. */
const longestStandMs = 180_000;
/** Metres after which a car that was parked drives with the others. */
const settingOff = 20;
/** m/s. */
const fastest = 70;
const leastConfidence = 0.25;

/** km/h; a parking brake with more than this is a sensor's mistake. */
const standingSpeed = 1;

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

  /** Takes the samples of one car in the order in which it measured; gives what is certain by now. `now` is our clock (ms). */
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
        if (from.isParked || to.isParked) probe.driven = 0;
        probe.driven += leg.reduce((sum, piece) => sum + piece.to - piece.from, 0);
        if (confidence < leastConfidence || isOff || probe.driven < settingOff) continue;
        for (const pass of this.#passes(probe, leg, from.at, to.at)) passes.push(pass);
      }
    }
    probe.toldUntil = until === Infinity ? (points.at(-1)?.at ?? toldUntil) : Math.max(toldUntil, probe.toldUntil);
    probe.matchedAt = points.at(-1)?.at ?? 0;
    const told = points.findIndex(({ at }) => at >= probe.toldUntil);
    probe.points = points.slice(Math.max(0, (told < 0 ? points.length : told) - contextPoints));
    return passes;
  }

  #passes(
    probe: Probe,
    leg: readonly { readonly edge: number; readonly from: number; readonly to: number }[],
    from: number,
    to: number,
  ): readonly SegmentPass[] {
    const { graph } = this.#city;
    const seconds = (to - from) / 1_000;
    const metres = leg.reduce((sum, piece) => sum + piece.to - piece.from, 0);
    if (seconds <= 0 || to - from > longestStandMs || metres / seconds > fastest) return [];
    const parts = leg.flatMap(({ edge, from: begin, to: end }) =>
      this.#segments.within(edge, begin, end).map((part) => ({ ...part, edge })),
    );
    return parts.map(({ segment, metres: driven, edge }): SegmentPass => {
      const isNew = segment !== probe.lastSegment;
      probe.lastSegment = segment;
      const [x1, y1, x2, y2] = this.#segments.lineOf(segment);
      return {
        from: this.#segments.fromOf(segment),
        to: this.#segments.toOf(segment),
        metres: driven,
        seconds: metres > 0 ? (seconds * driven) / metres : seconds / parts.length,
        at: to,
        isNew,
        edge,
        edgeMetres: graph.roadLength[graph.edgeRoad[edge] ?? 0] ?? 0,
        freeSeconds: (graph.edgeMs[edge] ?? 0) / 1_000,
        usualWait: usualWait(graph, edge),
        line: [x1 / 1e7, y1 / 1e7, x2 / 1e7, y2 / 1e7],
        length: this.#segments.metresOf(segment),
      };
    });
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

function freshProbe(): Probe {
  return {
    points: [],
    toldUntil: -Infinity,
    matchedAt: -Infinity,
    driven: 0,
    lastSegment: -1,
    heading: undefined,
    accuracy: usualAccuracy,
    parked: { gear: false, lock: false, brake: false },
    speed: 0,
    isBlind: false,
    latitude: undefined,
    longitude: undefined,
    heardAt: 0,
  };
}

function hear(probe: Probe, kind: number, at: number, value: number): void {
  switch (kind) {
    case probeKind.latitude:
      probe.latitude = value;
      break;
    case probeKind.longitude:
      probe.longitude = value;
      break;
    case probeKind.heading:
      probe.heading = value;
      return;
    case probeKind.speed:
      probe.speed = value;
      return;
    case probeKind.accuracy:
      probe.accuracy = value > 0 ? value : usualAccuracy;
      return;
    case probeKind.gearIsPark:
      probe.parked.gear = value === 1;
      return;
    case probeKind.parkLock:
      probe.parked.lock = value === 1;
      return;
    case probeKind.parkingBrake:
      probe.parked.brake = value === 1;
      return;
    case probeKind.blind:
      probe.isBlind = value === 1;
      return;
    default:
      return;
  }
  const { latitude: lat, longitude: lon, accuracy, heading } = probe;
  // A latitude is nothing without its longitude; cars send the two together.
  if (lat === undefined || lon === undefined) return;
  probe.latitude = undefined;
  probe.longitude = undefined;
  if (probe.isBlind || accuracy > worstAccuracy || Math.abs(lat) > 85 || Math.abs(lon) > 180) return;
  const last = probe.points.at(-1);
  // A clock that was set back begins a new drive.
  if (last !== undefined && at <= last.at) {
    if (last.at - at < 2_000) return;
    probe.points = [];
    probe.driven = 0;
    probe.toldUntil = -Infinity;
    probe.matchedAt = -Infinity;
  }
  const { gear, lock, brake } = probe.parked;
  const isParked = gear || lock || (brake && probe.speed < standingSpeed);
  const course = heading === undefined || probe.speed < 5 ? {} : { heading };
  probe.points.push({ lat, lon, at, accuracy: Math.max(usualAccuracy, accuracy), isParked, ...course });
  if (probe.points.length > mostPoints) probe.points.shift();
}
