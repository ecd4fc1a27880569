import type { Route } from "../route/route.ts";
import { announcementText, departureText } from "./announcement.ts";
import type { Talk } from "./announcement.ts";
import { guideRouteOf } from "./guide-route.ts";
import type { GuideStop } from "./guide-route.ts";
import { speechSeconds } from "./speech.ts";
import type { GuideUnits } from "./spoken-distance.ts";
import { ssmlOf } from "./ssml.ts";
import { approachSpeed, pause, stagesOf } from "./stages.ts";
import type { Stage } from "./stages.ts";
import type { GuideLanguage } from "./texts.ts";

/** One announcement, in the shape navigation clients read beside OSRM's steps. */
export interface VoiceInstruction {
  /** Metres before the end of the step at which it is to be said. */
  readonly distanceAlongGeometry: number;
  readonly announcement: string;
  readonly ssmlAnnouncement: string;
}

/** The stages of a manoeuvre, spaced by how long their own words take. */
export function plannedStages(talk: Talk, index: number): readonly Stage[] {
  return stagesOf(talk.route, index, (kind) => speechSeconds(announcementText(talk, index, kind, 1_000, true)));
}

/** What is left to say of a first turn that was told with the departure: its last words, where those of the departure are over by then. */
function afterDeparture(stages: readonly Stage[], length: number, speed: number, said: string): readonly Stage[] {
  return stages.filter(
    ({ kind, distance }) => kind === "now" && (length - distance) / speed >= speechSeconds(said) + pause,
  );
}

const tenths = (metres: number) => Math.round(metres * 10) / 10;

/**
 * What is said on each step (the way from one manoeuvre to the next; the steps are in the order of `route.manoeuvres`, and nothing is said on
 * an "arrive"), farthest first, for a drive at the speeds of the map.
 */
export function voicesOf(
  route: Route,
  language: GuideLanguage,
  { units = "metric", stops = [] }: { readonly units?: GuideUnits; readonly stops?: readonly GuideStop[] } = {},
): readonly (readonly VoiceInstruction[])[] {
  const talk: Talk = { route: guideRouteOf("", route, stops), language, units };
  const instruction = (distance: number, text: string): VoiceInstruction => ({
    distanceAlongGeometry: tenths(distance),
    announcement: text,
    ssmlAnnouncement: ssmlOf(language, text),
  });
  return route.manoeuvres.map((manoeuvre, step) => {
    const next = route.manoeuvres.at(step + 1);
    if (manoeuvre.kind === "arrive" || next === undefined) return [];
    let wasTold = false;
    let stages = plannedStages(talk, step + 1);
    const said: VoiceInstruction[] = [];
    if (manoeuvre.kind === "depart") {
      const { text, tellsNext } = departureText(talk, step);
      said.push(instruction(next.along - manoeuvre.along, text));
      wasTold = tellsNext;
      if (tellsNext)
        stages = afterDeparture(stages, next.along - manoeuvre.along, approachSpeed(talk.route, next.along), text);
    }
    const told = stages.map(({ kind, distance }, i) =>
      instruction(distance, announcementText(talk, step + 1, kind, distance, wasTold || i > 0)),
    );
    return [...said, ...told];
  });
}
