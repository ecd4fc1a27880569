import { dueAlert, remember } from "./alerts.ts";
import type { AheadAlert } from "./alerts.ts";
import { announcementText, arrivalText, departureText } from "./announcement.ts";
import type { Talk } from "./announcement.ts";
import { remainingOf } from "./eta.ts";
import { beginFollowing, follow } from "./following.ts";
import type { FollowEffect, Following } from "./following.ts";
import type { GuideRoute } from "./guide-route.ts";
import type { OtherRoad } from "./off-route.ts";
import { noOverspeed, wantsWord, watchSpeed } from "./overspeed.ts";
import type { Overspeed } from "./overspeed.ts";
import type { FixOnRoute } from "./place-on-route.ts";
import { speechSeconds } from "./speech.ts";
import { spokenDistance } from "./spoken-distance.ts";
import type { GuideUnits } from "./spoken-distance.ts";
import { ssmlOf } from "./ssml.ts";
import { passOver, secondsOfSilence, tell, withTold } from "./telling.ts";
import type { GuideLanguage } from "./texts.ts";
import { wordsOf } from "./words.ts";

export interface GuideSettings {
  readonly language: GuideLanguage;
  readonly units: GuideUnits;
  /** The person wants to hear of cameras, and where the car drives that is allowed (`mayWarnOfCameras`). */
  readonly cameras: boolean;
}

/**
 * Why a route is (another) one. `closure`: nobody gets through on the old one. `faster`: it goes round slow traffic. `times`: the same way with the
 * traffic of now. `restored`: the car was restarted on its way.
 */
export type RouteChange = "new" | "rerouted" | "closure" | "alternative" | "faster" | "times" | "restored";

/** A position; without a route there is no `place`. */
export interface GuideFix {
  readonly kind: "fix";
  /** ms of the car's clock, as with every event. */
  readonly at: number;
  /** m/s. */
  readonly speed: number;
  readonly place?: FixOnRoute | undefined;
  /** The best road that is no part of the route, where the tracker holds the car to be on it. */
  readonly other?: OtherRoad | undefined;
  /** m/s posted here. */
  readonly limit?: number | undefined;
  /** What lies ahead, nearest first. */
  readonly ahead?: readonly AheadAlert[] | undefined;
}

export type GuideEvent =
  | { readonly kind: "route-set"; readonly at: number; readonly route: GuideRoute; readonly why: RouteChange }
  | { readonly kind: "route-ended"; readonly at: number }
  | GuideFix
  /** `lost`: neither satellites nor dead reckoning know where the car is. */
  | { readonly kind: "position"; readonly at: number; readonly quality: "satellites" | "dead-reckoned" | "lost" }
  /** A better way is offered; seconds saved. Told in the next quiet moment. */
  | { readonly kind: "offer"; readonly at: number; readonly saves: number; readonly why: "traffic" | "closure" }
  /** The offer is answered or no longer true: what waits to be said of it is forgotten. */
  | { readonly kind: "offer-gone"; readonly at: number }
  | { readonly kind: "say-again"; readonly at: number }
  | { readonly kind: "settings"; readonly at: number; readonly settings: GuideSettings };

/** What is said. */
export interface Announcing {
  readonly kind: "announce";
  /** Rises by one with each. */
  readonly id: number;
  readonly text: string;
  readonly ssml: string;
  readonly language: GuideLanguage;
  readonly about: "manoeuvre" | "reroute" | "overspeed" | "camera" | "arrive" | "traffic" | "charge" | "position";
  /** It is to be heard at once, in place of what is being said. */
  readonly interrupts: boolean;
}

export type GuideEffect =
  | Announcing
  | FollowEffect
  /** The hint about the limit (m/s) comes or goes. */
  | { readonly kind: "overspeed"; readonly isOver: boolean; readonly limit: number };

/** One drive as guidance knows it: plain data, stepped by `guide` alone. */
export interface Guidance {
  readonly settings: GuideSettings;
  readonly following: Following | undefined;
  /** Continues a drive without a word about what was said before the restart. */
  readonly isSilent: boolean;
  /** The leg that begins when the car rolls again: index of its "depart". */
  readonly departing: number | undefined;
  /** ms until which something is being said. */
  readonly busyUntil: number;
  /** Words that are true for a while and wait for a quiet moment. */
  readonly waiting: { readonly about: Announcing["about"]; readonly text: string } | undefined;
  readonly announced: number;
  readonly overspeed: Overspeed;
  /** Alerts spoken of, newest last, at most 64. */
  readonly alerted: readonly string[];
  readonly quality: "satellites" | "dead-reckoned" | "lost";
  /** ms when the last word about a new way began. */
  readonly reroutedAt: number;
  /** m/s at the last fix. */
  readonly speed: number;
}

/** m/s from which a car that stood at a stop is under way again. */
const underWay = 2;

