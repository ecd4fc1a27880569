import type { Journey, Place, RoadHere, RouteProgress } from "@caravan/link";
import { Place as PlaceShape } from "@caravan/link";
import type { CarActivity, CarPose, Forecast, PlannedPath } from "@caravan/world";
import Type from "typebox";

import type { Remembered } from "../vehicle/remembered.store.ts";
import { distanceBetween } from "./ground.ts";
import { forScreens, step } from "./journey.ts";
import type { ChosenBy, JourneyEffect, JourneyEvent, JourneyState, Leg } from "./journey.ts";
import { findLeg } from "./planner.ts";
import { progressAt } from "./progress.ts";
import type { RoadUnder } from "./road-here.ts";
import { project, projectNear } from "./route-line.ts";
import type { Projection } from "./route-line.ts";
import type { Routing } from "./routing.ts";
import type { TripMeter } from "./trip-meter.ts";

/** What moves the car, behind the gate. A string is the reason for a no. */
export interface Wheel {
  follow(leg: Leg): string | undefined;
  halt(): void;
  park(): void;
  pedals(accelerator: number, steering: number): string | undefined;
}

export type NavigatorChange = "journey" | "progress" | "road";

type JourneyFailure = {
  readonly kind: "failed";
  readonly code: "no-route" | "not-on-a-road" | "no-position" | "not-simulated" | "refused";
  readonly why: string;
};
export type JourneyOutcome = { readonly kind: "done"; readonly journey: Journey } | JourneyFailure;

/** A hand that says nothing for this long has let go; screens repeat at least five times a second. */
const handSilentAfterMs = 400;
/** Metres beside its route, for this long, and the car has left it. */
const offRouteMetres = 40;
const offRouteAfterMs = 3_000;
/** A route planned from farther away than this is planned again before the car sets off. */
const sameStartWithin = 8;

const Kept = Type.Object({
  version: Type.Literal(1),
  kind: Type.Union([Type.Literal("planned"), Type.Literal("driving")]),
  to: PlaceShape,
  by: Type.Union([Type.Literal("person"), Type.Literal("itself")]),
});

export interface NavigatorParts {
  readonly clock: { now(): number };
  readonly routing: Routing;
  /** What a path would cost this car now. */
  readonly forecast: (path: PlannedPath) => Forecast;
  readonly wheel: Wheel;
  readonly where: () => CarPose | undefined;
  readonly activity: () => CarActivity;
  readonly roadUnder: RoadUnder;
  readonly trip: TripMeter;
  readonly remembered: Remembered;
  readonly onChange: (change: NavigatorChange) => void;
  /** Name of the recording that plays in place of a car; such a car cannot be sent anywhere. */
  readonly replay?: string | undefined;
  /** The map thread or a re-plan failed unexpectedly. */
  readonly onFault: (error: unknown) => void;
}

/** Where one car goes: asks the map, moves the car through the gate, watches the drive, measures the trip, and remembers all of it. */
export class Navigator {
  readonly #parts: NavigatorParts;
  #state: JourneyState = { kind: "idle" };
  #place: Projection | undefined;
  #progress: RouteProgress | undefined;
  #planning = 0;
  #handAt = 0;
  #onRouteAt = 0;
  #isReplanning = false;
  #wasMoving = false;
  #refusal: string | undefined;

  constructor(parts: NavigatorParts) {
    this.#parts = parts;
    if (parts.replay !== undefined) this.#state = { kind: "replay", file: parts.replay };
  }

  state(): JourneyState {
    return this.#state;
  }

