import { announcementText, followUp } from "./announcement.ts";
import type { Talk } from "./announcement.ts";
import type { Following } from "./following.ts";
import { legOf } from "./guide-route.ts";
import { speechSeconds } from "./speech.ts";
import { isQuiet, lastWords, pause } from "./stages.ts";
import type { Stage } from "./stages.ts";
import { plannedStages } from "./voices.ts";

/** Words that are due. */
export interface Telling {
  readonly text: string;
  readonly kind: "manoeuvre" | "arrive" | "charge";
  /** It cannot wait until what is being said is over. */
  readonly interrupts: boolean;
}

/** m/s; times to come are not divided by less. */
const creeping = 2;

/** Seconds before a turn in which words that say nothing new only disturb. */
const tooLate = 1;

/** Seconds between the end of what is being said and words that had to wait for it. */
const breath = 0.5;

const levelOf = ({ kind, distance }: Stage) => (kind === "now" ? 0 : distance);

/** A manoeuvre of which only the last words are still to be said. */
const onlyLastWords = 1;

/** The same with one manoeuvre told up to a level; nothing that was told becomes untold. */
export function withTold(following: Following, index: number, level: number): Following {
  return { ...following, told: following.told.map((was, i) => (i === index ? Math.min(was, level) : was)) };
}

interface Due {
  readonly stage: Stage;
  readonly text: string;
  /** Seconds until the last words have to begin. */
  readonly untilNow: number;
}

/** The innermost stage the car has come to, if it was not told yet. */
function dueStage(following: Following, talk: Talk, speed: number): Due | undefined {
  const { next, along, told, route } = following;
  const toNext = route.manoeuvres[next].along - along;
  const stages = plannedStages(talk, next);
  const last = stages.at(-1);
  if (last === undefined) return undefined;
  const words = announcementText(talk, next, "now", toNext, told[next] !== Infinity);
  const trigger = lastWords(route, next, speed, speechSeconds(words));
  const stage =
    toNext <= trigger ? last : stages.findLast(({ kind, distance }) => kind !== "now" && distance >= toNext);
  if (stage === undefined || levelOf(stage) >= told[next]) return undefined;
  const text = stage.kind === "now" ? words : announcementText(talk, next, stage.kind, toNext, false);
  return { stage, text, untilNow: (toNext - trigger) / Math.max(creeping, speed) };
}

function kindOf(following: Following, stage: Stage): Telling["kind"] {
  const { route, next } = following;
  if (route.manoeuvres[next].kind !== "arrive" || stage.kind !== "now") return "manoeuvre";
  return route.stops.at(legOf(route, next))?.kind === "charge" ? "charge" : "arrive";
}

/**
 * What is to be said of the way now, if anything, and the drive with that noted. Words wait while others are being said (`busySeconds` more)
 * unless they are the last ones and would come too late; words that the last ones would cut short are left out.
 */
export function tell(
  following: Following,
  talk: Talk,
  speed: number,
  busySeconds: number,
): readonly [Following, Telling | undefined] {
  if (following.isOff || following.hasArrived) return [following, undefined];
  const due = dueStage(following, talk, speed);
  if (due === undefined) return [following, undefined];
  const { stage, text, untilNow } = due;
  const told = withTold(following, following.next, levelOf(stage));
  if (stage.kind === "now") {
    const toNext = (talk.route.manoeuvres[following.next].along - following.along) / Math.max(creeping, speed);
    // What is being said may well be what told of this turn beforehand, and nobody cuts his own word short to repeat it.
    const wasForetold = following.told[following.next] === onlyLastWords;
    const isSpare = wasForetold || isQuiet(talk.route, following.next);
    if (isSpare && toNext < tooLate) return [told, undefined];
    const canWait = busySeconds > 0 && (isSpare || toNext > busySeconds + breath + speechSeconds(text));
    if (canWait) return [following, undefined];
    const chained = followUp(talk.route, following.next);
    const noted = chained === undefined ? told : withTold(told, chained.index, onlyLastWords);
    return [noted, { text, kind: kindOf(following, stage), interrupts: busySeconds > 0 }];
  }
  if (untilNow < speechSeconds(text) + pause) return [told, undefined];
  if (busySeconds > 0) return [following, undefined];
  return [told, { text, kind: kindOf(following, stage), interrupts: false }];
}

/** Marks what would be due now as told, without a word; the last words before a manoeuvre are never left out. */
export function passOver(following: Following, talk: Talk, speed: number): Following {
  const due = dueStage(following, talk, speed);
  return due === undefined || due.stage.kind === "now"
    ? following
    : withTold(following, following.next, levelOf(due.stage));
}

/** Seconds until words about the way may be due; other words have to be over by then. */
export function secondsOfSilence(following: Following, talk: Talk, speed: number): number {
  if (following.isOff || following.hasArrived) return Infinity;
  const { next, along, told, route } = following;
  const toNext = route.manoeuvres[next].along - along;
  const stages = plannedStages(talk, next);
  // A manoeuvre without words of its own keeps the way free for those of the next.
  if (stages.length === 0) return toNext / Math.max(creeping, speed);
  const coming = stages.find((stage) => levelOf(stage) < told[next] && stage.distance < toNext);
  return coming === undefined ? Infinity : (toNext - coming.distance) / Math.max(creeping, speed);
}
