import { evenPace, learnPace } from "./eta.ts";
import type { Pace } from "./eta.ts";
import { mayHaveJunction, secondsBetween } from "./guide-route.ts";
import type { GuideRoute } from "./guide-route.ts";
import { isProven, noEvidence, weigh } from "./off-route.ts";
import type { Evidence, OtherRoad } from "./off-route.ts";
import type { FixOnRoute } from "./place-on-route.ts";

/** How far a drive along a route has come. */
export interface Following {
  readonly route: GuideRoute;
  /** Metres from the start; never goes back for less than `drift`. */
  readonly along: number;
  /** ms of the last fix, 0 before the first. */
  readonly at: number;
  /** A place that would be a jump, and how many fixes in a row have said so. */
  readonly jump: { readonly along: number; readonly count: number } | undefined;
  /** Index of the next manoeuvre, and of the next stop. */
  readonly next: number;
  readonly nextStop: number;
  /** By manoeuvre: the stage told last, as metres before it; 0 for the last words, Infinity for none. */
  readonly told: readonly number[];
  readonly evidence: Evidence;
  readonly isOff: boolean;
  /** Metres the car was beside the route when it began; undefined once it drives on it. */
  readonly slack: number | undefined;
  /** ms since the car has stood. */
  readonly stoodSince: number | undefined;
  readonly hasArrived: boolean;
  readonly pace: Pace;
}

export type FollowEffect =
  /** Another manoeuvre is the next one. */
  | { readonly kind: "step-advanced"; readonly next: number }
  /** The car has left its route, as `along` metres of it were driven. */
  | { readonly kind: "off-route"; readonly along: number }
  | { readonly kind: "back-on-route" }
  /** A stop on the way is done; `passed` without a halt. */
  | { readonly kind: "stop-reached"; readonly stop: number; readonly passed: boolean }
  | { readonly kind: "arrived" };

/** Metres past a manoeuvre from which it is behind: less is within the noise of a fix, and the driver is still turning. */
const passed = 5;

/** A step back of less than this, in metres, is noise. */
const drift = 30;

/** A jump is believed after so many fixes that agree within so many metres. */
const jumpFixes = 3;
const jumpAgrees = 60;

/** Metres a car may get ahead of what its speed explains, besides twice its way. */
const surprise = 60;

/** Within these metres of a stop, at less than this speed (m/s), the car is there. */
const reach = 25;
const rolling = 2;

/** Beside the road, in a car park: within these metres, farther off the road than `offRoad`, and standing for so long. */
const offRoadReach = 60;
const offRoad = 12;
const standing = 0.5;
const standsMs = 3_000;

/** Metres beyond a stop that was driven by. */
const drivenBy = 30;

/** Around a stop the car may leave the road by so many metres without having left the route. */
const stopYard = 100;

/** A slip road that leaves at 5 degrees is 25 m away after so many metres; who has not left by then is still on the route. */
const sinceJunction = 300;

/** A car that is this close to the route, in spreads of its fixes, and heads its way, has joined it. */
const joinSpreads = 2;
const joinHeading = (45 * Math.PI) / 180;
const roadSpread = 5;
const startSlack = 15;

export function beginFollowing(route: GuideRoute): Following {
  return {
    route,
    along: 0,
    at: 0,
    jump: undefined,
    next: Math.min(1, route.manoeuvres.length - 1),
    nextStop: 0,
    told: route.manoeuvres.map(() => Infinity),
    evidence: noEvidence,
    isOff: false,
    slack: startSlack,
    stoodSince: undefined,
    hasArrived: false,
    pace: evenPace,
  };
}

/** Metres from the start of the route to the stop that comes next. */
export function alongOfNextStop({ route, nextStop }: Following): number {
  let leg = 0;
  for (const { kind, along } of route.manoeuvres) {
    if (kind !== "arrive") continue;
    if (leg === nextStop) return along;
    leg += 1;
  }
  return route.length;
}

/** The place along the route that is believed: steady against noise, open to a real jump. */
function settle(before: Following, fix: FixOnRoute): Pick<Following, "along" | "jump"> {
  if (before.at === 0) return { along: fix.along, jump: undefined };
  const seconds = Math.max(0, (fix.at - before.at) / 1000);
  const step = fix.along - before.along;
  const isBack = step < -drift;
  const isAhead = step > 2 * seconds * Math.max(fix.speed, 1) + surprise;
  if (!isBack && !isAhead) return { along: Math.max(before.along, fix.along), jump: undefined };
  const agrees = before.jump !== undefined && Math.abs(fix.along - before.jump.along) <= jumpAgrees;
  const count = agrees ? (before.jump?.count ?? 0) + 1 : 1;
  if (count >= jumpFixes) return { along: fix.along, jump: undefined };
  return { along: before.along, jump: { along: fix.along, count } };
}

