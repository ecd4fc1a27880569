import type { Journey, Place } from "@caravan/link";

import { goalOf, lastStop } from "./way.ts";
import type { ChosenBy, Way } from "./way.ts";

/**
 * What the car is about. `stop` is the index of the next stop of the way; while `waiting` the car stands there on purpose. `manual` with
 * `hands: false` is a car that brakes because nobody holds the pedals.
 */
export type JourneyState =
  | { readonly kind: "idle" }
  /** `others`: the ways that may be chosen instead, best first. */
  | { readonly kind: "planned"; readonly way: Way; readonly others: readonly Way[] }
  | { readonly kind: "driving"; readonly way: Way; readonly stop: number }
  | { readonly kind: "waiting"; readonly way: Way; readonly stop: number }
  | { readonly kind: "stopping"; readonly way: Way; readonly stop: number }
  | { readonly kind: "arrived"; readonly to: Place; readonly by: ChosenBy; readonly side?: "left" | "right" }
  | { readonly kind: "manual"; readonly hands: boolean }
  | { readonly kind: "replay"; readonly file: string; readonly ended?: true };

export type JourneyEvent =
  /** Ways were found for a destination that somebody chose. */
  | { readonly kind: "ways-found"; readonly way: Way; readonly others: readonly Way[] }
  | { readonly kind: "way-chosen"; readonly id: string }
  | { readonly kind: "drive-asked" }
  /** The gate or the car itself would not follow the route: a door is open, the battery is empty. */
  | { readonly kind: "drive-refused" }
  | { readonly kind: "end-asked" }
  | { readonly kind: "pedals-held"; readonly accelerator: number; readonly steering: number }
  /** No word from the hand on the screen for longer than it may be silent. */
  | { readonly kind: "pedals-silent" }
  /** The car, which was moving, stands still now. */
  | { readonly kind: "stands" }
  /** The car stands still at the next stop of its route, which may be the destination. */
  | { readonly kind: "stop-reached" }
  /** What the car stood for at a stop is done: it has waited, or charged. */
  | { readonly kind: "stop-over" }
  /** The car has left its route, or nobody gets through there. */
  | { readonly kind: "route-left"; readonly why?: "closure" }
  /** Another way to the same places, from where the car is now: after a wrong turn, around a queue, with another stop. */
  | { readonly kind: "way-found"; readonly way: Way; readonly why: "rerouted" | "closure" | "alternative" | "faster" }
  | { readonly kind: "no-way" }
  /** The same way with what is newly known of it. */
  | { readonly kind: "way-updated"; readonly way: Way }
  /** The recording that plays in place of a car is over. */
  | { readonly kind: "recording-ended" };

export type JourneyEffect =
  /** Drive along the way to its stop number `stop`. */
  | { readonly kind: "follow"; readonly way: Way; readonly stop: number }
  /** Brake to a stand, on the road, without shifting. */
  | { readonly kind: "halt" }
  /** Standing: shift to park and apply the brake. */
  | { readonly kind: "park" }
  /** Standing at a stop of the way: wait, or charge. */
  | { readonly kind: "wait"; readonly way: Way; readonly stop: number }
  | { readonly kind: "pedals"; readonly accelerator: number; readonly steering: number }
  | { readonly kind: "find-way"; readonly way: Way; readonly stop: number; readonly why: "rerouted" | "closure" }
  | { readonly kind: "begin-trip" }
  | { readonly kind: "finish-trip"; readonly to?: Place };

type Next = readonly [JourneyState, readonly JourneyEffect[]];

/** The next state and what has to be done for it; an event that means nothing in a state changes nothing. */
export function step(state: JourneyState, event: JourneyEvent): Next {
  if (state.kind === "replay") {
    return [event.kind === "recording-ended" ? { kind: "replay", file: state.file, ended: true } : state, []];
  }
  switch (event.kind) {
    case "ways-found":
      return [{ kind: "planned", way: event.way, others: event.others }, mayRoll(state) ? [{ kind: "halt" }] : []];
    case "way-chosen":
      return choose(state, event.id);
    case "drive-asked":
      return drive(state);
    case "drive-refused":
      return state.kind === "driving"
        ? [{ kind: "planned", way: state.way, others: [] }, [{ kind: "halt" }, { kind: "finish-trip" }]]
        : [state, []];
    case "end-asked":
      return end(state);
    case "pedals-held":
      return [
        { kind: "manual", hands: true },
        [
          ...(state.kind === "manual" && state.hands ? [] : ([{ kind: "begin-trip" }] as const)),
          { kind: "pedals", accelerator: event.accelerator, steering: event.steering },
        ],
      ];
    case "pedals-silent":
      return state.kind === "manual" && state.hands
        ? [{ kind: "manual", hands: false }, [{ kind: "halt" }]]
        : [state, []];
    case "stands":
      return stand(state);
    case "stop-reached":
      return reach(state);
    case "stop-over":
      return state.kind === "waiting" ? driveOn(state) : [state, []];
    case "route-left":
      return state.kind === "driving"
        ? [state, [{ kind: "find-way", way: state.way, stop: state.stop, why: event.why ?? "rerouted" }]]
        : [state, []];
    case "way-found":
      return takeWay(state, event.way);
    case "no-way":
      return state.kind === "driving" ? [{ ...state, kind: "stopping" }, [{ kind: "halt" }]] : [state, []];
    case "way-updated":
      return isUnderWay(state) && state.way.summary.id === event.way.summary.id
        ? [{ ...state, way: event.way }, []]
        : [state, []];
    case "recording-ended":
      return [state, []];
  }
}

