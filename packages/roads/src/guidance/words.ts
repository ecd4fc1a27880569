import { chineseWords } from "./words-zh.ts";
import { englishWords } from "./words-en.ts";
import type { GuideLanguage } from "./texts.ts";

/** Which of the lanes before a manoeuvre are meant, counted from the left edge of the road. */
export interface LaneGroup {
  readonly side: "left" | "right" | "middle";
  /** How many lanes belong together. */
  readonly count: number;
}

export type AlertKind = "camera" | "rail-crossing" | "works" | "closure" | "accident" | "hazard" | "limit-drop";

/** What guidance says in its own words, where osrm-text-instructions has none. One such table makes a language. */
export interface GuideWords {
  readonly metres: (metres: number) => string;
  readonly kilometres: (kilometres: number) => string;
  readonly feet: (feet: number) => string;
  /** Quarters count: 0.25, 0.5, 0.75, 1, 1.5, 2, 3 ... */
  readonly miles: (miles: number) => string;
  /** "In 300 metres, turn left" of "300 metres" and "Turn left". */
  readonly inDistance: (distance: string, instruction: string) => string;
  /** "Turn left, then immediately turn right". */
  readonly linked: (first: string, second: string, isAtOnce: boolean) => string;
  /** "Head north, then, in 200 metres, turn left". */
  readonly linkedBy: (first: string, distance: string, second: string) => string;
  readonly followRoad: (way: string, distance: string) => string;
  readonly lanes: (group: LaneGroup) => string;
  /** What follows a sentence: "Turn left. Use the left lane". */
  readonly sentences: (first: string, second: string) => string;
  readonly side: (side: "left" | "right" | "straight") => string;
  /** "You will arrive at Liseberg, on the right"; `name` is empty where the place has none. */
  readonly arriveSoon: (kind: "stop" | "charge" | "destination", name: string, side: string) => string;
  readonly arriveNow: (kind: "stop" | "charge" | "destination", name: string, side: string) => string;
  /** How long to charge and up to which percent. */
  readonly charge: (minutes: number, percent: number) => string;
  /** That the route is another one now, and why: the car has left the old one, nobody gets through there, or traffic is slow there. */
  readonly newRoute: (why: "rerouted" | "closure" | "faster") => string;
  /** Minutes that a better way saves, and why it is better. */
  readonly fasterWay: (minutes: number, why: "traffic" | "closure") => string;
  readonly overspeed: (limit: number, unit: "km/h" | "mph") => string;
  readonly alert: (kind: AlertKind, distance: string, limit: string) => string;
  readonly positionLost: string;
  readonly noRoute: string;
}

const all: Readonly<Record<GuideLanguage, GuideWords>> = { en: englishWords, "zh-CN": chineseWords };

/** The table of a language. */
export function wordsOf(language: GuideLanguage): GuideWords {
  return all[language];
}
