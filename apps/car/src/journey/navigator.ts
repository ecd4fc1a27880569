import type { Journey, Place, RoadHere, RouteProgress } from "@caravan/link";
import type { CarPose } from "@caravan/world";

import type { Remembered } from "../vehicle/remembered.store.ts";
import type { DrivingCosts } from "./driving-costs.ts";
import { distanceBetween } from "./ground.ts";
import { forScreens, isUnderWay, step } from "./journey.ts";
import type { JourneyEffect, JourneyEvent, JourneyState, OnItsWay } from "./journey.ts";
import { keep, KeptJourney, mostAlike } from "./kept-journey.ts";
import { StaleQuestion } from "./map/questions.ts";
import type { Pilot } from "./pilot.ts";
import type { Planner, PlanOutcome } from "./planner.ts";
import type { RoadUnder } from "./road-here.ts";
import { RouteWatch } from "./route-watch.ts";
import type { TripMeter } from "./trip-meter.ts";
import { alongOfStop, askedFrom } from "./way.ts";
import type { ChosenBy, Way } from "./way.ts";
import type { Wheel } from "./wheel.ts";

export type NavigatorChange = "journey" | "progress" | "road";

type JourneyFailure = {
  readonly kind: "failed";
  readonly code:
    | "no-route"
    | "not-on-a-road"
    | "no-position"
    | "not-simulated"
    | "not-found"
    | "limit-reached"
    | "refused";
  readonly why: string;
};
export type JourneyOutcome = { readonly kind: "done"; readonly journey: Journey } | JourneyFailure;

/** A hand that says nothing for this long has let go; screens repeat at least five times a second. */
const handSilentAfterMs = 400;
/** A route planned from farther away than this is planned again before the car sets off. */
const sameStartWithin = 8;
/** How long the end of a route can be taken back. */
const takenBackWithinMs = 30_000;
/** A simulated car stands this long at a stop where nobody charges. */
const stopLastsMs = 12_000;
/** The ways a person may choose from, and the stops one may ask for besides the destination. */
const mostWays = 3;
const mostStops = 8;