function choose(state: JourneyState, id: string): Next {
  if (state.kind !== "planned") return [state, []];
  const way = state.others.find((other) => other.summary.id === id);
  if (way === undefined) return [state, []];
  const others = [state.way, ...state.others.filter((other) => other !== way)];
  return [{ kind: "planned", way, others }, []];
}

function drive(state: JourneyState): Next {
  if (state.kind === "waiting") return driveOn(state);
  if (state.kind !== "planned") return [state, []];
  const { way } = state;
  return [{ kind: "driving", way, stop: 0 }, [{ kind: "begin-trip" }, { kind: "follow", way, stop: 0 }]];
}

function driveOn({ way, stop }: Extract<JourneyState, { kind: "waiting" }>): Next {
  return [{ kind: "driving", way, stop: stop + 1 }, [{ kind: "follow", way, stop: stop + 1 }]];
}

function end(state: JourneyState): Next {
  switch (state.kind) {
    case "driving":
      return [{ ...state, kind: "stopping" }, [{ kind: "halt" }]];
    case "manual":
      return [{ kind: "manual", hands: false }, [{ kind: "halt" }]];
    case "waiting":
      return [{ kind: "idle" }, [{ kind: "finish-trip" }]];
    case "planned":
    case "arrived":
      return [{ kind: "idle" }, []];
    case "idle":
    case "stopping":
    case "replay":
      return [state, []];
  }
}

function stand(state: JourneyState): Next {
  if (state.kind === "stopping") return [{ kind: "idle" }, [{ kind: "park" }, { kind: "finish-trip" }]];
  // Somebody who manoeuvres stops between forwards and backwards: the gear stays theirs.
  if (state.kind === "manual" && !state.hands) return [{ kind: "idle" }, [{ kind: "finish-trip" }]];
  // The drive that was given up for this plan is over once the car stands.
  if (state.kind === "planned") return [state, [{ kind: "park" }, { kind: "finish-trip" }]];
  return [state, []];
}

function reach(state: JourneyState): Next {
  if (state.kind !== "driving" && state.kind !== "stopping") return [state, []];
  const { way, stop } = state;
  if (state.kind === "driving" && stop < lastStop(way)) {
    return [{ kind: "waiting", way, stop }, [{ kind: "park" }, { kind: "wait", way, stop }]];
  }
  const to = goalOf(way);
  // A drive that was being ended at a stop on the way is simply over.
  if (stop < lastStop(way)) return stand(state);
  const side = way.summary.manoeuvres.at(-1)?.modifier;
  const beside = side === "left" || side === "right" ? { side } : {};
  return [{ kind: "arrived", to, by: way.by, ...beside }, [{ kind: "park" }, { kind: "finish-trip", to }]];
}

function takeWay(state: JourneyState, way: Way): Next {
  if (state.kind === "driving") return [{ kind: "driving", way, stop: 0 }, [{ kind: "follow", way, stop: 0 }]];
  // The car stands where its old way had a stop: the new one begins here.
  if (state.kind === "waiting") return [{ kind: "driving", way, stop: 0 }, [{ kind: "follow", way, stop: 0 }]];
  if (state.kind === "planned") return [{ kind: "planned", way, others: [] }, []];
  return [state, []];
}

/** A car on the move that loses its route to another plan brakes first. */
function mayRoll(state: JourneyState): boolean {
  return state.kind === "driving" || state.kind === "stopping" || state.kind === "manual";
}

/** States that have a way. */
export type OnItsWay = Extract<JourneyState, { readonly way: Way }>;

/** Does the car have a way, driven or only planned? */
export function isUnderWay(state: JourneyState): state is OnItsWay {
  return "way" in state;
}

/** Index of the next stop of the way. */
export function nextStopOf(state: OnItsWay): number {
  return state.kind === "planned" ? 0 : state.stop;
}

/** The journey as the screens know it. */
export function forScreens(state: JourneyState): Journey {
  switch (state.kind) {
    case "planned":
      return { kind: "planned", route: state.way.summary, alternatives: state.others.map(({ summary }) => summary) };
    case "waiting":
      return { kind: "driving", route: state.way.summary, standsAt: state.stop };
    case "driving":
    case "stopping":
      return { kind: state.kind, route: state.way.summary };
    case "arrived":
      return { kind: "arrived", to: state.to, ...(state.side === undefined ? {} : { side: state.side }) };
    case "manual":
      return { kind: "manual" };
    case "idle":
    case "replay":
      return state;
  }
}
