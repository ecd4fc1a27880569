import { approachSpeed, isQuiet } from "./stages.ts";
import type { Stage } from "./stages.ts";
import { legOf, secondsBetween, stretchAt } from "./guide-route.ts";
import type { GuideRoute } from "./guide-route.ts";
import { instructionText, shortInstruction, wayName } from "./instruction.ts";
import type { InstructionPlace } from "./instruction.ts";
import { laneHint } from "./lane-hint.ts";
import { spokenDistance } from "./spoken-distance.ts";
import type { GuideUnits } from "./spoken-distance.ts";
import { capitalised } from "./texts.ts";
import type { GuideLanguage } from "./texts.ts";
import { wordsOf } from "./words.ts";

/** Who is spoken to, about what. */
export interface Talk {
  readonly route: GuideRoute;
  readonly language: GuideLanguage;
  readonly units: GuideUnits;
}

/** Seconds and metres between two manoeuvres within which the second is told with the first. */
const chainSeconds = 10;
const chainMetres = 150;

/** Nearer than this, in metres, it comes "immediately". */
const atOnceMetres = 50;

/** Metres; a first turn this close to the start is told with the departure. */
const departChain = 400;

/** m/s; in town the last words are short. */
const briefBelow = 16.5;

function placeOf(route: GuideRoute, index: number): InstructionPlace {
  const leg = legOf(route, index);
  const { along } = route.manoeuvres[index];
  return {
    leg,
    legs: route.stops.length,
    name: route.stops.at(leg)?.name ?? "",
    isMotorway: route.stretches.at(stretchAt(route, along))?.isMotorway ?? false,
  };
}

/** The instruction as a banner shows it: "Turn left onto Södra vägen". */
export function shownInstruction({ route, language }: Talk, index: number): string {
  return instructionText(language, route.manoeuvres[index], placeOf(route, index));
}

/**
 * The next manoeuvre the driver acts upon soon after this one; leaving a roundabout was told with entering it, and so was what follows it.
 */
export function followUp(
  route: GuideRoute,
  index: number,
): { readonly index: number; readonly gap: number } | undefined {
  let from = route.manoeuvres[index];
  if (from.kind === "arrive" || isQuiet(route, index)) return undefined;
  for (let next = index + 1; next < route.manoeuvres.length; next++) {
    const manoeuvre = route.manoeuvres[next];
    const gap = manoeuvre.along - from.along;
    const isSoon = gap <= chainMetres && secondsBetween(route, from.along, manoeuvre.along, "free") <= chainSeconds;
    if (manoeuvre.kind === "exit roundabout" || manoeuvre.kind === "exit rotary") {
      from = manoeuvre;
      continue;
    }
    return isSoon && !isQuiet(route, next) ? { index: next, gap } : undefined;
  }
  return undefined;
}

/** "You will arrive at Liseberg, on the right", or that one has arrived, and then how long to charge there. */
export function arrivalText(talk: Talk, index: number, isNow: boolean): string {
  const { route, language } = talk;
  const words = wordsOf(language);
  const stop = route.stops.at(legOf(route, index)) ?? { kind: "destination", name: "" };
  const { modifier } = route.manoeuvres[index];
  const side = words.side(modifier.endsWith("left") ? "left" : modifier.endsWith("right") ? "right" : "straight");
  if (!isNow) return words.arriveSoon(stop.kind, stop.name, side);
  const text = words.arriveNow(stop.kind, stop.name, side);
  if (stop.charge === undefined) return text;
  const { seconds, until } = stop.charge;
  return words.sentences(text, words.charge(Math.max(1, Math.round(seconds / 60)), Math.round(until)));
}

/** A manoeuvre without its distance; `isBrief` leaves out names that were said before. */
function core(talk: Talk, index: number, isNow: boolean, isBrief: boolean): string {
  const manoeuvre = talk.route.manoeuvres[index];
  if (manoeuvre.kind === "arrive") return arrivalText(talk, index, isNow);
  return isBrief
    ? shortInstruction(talk.language, manoeuvre, placeOf(talk.route, index))
    : shownInstruction(talk, index);
}

/** With what follows closely: "Turn right, then immediately turn left". */
function chained(talk: Talk, index: number, isNow: boolean, isBrief: boolean): string {
  const text = core(talk, index, isNow, isBrief);
  const next = followUp(talk.route, index);
  if (next === undefined) return text;
  const isTurn = talk.route.manoeuvres[next.index].kind !== "arrive";
  return wordsOf(talk.language).linked(text, core(talk, next.index, false, true), isTurn && next.gap <= atOnceMetres);
}

function withLanes({ route, language }: Talk, index: number, text: string): string {
  const { kind, lanes } = route.manoeuvres[index];
  // In a roundabout the lanes of its own exit come too late to be changed.
  const hint = kind === "exit roundabout" || kind === "exit rotary" ? "" : laneHint(language, lanes);
  return hint === "" ? text : wordsOf(language).sentences(text, hint);
}

/**
 * What is said of a manoeuvre at a stage, `distance` metres before it. `wasTold`: an earlier stage has said its names. A full sentence
 * without a full stop.
 */
export function announcementText(
  talk: Talk,
  index: number,
  kind: Stage["kind"],
  distance: number,
  wasTold: boolean,
): string {
  const { route, language, units } = talk;
  const manoeuvre = route.manoeuvres[index];
  const words = wordsOf(language);
  const spoken = spokenDistance(language, units, distance);
  switch (kind) {
    case "outset": {
      const before = route.manoeuvres[Math.max(0, index - 1)];
      return words.followRoad(wayName(language, before, placeOf(route, index - 1).isMotorway), spoken);
    }
    case "early":
      return words.inDistance(spoken, core(talk, index, false, false));
    case "near":
      return withLanes(talk, index, words.inDistance(spoken, chained(talk, index, false, false)));
    case "now": {
      // On a fast road the sign is before the driver's eyes at that moment, and its name is what is looked for.
      const text = chained(talk, index, true, wasTold && approachSpeed(route, manoeuvre.along) < briefBelow);
      return wasTold ? text : withLanes(talk, index, text);
    }
  }
}

/** What is said when a route begins: where to head, and the first turn where it is close. */
export function departureText(talk: Talk, index: number): { readonly text: string; readonly tellsNext: boolean } {
  const { route, language, units } = talk;
  const text = shownInstruction(talk, index);
  const next = route.manoeuvres.at(index + 1);
  const gap = (next?.along ?? 0) - route.manoeuvres[index].along;
  if (next === undefined || gap > departChain || isQuiet(route, index + 1)) return { text, tellsNext: false };
  const second = core(talk, index + 1, false, false);
  const distance = spokenDistance(language, units, gap);
  return { text: capitalised(wordsOf(language).linkedBy(text, distance, second)), tellsNext: true };
}