  journey(): Journey {
    return forScreens(this.#state);
  }

  progress(): RouteProgress | undefined {
    return this.#progress;
  }

  road(): RoadHere {
    return this.#parts.roadUnder.now();
  }

  /** Takes up what the last process was doing: a drive goes on, a plan is planned again. */
  async resume(): Promise<void> {
    if (this.#state.kind === "replay") return;
    const kept = this.#parts.remembered.read("journey", Kept);
    if (kept === undefined) {
      this.#parts.trip.closeLeftOver(this.#street());
      return;
    }
    if (kept.kind === "driving") this.#parts.trip.resume();
    else this.#parts.trip.closeLeftOver(this.#street());
    const outcome = await this.plan(kept.to, kept.by);
    if (outcome.kind === "failed" || kept.kind === "planned") {
      this.#parts.trip.finish(this.#street());
      return;
    }
    await this.drive();
  }

  /** A route to a place; of several plans at once, the last one asked for stays. */
  async plan(to: Place, by: ChosenBy): Promise<JourneyOutcome> {
    const from = this.#parts.where();
    if (from === undefined) return { kind: "failed", code: "no-position", why: "The car does not know where it is." };
    this.#planning += 1;
    const planning = this.#planning;
    const outcome = await findLeg(this.#parts, from, to, by);
    if (outcome.kind === "failed") return outcome;
    if (planning === this.#planning) this.#happen({ kind: "route-found", leg: outcome.leg });
    return { kind: "done", journey: this.journey() };
  }

  async drive(): Promise<JourneyOutcome> {
    const state = this.#state;
    const from = this.#parts.where();
    if (state.kind === "planned" && from !== undefined && distanceBetween(from, startOf(state.leg)) > sameStartWithin) {
      const outcome = await this.plan(state.leg.summary.to, state.leg.by);
      if (outcome.kind === "failed") return outcome;
    }
    this.#refusal = undefined;
    this.#happen({ kind: "drive-asked" });
    if (this.#refusal !== undefined) return { kind: "failed", code: "refused", why: this.#refusal };
    return { kind: "done", journey: this.journey() };
  }

  end(): Journey {
    this.#planning += 1;
    this.#happen({ kind: "end-asked" });
    if (!this.#isMoving()) this.#happen({ kind: "stands" });
    return this.journey();
  }

  pedals(accelerator: number, steering: number): string | undefined {
    this.#handAt = this.#parts.clock.now();
    this.#refusal = undefined;
    this.#happen({ kind: "pedals-held", accelerator, steering });
    return this.#refusal;
  }

  /** The recording in place of a car is over. */
  recordingEnded(): void {
    this.#happen({ kind: "recording-ended" });
  }

  /** To be called five times a second. */
  tick(): void {
    const now = this.#parts.clock.now();
    const where = this.#parts.where();
    if (where !== undefined && this.#parts.roadUnder.look(where)) this.#parts.onChange("road");
    this.#parts.trip.measure();
    if (this.#state.kind === "manual" && this.#state.hands && now - this.#handAt > handSilentAfterMs) {
      this.#happen({ kind: "pedals-silent" });
    }
    const activity = this.#parts.activity();
    if (activity.kind === "arrived") this.#happen({ kind: "destination-reached" });
    const isMoving = this.#isMoving();
    if (this.#wasMoving && !isMoving) this.#happen({ kind: "stands" });
    this.#wasMoving = isMoving;
    if (where !== undefined) this.#watch(where, activity, now);
  }

  /** Before the process ends. */
  save(): void {
    this.#parts.trip.save();
  }

  #isMoving(): boolean {
    const where = this.#parts.where();
    return where !== undefined && Math.abs(where.speed) > 0.05;
  }

  #watch(where: CarPose, activity: CarActivity, now: number): void {
    const state = this.#state;
    if (state.kind !== "driving" && state.kind !== "stopping") return;
    const place =
      activity.kind === "driving" || activity.kind === "stopping"
        ? projectNear(state.leg.route, where, activity.routeAlong)
        : project(state.leg.route, where, this.#place);
    this.#place = place;
    const progress = progressAt(state.leg.route, state.leg.summary.manoeuvres, place);
    // The car knows its own speed profile; the map only the normal drive.
    const remainingTime = activity.kind === "driving" ? activity.remainingTime : progress.remainingTime;
    this.#progress = { ...progress, remainingTime };
    this.#parts.onChange("progress");
    if (place.offset <= offRouteMetres) this.#onRouteAt = now;
    else if (state.kind === "driving" && now - this.#onRouteAt > offRouteAfterMs && !this.#isReplanning) {
      this.#happen({ kind: "route-left" });
    }
  }

  #happen(event: JourneyEvent): void {
    const before = this.#state;
    const [next, effects] = step(before, event);
    this.#state = next;
    for (const effect of effects) this.#carryOut(effect);
    // An effect may have led to another event; the screens hear of what came of it in the end.
    if (this.#state === next && next !== before) this.#changed(before);
  }

  #changed(before: JourneyState): void {
    const state = this.#state;
    if (state.kind === "driving" && (before.kind !== "driving" || before.leg !== state.leg)) {
      this.#place = undefined;
      this.#onRouteAt = this.#parts.clock.now();
    }
    if (state.kind !== "driving" && state.kind !== "stopping") this.#progress = undefined;
    if (state.kind === "planned" || state.kind === "driving") {
      const { summary, by } = state.leg;
      this.#parts.remembered.keep("journey", { version: 1, kind: state.kind, to: summary.to, by });
    } else if (state.kind !== "replay") this.#parts.remembered.forget("journey");
    if (before.kind === "manual" && state.kind === "manual") return;
    this.#parts.onChange("journey");
  }

  #carryOut(effect: JourneyEffect): void {
    const { wheel, trip } = this.#parts;
    switch (effect.kind) {
      case "follow": {
        const refusal = wheel.follow(effect.leg);
        if (refusal === undefined) return;
        this.#refusal = refusal;
        this.#happen({ kind: "drive-refused" });
        return;
      }
      case "halt":
        return wheel.halt();
      case "park":
        return wheel.park();
      case "pedals":
        this.#refusal = wheel.pedals(effect.accelerator, effect.steering);
        return;
      case "find-way":
        return this.#findWay(effect.leg);
      case "begin-trip":
        return trip.begin(this.#street());
      case "finish-trip":
        return trip.finish(effect.to?.name ?? this.#street());
    }
  }

  #findWay(leg: Leg): void {
    const from = this.#parts.where();
    if (from === undefined) return;
    this.#isReplanning = true;
    findLeg(this.#parts, from, leg.summary.to, leg.by)
      .then((outcome) =>
        this.#happen(outcome.kind === "found" ? { kind: "way-found", leg: outcome.leg } : { kind: "no-way" }),
      )
      .catch((error: unknown) => {
        this.#parts.onFault(error);
        this.#happen({ kind: "no-way" });
      })
      .finally(() => {
        this.#isReplanning = false;
      });
  }

  #street(): string {
    const road = this.road();
    return road.street === "" ? road.ref : road.street;
  }
}

function startOf(leg: Leg): { readonly lat: number; readonly lon: number } {
  return { lat: leg.route.geometry[1] ?? 0, lon: leg.route.geometry[0] ?? 0 };
}