/** ms: a way that is found anew again so soon, while the car is still finding onto it, is no news. */
const sameReroute = 15_000;

const metresPerSecond = { kmh: 1 / 3.6, mph: 0.44704 } as const;

export function beginGuidance(settings: GuideSettings): Guidance {
  return {
    settings,
    following: undefined,
    isSilent: false,
    departing: undefined,
    busyUntil: -Infinity,
    waiting: undefined,
    announced: 0,
    overspeed: noOverspeed,
    alerted: [],
    quality: "satellites",
    reroutedAt: -Infinity,
    speed: 0,
  };
}

type Stepped = readonly [Guidance, readonly GuideEffect[]];

function say(state: Guidance, at: number, about: Announcing["about"], text: string, interrupts = false): Stepped {
  const { language } = state.settings;
  const id = state.announced + 1;
  const next = { ...state, announced: id, busyUntil: at + 1000 * speechSeconds(text) };
  return [next, [{ kind: "announce", id, text, ssml: ssmlOf(language, text), language, about, interrupts }]];
}

/** A limit as signs show it. */
function limitNumber(limit: number, units: GuideUnits): number {
  return Math.round(limit / metresPerSecond[units === "metric" ? "kmh" : "mph"]);
}

function talkOf({ settings }: Guidance, route: GuideRoute): Talk {
  return { route, language: settings.language, units: settings.units };
}

function setRoute(state: Guidance, at: number, route: GuideRoute, why: RouteChange): Stepped {
  const old = state.following;
  if (why === "times" && old !== undefined && old.route.id === route.id) {
    return [{ ...state, following: { ...old, route } }, []];
  }
  const following = beginFollowing(route);
  const next: Guidance = {
    ...state,
    following,
    isSilent: why === "restored",
    departing: undefined,
    waiting: undefined,
  };
  // What is being said is about a way that is no longer driven.
  const interrupts = at < state.busyUntil;
  switch (why) {
    case "new": {
      const { text, tellsNext } = departureText(talkOf(state, route), 0);
      return say(
        { ...next, following: tellsNext ? withTold(following, 1, 1) : following },
        at,
        "manoeuvre",
        text,
        interrupts,
      );
    }
    case "rerouted":
    case "closure":
    case "faster": {
      if (why === "rerouted" && at - state.reroutedAt < sameReroute) return [next, []];
      const text = wordsOf(state.settings.language).newRoute(why);
      return say({ ...next, reroutedAt: at }, at, "reroute", text, interrupts);
    }
    case "alternative":
    case "times":
    case "restored":
      return [next, []];
  }
}

/** Words about an offer, about what lies ahead, or about the limit, where the way leaves time for them. */
function speakOfRoad(state: Guidance, fix: GuideFix): Stepped {
  const { settings, following } = state;
  const words = wordsOf(settings.language);
  if (fix.at < state.busyUntil) return [state, []];
  const silence =
    following === undefined ? Infinity : secondsOfSilence(following, talkOf(state, following.route), fix.speed);
  const fits = (text: string) => speechSeconds(text) < silence;
  const { waiting } = state;
  if (waiting !== undefined && fits(waiting.text)) {
    return say({ ...state, waiting: undefined }, fix.at, waiting.about, waiting.text);
  }
  const ahead = (fix.ahead ?? []).filter(({ kind }) => kind !== "camera" || settings.cameras);
  const alert = dueAlert(ahead, state.alerted, fix.speed);
  if (alert !== undefined) {
    const distance = spokenDistance(settings.language, settings.units, alert.distance);
    const text = words.alert(alert.kind, distance, String(limitNumber(alert.limit ?? 0, settings.units)));
    if (!fits(text)) return [state, []];
    const told = { ...state, alerted: remember(state.alerted, alert.id) };
    return say(told, fix.at, alert.kind === "camera" ? "camera" : "traffic", text);
  }
  const { overspeed } = state;
  if (overspeed.limit === undefined || !wantsWord(overspeed, fix.at)) return [state, []];
  const text = words.overspeed(
    limitNumber(overspeed.limit, settings.units),
    settings.units === "metric" ? "km/h" : "mph",
  );
  if (!fits(text)) return [state, []];
  return say({ ...state, overspeed: { ...overspeed, isTold: true, toldAt: fix.at } }, fix.at, "overspeed", text);
}

