import { secondsBetween, stretchAt } from "./guide-route.ts";
import type { GuideRoute } from "./guide-route.ts";

/**
 * One occasion to tell of a manoeuvre. `outset`: at once after the one before, how long to follow the road. `early` and `near`: while there
 * is time to find the lane. `now`: just before it.
 */
export interface Stage {
  readonly kind: "outset" | "early" | "near" | "now";
  /** Metres before the manoeuvre. */
  readonly distance: number;
}

/** m/s above which a road is fast (90 km/h) or open (60 km/h); below is town, and below 30 km/h a quiet street. */
const fastFrom = 25;
const openFrom = 16.5;
const townFrom = 8.5;

/**
 * Metres before a manoeuvre at which it is told, farthest first. On a motorway the first sign of an exit stands 2 to 3 km before it (a minute
 * at 120 km/h), lanes are to be chosen at 1 km, and 400 m are 12 s. In town 300 m are 21 s at 50 km/h: one crossing earlier at the most.
 */
const distances = {
  fast: [2_000, 1_000, 400],
  open: [1_000, 400],
  town: [300],
  quiet: [200],
} as const;

/** A road to be followed for longer than this, in metres, is announced as such when it begins: silence would sound like a fault. */
const longRoad = 3_000;

/** Seconds after a manoeuvre until the car is straight again and the next thing may be said. */
const settles = 3;

/** Seconds between the end of the last words and the turn: to look, to signal, to brake. */
const reaction = 2.5;

/** Metres: nearer than `least` words come too late at any speed; farther than `most` "now" is not now. */
const leastNow = 30;
const mostNow = 250;

/** An earlier announcement comes from so many times as far as the next one, or it would sound like the same one again. */
const apart = 1.6;

/** Seconds of silence between two announcements. */
export const pause = 1.5;

/** m/s below which a car is taken to roll at a walking pace: times to come are not divided by nearly nothing. */
const creeping = 2;

/** Metres over which the speed of the approach is averaged. */
const approach = 500;

/** m/s the map expects before a point of the route. */
export function approachSpeed(route: GuideRoute, along: number, from = 0): number {
  const begin = Math.max(from, along - approach, 0);
  const seconds = secondsBetween(route, begin, along, "free");
  return seconds > 0 ? Math.max(creeping, (along - begin) / seconds) : creeping;
}

function paceBefore(route: GuideRoute, along: number, speed: number): keyof typeof distances {
  const stretch = route.stretches.at(stretchAt(route, Math.max(0, along - 1)));
  if (speed >= fastFrom || (stretch?.isFast === true && speed >= openFrom)) return "fast";
  if (speed >= openFrom) return "open";
  return speed >= townFrom ? "town" : "quiet";
}

/** Metres before a manoeuvre at which the last words about it begin, at this speed and with so many seconds of speech. */
function nowDistance(speed: number, speechSeconds: number): number {
  return Math.min(mostNow, Math.max(leastNow, speed * (speechSeconds + reaction)));
}

/** The same for one manoeuvre: nobody has arrived 80 m before the door. */
export function lastWords(route: GuideRoute, index: number, speed: number, speechSeconds: number): number {
  return route.manoeuvres[index].kind === "arrive" ? leastNow : nowDistance(speed, speechSeconds);
}

/** Metres round a roundabout after which its exit is told once more. */
const longRound = 250;

/** Was the exit of this roundabout told by its number, when it was entered? */
function isToldOnEntry({ manoeuvres }: GuideRoute, index: number): boolean {
  const { kind } = manoeuvres[index];
  return (kind === "exit roundabout" || kind === "exit rotary") && manoeuvres.at(index - 1)?.exit !== undefined;
}

/** Is there no need to do anything, not even to change the lane? Then one word at the place is enough. */
export function isQuiet(route: GuideRoute, index: number): boolean {
  const { kind, modifier, mode, lanes = [] } = route.manoeuvres[index];
  const anyLane = lanes.every(({ valid }) => valid);
  switch (kind) {
    case "exit roundabout":
    case "exit rotary":
      return true;
    case "notification":
      // A ferry is to be boarded in the right lane.
      return mode === "driving";
    case "new name":
      return anyLane && (modifier === "straight" || modifier.startsWith("slight"));
    case "continue":
    case "turn":
      return anyLane && modifier === "straight";
    default:
      return false;
  }
}

/**
 * The occasions to tell of a manoeuvre, farthest first, the last of them "now"; each leaves time for its own words before the next begins.
 * `speech` is how many seconds the words of a stage take. A manoeuvre that follows so closely that its words do not fit is told "now" alone.
 */
export function stagesOf(route: GuideRoute, index: number, speech: (kind: Stage["kind"]) => number): readonly Stage[] {
  const manoeuvre = route.manoeuvres.at(index);
  if (manoeuvre === undefined || manoeuvre.kind === "depart") return [];
  const begin = index > 0 ? route.manoeuvres[index - 1].along : 0;
  const length = manoeuvre.along - begin;
  if (isToldOnEntry(route, index) && length <= longRound) return [];
  const speed = approachSpeed(route, manoeuvre.along, begin);
  const now: Stage = { kind: "now", distance: Math.min(length, lastWords(route, index, speed, speech("now"))) };
  if (isQuiet(route, index)) return [now];
  const planned: Stage[] = [now];
  const add = (kind: Stage["kind"], distance: number): void => {
    const inner = planned[0];
    const isFarther = inner.kind === "now" || distance >= apart * inner.distance;
    if (isFarther && (distance - inner.distance) / speed >= speech(kind) + pause) planned.unshift({ kind, distance });
  };
  const outer = distances[paceBefore(route, manoeuvre.along, speed)];
  const start = length - settles * Math.min(speed, townFrom);
  for (const [i, distance] of outer.toReversed().entries()) {
    // On a short road the words come as soon as the turn before is done.
    add(i === 0 ? "near" : "early", Math.min(distance, start));
    if (distance >= start) break;
  }
  if (length >= longRoad) add("outset", start);
  return planned;
}
