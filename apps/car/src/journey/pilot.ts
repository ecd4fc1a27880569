import type { PlannedPath } from "@caravan/world";

import type { DrivingCosts } from "./driving-costs.ts";
import { distanceBetween } from "./ground.ts";
import type { MapThread } from "./map/questions.ts";
import { sectionOf } from "./route-section.ts";
import { RouteTimes } from "./route-times.ts";
import { alongOfStop } from "./way.ts";
import type { Way } from "./way.ts";
import type { Wheel } from "./wheel.ts";

/** A line made from farther away than this is made again before the car sets off. */
const sameStartWithin = 8;

export type PilotOutcome =
  | { readonly kind: "following" }
  /** Another task came before this one was begun. */
  | { readonly kind: "overtaken" }
  /** The stop is where the car is. */
  | { readonly kind: "there" }
  | { readonly kind: "refused"; readonly why: string };

interface Task {
  readonly way: Way;
  readonly stop: number;
}

interface Line extends Task {
  readonly from: { readonly lat: number; readonly lon: number };
  readonly path: Promise<PlannedPath | undefined>;
}

/** Drives a simulated car along ways, one section between two stops after the other. */
export class Pilot {
  readonly #map: MapThread;
  readonly #wheel: Wheel;
  readonly #costs: DrivingCosts;
  #line: Line | undefined;
  #wanted: Task | undefined;
  #followed: Task | undefined;

  constructor(parts: { map: MapThread; wheel: Wheel; costs: DrivingCosts }) {
    this.#map = parts.map;
    this.#wheel = parts.wheel;
    this.#costs = parts.costs;
  }

  /** Works out the line to the first stop of a way and what it costs, so that setting off takes no time. */
  async prepare(way: Way): Promise<void> {
    await this.#lineTo({ way, stop: 0 }, 0)?.path;
  }

  /** Sets off towards a stop of the way, from where the car is, `along` metres on it. */
  async follow(way: Way, stop: number, along: number): Promise<PilotOutcome> {
    const task = { way, stop };
    this.#wanted = task;
    this.#followed = undefined;
    const line = this.#lineTo(task, along);
    const path = await line?.path;
    if (this.#wanted !== task) return { kind: "overtaken" };
    this.#line = undefined;
    if (path === undefined) return { kind: "there" };
    const why = this.#wheel.follow(path);
    if (why !== undefined) return { kind: "refused", why };
    this.#followed = task;
    return { kind: "following" };
  }

  /** Drives a line that is not the way's own, as after a wrong turn; the way stays what is wanted. False where the car would not. */
  stray(path: PlannedPath): boolean {
    if (this.#wheel.follow(path) !== undefined) return false;
    this.#followed = undefined;
    return true;
  }

  /** Nothing that was asked for is begun any more. */
  forget(): void {
    this.#wanted = undefined;
    this.#followed = undefined;
  }

  /** Is the car on its line to this stop? */
  isOnItsWay(way: Way, stop: number): boolean {
    return this.#followed?.way.summary.id === way.summary.id && this.#followed.stop === stop;
  }

  /** Does the car stand at the end of the line to this stop? */
  isAt(way: Way, stop: number): boolean {
    return this.isOnItsWay(way, stop) && this.#wheel.activity().kind === "arrived";
  }

  #lineTo(task: Task, along: number): Line | undefined {
    const from = this.#wheel.pose();
    if (from === undefined) return undefined;
    const known = this.#line;
    if (
      known?.way.summary.id === task.way.summary.id &&
      known.stop === task.stop &&
      distanceBetween(known.from, from) <= sameStartWithin
    ) {
      return known;
    }
    const to = alongOfStop(task.way, task.stop);
    const section = sectionOf(task.way.route, along, to);
    const path = this.#map.ask({ kind: "path", section, from }, { urgency: "guidance" }).then((answer) => {
      if (answer.path !== undefined) this.#learn(answer.path, task.way, along, to);
      return answer.path;
    });
    this.#line = { ...task, from, path };
    return this.#line;
  }

  #learn(path: PlannedPath, { route }: Way, along: number, to: number): void {
    const times = new RouteTimes(route, 1);
    this.#costs.learn(this.#wheel.forecast(path), to - along, times.freeAt(to) - times.freeAt(along));
  }
}
