import type { Manoeuvre } from "../route/manoeuvre.ts";
import { capitalised, filled, phraseAt, sentenceAt } from "./texts.ts";
import type { GuideLanguage, Phrase } from "./texts.ts";

/** What of a manoeuvre its sentence is made of. */
export type Instructed = Pick<
  Manoeuvre,
  "kind" | "modifier" | "street" | "ref" | "destination" | "junction" | "drivingSide" | "mode" | "bearingAfter"
> &
  Partial<Pick<Manoeuvre, "rotary" | "exit">>;

/** Where in the whole journey a manoeuvre stands. */
export interface InstructionPlace {
  /** Which leg ends with an "arrive", from 0, and how many legs there are. */
  readonly leg?: number;
  readonly legs?: number;
  /** Name of the place where an "arrive" is. */
  readonly name?: string;
  /** On motorways signs show numbers and people say them; the name of the way is then left out. */
  readonly isMotorway?: boolean;
}

const compass = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"] as const;

/** The eight winds as osrm-text-instructions parts them: 20 degrees to either side are still north, east, south, west. */
function windOf(bearing: number): (typeof compass)[number] {
  const degrees = ((bearing % 360) + 360) % 360;
  const quarter = Math.round(degrees / 90);
  const aside = degrees - quarter * 90;
  if (Math.abs(aside) <= 20) return compass[(quarter * 2) % 8] ?? "north";
  return compass[(quarter * 2 + (aside > 0 ? 1 : 7)) % 8] ?? "north";
}

/** The first of several values in one tag. */
function firstOf(values: string): string {
  return (values.split(/[;,]| \/ /)[0] ?? "").trim();
}

/** A road as people call it: its name with its number behind it, each once. */
export function wayName(language: GuideLanguage, way: Pick<Instructed, "street" | "ref">, isMotorway = false): string {
  const ref = firstOf(way.ref);
  const name = way.street === way.ref || way.street === ref ? "" : way.street.replace(` (${way.ref})`, "");
  if (name === "" || ref === "") return name === "" ? ref : name;
  if (isMotorway) return /\d/.test(ref) ? ref : name;
  return filled(sentenceAt(language, "phrase", "name and ref"), { name, ref });
}

/** The first place of a sign, with the number of the road to it: "E 6: Oslo". */
export function firstDestination(destination: string): string {
  const [first = "", places] = destination.split(": ");
  return [first, places].flatMap((part) => (part === undefined || part === "" ? [] : [firstOf(part)])).join(": ");
}

function ordinal(language: GuideLanguage, number: number): string {
  return sentenceAt(language, "constants", "ordinalize", String(number));
}

/** The table of sentences for the kind and the modifier. */
function tableOf(language: GuideLanguage, told: Instructed): Phrase | undefined {
  const { kind, modifier, exit, rotary = "" } = told;
  const byMode = phraseAt(language, "modes", told.mode);
  if (byMode !== undefined) return byMode;
  // A ramp on the side where all ramps are needs no word about its side.
  const isUsualSide = kind === "off ramp" && modifier.includes(told.drivingSide);
  const bySide = isUsualSide ? undefined : phraseAt(language, kind, modifier);
  const table = bySide ?? phraseAt(language, kind, "default");
  if (kind !== "rotary" && kind !== "roundabout") return table;
  if (table === undefined || typeof table === "string") return table;
  const hasExit = exit !== undefined && ordinal(language, exit) !== "";
  if (rotary !== "" && hasExit && table["name_exit"] !== undefined) return table["name_exit"];
  if (rotary !== "" && table["name"] !== undefined) return table["name"];
  if (hasExit && table["exit"] !== undefined) return table["exit"];
  return table["default"];
}

/** The best sentence of a table for what is known: exit and sign before sign, exit, name of the road, name of the place. */
function choose(table: Phrase | undefined, told: Instructed, way: string, place: string): string {
  if (table === undefined || typeof table === "string") return table ?? "";
  const wanted = [
    [told.destination !== "" && told.junction !== "", "exit_destination"],
    [told.destination !== "", "destination"],
    [told.junction !== "", "exit"],
    [way !== "", "name"],
    [place !== "", "named"],
    [true, "default"],
  ] as const;
  for (const [applies, key] of wanted) {
    const sentence = table[key];
    if (applies && typeof sentence === "string") return sentence;
  }
  return "";
}

function destinationCount(language: GuideLanguage, { leg, legs = 1 }: InstructionPlace): string {
  if (leg === undefined || leg === legs - 1) return "";
  const nth = ordinal(language, leg + 1);
  return language === "zh-CN" && nth !== "" ? `${nth}个` : nth;
}

/**
 * The whole instruction in one sentence without a full stop, by the rules and the texts of osrm-text-instructions:
 * "Turn left onto Södra vägen (E 6)", "左转，驶入南京西路".
 */
export function instructionText(language: GuideLanguage, told: Instructed, place: InstructionPlace = {}): string {
  const isArrival = told.kind === "arrive";
  const way = isArrival ? "" : wayName(language, told, place.isMotorway);
  const named = isArrival ? (place.name ?? "") : "";
  return capitalised(
    filled(choose(tableOf(language, told), told, way, named), {
      way_name: way,
      destination: firstDestination(told.destination),
      exit: firstOf(told.junction),
      exit_number: ordinal(language, told.exit ?? 1),
      // The Chinese sentence brings the word for a roundabout itself.
      rotary_name: (told.rotary ?? "").replace(language === "zh-CN" ? /环岛$/ : "", ""),
      modifier: sentenceAt(language, "constants", "modifier", told.modifier),
      turn: sentenceAt(language, "constants", "turn", told.modifier),
      direction: sentenceAt(language, "constants", "direction", windOf(told.bearingAfter)),
      nth: destinationCount(language, place),
      waypoint_name: named,
    }),
  );
}

/** The same without names and signs, for the moment of the turn and for "then turn right". */
export function shortInstruction(language: GuideLanguage, told: Instructed, place: InstructionPlace = {}): string {
  return instructionText(language, { ...told, street: "", ref: "", destination: "", junction: "", rotary: "" }, place);
}
