import type { Alert, Journey, Place, RoadHere, RouteProgress, Settings } from "@caravan/link";

import type { RoadIncident } from "@caravan/roads/guidance";

import type { Located } from "../vehicle/position.ts";
import { Conductor } from "./conductor.ts";
import type { ConductorParts } from "./conductor.ts";
import { distanceBetween } from "./ground.ts";
import { forScreens, isUnderWay, nextStopOf } from "./journey.ts";
import type { JourneyState } from "./journey.ts";
import { keep, KeptJourney, mostAlike } from "./kept-journey.ts";
import { StaleQuestion } from "./map/questions.ts";
import type { Planner, PlanOutcome } from "./planner.ts";
import type { RoadAhead } from "./road-ahead.ts";
import type { RoadUnder } from "./road-here.ts";
import { shareText } from "./share.ts";
import { startOnRoad } from "./start-on-road.ts";
import type { StopKeeper } from "./stop-keeper.ts";
import { askedAhead, indexAhead } from "./stops.ts";
import { askedFrom } from "./way.ts";
import type { ChosenBy, Way } from "./way.ts";

export type NavigatorChange = "journey" | "progress" | "road" | "alerts" | "position";

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

/** A route planned from farther away than this is planned again before the car sets off. */
const sameStartWithin = 8;
/** How long the end of a route can be taken back. */
const takenBackWithinMs = 30_000;
/** The ways a person may choose from, and the stops one may ask for besides the destination. */
const mostWays = 3;
const mostStops = 8;

export interface NavigatorParts extends Omit<ConductorParts, "street" | "onWait" | "onLeft" | "onChange"> {
  readonly planner: Planner;
  readonly where: () => Located | undefined;
  readonly roadUnder: RoadUnder;
  readonly roadAhead: RoadAhead;
  readonly settings: () => Settings;
  /** What happened on the roads, as far as the car has heard. */
  readonly incidents: () => readonly RoadIncident[];
  readonly stopKeeper: StopKeeper;
  readonly onChange: (change: NavigatorChange) => void;
  /** Name of the recording that plays in place of a car; such a car cannot be sent anywhere. */
  readonly replay?: string | undefined;
}

/** Where one car goes: what people ask of it, what the map answers, and what comes of both on the road. */
export class Navigator {
  readonly #parts: NavigatorParts;
  readonly #conductor: Conductor;
  #planning = 0;
  #isReplanning = false;
  #rerouteMs: number | undefined;
  #quality: Located["quality"] | undefined;
  #ended: { readonly kept: KeptJourney; readonly at: number } | undefined;

