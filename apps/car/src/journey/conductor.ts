import type { RouteProgress, RouteStop } from "@caravan/link";
import type { RouteChange } from "@caravan/roads/guidance";

import type { Remembered } from "../vehicle/remembered.store.ts";
import type { DrivingCosts } from "./driving-costs.ts";
import type { Guiding } from "./guiding.ts";
import { isUnderWay, nextStopOf, step } from "./journey.ts";
import type { JourneyEffect, JourneyEvent, JourneyState } from "./journey.ts";
import { keep } from "./kept-journey.ts";
import type { Pilot } from "./pilot.ts";
import { RouteTimes } from "./route-times.ts";
import type { TripMeter } from "./trip-meter.ts";
import { alongOfStop } from "./way.ts";
import type { Way } from "./way.ts";
import type { Wheel } from "./wheel.ts";

/** A hand that says nothing for this long has let go; screens repeat at least five times a second. */
const handSilentAfterMs = 400;
/** A car that was too fast for the beginning of its new way is soon elsewhere. */
const triesAgainAfterMs = 1_000;

export interface ConductorParts {
  readonly clock: { now(): number };
  readonly guiding: Guiding;
  readonly pilot: Pilot;
  readonly costs: DrivingCosts;
  readonly wheel: Wheel;
  readonly trip: TripMeter;
  readonly remembered: Remembered;
  /** The street under the car. */
  readonly street: () => string;
  /** The car stands at a stop of its way, or has left the way: somebody has to see to it. */
  readonly onWait: (way: Way, stop: number) => void;
  readonly onLeft: (way: Way, stop: number, why: "rerouted" | "closure") => void;
  readonly onChange: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Carries out the journey's state machine: moves the car through the gate, guides it, measures the trip, remembers it. */
export class Conductor {
  readonly #parts: ConductorParts;
  #state: JourneyState;
  #handAt = 0;
  #wasMoving = false;
  #isRestored = false;
  #times: { readonly way: Way; readonly times: RouteTimes } | undefined;
  #triesAgainAt: number | undefined;
  #settingOff: Promise<string | undefined> = Promise.resolve(undefined);

  constructor(parts: ConductorParts, state: JourneyState) {
    this.#parts = parts;
    this.#state = state;
  }

  state(): JourneyState {
    return this.#state;
  }

  /** Resolves when the car is under way, to the reason where it would not set off. */
  settingOff(): Promise<string | undefined> {
    return this.#settingOff;
  }

