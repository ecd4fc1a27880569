import type { Journey, Place, RouteSummary } from "@caravan/link";
import type { Route } from "@caravan/roads";
import type { PlannedPath } from "@caravan/world";

/** Who chose the destination: a person at the screen, or the simulation on its own. */
export type ChosenBy = "person" | "itself";

/** A route as the screen sees it, as the map has it, and as the car follows it. */
export interface Leg {
  readonly summary: RouteSummary;
  readonly route: Route;
  readonly path: PlannedPath;
  readonly by: ChosenBy;
}

/** What the car is about. `manual` with `hands: false` is a car that brakes because nobody holds the pedals. */
export type JourneyState =
  | { readonly kind: "idle" }
  | { readonly kind: "planned"; readonly leg: Leg }
  | { readonly kind: "driving"; readonly leg: Leg }
  | { readonly kind: "stopping"; readonly leg: Leg }
  | { readonly kind: "arrived"; readonly to: Place; readonly by: ChosenBy }
  | { readonly kind: "manual"; readonly hands: boolean }
  | { readonly kind: "replay"; readonly file: string; readonly ended?: true };

export type JourneyEvent =
  /** A route was found for a destination that somebody chose. */
  | { readonly kind: "route-found"; readonly leg: Leg }
  | { readonly kind: "drive-asked" }
  /** The gate or the car itself would not follow the route: a door is open, the battery is empty. */
  | { readonly kind: "drive-refused" }
  | { readonly kind: "end-asked" }
  | { readonly kind: "pedals-held"; readonly accelerator: number; readonly steering: number }
  /** No word from the hand on the screen for longer than it may be silent. */
  | { readonly kind: "pedals-silent" }
  /** The car, which was moving, stands still now. */
  | { readonly kind: "stands" }
  /** The car stands still at the end of its route. */
  | { readonly kind: "destination-reached" }
  | { readonly kind: "route-left" }
  /** Another way to the same destination, from where the car is now. */
  | { readonly kind: "way-found"; readonly leg: Leg }
  | { readonly kind: "no-way" }
  /** The recording that plays in place of a car is over. */
  | { readonly kind: "recording-ended" };

export type JourneyEffect =
  | { readonly kind: "follow"; readonly leg: Leg }
  /** Brake to a stand, on the road, without shifting. */
  | { readonly kind: "halt" }
  /** Standing: shift to park and apply the brake. */
  | { readonly kind: "park" }
  | { readonly kind: "pedals"; readonly accelerator: number; readonly steering: number }
  | { readonly kind: "find-way"; readonly leg: Leg }
  | { readonly kind: "begin-trip" }
  | { readonly kind: "finish-trip"; readonly to?: Place };

/** The next state and what has to be done for it; an event that means nothing in a state changes nothing. */
export function step(state: JourneyState, event: JourneyEvent): readonly [JourneyState, readonly JourneyEffect[]] {
  if (state.kind === "replay") {
    return [event.kind === "recording-ended" ? { kind: "replay", file: state.file, ended: true } : state, []];
  }
  switch (event.kind) {
    case "route-found":
      return [{ kind: "planned", leg: event.leg }, mayRoll(state) ? [{ kind: "halt" }] : []];
    case "drive-asked":
      return state.kind === "planned"
        ? [{ kind: "driving", leg: state.leg }, [{ kind: "begin-trip" }, { kind: "follow", leg: state.leg }]]
        : [state, []];
    case "drive-refused":
      return state.kind === "driving"
        ? [{ kind: "planned", leg: state.leg }, [{ kind: "halt" }, { kind: "finish-trip" }]]
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
    case "destination-reached":
      return state.kind === "driving" || state.kind === "stopping"
        ? [
            { kind: "arrived", to: state.leg.summary.to, by: state.leg.by },
            [{ kind: "park" }, { kind: "finish-trip", to: state.leg.summary.to }],
          ]
        : [state, []];
    case "route-left":
      return state.kind === "driving" ? [state, [{ kind: "find-way", leg: state.leg }]] : [state, []];
    case "way-found":
      return state.kind === "driving"
        ? [{ kind: "driving", leg: event.leg }, [{ kind: "follow", leg: event.leg }]]
        : [state, []];
    case "no-way":
      return state.kind === "driving" ? [{ kind: "stopping", leg: state.leg }, [{ kind: "halt" }]] : [state, []];
    case "recording-ended":
      return [state, []];
  }
}

function end(state: JourneyState): readonly [JourneyState, readonly JourneyEffect[]] {
  switch (state.kind) {
    case "driving":
      return [{ kind: "stopping", leg: state.leg }, [{ kind: "halt" }]];
    case "manual":
      return [{ kind: "manual", hands: false }, [{ kind: "halt" }]];
    case "planned":
    case "arrived":
      return [{ kind: "idle" }, []];
    case "idle":
    case "stopping":
    case "replay":
      return [state, []];
  }
}

function stand(state: JourneyState): readonly [JourneyState, readonly JourneyEffect[]] {
  if (state.kind === "stopping") return [{ kind: "idle" }, [{ kind: "park" }, { kind: "finish-trip" }]];
  // Somebody who manoeuvres stops between forwards and backwards: the gear stays theirs.
  if (state.kind === "manual" && !state.hands) return [{ kind: "idle" }, [{ kind: "finish-trip" }]];
  // The drive that was given up for this plan is over once the car stands.
  if (state.kind === "planned") return [state, [{ kind: "park" }, { kind: "finish-trip" }]];
  return [state, []];
}

/** A car on the move that loses its route to another plan brakes first. */
function mayRoll(state: JourneyState): boolean {
  return state.kind === "driving" || state.kind === "stopping" || state.kind === "manual";
}

/** The journey as the screens know it. */
export function forScreens(state: JourneyState): Journey {
  switch (state.kind) {
    case "planned":
      return { kind: "planned", route: state.leg.summary, alternatives: [] };
    case "driving":
    case "stopping":
      return { kind: state.kind, route: state.leg.summary };
    case "arrived":
      return { kind: "arrived", to: state.to };
    case "manual":
      return { kind: "manual" };
    case "idle":
    case "replay":
      return state;
  }
}
