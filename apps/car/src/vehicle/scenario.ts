import { setTimeout } from "node:timers/promises";
import { wrongTurn } from "@caravan/world";
import type { City } from "@caravan/roads";
import type { CarPose, SimulatedCar } from "@caravan/world";

import { isUnderWay } from "../journey/journey.ts";
import type { MapThread } from "../journey/map/questions.ts";
import type { Navigator } from "../journey/navigator.ts";
import type { Pilot } from "../journey/pilot.ts";
import { pointAt, segmentAt } from "../journey/route-section.ts";
import type { Way } from "../journey/way.ts";
import type { Hindrances } from "./hindrances.ts";

/** Metres ahead on the route at which something happens: enough to see it coming, near enough to come to it soon. */
const happensAt = 800;
/** A route with less left than this, in metres, has no room for anything to happen. */
const leastLeft = 250;
/** A jam on the last metres would be a jam at the destination. */
const beforeEnd = 120;
const lastsMs = 10 * 60_000;
/** A jam has stood for so long when it is come upon, so that its queue is there. */
const hasStoodMs = 8 * 60_000;

/** How often and how many times it is looked whether the car tells of its new charge. */
const lookEveryMs = 50;
const mostLooks = 40;

export type Scene =
  | { readonly what: "wrong-turn" | "jam" | "closure" }
  | { readonly what: "satellites"; readonly on: boolean }
  | { readonly what: "charge"; readonly percent: number };

export type SceneOutcome = { readonly kind: "done" } | { readonly kind: "refused"; readonly why: string };

export interface ScenarioParts {
  readonly city: City;
  readonly map: MapThread;
  readonly navigator: Navigator;
  readonly pilot: Pilot;
  /** Undefined on a real car and where a recording plays. */
  readonly simulation: () => SimulatedCar | undefined;
  readonly hindrances: Pick<Hindrances, "add"> | undefined;
  /** Percent in the battery, as the car tells. */
  readonly charge: () => number | undefined;
  readonly clock: { now(): number };
  readonly newId: () => string;
}

/** What a person may let happen to a simulated car, to see what the car makes of it. */
export class Scenario {
  readonly #parts: ScenarioParts;

  constructor(parts: ScenarioParts) {
    this.#parts = parts;
  }

  async play(scene: Scene): Promise<SceneOutcome> {
    const car = this.#parts.simulation();
    if (car === undefined) return refused("Only a simulated car can be played with.");
    switch (scene.what) {
      case "satellites":
        car.loseSatellites(!scene.on);
        return { kind: "done" };
      case "charge":
        car.setCharge(scene.percent);
        await this.#isTold(scene.percent);
        return { kind: "done" };
      case "jam":
      case "closure":
        return this.#hinder(scene.what);
      case "wrong-turn":
        return this.#turnWrong(car.pose());
    }
  }

  /** The car tells of its battery with its next beat; what is planned before that would be planned for the old charge. */
  async #isTold(percent: number): Promise<void> {
    for (let look = 0; look < mostLooks; look++) {
      const told = this.#parts.charge();
      if (told !== undefined && Math.abs(told - percent) < 1) return;
      await setTimeout(lookEveryMs);
    }
  }

  async #hinder(kind: "jam" | "closure"): Promise<SceneOutcome> {
    const { hindrances, clock, newId } = this.#parts;
    const driven = this.#driven();
    if (driven === undefined || hindrances === undefined) return notUnderWay;
    const { way, along } = driven;
    const left = way.route.distance - along;
    if (left < leastLeft) return refused("The destination is too near for anything to happen before it.");
    const at = along + Math.min(happensAt, left - beforeEnd);
    const [lon, lat] = pointAt(way.route, at);
    const now = clock.now();
    const from = kind === "jam" ? now - hasStoodMs : now;
    const heading = headingAt(way, at);
    await hindrances.add({ id: newId(), kind, lat, lon, heading, from, until: now + lastsMs });
    return { kind: "done" };
  }

  async #turnWrong(from: CarPose): Promise<SceneOutcome> {
    const { city, map, pilot } = this.#parts;
    const driven = this.#driven();
    if (driven === undefined) return notUnderWay;
    const place = wrongTurn(city, driven.way.route, driven.along);
    if (place === undefined) return refused("No street turns off the route any more.");
    const { outcome } = await map.ask(
      { kind: "ways", stops: [from, { lat: place.lat, lon: place.lon }], avoid: [], most: 1 },
      { urgency: "guidance" },
    );
    const route = outcome.kind === "ways" ? outcome.ways[0]?.route : undefined;
    if (route === undefined) return refused("No street turns off the route any more.");
    const { path } = await map.ask({ kind: "path", section: route, from }, { urgency: "guidance" });
    if (path === undefined || !pilot.stray(path)) return refused("The car is too fast to turn off here.");
    return { kind: "done" };
  }

  #driven(): { readonly way: Way; readonly along: number } | undefined {
    const { navigator } = this.#parts;
    const state = navigator.state();
    const along = navigator.progress()?.along;
    return isUnderWay(state) && state.kind === "driving" && along !== undefined ? { way: state.way, along } : undefined;
  }
}

const refused = (why: string): SceneOutcome => ({ kind: "refused", why });
const notUnderWay = refused("The car is not under way on a route.");

/** Degrees clockwise from north. */
function headingAt({ route }: Way, along: number): number {
  const i = 2 * segmentAt(route.along, along);
  const [lon, lat, lonNext, latNext] = Array.from(route.geometry.subarray(i, i + 4));
  const east = ((lonNext ?? 0) - (lon ?? 0)) * Math.cos(((lat ?? 0) * Math.PI) / 180);
  return ((Math.atan2(east, (latNext ?? 0) - (lat ?? 0)) * 180) / Math.PI + 360) % 360;
}
