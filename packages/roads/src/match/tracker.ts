// Hot: runs for every position of a car, once a second, and its motion in between.
import type { City } from "../city.ts";
import { degreesOf, distanceInUnits, metresPerUnitX, metresPerUnitY, toUnits, wrapAngle } from "../geometry.ts";
import { candidatesNear } from "./candidates.ts";
import { placeAhead, placeBehind, placesAhead, pointOf, trailOf } from "./hypothesis.ts";
import type { Hypothesis, OffRoad, OnRoad } from "./hypothesis.ts";
import { emission, headingLikelihood, mostDeviations, transition } from "./likelihood.ts";
import { NearSearch } from "./near-search.ts";
import { lengthOf, pointOn } from "./road-line.ts";
import type { Fix, Motion, TrackedPlace, Tracker } from "./tracking.ts";

/** Metres; no receiver in a car is better, whatever it says, since its errors last for many positions. */
const bestAccuracy = 4;

const leastReach = 30;
const mostReach = 150;
const mostRoads = 12;
const searchCapacity = 2_048;

/** Positions nearer together than this, in milliseconds and metres, tell nothing new. */
const nextAfterMs = 900;
const nextAfterMetres = 20;

/** Seconds without a position until the car says that it reckons. */
const silence = 2.5;

/** Metres after which a car without satellites decides anew which roads it may be on. */
const deadStep = 10;

const mostHypotheses = 20;
/** Less likely than the best by this (natural logarithm) is given up. */
const beam = 14;

/** Prices (natural logarithm) of turning round in the road, of leaving the roads and of coming back to them. */
const turningRound = 9;
const leaving = 5;
const returning = 3;

/** Off the roads a position is as likely as this many standard deviations from one, at least `leastFree` metres each. */
const freeDeviations = 2.4;
const leastFree = 9;

/** The wheels' share of error, and the metres that a place gets less certain with each position. */
const wheelError = 0.03;
const wander = 0.5;

/** m/s; slower, a course over ground means nothing. */
const courseSpeed = 2;

/** How well the integrated heading fits the road counts this much at each step without satellites. */
const deadHeading = 0.6;

/** Metres between two positions at least, and how much better the best hypothesis is, before the road teaches the heading. */
const leastWay = 3;
const sure = 3;
const learning = 0.1;

/** The weight of one course against the integrated heading, and the radians beyond which the latter is lost. */
const courseWeight = 0.2;
const lostHeading = Math.PI / 3;

/** Positions after which a decision is final. */
const lag = 4;

/** Metres without satellites after which certainty has fallen to a half. */
const halfCertainty = 1_500;

/** Hypotheses within this many metres of the best say the same. */
const samePlace = 25;

/**
 * Follows a car over the roads of a city: the hidden Markov model of Newson and Krumm (2009) over the roads near each position, with the
 * wheels' distance in place of the crow's, and a Kalman filter along each road. Without satellites all hypotheses drive on by the wheels'
 * distance, and the heading decides at forks. Bounded: 20 hypotheses, a trail of 150 m and a chain of four positions each.
 */