export interface NavigatorParts {
  readonly clock: { now(): number };
  readonly planner: Planner;
  readonly pilot: Pilot;
  readonly costs: DrivingCosts;
  readonly wheel: Wheel;
  readonly where: () => CarPose | undefined;
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
  #watch: RouteWatch | undefined;
  #progress: RouteProgress | undefined;
  #planning = 0;
  #handAt = 0;
  #goesOnAt = 0;
  #isReplanning = false;
  #wasMoving = false;
  #settingOff: Promise<string | undefined> = Promise.resolve(undefined);
  #ended: { readonly kept: KeptJourney; readonly at: number } | undefined;

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
  async restore(): Promise<void> {
    if (this.#state.kind === "replay") return;
    const kept = this.#parts.remembered.read("journey", KeptJourney);
    if (kept?.kind === "driving") this.#parts.trip.resume();
    else this.#parts.trip.closeLeftOver(this.#street());
    if (kept === undefined) return;
    const outcome = await this.#takeUp(kept);
    if (outcome.kind === "failed" || kept.kind === "planned") this.#parts.trip.finish(this.#street());
  }

  /** Ways to a place; of several plans at once, the last one asked for stays. */
  async plan(asked: readonly Place[], by: ChosenBy): Promise<JourneyOutcome> {
    return this.#planWays({ asked, by, mayCharge: true, trail: [] });
  }

  /** One of the other ways becomes the route. */
  choose(id: string): JourneyOutcome {
    const before = this.#state;
    this.#happen({ kind: "way-chosen", id });
    if (this.#state === before) return { kind: "failed", code: "not-found", why: "There is no such way." };
    this.#prepare();
    return this.#done();
  }

  async drive(): Promise<JourneyOutcome> {
    const state = this.#state;
    const from = this.#parts.where();
    if (state.kind === "planned" && from !== undefined && distanceBetween(from, startOf(state.way)) > sameStartWithin) {
      const { asked, by, mayCharge } = state.way;
      const { trail } = keep("planned", state.way, 0, 0);
      const outcome = await this.#planWays({ asked, by, mayCharge, trail });
      if (outcome.kind === "failed") return outcome;
    }
    this.#happen({ kind: "drive-asked" });
    const refusal = await this.#settingOff;
    if (refusal !== undefined) return { kind: "failed", code: "refused", why: refusal };
    return this.#done();
  }

  /** One more stop, at number `before` of the way's stops. */
  async addStop(place: Place, before: number): Promise<JourneyOutcome> {
    const state = this.#state;
    if (!isUnderWay(state)) return nothingPlanned;
    const asked = askedFrom(state.way, nextStopOf(state));
    if (asked.length > mostStops) {
      return { kind: "failed", code: "limit-reached", why: `A route has at most ${mostStops} stops.` };
    }
    const ahead = state.way.summary.stops.slice(nextStopOf(state), Math.max(before, nextStopOf(state)));
    const index = Math.min(ahead.filter(({ kind }) => kind !== "charge").length, asked.length);
    return this.#planAgain(state, { asked: asked.toSpliced(index, 0, place) });
  }

  /** Takes a stop out of the way. Without its only stop the journey is over. */
  async removeStop(stop: number): Promise<JourneyOutcome> {
    const state = this.#state;
    if (!isUnderWay(state)) return nothingPlanned;
    const removed = state.way.summary.stops[stop];
    if (removed === undefined || stop < nextStopOf(state)) {
      return { kind: "failed", code: "not-found", why: "There is no such stop ahead." };
    }
    if (removed.kind === "charge") return this.#planAgain(state, { mayCharge: false });
    const asked = askedFrom(state.way, nextStopOf(state));
    const ahead = state.way.summary.stops.slice(nextStopOf(state), stop);
    const left = asked.toSpliced(ahead.filter(({ kind }) => kind !== "charge").length, 1);
    if (left.length === 0) return { kind: "done", journey: this.end() };
    return this.#planAgain(state, { asked: left });
  }

  end(): Journey {
    this.#planning += 1;
    const state = this.#state;
    if (isUnderWay(state) && state.kind !== "stopping") {
      const kind = state.kind === "planned" ? "planned" : "driving";
      const kept = keep(kind, state.way, nextStopOf(state), this.#watch?.along() ?? 0);
      this.#ended = { kept, at: this.#parts.clock.now() };
    }
    this.#happen({ kind: "end-asked" });
    if (!this.#isMoving()) this.#happen({ kind: "stands" });
    return this.journey();
  }

  /** Takes back the last end. */
  async takeBack(): Promise<JourneyOutcome> {
    const ended = this.#ended;
    this.#ended = undefined;
    if (ended === undefined || this.#parts.clock.now() - ended.at > takenBackWithinMs) {
      return { kind: "failed", code: "not-found", why: "There is no route that ended a moment ago." };
    }
    return this.#takeUp(ended.kept);
  }

  pedals(accelerator: number, steering: number): string | undefined {
    this.#handAt = this.#parts.clock.now();
    let refusal: string | undefined;
    this.#happen({ kind: "pedals-held", accelerator, steering }, (why) => (refusal = why));
    return refusal;
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
    const state = this.#state;
    if (state.kind === "waiting" && now >= this.#goesOnAt) this.#happen({ kind: "stop-over" });
    if ((state.kind === "driving" || state.kind === "stopping") && this.#parts.pilot.isAt(state.way, state.stop)) {
      this.#happen({ kind: "stop-reached" });
    }
    const isMoving = this.#isMoving();
    if (this.#wasMoving && !isMoving) this.#happen({ kind: "stands" });
    this.#wasMoving = isMoving;
    if (where !== undefined) this.#follow(where, now);
  }

  /** Before the process ends. */
  save(): void {
    this.#parts.trip.save();
  }

  async #takeUp(kept: KeptJourney): Promise<JourneyOutcome> {
    const outcome = await this.#planWays(kept);
    return outcome.kind === "failed" || kept.kind === "planned" ? outcome : this.drive();
  }

  async #planWays(ask: {
    readonly asked: readonly Place[];
    readonly by: ChosenBy;
    readonly mayCharge: boolean;
    readonly trail: readonly number[];
  }): Promise<JourneyOutcome> {
    const from = this.#parts.where();
    if (from === undefined) return noPosition;
    this.#planning += 1;
    const planning = this.#planning;
    const outcome = await this.#ask({ ...ask, from, most: mostWays, urgency: "person" });
    if (outcome === undefined) return this.#done();
    if (outcome.kind === "failed") return outcome;
    if (planning !== this.#planning) return this.#done();
    const way = mostAlike(outcome.ways, ask.trail);
    this.#happen({ kind: "ways-found", way, others: outcome.ways.filter((other) => other !== way) });
    this.#prepare();
    return this.#done();
  }

  /** The same journey with something changed: planned anew where it is only a plan, driven on the new way where it is driven. */
  async #planAgain(
    state: OnItsWay,
    change: { readonly asked?: readonly Place[]; readonly mayCharge?: boolean },
  ): Promise<JourneyOutcome> {
    const asked = askedFrom(state.way, state.kind === "waiting" ? state.stop + 1 : nextStopOf(state));
    const ask = { asked, by: state.way.by, mayCharge: state.way.mayCharge, ...change };
    if (state.kind === "planned") return this.#planWays({ ...ask, trail: [] });
    const from = this.#parts.where();
    if (from === undefined) return noPosition;
    const outcome = await this.#ask({ ...ask, from, most: 1, urgency: "guidance" });
    if (outcome?.kind === "failed") return outcome;
    if (outcome !== undefined) this.#happen({ kind: "way-found", way: outcome.ways[0] });
    return this.#done();
  }

  /** Undefined where a newer plan has taken this one's place. */
  async #ask(ask: Parameters<Planner["plan"]>[0]): Promise<PlanOutcome | undefined> {
    try {
      return await this.#parts.planner.plan(ask);
    } catch (error) {
      if (error instanceof StaleQuestion) return undefined;
      throw error;
    }
  }

  #done(): JourneyOutcome {
    return { kind: "done", journey: this.journey() };
  }

  #isMoving(): boolean {
    const where = this.#parts.where();
    return where !== undefined && Math.abs(where.speed) > 0.05;
  }

