import type { Manoeuvre, TurnModifier } from "../route/manoeuvre.ts";
import type { Route } from "../route/route.ts";
import { arrivalText, followUp, shownInstruction } from "./announcement.ts";
import type { Talk } from "./announcement.ts";
import { guideRouteOf } from "./guide-route.ts";
import type { GuideStop } from "./guide-route.ts";
import { firstDestination, shortInstruction } from "./instruction.ts";
import { sentenceAt } from "./texts.ts";
import type { GuideLanguage } from "./texts.ts";

/** A piece of a banner's line: text, a road's number as on its shield, an exit's number as on its sign, or a lane. */
export type BannerComponent =
  | { readonly type: "text" | "icon" | "delimiter" | "exit" | "exit-number"; readonly text: string }
  | {
      readonly type: "lane";
      readonly text: "";
      readonly directions: readonly TurnModifier[];
      readonly active: boolean;
      readonly active_direction?: TurnModifier;
    };

/** A line of a banner with the sign that stands before it. */
export interface BannerText {
  readonly text: string;
  readonly components: readonly BannerComponent[];
  readonly type?: Manoeuvre["kind"];
  readonly modifier?: TurnModifier;
  /** With a roundabout: how far round it goes until it is left, clockwise degrees from where it is entered. */
  readonly degrees?: number;
  readonly driving_side?: "left" | "right";
}

/** What is shown from `distanceAlongGeometry` metres before the end of a step, in the shape navigation clients read beside OSRM's steps. */
export interface BannerInstruction {
  readonly distanceAlongGeometry: number;
  readonly primary: BannerText;
  readonly secondary: BannerText | null;
  /** Lanes, or what follows closely. */
  readonly sub: BannerText | null;
}

/** Metres before a manoeuvre from where its lanes and what follows it are shown: earlier the arrows on the road are others. */
const closeWithin = 400;

const tenths = (metres: number) => Math.round(metres * 10) / 10;

/** Where the manoeuvre leads, as components and as text: the exit's number, the sign, else the road; each text once. */
function linesOf(
  language: GuideLanguage,
  manoeuvre: Manoeuvre,
  instruction: string,
): readonly (readonly BannerComponent[])[] {
  const { street, ref, destination, junction, kind } = manoeuvre;
  const lines: BannerComponent[][] = [];
  const [number = ""] = ref.split(";");
  const road: BannerComponent[] = [];
  if (street !== "" && street !== ref) road.push({ type: "text", text: street });
  if (number !== "") {
    if (road.length > 0) road.push({ type: "delimiter", text: "/" });
    road.push({ type: "icon", text: number });
  }
  const sign = firstDestination(destination);
  const exit: BannerComponent[] =
    junction === ""
      ? []
      : [
          { type: "exit", text: sentenceAt(language, "phrase", "exit with number").replace("{exit}", "").trim() },
          { type: "exit-number", text: junction.split(";")[0] ?? "" },
        ];
  if (kind === "arrive") return [[{ type: "text", text: instruction }]];
  if (sign !== "") lines.push([{ type: "text", text: sign }]);
  if (road.length > 0 && !lines.some(([first]) => first?.text === street || first?.text === number)) lines.push(road);
  const [first = [{ type: "text", text: instruction } as const], ...others] = lines;
  return [[...exit, ...first], ...others];
}

function textOf(components: readonly BannerComponent[]): string {
  return components.map(({ text }) => text).join(" ");
}

/** With 180 for straight on, as seen when coming in, in the direction in which traffic goes round. */
function roundDegrees(manoeuvre: Manoeuvre, next: Manoeuvre | undefined): number | undefined {
  if (manoeuvre.kind !== "roundabout" && manoeuvre.kind !== "rotary") return undefined;
  const isExit = next?.kind === "exit roundabout" || next?.kind === "exit rotary";
  if (!isExit) return undefined;
  const right = ((next.bearingAfter - manoeuvre.bearingBefore + 540) % 360) - 180;
  const degrees = manoeuvre.drivingSide === "right" ? 180 - right : 180 + right;
  return degrees === 0 ? 360 : degrees;
}

function bannerText(talk: Talk, index: number, components: readonly BannerComponent[], text: string): BannerText {
  const manoeuvre = talk.route.manoeuvres[index];
  const degrees = roundDegrees(manoeuvre, talk.route.manoeuvres.at(index + 1));
  return {
    text,
    components,
    type: manoeuvre.kind,
    modifier: manoeuvre.modifier,
    ...(degrees === undefined ? {} : { degrees }),
    driving_side: manoeuvre.drivingSide,
  };
}

function lanesOf({ lanes = [] }: Manoeuvre): readonly BannerComponent[] {
  // Where every lane will do, arrows say nothing.
  if (lanes.length < 2 || lanes.every(({ valid }) => valid)) return [];
  return lanes.map(({ indications, valid, active }) => ({
    type: "lane",
    text: "",
    directions: indications.flatMap((direction) => (direction === "none" ? [] : [direction])),
    active: valid,
    ...(valid && active !== undefined ? { active_direction: active } : {}),
  }));
}

function subOf(talk: Talk, index: number, lanes: readonly BannerComponent[]): BannerText | null {
  if (lanes.length > 0) return { text: "", components: lanes };
  const next = followUp(talk.route, index);
  if (next === undefined) return null;
  const manoeuvre = talk.route.manoeuvres[next.index];
  const instruction =
    manoeuvre.kind === "arrive" ? arrivalText(talk, next.index, false) : shortInstruction(talk.language, manoeuvre);
  const [components = []] = linesOf(talk.language, manoeuvre, instruction);
  return bannerText(talk, next.index, components, textOf(components));
}

function bannersOfStep(talk: Talk, step: number): readonly BannerInstruction[] {
  const here = talk.route.manoeuvres[step];
  const next = talk.route.manoeuvres.at(step + 1);
  if (here.kind === "arrive" || next === undefined) return [];
  const instruction = next.kind === "arrive" ? arrivalText(talk, step + 1, false) : shownInstruction(talk, step + 1);
  const [first = [], second] = linesOf(talk.language, next, instruction);
  const banner: BannerInstruction = {
    distanceAlongGeometry: tenths(next.along - here.along),
    primary: bannerText(talk, step + 1, first, textOf(first)),
    secondary: second === undefined ? null : { text: textOf(second), components: second },
    sub: null,
  };
  const sub = subOf(talk, step + 1, lanesOf(next));
  if (sub === null) return [banner];
  // A banner that changes at once is one banner.
  const isLong = banner.distanceAlongGeometry > 1.25 * closeWithin;
  return isLong ? [banner, { ...banner, distanceAlongGeometry: closeWithin, sub }] : [{ ...banner, sub }];
}

/**
 * What is shown on each step (the way from one manoeuvre to the next, in the order of `route.manoeuvres`; nothing on an "arrive"): where the
 * next manoeuvre leads, and close to it its lanes or what follows it.
 */
export function bannersOf(
  route: Route,
  language: GuideLanguage,
  { stops = [] }: { readonly stops?: readonly GuideStop[] } = {},
): readonly (readonly BannerInstruction[])[] {
  const talk: Talk = { route: guideRouteOf("", route, stops), language, units: "metric" };
  return route.manoeuvres.map((_, step) => bannersOfStep(talk, step));
}
