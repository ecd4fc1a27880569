import type { City, LatLon } from "../city.ts";
import { distanceInUnits, toDegrees, toUnits } from "../geometry.ts";
import { candidatesNear } from "./candidates.ts";
import type { Candidate } from "./candidates.ts";
import { lengthOfPieces, piecesOf, placeBetween } from "./drive.ts";
import type { RoadPlace } from "./drive.ts";
import { emission, headingLikelihood, mostDeviations, transition } from "./likelihood.ts";
import type {
  DrivenPiece,
  MatchedDrive,
  MatchedPoint,
  Matcher,
  Matching,
  MatchOptions,
  TracePoint,
} from "./matching.ts";
import { NearSearch } from "./near-search.ts";

/** Metres; what a receiver under open sky is good for. */
const usualAccuracy = 5;

/** Metres; better than this no position is, and no map is drawn. */
const bestAccuracy = 3;

/** Metres around a point within which roads are looked for: as far as its accuracy allows, within these. */
const leastReach = 15;
const mostReach = 150;
const mostRoads = 24;

/** States that one search may look at: some two kilometres of a dense city. */
const searchCapacity = 8_192;

/** Faster than this (m/s) nobody drives from one point to the next. */
const mostSpeed = 70;

/** Metres by which a way may be longer than the crow flies: looked at first, and before giving up. */
const nearDetour = 200;
const farDetour = 2_000;

/** What turning round in the road costs (natural logarithm); nobody does it by chance. */
const turningRound = 12;

/** So many of the likeliest candidates are looked at that far. */
const mostFar = 4;

/** Milliseconds without a point after which it is another drive. */
const gapMs = 60_000;

/** So many points in a row that cannot be reached are a break and not outliers. */
const mostOutliers = 8;

/** Candidates this much less likely than the best (natural logarithm) are followed no further. */
const beam = 40;

/** Points are told apart by this many times what they are worse than the best. */
const apart = 5;

/** Points nearer to the one before than this, in metres and milliseconds, tell nothing new. */
const tidyMetres = 15;
const tidyMs = 5_000;

/** One place the car may have been at one point, with the likeliest way there. */
interface Step {
  readonly candidate: Candidate;
  readonly score: number;
  readonly before: Step | undefined;
  /** Edges from the step before to this one, both included. */
  readonly path: readonly number[];
}

interface Layer {
  readonly point: number;
  readonly x: number;
  readonly y: number;
  readonly spread: number;
  readonly at: number | undefined;
  readonly steps: readonly Step[];
}

/**
 * Matches traces by the hidden Markov model of Newson and Krumm (2009): a position lies near its road, and the way by road between two
 * positions is about as long as the crow flies. One caller at a time; keeps its memory from trace to trace.
 */