  /** Undefined unless a way is driven. */
  progress(): RouteProgress | undefined {
    const state = this.#state;
    if (state.kind !== "driving" && state.kind !== "stopping" && state.kind !== "waiting") return undefined;
    const stop = state.kind === "waiting" ? state.way.summary.stops[state.stop] : undefined;
    const charging = stop === undefined ? 0 : chargingLeft(stop, this.#parts.costs.now().charge);
    return this.#parts.guiding.progress(state.stop, this.#forecast(state.way, state.stop), charging);
  }

  /** Metres driven along the way. */
  along(): number {
    return this.#parts.guiding.along();
  }

  /** The next drive is the one of before a restart: nothing is announced anew. */
  restored(): void {
    this.#isRestored = true;
  }

  pedals(accelerator: number, steering: number): string | undefined {
    this.#handAt = this.#parts.clock.now();
    let refusal: string | undefined;
    this.happen({ kind: "pedals-held", accelerator, steering }, (why) => (refusal = why));
    return refusal;
  }

  /** To be called five times a second, with the speed the car says it has. */
  tick(speed: number | undefined): void {
    const { clock, pilot, trip } = this.#parts;
    trip.measure();
    const state = this.#state;
    if (state.kind === "manual" && state.hands && clock.now() - this.#handAt > handSilentAfterMs) {
      this.happen({ kind: "pedals-silent" });
    }
    if ((state.kind === "driving" || state.kind === "stopping") && pilot.isAt(state.way, state.stop)) {
      this.happen({ kind: "stop-reached" });
    }
    if (this.#triesAgainAt !== undefined && clock.now() >= this.#triesAgainAt) {
      this.#triesAgainAt = undefined;
      this.happen({ kind: "route-left" });
    }
    const isMoving = speed !== undefined && Math.abs(speed) > 0.05;
    if (this.#wasMoving && !isMoving) this.happen({ kind: "stands" });
    this.#wasMoving = isMoving;
  }

  happen(event: JourneyEvent, onRefusal: (why: string | undefined) => void = () => undefined): void {
    const before = this.#state;
    const [next, effects] = step(before, event);
    this.#state = next;
    if (next !== before) this.#guide(before, next, event);
    for (const effect of effects) this.#carryOut(effect, onRefusal);
    // An effect may have led to another event; the screens hear of what came of it in the end.
    if (this.#state === next && next !== before) this.#changed(before);
  }

  #guide(before: JourneyState, state: JourneyState, event: JourneyEvent): void {
    const { guiding, pilot } = this.#parts;
    const isDriven = state.kind === "driving" || state.kind === "waiting" || state.kind === "stopping";
    if (!isDriven) guiding.end();
    else if (guiding.way() !== state.way) guiding.follow(state.way, this.#whyOf(before, event));
    if (!isDriven || state.kind === "stopping") pilot.forget();
  }

  #whyOf(before: JourneyState, event: JourneyEvent): RouteChange {
    const isRestored = this.#isRestored;
    this.#isRestored = false;
    if (event.kind === "way-found") return event.why;
    if (event.kind === "way-updated") return "times";
    return isRestored && before.kind === "planned" ? "restored" : "new";
  }

  #changed(before: JourneyState): void {
    const { remembered } = this.#parts;
    const state = this.#state;
    if (isUnderWay(state) && state.kind !== "stopping") {
      const kind = state.kind === "planned" ? "planned" : "driving";
      remembered.keep("journey", keep(kind, state.way, nextStopOf(state), this.along()));
    } else if (state.kind !== "replay") remembered.forget("journey");
    if (before.kind === "manual" && state.kind === "manual") return;
    this.#parts.onChange();
  }

  #carryOut(effect: JourneyEffect, onRefusal: (why: string | undefined) => void): void {
    const { wheel, trip, street } = this.#parts;
    switch (effect.kind) {
      case "follow":
        this.#settingOff = this.#setOff(effect.way, effect.stop);
        return;
      case "halt":
        return wheel.halt();
      case "park":
        return wheel.park();
      case "wait":
        return this.#parts.onWait(effect.way, effect.stop);
      case "pedals":
        return onRefusal(wheel.pedals(effect.accelerator, effect.steering));
      case "find-way":
        return this.#parts.onLeft(effect.way, effect.stop, effect.why);
      case "begin-trip":
        return trip.begin(street());
      case "finish-trip":
        return trip.finish(effect.to?.name ?? street());
    }
  }

  async #setOff(way: Way, stop: number): Promise<string | undefined> {
    const along = stop === 0 ? 0 : alongOfStop(way, stop - 1);
    try {
      const outcome = await this.#parts.pilot.follow(way, stop, along);
      if (outcome.kind === "there") this.happen({ kind: "stop-reached" });
      if (outcome.kind !== "refused") return undefined;
      if (this.#parts.wheel.activity().kind === "driving") {
        // Too fast for that turn: the car goes on, and the way is found anew from there.
        this.#triesAgainAt = this.#parts.clock.now() + triesAgainAfterMs;
        return undefined;
      }
      this.happen({ kind: "drive-refused" });
      return outcome.why;
    } catch (error) {
      this.#parts.onFault(error);
      this.happen({ kind: "no-way" });
      return undefined;
    }
  }

  /** Seconds the car itself needs to the destination on free roads: it knows its own plan to the next stop if it drives there, and its pace for the rest. */
  #forecast(way: Way, stop: number): number | undefined {
    const activity = this.#parts.wheel.activity();
    const { pace } = this.#parts.costs.now();
    if (this.#times?.way !== way) this.#times = { way, times: new RouteTimes(way.route, pace) };
    const { times } = this.#times;
    const free = (from: number): number => pace * (times.freeAt(way.route.distance) - times.freeAt(from));
    const plans = activity.kind === "driving" && this.#parts.pilot.isOnItsWay(way, stop);
    return plans ? activity.remainingTime + free(alongOfStop(way, stop)) : free(this.along());
  }
}

/** Seconds of a planned charge still to come when so many percent are in the battery. */
function chargingLeft({ charge, arrivalCharge }: RouteStop, percent: number): number {
  if (charge === undefined) return 0;
  const share = (charge.until - percent) / Math.max(1, charge.until - arrivalCharge);
  return charge.seconds * Math.min(1, Math.max(0, share));
}