  constructor(parts: NavigatorParts) {
    this.#parts = parts;
    this.#conductor = new Conductor(
      {
        ...parts,
        street: () => this.#street(),
        onWait: (way, stop) => parts.stopKeeper.begin(way, stop),
        onLeft: (way, stop, why) => this.#findWay(way, stop, why),
        onChange: () => parts.onChange("journey"),
      },
      parts.replay === undefined ? { kind: "idle" } : { kind: "replay", file: parts.replay },
    );
  }

  state(): JourneyState {
    return this.#conductor.state();
  }

  journey(): Journey {
    return forScreens(this.state());
  }

  progress(): RouteProgress | undefined {
    return this.#conductor.progress();
  }

  /** Milliseconds that the last new way took, from the position that proved the old one left. */
  rerouteMs(): number | undefined {
    return this.#rerouteMs;
  }

  /** Metres driven along the way. */
  along(): number {
    return this.#conductor.along();
  }

  road(): RoadHere {
    return this.#parts.roadUnder.now();
  }

  alerts(): readonly Alert[] {
    return this.#parts.roadAhead.alerts();
  }

  /** Takes up what the last process was doing: a drive goes on, a plan is planned again. */
  async restore(): Promise<void> {
    const { remembered, trip } = this.#parts;
    if (this.state().kind === "replay") return;
    const kept = remembered.read("journey", KeptJourney);
    if (kept?.kind === "driving") trip.resume();
    else trip.closeLeftOver(this.#street());
    if (kept === undefined) return;
    this.#conductor.restored();
    const outcome = await this.#takeUp(kept);
    if (outcome.kind === "failed" || kept.kind === "planned") trip.finish(this.#street());
  }

  /** Ways through places, the destination last; of several plans at once, the last one asked for stays. */
  async plan(asked: readonly Place[], by: ChosenBy): Promise<JourneyOutcome> {
    return this.#planWays({ asked, by, mayCharge: true, trail: [] });
  }

  /** One of the other ways becomes the route. */
  choose(id: string): JourneyOutcome {
    const before = this.state();
    this.#conductor.happen({ kind: "way-chosen", id });
    if (this.state() === before) return { kind: "failed", code: "not-found", why: "There is no such way." };
    this.#prepare();
    return this.#done();
  }

  async drive(): Promise<JourneyOutcome> {
    const state = this.state();
    const from = this.#parts.where()?.pose;
    if (state.kind === "planned" && from !== undefined && distanceBetween(from, startOf(state.way)) > sameStartWithin) {
      const { asked, by, mayCharge } = state.way;
      const outcome = await this.#planWays({ asked, by, mayCharge, trail: keep("planned", state.way, 0, 0).trail });
      if (outcome.kind === "failed") return outcome;
    }
    this.#parts.stopKeeper.end();
    this.#conductor.happen({ kind: "drive-asked" });
    const refusal = await this.#conductor.settingOff();
    if (refusal !== undefined) return { kind: "failed", code: "refused", why: refusal };
    return this.#done();
  }

  /** One more stop, before number `before` of the way's stops, or where it costs least. */
  async addStop(place: Place, before?: number): Promise<JourneyOutcome> {
    const state = this.state();
    if (!isUnderWay(state)) return nothingPlanned;
    const asked = askedAhead(state);
    if (asked.length > mostStops) {
      return { kind: "failed", code: "limit-reached", why: `A route has at most ${mostStops} stops.` };
    }
    const at = before === undefined ? await this.#bestPlaceFor(place, asked) : indexAhead(state, before);
    return this.#planAgain(asked.toSpliced(Math.min(at, asked.length - 1), 0, place));
  }

  /** Takes a stop out of the way. Without its only stop the journey is over. */
  async removeStop(stop: number): Promise<JourneyOutcome> {
    const state = this.state();
    if (!isUnderWay(state)) return nothingPlanned;
    const removed = state.way.summary.stops[stop];
    if (removed === undefined || stop < nextStopOf(state)) {
      return { kind: "failed", code: "not-found", why: "There is no such stop ahead." };
    }
    const asked = askedAhead(state);
    if (removed.kind === "charge") return this.#planAgain(asked, { mayCharge: false });
    const left = asked.toSpliced(indexAhead(state, stop), 1);
    return left.length === 0 ? { kind: "done", journey: this.end() } : this.#planAgain(left);
  }

  /** The best way as it is now: for another wish of the person ("alternative"), or because of the traffic ("faster"). */
  async planAnew(why: "alternative" | "faster"): Promise<JourneyOutcome> {
    const state = this.state();
    if (!isUnderWay(state) || state.kind === "stopping") return nothingPlanned;
    return this.#planAgain(askedAhead(state), { why });
  }

  /** What is newly known of the ways, or another language to tell them in. */
  update(tell: (way: Way) => Way): void {
    const state = this.state();
    if (isUnderWay(state)) this.#conductor.happen({ kind: "way-updated", way: tell(state.way) });
  }

  /** The car has left its way, or nobody gets through there: another one is found. */
  leaveWay(why?: "closure"): void {
    if (!this.#isReplanning) this.#conductor.happen({ kind: "route-left", ...(why === undefined ? {} : { why }) });
  }

  end(): Journey {
    this.#planning += 1;
    const state = this.state();
    if (isUnderWay(state) && state.kind !== "stopping") {
      const kind = state.kind === "planned" ? "planned" : "driving";
      const kept = keep(kind, state.way, nextStopOf(state), this.#conductor.along());
      this.#ended = { kept, at: this.#parts.clock.now() };
    }
    this.#parts.stopKeeper.end();
    this.#conductor.happen({ kind: "end-asked" });
    if (!this.#isMoving()) this.#conductor.happen({ kind: "stands" });
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
    return this.#conductor.pedals(accelerator, steering);
  }

  /** Where the car goes and when it is there, for a message; undefined where it goes nowhere. */
  share(): string | undefined {
    const state = this.state();
    if (!isUnderWay(state)) return undefined;
    const seconds = this.progress()?.remainingTime ?? state.way.summary.duration;
    const arrival = new Date(this.#parts.clock.now() + 1_000 * seconds);
    const time = { hours: arrival.getHours(), minutes: arrival.getMinutes() };
    return shareText(this.#parts.settings().language, state.way.summary.to, time);
  }

  /** False where there is nothing to say. */
  sayAgain(): boolean {
    if (this.progress() === undefined) return false;
    this.#parts.guiding.sayAgain();
    return true;
  }

  /** The recording in place of a car is over. */
  recordingEnded(): void {
    this.#conductor.happen({ kind: "recording-ended" });
  }

  /** To be called five times a second, with where the car is now. */
  tick(located: Located | undefined): void {
    const { stopKeeper, onChange } = this.#parts;
    if (located?.quality !== this.#quality) {
      this.#quality = located?.quality;
      onChange("position");
    }
    if (located !== undefined) this.#look(located);
    this.#conductor.tick(located?.pose.speed);
    if (this.state().kind === "waiting" && stopKeeper.isOver()) {
      stopKeeper.end();
      this.#conductor.happen({ kind: "stop-over" });
    }
  }

  /** Before the process ends. */
  save(): void {
    this.#parts.trip.save();
  }

  #look(located: Located): void {
    const { roadUnder, roadAhead, guiding, settings, onChange } = this.#parts;
    if (roadUnder.look(located.road ?? located.pose)) onChange("road");
    const way = guiding.way();
    const sought = { cameras: settings().cameraAlerts, incidents: this.#parts.incidents() };
    if (roadAhead.look(located, way, sought)) onChange("alerts");
    const limit = roadUnder.now().limit;
    const { hasLeft } = guiding.look(located, limit === undefined ? undefined : limit / 3.6, roadAhead.things());
    if (way === undefined) return;
    onChange("progress");
    if (hasLeft) this.leaveWay();
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
    const from = this.#parts.where()?.pose;
    if (from === undefined) return noPosition;
    this.#planning += 1;
    const planning = this.#planning;
    const outcome = await this.#ask({ ...ask, from, most: mostWays, urgency: "person" });
    if (outcome?.kind === "failed") return outcome;
    if (outcome === undefined || planning !== this.#planning) return this.#done();
    const way = mostAlike(outcome.ways, ask.trail);
    this.#conductor.happen({ kind: "ways-found", way, others: outcome.ways.filter((other) => other !== way) });
    this.#prepare();
    return this.#done();
  }

  /** The same journey with other stops: planned anew where it is only a plan, driven on the new way where it is driven. */
  async #planAgain(
    asked: readonly Place[],
    change: { readonly mayCharge?: boolean; readonly why?: "alternative" | "faster" } = {},
  ): Promise<JourneyOutcome> {
    const state = this.state();
    if (!isUnderWay(state)) return nothingPlanned;
    const { way } = state;
    const ask = { asked, by: way.by, mayCharge: change.mayCharge ?? way.mayCharge };
    if (state.kind === "planned") return this.#planWays({ ...ask, trail: [] });
    const where = this.#parts.where();
    if (where === undefined) return noPosition;
    const outcome = await this.#ask({ ...ask, from: startOnRoad(where), most: 1, urgency: "guidance" });
    if (outcome?.kind === "failed") return outcome;
    if (outcome !== undefined)
      this.#conductor.happen({ kind: "way-found", way: outcome.ways[0], why: change.why ?? "alternative" });
    return this.#done();
  }

  async #bestPlaceFor(place: Place, asked: readonly Place[]): Promise<number> {
    const from = this.#parts.where()?.pose;
    return from === undefined ? 0 : this.#parts.planner.bestPlaceFor(place, from, asked);
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

  #findWay(way: Way, stop: number, why: "rerouted" | "closure"): void {
    const where = this.#parts.where();
    if (where === undefined) return;
    const from = startOnRoad(where);
    this.#isReplanning = true;
    const asked = performance.now();
    const { by, mayCharge } = way;
    this.#ask({ from, asked: askedFrom(way, stop), by, mayCharge, most: 1, urgency: "guidance" })
      .then((outcome) => {
        if (outcome === undefined) return;
        this.#rerouteMs = performance.now() - asked;
        this.#conductor.happen(
          outcome.kind === "found" ? { kind: "way-found", way: outcome.ways[0], why } : { kind: "no-way" },
        );
      })
      .catch((error: unknown) => {
        this.#parts.onFault(error);
        this.#conductor.happen({ kind: "no-way" });
      })
      .finally(() => {
        this.#isReplanning = false;
      });
  }

  /** Makes the line to the first stop while the person looks at the plan. */
  #prepare(): void {
    const state = this.state();
    if (state.kind !== "planned") return;
    this.#parts.pilot.prepare(state.way).catch((error: unknown) => this.#parts.onFault(error));
  }

  #done(): JourneyOutcome {
    return { kind: "done", journey: this.journey() };
  }

  #isMoving(): boolean {
    const pose = this.#parts.where()?.pose;
    return pose !== undefined && Math.abs(pose.speed) > 0.05;
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