export function createTracker(city: Pick<City, "graph">): Tracker {
  const { graph } = city;
  const search = new NearSearch(graph, searchCapacity);
  let layer: readonly Hypothesis[] = [];
  /** Metres by the wheels since `layer`. */
  let moved = 0;
  /** The wheels told of it. */
  let knowsWheels = false;
  let heading: number | undefined;
  let lastFix: Fix | undefined;
  let secondsSinceFix = 0;
  let sinceFix = 0;
  let isReversing = false;
  let knowsTurning = false;

  function begin(fix: Fix, spread: number): void {
    layer = ranked([...seen(fix, spread), freeAt(fix)]);
    moved = 0;
    knowsWheels = false;
  }

  /** Every place near a position, without a past. */
  function seen(fix: Fix, spread: number): readonly Hypothesis[] {
    const reach = Math.min(mostReach, Math.max(leastReach, mostDeviations * spread));
    return candidatesNear(graph, toUnits(fix.lon), toUnits(fix.lat), reach, mostRoads).map((candidate) => ({
      place: { kind: "road", edge: candidate.edge, along: candidate.along, trail: [] },
      score: emission(candidate.distance, spread) + course(candidate.bearing),
      variance: spread * spread,
      before: undefined,
    }));
  }

  /** How the car's heading fits a road; says nothing while it stands or reverses. */
  function course(bearing: number): number {
    return heading === undefined || isReversing ? 0 : headingLikelihood(heading, bearing);
  }

  function freeAt(fix: Fix): Hypothesis {
    const score = -0.5 * freeDeviations * freeDeviations - leaving;
    return {
      place: { kind: "free", x: toUnits(fix.lon), y: toUnits(fix.lat) },
      score,
      variance: fix.accuracy * fix.accuracy,
      before: undefined,
    };
  }

  function next(fix: Fix, spread: number): void {
    const last = lastFix ?? fix;
    const flown = distanceInUnits(toUnits(last.lon), toUnits(last.lat), toUnits(fix.lon), toUnits(fix.lat));
    const bySpeed = fix.speed === undefined ? flown : (fix.speed * Math.max(0, fix.at - last.at)) / 1_000;
    const way = knowsWheels ? moved : bySpeed;
    const candidates = seen(fix, spread);
    const goals = [...new Set(candidates.flatMap(({ place }) => (place.kind === "road" ? [place.edge] : [])))];
    const best: (Hypothesis | undefined)[] = candidates.map(() => undefined);
    for (const from of layer) {
      if (from.place.kind === "free") {
        for (const [i, candidate] of candidates.entries()) {
          const score = from.score + candidate.score - returning;
          if (score > (best[i]?.score ?? -Infinity)) best[i] = { ...candidate, score, before: chain(from) };
        }
      } else reach(from, from.place, way, spread, candidates, goals, best);
    }
    const found = best.flatMap((hypothesis) => hypothesis ?? []);
    layer = ranked([...found, stayFree(fix, way)]);
    moved = 0;
    knowsWheels = false;
    if (Math.abs(way) > leastWay && knowsTurning) learnHeading();
  }

  /** A course is late and noisy; what the car knows of its turning is smooth, and only drifts. */
  function hearCourse(degrees: number): void {
    const course = (degrees * Math.PI) / 180;
    const off = heading === undefined ? Math.PI : wrapAngle(course - heading);
    heading = knowsTurning && Math.abs(off) < lostHeading ? wrapAngle(course + (courseWeight - 1) * off) : course;
  }

  /** A heading that is only integrated drifts; the road it follows puts it right, or tells it where it was never known. */
  function learnHeading(): void {
    const top = layer[0];
    if (top === undefined || top.place.kind !== "road" || (layer[1]?.score ?? -beam) > -sure) return;
    const { bearing } = pointOn(graph, top.place.edge, top.place.along);
    if (heading === undefined) heading = bearing;
    else heading = wrapAngle(heading + learning * wrapAngle(bearing - heading));
  }

  /** How one hypothesis may have come to each candidate. */
  function reach(
    from: Hypothesis,
    place: OnRoad,
    way: number,
    spread: number,
    candidates: readonly Hypothesis[],
    goals: readonly number[],
    best: (Hypothesis | undefined)[],
  ): void {
    const variance = from.variance + wander * wander + (wheelError * way) ** 2;
    const doubt = Math.sqrt(variance + spread * spread);
    const tolerance = 1 + 0.7 * doubt;
    const turning = tolerance * turningRound;
    const start = placeBehind(graph, place, Math.max(0, -way) + 2 * doubt);
    const earlier = place.trail.slice(0, start.index);
    search.run(start.edge, start.along, goals, start.metres + Math.max(0, way) + 5 * doubt + 30 + turning, turning);
    const gain = variance / (variance + spread * spread);
    for (const [i, candidate] of candidates.entries()) {
      if (candidate.place.kind !== "road") continue;
      const { edge, along } = candidate.place;
      const driven = search.distanceTo(edge, along) - start.metres;
      if (driven === Infinity) continue;
      const score = from.score + candidate.score + transition(driven, way, tolerance);
      if (score <= (best[i]?.score ?? -Infinity)) continue;
      const path = search.pathTo(edge, along);
      const turned = path.length > 1 && graph.edgeRoad[path[path.length - 1]] === graph.edgeRoad[path[path.length - 2]];
      const pull = turned ? 0 : (1 - gain) * (way - driven);
      best[i] = {
        place: {
          kind: "road",
          edge,
          along: Math.min(lengthOf(graph, edge), Math.max(0, along + pull)),
          trail: trailOf(graph, earlier, path),
        },
        score,
        variance: (1 - gain) * variance,
        before: chain(from),
      };
    }
  }

  /** Off the roads: from any hypothesis, the position counts for itself. */
  function stayFree(fix: Fix, way: number): Hypothesis {
    const scale = Math.max(leastFree, fix.accuracy) / Math.max(bestAccuracy, fix.accuracy);
    const seenFree = -0.5 * (freeDeviations * scale) ** 2;
    let before: Hypothesis | undefined;
    let score = -Infinity;
    for (const from of layer) {
      const each = from.score - (from.place.kind === "free" ? 0 : leaving);
      if (each <= score) continue;
      score = each;
      before = from;
    }
    const x = toUnits(fix.lon);
    const y = toUnits(fix.lat);
    const measured = fix.accuracy * fix.accuracy;
    if (before?.place.kind !== "free") {
      const past = before === undefined ? undefined : chain(before);
      return { place: { kind: "free", x, y }, score: score + seenFree, variance: measured, before: past };
    }
    const variance = before.variance + wander * wander + (wheelError * way) ** 2;
    const gain = heading === undefined ? 1 : variance / (variance + measured);
    const ahead = straight(before.place, way);
    return {
      place: { kind: "free", x: ahead.x + gain * (x - ahead.x), y: ahead.y + gain * (y - ahead.y) },
      score: score + seenFree,
      variance: heading === undefined ? measured : (1 - gain) * variance,
      before: chain(before),
    };
  }

  function straight(place: OffRoad, metres: number): OffRoad {
    if (heading === undefined) return place;
    return {
      kind: "free",
      x: place.x + (Math.sin(heading) * metres) / metresPerUnitX(place.y),
      y: place.y + (Math.cos(heading) * metres) / metresPerUnitY(place.y),
    };
  }

  /** All hypotheses drive on by the wheels, over every road they can take. */
  function driveOn(metres: number): void {
    const found: Hypothesis[] = [];
    let bestOnRoad = -Infinity;
    for (const from of layer) {
      const variance = from.variance + (wheelError * metres) ** 2 + wander * wander;
      if (from.place.kind === "free") {
        found.push({ ...from, place: straight(from.place, metres), score: from.score - deadHeading, variance });
        continue;
      }
      const places =
        metres < 0 ? [backwards(from.place, -metres)] : placesAhead(graph, from.place, metres, mostHypotheses);
      for (const place of places) {
        const { bearing } = pointOn(graph, place.edge, place.along);
        const atEnd = place.along >= lengthOf(graph, place.edge) && metres > 0;
        const score = from.score + deadHeading * course(bearing) - (atEnd ? 1 : 0);
        bestOnRoad = Math.max(bestOnRoad, score);
        found.push({ place, score, variance, before: from.before });
      }
    }
    const top = layer[0];
    if (top !== undefined && top.place.kind === "road") {
      const { x, y } = pointOf(graph, top.place);
      const place = straight({ kind: "free", x, y }, metres);
      found.push({ place, score: top.score - 2 * leaving, variance: top.variance, before: top.before });
    }
    layer = ranked(found);
  }

  function backwards(place: OnRoad, metres: number): OnRoad {
    const behind = placeBehind(graph, place, metres);
    return { kind: "road", edge: behind.edge, along: behind.along, trail: place.trail.slice(0, behind.index) };
  }

  /** Best first, the best at 0, the hopeless gone; of two at the same place only the better. */
  function ranked(all: readonly Hypothesis[]): readonly Hypothesis[] {
    const sorted = all.toSorted((a, b) => b.score - a.score);
    const top = sorted[0]?.score ?? 0;
    const kept: Hypothesis[] = [];
    for (const each of sorted) {
      if (kept.length >= mostHypotheses || each.score < top - beam) break;
      if (kept.some((other) => areSame(other.place, each.place))) continue;
      kept.push({ ...each, score: each.score - top });
    }
    return kept;
  }

  function now(hypothesis: Hypothesis): OnRoad | OffRoad {
    if (hypothesis.place.kind === "free") return straight(hypothesis.place, moved);
    if (moved < 0) return backwards(hypothesis.place, -moved);
    return placeAhead(graph, hypothesis.place, moved, isReversing ? undefined : heading);
  }

  return {
    fix(fix) {
      const spread = Math.max(bestAccuracy, fix.accuracy);
      const speed = fix.speed ?? Infinity;
      if (fix.heading !== undefined && Math.abs(speed) > courseSpeed && !isReversing) hearCourse(fix.heading);
      const soon = lastFix !== undefined && fix.at - lastFix.at < nextAfterMs && secondsSinceFix < silence;
      if (layer.length > 0 && soon && Math.abs(moved) < nextAfterMetres) return;
      if (layer.length === 0) begin(fix, spread);
      else next(fix, spread);
      lastFix = fix;
      secondsSinceFix = 0;
      sinceFix = 0;
    },

    dead({ speed, dt, yawRate, heading: compass }: Motion) {
      isReversing = speed < -0.2 || (isReversing && speed < 0.2);
      knowsTurning = compass !== undefined || yawRate !== undefined;
      if (compass !== undefined) heading = (compass * Math.PI) / 180;
      else if (yawRate !== undefined && heading !== undefined) heading = wrapAngle(heading - yawRate * dt);
      knowsWheels = true;
      moved += speed * dt;
      secondsSinceFix += dt;
      sinceFix += Math.abs(speed * dt);
      if (secondsSinceFix < silence || Math.abs(moved) < deadStep) return;
      driveOn(moved);
      moved = 0;
    },

    place(): TrackedPlace | undefined {
      const top = layer[0];
      if (top === undefined) return undefined;
      const place = now(top);
      const point = pointOf(graph, place);
      const onRoad = place.kind === "road" ? place : undefined;
      let agree = 0;
      let all = 0;
      const here = pointOf(graph, top.place);
      for (const each of layer) {
        const weight = Math.exp(each.score);
        const there = pointOf(graph, each.place);
        all += weight;
        if (distanceInUnits(here.x, here.y, there.x, there.y) < samePlace) agree += weight;
      }
      const isDeadReckoned = secondsSinceFix >= silence;
      const fading = isDeadReckoned ? 1 / (1 + sinceFix / halfCertainty) : 1;
      return {
        edge: onRoad?.edge,
        along: onRoad?.along ?? 0,
        lat: point.lat,
        lon: point.lon,
        heading: degreesOf(point.bearing ?? heading ?? 0),
        certainty: (agree / all) * fading,
        isDeadReckoned,
        sinceFix,
      };
    },

    settled() {
      let at: Hypothesis | undefined = layer[0];
      for (let i = 0; i < lag && at !== undefined; i++) at = at.before;
      return at?.place.kind === "road" ? { edge: at.place.edge, along: at.place.along } : undefined;
    },
  };
}

function areSame(a: OnRoad | OffRoad, b: OnRoad | OffRoad): boolean {
  if (a.kind === "free" || b.kind === "free") return a.kind === b.kind;
  return a.edge === b.edge && Math.abs(a.along - b.along) < 8;
}

/** A hypothesis with no more than `lag` before it. */
function chain(hypothesis: Hypothesis, left: number = lag): Hypothesis {
  const { before } = hypothesis;
  if (before === undefined) return hypothesis;
  return { ...hypothesis, before: left === 0 ? undefined : chain(before, left - 1) };
}