  #follow(where: CarPose, now: number): void {
    const state = this.#state;
    if (this.#watch === undefined || (state.kind !== "driving" && state.kind !== "stopping")) return;
    const { progress, hasLeft } = this.#watch.look(where, state.stop, now);
    this.#progress = progress;
    this.#parts.onChange("progress");
    if (hasLeft && state.kind === "driving" && !this.#isReplanning) this.#happen({ kind: "route-left" });
  }

  #happen(event: JourneyEvent, onRefusal: (why: string | undefined) => void = () => undefined): void {
    const before = this.#state;
    const [next, effects] = step(before, event);
    this.#state = next;
    if (next !== before) this.#arrange(before, next);
    for (const effect of effects) this.#carryOut(effect, onRefusal);
    // An effect may have led to another event; the screens hear of what came of it in the end.
    if (this.#state === next && next !== before) this.#changed(before);
  }

  /** Makes what belongs to the new state. */
  #arrange(before: JourneyState, state: JourneyState): void {
    const isDriven = state.kind === "driving" || state.kind === "waiting" || state.kind === "stopping";
    if (!isDriven) [this.#watch, this.#progress] = [undefined, undefined];
    else if (!isUnderWay(before) || this.#watch === undefined || this.#watch.way !== state.way) {
      this.#watch = new RouteWatch({
        way: state.way,
        pace: this.#parts.costs.now().pace,
        now: this.#parts.clock.now(),
      });
    }
    if (!isDriven || state.kind === "stopping") this.#parts.pilot.forget();
  }

  #changed(before: JourneyState): void {
    const state = this.#state;
    if (isUnderWay(state) && state.kind !== "stopping") {
      const kind = state.kind === "planned" ? "planned" : "driving";
      this.#parts.remembered.keep("journey", keep(kind, state.way, nextStopOf(state), this.#watch?.along() ?? 0));
    } else if (state.kind !== "replay") this.#parts.remembered.forget("journey");
    if (before.kind === "manual" && state.kind === "manual") return;
    this.#parts.onChange("journey");
  }

  #carryOut(effect: JourneyEffect, onRefusal: (why: string | undefined) => void): void {
    const { wheel, trip } = this.#parts;
    switch (effect.kind) {
      case "follow":
        this.#settingOff = this.#setOff(effect.way, effect.stop);
        return;
      case "halt":
        return wheel.halt();
      case "park":
        return wheel.park();
      case "wait":
        this.#goesOnAt = this.#parts.clock.now() + stopLastsMs;
        return;
      case "pedals":
        return onRefusal(wheel.pedals(effect.accelerator, effect.steering));
      case "find-way":
        return this.#findWay(effect.way, effect.stop);
      case "begin-trip":
        return trip.begin(this.#street());
      case "finish-trip":
        return trip.finish(effect.to?.name ?? this.#street());
    }
  }

  /** Makes the line to the first stop while the person looks at the plan. */
  #prepare(): void {
    if (this.#state.kind !== "planned") return;
    this.#parts.pilot.prepare(this.#state.way).catch((error: unknown) => this.#parts.onFault(error));
  }

  /** The reason where the car would not set off. */
  async #setOff(way: Way, stop: number): Promise<string | undefined> {
    const along = stop === 0 ? 0 : alongOfStop(way, stop - 1);
    try {
      const outcome = await this.#parts.pilot.follow(way, stop, along);
      if (outcome.kind === "there") this.#happen({ kind: "stop-reached" });
      if (outcome.kind !== "refused") return undefined;
      this.#happen({ kind: "drive-refused" });
      return outcome.why;
    } catch (error) {
      this.#parts.onFault(error);
      this.#happen({ kind: "no-way" });
      return undefined;
    }
  }

  #findWay(way: Way, stop: number): void {
    const from = this.#parts.where();
    if (from === undefined) return;
    this.#isReplanning = true;
    const { by, mayCharge } = way;
    this.#ask({ from, asked: askedFrom(way, stop), by, mayCharge, most: 1, urgency: "guidance" })
      .then((outcome) => {
        if (outcome === undefined) return;
        this.#happen(outcome.kind === "found" ? { kind: "way-found", way: outcome.ways[0] } : { kind: "no-way" });
      })
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

const noPosition: JourneyFailure = {
  kind: "failed",
  code: "no-position",
  why: "The car does not know where it is.",
};
const nothingPlanned: JourneyFailure = { kind: "failed", code: "not-found", why: "There is no route." };

function startOf(way: Way): { readonly lat: number; readonly lon: number } {
  return { lat: way.route.geometry[1] ?? 0, lon: way.route.geometry[0] ?? 0 };
}

function nextStopOf(state: OnItsWay): number {
  return state.kind === "planned" ? 0 : state.stop;
}