/** Index of the manoeuvre after a place, not before the leg that is being driven. */
function nextAfter({ route, next }: Following, along: number, wentBack: boolean): number {
  const { manoeuvres } = route;
  let index = next;
  if (wentBack)
    while (index > 1 && manoeuvres[index - 1].kind !== "depart" && manoeuvres[index - 1].along + passed > along)
      index -= 1;
  while (
    index < manoeuvres.length - 1 &&
    manoeuvres[index].kind !== "arrive" &&
    manoeuvres[index].along + passed <= along
  ) {
    index += 1;
  }
  return index;
}

/** Is the car at the next stop? Driven up to it, or standing beside the road near it. */
function isThere(after: Following, fix: FixOnRoute, stopAlong: number): boolean {
  const rest = stopAlong - after.along;
  if (rest <= reach && fix.speed < rolling) return true;
  const stood = after.stoodSince !== undefined && fix.at - after.stoodSince >= standsMs;
  if (!stood || Math.abs(fix.lateral) <= offRoad + fix.accuracy) return false;
  const isLast = after.nextStop === after.route.stops.length - 1;
  return Math.abs(rest) <= offRoadReach && (!isLast || fix.toGoal <= offRoadReach);
}

function evidenceAfter(before: Following, fix: FixOnRoute, stopAlong: number, other: OtherRoad | undefined): Evidence {
  const isInYard = Math.abs(stopAlong - fix.along) <= offRoadReach && Math.abs(fix.lateral) <= stopYard;
  if (isInYard) return noEvidence;
  const mayHaveLeft = mayHaveJunction(before.route, fix.along - sinceJunction, fix.along + passed);
  if (before.slack === undefined) return weigh(before.evidence, fix, other, mayHaveLeft);
  // A car that comes out of a yard heads anywhere.
  const { headingDifference: _, ...bare } = fix;
  return weigh(before.evidence, { ...bare, slack: before.slack }, undefined, true);
}

function slackAfter(before: Following, fix: FixOnRoute): number | undefined {
  if (before.slack === undefined) return undefined;
  const near = Math.abs(fix.lateral) <= joinSpreads * Math.hypot(fix.accuracy, roadSpread);
  if (near && fix.headingDifference !== undefined && Math.abs(fix.headingDifference) <= joinHeading) return undefined;
  return before.at === 0 ? startSlack + Math.abs(fix.lateral) : before.slack;
}

/** One more fix along the route. */
export function follow(
  before: Following,
  fix: FixOnRoute,
  other: OtherRoad | undefined,
): readonly [Following, readonly FollowEffect[]] {
  if (before.hasArrived || fix.at < before.at) return [before, []];
  const effects: FollowEffect[] = [];
  const { along, jump } = settle(before, fix);
  const stopAlong = alongOfNextStop(before);
  const slack = slackAfter(before, fix);
  const evidence = evidenceAfter({ ...before, slack }, fix, stopAlong, other);
  const isOff = before.isOff ? evidence.score > 0 : isProven(evidence);
  if (isOff !== before.isOff) effects.push(isOff ? { kind: "off-route", along } : { kind: "back-on-route" });

  const stands = fix.speed < standing;
  const seconds = (fix.at - before.at) / 1000;
  const learns = before.at !== 0 && !isOff && along > before.along && jump === undefined && seconds < 10;
  let after: Following = {
    ...before,
    along,
    jump,
    at: fix.at,
    evidence,
    isOff,
    slack,
    stoodSince: stands ? (before.stoodSince ?? fix.at) : undefined,
    pace: learns ? learnPace(before.pace, seconds, secondsBetween(before.route, before.along, along)) : before.pace,
  };
  if (isOff) return [after, effects];

  const wasPassed = along > stopAlong + drivenBy;
  if (wasPassed || isThere(after, fix, stopAlong)) {
    const isLast = after.nextStop >= after.route.stops.length - 1;
    const arrival = after.route.manoeuvres.findIndex(({ kind, along: at }) => kind === "arrive" && at === stopAlong);
    if (isLast) {
      after = { ...after, hasArrived: true, next: after.route.manoeuvres.length - 1 };
      return [after, [...effects, { kind: "arrived" }]];
    }
    effects.push({ kind: "stop-reached", stop: after.nextStop, passed: wasPassed });
    after = { ...after, nextStop: after.nextStop + 1, next: Math.min(arrival + 2, after.route.manoeuvres.length - 1) };
  }
  const next = nextAfter(after, along, along < before.along);
  if (next !== before.next) effects.push({ kind: "step-advanced", next });
  return [{ ...after, next }, effects];
}