export function createMatcher(city: Pick<City, "graph">): Matcher {
  const { graph } = city;
  const search = new NearSearch(graph, searchCapacity);

  function firstSteps(point: TracePoint, spread: number, x: number, y: number): readonly Step[] {
    const reach = Math.min(mostReach, Math.max(leastReach, mostDeviations * spread));
    return candidatesNear(graph, x, y, reach, mostRoads).map((candidate) => ({
      candidate,
      score: seen(candidate, point, spread),
      before: undefined,
      path: [],
    }));
  }

  /** The next layer as reached from the last one; without steps where no way leads there. */
  function advance(last: Layer, next: Layer): Layer {
    const moved = distanceInUnits(last.x, last.y, next.x, next.y);
    const tolerance = 4 + 0.35 * (last.spread + next.spread);
    const turning = tolerance * turningRound;
    const elapsed = last.at === undefined || next.at === undefined ? undefined : next.at - last.at;
    const fastest = elapsed === undefined ? Infinity : (Math.max(0, elapsed) / 1_000) * mostSpeed + 4 * next.spread;
    const goals = [...new Set(next.steps.map(({ candidate }) => candidate.edge))];
    const scores = new Float64Array(next.steps.length).fill(-Infinity);
    const from: (Step | undefined)[] = next.steps.map(() => undefined);
    const paths: (readonly number[])[] = next.steps.map(() => []);
    const best = last.steps.reduce((most, { score }) => Math.max(most, score), -Infinity);
    for (const detour of [nearDetour, farDetour]) {
      const likely = last.steps.filter(({ score }) => score >= best - beam).toSorted((a, b) => b.score - a.score);
      for (const step of detour === farDetour ? likely.slice(0, mostFar) : likely) {
        const { edge, along } = step.candidate;
        search.run(edge, along, goals, Math.min(moved * 1.3 + detour, fastest) + turning, turning);
        for (let i = 0; i < next.steps.length; i++) {
          const goal = next.steps[i].candidate;
          const ahead = search.distanceTo(goal.edge, goal.along);
          const back = edge === goal.edge ? along - goal.along : 0;
          const slips = back > 0 && back <= ahead && back <= slack(last, next);
          const way = slips ? -back : ahead;
          if (!(way <= fastest + turning)) continue;
          const score = step.score + next.steps[i].score + transition(way, moved, tolerance);
          if (score <= scores[i]) continue;
          scores[i] = score;
          from[i] = step;
          paths[i] = slips ? [edge] : search.pathTo(goal.edge, goal.along);
        }
      }
      if (scores.some((score) => score > -Infinity)) break;
    }
    const steps = next.steps.flatMap(({ candidate }, i): Step[] => {
      const before = from[i];
      return before === undefined ? [] : [{ candidate, score: scores[i], before, path: paths[i] }];
    });
    return { ...next, steps };
  }

  function layersOf(trace: readonly TracePoint[], options: MatchOptions): readonly (readonly Layer[])[] {
    const drives: Layer[][] = [];
    let drive: Layer[] = [];
    let outliers: Layer[] = [];
    const end = () => {
      if (drive.length > 1) drives.push(drive);
      drive = [];
    };
    const take = (layer: Layer): void => {
      const last = drive.at(-1);
      if (last === undefined) {
        drive.push(layer);
        return;
      }
      if (options.gaps !== "ignore" && hasGap(trace, last.point, layer.point)) {
        end();
        const left = outliers;
        outliers = [];
        for (const each of left) take(each);
        return take(layer);
      }
      const reached = advance(last, layer);
      if (reached.steps.length > 0) {
        drive.push(reached);
        outliers = [];
        return;
      }
      outliers.push(layer);
      if (outliers.length < mostOutliers) return;
      end();
      const left = outliers;
      outliers = [];
      for (const each of left) take(each);
    };
    for (const point of worthwhile(trace, options.tidy === true)) {
      const { lat, lon, at } = trace[point];
      const spread = spreadOf(trace[point]);
      const x = toUnits(lon);
      const y = toUnits(lat);
      const steps = firstSteps(trace[point], spread, x, y);
      if (steps.length > 0) take({ point, x, y, spread, at, steps });
    }
    end();
    while (outliers.length > 1) {
      const left = outliers;
      outliers = [];
      for (const each of left) take(each);
      end();
    }
    return drives;
  }

  /** The likeliest steps through all layers, as places and what is driven between them. */
  function likeliest(layers: readonly Layer[]) {
    const steps: Step[] = [];
    let at = layers.at(-1)?.steps.reduce((best, step) => (step.score > best.score ? step : best));
    for (; at !== undefined; at = at.before) steps.push(at);
    steps.reverse();
    const places: (RoadPlace & LatLon & { readonly distance: number })[] = [];
    const legs: (readonly DrivenPiece[])[] = [];
    for (const { candidate, path } of steps) {
      const { edge, along, distance } = candidate;
      const last = places.at(-1);
      // Standing still, positions wander: a drive never goes back on its own edge.
      const slips = last !== undefined && path.length === 1 && along < last.along;
      const place = slips
        ? { ...last, distance }
        : { edge, along, distance, lat: toDegrees(candidate.y), lon: toDegrees(candidate.x) };
      if (last !== undefined) legs.push(piecesOf(graph, last, place, path));
      places.push(place);
    }
    return { places, legs };
  }

  return {
    match(trace, options = {}): Matching {
      const points: (MatchedPoint | undefined)[] = trace.map(() => undefined);
      const matchings: MatchedDrive[] = [];
      for (const layers of layersOf(trace, options)) {
        const matching = matchings.length;
        const found = likeliest(layers);
        const order: number[] = [];
        const legs: (readonly DrivenPiece[])[] = [];
        const put = (
          point: number,
          place: RoadPlace & LatLon & { readonly distance: number },
          alternatives: number,
        ) => {
          points[point] = { matching, index: order.length, ...place, alternatives };
          order.push(point);
        };
        for (const [index, layer] of layers.entries()) {
          const before = layers[index - 1]?.point ?? layer.point - 1;
          const between = options.tidy === true ? [] : skippedBetween(trace, before, layer.point);
          if (index > 0) {
            const filled = placeBetween(
              graph,
              found.legs[index - 1],
              between.map((point) => trace[point]),
            );
            legs.push(...filled.legs);
            for (const [i, place] of filled.places.entries()) put(between[i], place, 0);
          }
          put(layer.point, found.places[index], layer.steps.length - 1);
        }
        const distance = legs.reduce((sum, leg) => sum + lengthOfPieces(leg), 0);
        const confidence = confidenceOf(distance, layers, found.places);
        matchings.push({ confidence, points: order, legs, distance });
      }
      return { points, matchings };
    },
  };
}