/** Words about the way. */
function speakOfWay(state: Guidance, following: Following, fix: GuideFix, hasJustArrived: boolean): Stepped {
  const talk = talkOf(state, following.route);
  const last = following.route.manoeuvres.length - 1;
  if (hasJustArrived && following.told[last] > 0) {
    const told = withTold(following, last, 0);
    return say(
      { ...state, following: told },
      fix.at,
      "arrive",
      arrivalText(talk, last, true),
      fix.at < state.busyUntil,
    );
  }
  if (state.departing !== undefined && fix.speed >= underWay) {
    const { text, tellsNext } = departureText(talk, state.departing);
    const told = tellsNext ? withTold(following, state.departing + 1, 1) : following;
    return say({ ...state, departing: undefined, following: told }, fix.at, "manoeuvre", text);
  }
  const busySeconds = Math.max(0, (state.busyUntil - fix.at) / 1000);
  const [told, telling] = tell(following, talk, fix.speed, busySeconds);
  const next = { ...state, following: told };
  return telling === undefined ? [next, []] : say(next, fix.at, telling.kind, telling.text, telling.interrupts);
}

function takeFix(before: Guidance, fix: GuideFix): Stepped {
  const effects: GuideEffect[] = [];
  const overspeed = watchSpeed(before.overspeed, fix);
  if (overspeed.isOver !== before.overspeed.isOver) {
    effects.push({
      kind: "overspeed",
      isOver: overspeed.isOver,
      limit: overspeed.limit ?? before.overspeed.limit ?? 0,
    });
  }
  let state: Guidance = { ...before, overspeed, speed: fix.speed };
  const run = ([next, more]: Stepped): void => {
    state = next;
    effects.push(...more);
  };
  if (state.following !== undefined && fix.place !== undefined) {
    const [following, followed] = follow(state.following, fix.place, fix.other);
    effects.push(...followed);
    const halted = followed.find((effect) => effect.kind === "stop-reached" && !effect.passed);
    state = { ...state, following, departing: halted === undefined ? state.departing : following.next - 1 };
    if (state.isSilent) {
      state = { ...state, isSilent: false, following: passOver(following, talkOf(state, following.route), fix.speed) };
    }
    run(
      speakOfWay(
        state,
        state.following ?? following,
        fix,
        followed.some(({ kind }) => kind === "arrived"),
      ),
    );
  }
  run(speakOfRoad(state, fix));
  return [state, effects];
}

function sayAgain(state: Guidance, at: number): Stepped {
  const { following } = state;
  if (following === undefined || following.hasArrived || following.isOff) {
    return say(state, at, "manoeuvre", wordsOf(state.settings.language).noRoute, true);
  }
  const toNext = following.route.manoeuvres[following.next].along - following.along;
  const text = announcementText(talkOf(state, following.route), following.next, "near", Math.max(0, toNext), false);
  return say(state, at, "manoeuvre", text, true);
}

/**
 * The next state of a drive's guidance, and what has to be done: said, shown or planned anew. Pure: the same events give the same words, so a
 * log of events is a drive that can be driven again. Events come in the order of their `at`; a fix older than the last one changes nothing.
 */
export function guide(state: Guidance, event: GuideEvent): Stepped {
  switch (event.kind) {
    case "route-set":
      return setRoute(state, event.at, event.route, event.why);
    case "route-ended":
      return [{ ...state, following: undefined, departing: undefined, isSilent: false, waiting: undefined }, []];
    case "fix":
      return takeFix(state, event);
    case "position": {
      const next = { ...state, quality: event.quality };
      const isNews = event.quality === "lost" && state.quality !== "lost";
      return isNews ? say(next, event.at, "position", wordsOf(state.settings.language).positionLost) : [next, []];
    }
    case "offer": {
      const minutes = Math.max(1, Math.round(event.saves / 60));
      const text = wordsOf(state.settings.language).fasterWay(minutes, event.why);
      return [{ ...state, waiting: { about: "traffic", text } }, []];
    }
    case "offer-gone":
      return [{ ...state, waiting: undefined }, []];
    case "say-again":
      return sayAgain(state, event.at);
    case "settings":
      return [{ ...state, settings: event.settings }, []];
  }
}

/** How far the drive has come; undefined without a route. */
export interface GuideProgress {
  /** Metres driven, and left. */
  readonly along: number;
  readonly remaining: number;
  /** Seconds left with the traffic of now and the charging to come, and how many of them are owed to traffic. */
  readonly remainingTime: number;
  readonly delay: number;
  /** Index of the next manoeuvre, and metres to it. */
  readonly next: number;
  readonly toNext: number;
  /** Index of the next stop. */
  readonly nextStop: number;
}

/** `forecast`: seconds the car itself thinks it needs for the rest on free roads, where it knows. */
export function progressOf({ following }: Guidance, forecast?: number): GuideProgress | undefined {
  if (following === undefined) return undefined;
  const { route, along, next, nextStop, pace } = following;
  const { seconds, delay } = remainingOf(route, along, nextStop, pace, forecast);
  return {
    along,
    remaining: Math.max(0, route.length - along),
    remainingTime: seconds,
    delay,
    next,
    toNext: Math.max(0, route.manoeuvres[next].along - along),
    nextStop,
  };
}
