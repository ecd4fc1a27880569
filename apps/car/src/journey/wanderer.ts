import { nearestEdge } from "@caravan/roads/places";
import type { City } from "@caravan/roads";
import type { Place } from "@caravan/link";
import Type from "typebox";

import type { Remembered } from "../vehicle/remembered.store.ts";
import { distanceBetween } from "./ground.ts";
import type { Point } from "./ground.ts";
import type { Navigator } from "./navigator.ts";
import { outingLimits, pauseMs, somewhereAround } from "./outing.ts";
import type { Habit } from "./outing.ts";

const firstPauseMs = 1_000;
/** A place that cannot be driven to is followed by another try, this much later. */
const nextTryMs = 2_000;
const streetRadius = 250;
/** With less charge left on arrival, in percent, a simulated car stays where it is. */
const leastArrivalCharge = 12;
/** Below the first, in percent, a simulated car charges where it stands; from the second on it goes out again. */
const chargesBelow = 25;
const goesOutFrom = 70;
const longestDetour = 3.5;

const TakenOver = Type.Boolean();
const Home = Type.Object({ lat: Type.Number(), lon: Type.Number() });

export interface WandererParts {
  readonly habit: Habit;
  readonly city: City;
  readonly navigator: Navigator;
  readonly remembered: Remembered;
  readonly clock: { now(): number };
  readonly random: () => number;
  readonly where: () => Point | undefined;
  /** Percent left in the battery, and how a parked car's charging begins. */
  readonly charge: () => number | undefined;
  readonly startCharging: () => void;
  /** What a screen shows under the name of a destination nobody chose. */
  readonly detail: (habit: Exclude<Habit, "none">) => string;
  readonly onFault: (error: unknown) => void;
}

/** Sends a simulated car on drives of its own, until a person takes over; from then on the car is theirs, also after a restart. */
export class Wanderer {
  readonly #parts: WandererParts;
  #habit: Habit;
  #isChoosing = false;
  #isCharging = false;
  #nextAt: number | undefined;
  #wasUnderWay = false;

  constructor(parts: WandererParts) {
    this.#parts = parts;
    this.#habit = parts.remembered.read("taken-over", TakenOver) === true ? "none" : parts.habit;
  }

  /** A person planned, drove, or ended something. */
  takeOver(): void {
    if (this.#habit === "none") return;
    this.#habit = "none";
    this.#parts.remembered.keep("taken-over", true);
  }

  /** To be called about once a second. */
  tick(): void {
    const habit = this.#habit;
    if (habit === "none" || this.#isChoosing) return;
    const state = this.#parts.navigator.state();
    const isFree =
      state.kind === "idle" || state.kind === "arrived" || (state.kind === "planned" && state.way.by === "itself");
    if (!isFree) {
      this.#wasUnderWay = true;
      return;
    }
    const now = this.#parts.clock.now();
    if (this.#wasUnderWay) {
      this.#wasUnderWay = false;
      this.#nextAt = now + pauseMs(outingLimits[habit], this.#parts.random);
    }
    this.#nextAt ??= now + firstPauseMs;
    if (now < this.#nextAt) return;
    this.#nextAt = now + nextTryMs;
    if (this.#charges()) return;
    this.#isChoosing = true;
    this.#setOff(habit)
      .catch((error: unknown) => this.#parts.onFault(error))
      .finally(() => {
        this.#isChoosing = false;
      });
  }

  #charges(): boolean {
    const charge = this.#parts.charge();
    if (charge === undefined || charge >= (this.#isCharging ? goesOutFrom : chargesBelow)) {
      this.#isCharging = false;
      return false;
    }
    if (!this.#isCharging) this.#parts.startCharging();
    this.#isCharging = true;
    return true;
  }

  async #setOff(habit: Exclude<Habit, "none">): Promise<void> {
    const where = this.#parts.where();
    if (where === undefined) return;
    const to = this.#choose(habit, where);
    if (to === undefined) return;
    const outcome = await this.#parts.navigator.plan([to], "itself");
    if (outcome.kind === "failed" || outcome.journey.kind !== "planned") return;
    const { route } = outcome.journey;
    const isSensible =
      route.distance < longestDetour * distanceBetween(where, to) + 500 && route.arrivalCharge > leastArrivalCharge;
    if (isSensible && this.#habit === habit) await this.#parts.navigator.drive();
    else this.#parts.navigator.end();
  }

  #choose(habit: Exclude<Habit, "none">, where: Point): Place | undefined {
    const limits = outingLimits[habit];
    const home = habit === "round-trip" ? this.#home(where) : undefined;
    const target =
      home !== undefined && distanceBetween(home, where) > limits.nearest / 2
        ? home
        : somewhereAround(where, limits, this.#parts.random);
    const road = nearestEdge(this.#parts.city, target, { radius: streetRadius });
    if (road === undefined || road.street === "") return undefined;
    return { lat: road.lat, lon: road.lon, name: road.street.slice(0, 120), detail: this.#parts.detail(habit) };
  }

  /** Where the round trips begin and end: the place of the very first one. */
  #home(where: Point): Point {
    const known = this.#parts.remembered.read("home-of-round-trips", Home);
    if (known !== undefined) return known;
    const home = { lat: where.lat, lon: where.lon };
    this.#parts.remembered.keep("home-of-round-trips", home);
    return home;
  }
}
