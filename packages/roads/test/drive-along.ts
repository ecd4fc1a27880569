import type { Route } from "../src/route/route.ts";
import { guideRouteOf } from "../src/guidance/guide-route.ts";
import type { GuideRoute, GuideStop } from "../src/guidance/guide-route.ts";
import { beginGuidance, guide } from "../src/guidance/guidance.ts";
import type {
  GuideEffect,
  GuideEvent,
  GuideFix,
  GuideSettings,
  Guidance,
  RouteChange,
} from "../src/guidance/guidance.ts";
import { placeOnRoute } from "../src/guidance/place-on-route.ts";
import { metresPerDegreeLat, metresPerDegreeLon } from "../src/geometry.ts";

export const english: GuideSettings = { language: "en", units: "metric", cameras: false };
export const chinese: GuideSettings = { ...english, language: "zh-CN" };

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A place on the line of a route, `side` metres to its right, and the heading there in degrees. */
export function pointAt(route: Pick<Route, "geometry" | "along">, metres: number, side = 0) {
  const { geometry, along } = route;
  let i = 0;
  while (i < along.length - 2 && along[i + 1] <= metres) i++;
  const span = along[i + 1] - along[i];
  const share = span > 0 ? (metres - along[i]) / span : 0;
  const lat = geometry[2 * i + 1];
  const cos = Math.cos((lat * Math.PI) / 180);
  const dx = (geometry[2 * i + 2] - geometry[2 * i]) * cos;
  const dy = geometry[2 * i + 3] - geometry[2 * i + 1];
  const heading = Math.atan2(dx, dy);
  return {
    lat: lat + share * dy - (side * Math.sin(heading)) / metresPerDegreeLat(lat),
    lon: geometry[2 * i] + (share * dx) / cos + (side * Math.cos(heading)) / metresPerDegreeLon(lat),
    heading: (heading * 180) / Math.PI,
  };
}

export interface Said {
  readonly at: number;
  readonly along: number;
  /** The manoeuvre that was the next one. */
  readonly next: number;
  /** How far it was told, in metres before it. */
  readonly level: number;
  readonly effect: Extract<GuideEffect, { kind: "announce" }>;
}

/** One drive under guidance: takes events, and writes down what came of them. */
export class TestDrive {
  readonly log: GuideEvent[] = [];
  readonly said: Said[] = [];
  readonly effects: GuideEffect[] = [];
  state: Guidance;
  at = 1_000_000;
  #route: Route | undefined;

  constructor(settings: GuideSettings = english) {
    this.state = beginGuidance(settings);
  }

  happen(event: GuideEvent): readonly GuideEffect[] {
    this.log.push(event);
    const [next, effects] = guide(this.state, event);
    this.state = next;
    this.effects.push(...effects);
    for (const effect of effects) {
      if (effect.kind !== "announce") continue;
      const { along = 0, next: index = -1, told = [] } = next.following ?? {};
      this.said.push({ at: event.at, along, next: index, level: told[index], effect });
    }
    return effects;
  }

  set(route: Route, why: RouteChange = "new", stops: readonly GuideStop[] = []): GuideRoute {
    this.#route = route;
    const plain = guideRouteOf("route", route, stops);
    this.happen({ kind: "route-set", at: this.at, route: plain, why });
    return plain;
  }

  /** The car is here now, `seconds` after the last fix. */
  fix(
    position: { lat: number; lon: number; heading?: number },
    {
      speed,
      accuracy = 4,
      seconds = 0.2,
      ...more
    }: { speed: number; accuracy?: number; seconds?: number } & Partial<GuideFix>,
  ): readonly GuideEffect[] {
    this.at += 1000 * seconds;
    const { following } = this.state;
    const last =
      following === undefined || following.at === 0 ? undefined : { along: following.along, at: following.at };
    const place =
      this.#route === undefined
        ? undefined
        : placeOnRoute(this.#route, { ...position, speed, accuracy, at: this.at }, last);
    return this.happen({ kind: "fix", at: this.at, speed, place, ...more });
  }

  /** Drives from one place of the route to another at a speed, with satellites that lie by up to `noise` metres to every side. */
  drive(
    from: number,
    to: number,
    {
      speed = 12,
      seconds = 0.2,
      noise = 0,
      random = randomFrom(1),
      ...more
    }: { speed?: number; seconds?: number; noise?: number; random?: () => number } & Partial<GuideFix> = {},
  ): void {
    const route = this.#route;
    if (route === undefined) throw new Error("there is no route to drive along");
    for (let along = from; along < to; along += speed * seconds) {
      const wander = () => noise * (random() + random() - 1);
      const { heading, ...point } = pointAt(route, Math.max(0, along + wander()), wander());
      this.fix({ ...point, heading: heading + wander() }, { speed, accuracy: Math.max(2, noise), seconds, ...more });
    }
  }

  texts(): readonly string[] {
    return this.said.map(({ effect }) => effect.text);
  }

  kinds(): readonly GuideEffect["kind"][] {
    return this.effects.map(({ kind }) => kind);
  }
}