/** How likely a point is seen from a candidate. */
function seen(candidate: Candidate, point: TracePoint, spread: number): number {
  const near = emission(candidate.distance, spread);
  if (point.heading === undefined) return near;
  return near + headingLikelihood((point.heading * Math.PI) / 180, candidate.bearing);
}

/** Metres that noise alone may push a standing car back on its road. */
function slack(last: Layer, next: Layer): number {
  return 2 * (last.spread + next.spread);
}

/**
 * Whether a point says anything that the one before did not. Points much nearer together than they are exact would only be told apart by
 * their errors (Newson and Krumm, section 4.1).
 */
function isApart(last: TracePoint, point: TracePoint, tidy: boolean): boolean {
  const metres = distanceInUnits(toUnits(last.lon), toUnits(last.lat), toUnits(point.lon), toUnits(point.lat));
  if (metres < apart * (spreadOf(point) - bestAccuracy)) return false;
  const soon = last.at === undefined || point.at === undefined || point.at - last.at < tidyMs;
  return !(tidy && metres < tidyMetres && soon);
}

/** Indices of the points that are looked at, the last one always among them. */
function worthwhile(trace: readonly TracePoint[], tidy: boolean): readonly number[] {
  const kept: number[] = [];
  for (const [index, point] of trace.entries()) {
    const before = kept.at(-1);
    if (before === undefined || index === trace.length - 1 || isApart(trace[before], point, tidy)) kept.push(index);
  }
  return kept;
}

/** Indices of the points between two others that were not looked at because they lie near the first. */
function skippedBetween(trace: readonly TracePoint[], from: number, to: number): readonly number[] {
  const skipped: number[] = [];
  for (let index = from + 1; index < to && !isApart(trace[from], trace[index], false); index++) skipped.push(index);
  return skipped;
}

/** Whether nothing was measured for a while somewhere between two points. */
function hasGap(trace: readonly TracePoint[], from: number, to: number): boolean {
  for (let index = from + 1; index <= to; index++) {
    const [before, after] = [trace[index - 1].at, trace[index].at];
    if (before !== undefined && after !== undefined && after - before > gapMs) return true;
  }
  return false;
}

function spreadOf(point: TracePoint): number {
  return Math.max(bestAccuracy, point.accuracy ?? usualAccuracy);
}

/** From how much longer the drive is than its trace, and how far off the road the points lie; 0 to 1. */
function confidenceOf(
  distance: number,
  layers: readonly Layer[],
  places: readonly { readonly distance: number }[],
): number {
  let flown = 0;
  let misfit = 0;
  for (const [index, { x, y, spread }] of layers.entries()) {
    const last = layers[index - 1];
    if (last !== undefined) flown += distanceInUnits(last.x, last.y, x, y);
    misfit -= emission(places[index].distance, spread);
  }
  const detour = Math.abs(Math.log2((distance + 20) / (flown + 20)));
  return Math.exp(-1.5 * Math.max(0, detour - 0.1) - 0.5 * Math.max(0, misfit / layers.length - 1));
}
