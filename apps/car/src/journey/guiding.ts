import type { Announcement, RouteProgress, Settings } from "@caravan/link";
import { beginGuidance, guide, guideRouteOf, placeOnRoute, progressOf } from "@caravan/roads/guidance";
import type {
  AheadAlert,
  GuideEffect,
  GuideEvent,
  GuideFix,
  GuideRoute,
  GuideSettings,
  RouteChange,
} from "@caravan/roads/guidance";

import type { Located } from "../vehicle/position.ts";
import { distanceBetween } from "./ground.ts";
import type { Way } from "./way.ts";

/** Metres between roads that wheels and yaw rate cannot tell apart. */
const besideMetres = 40;

export interface GuidingParts {
  readonly clock: { now(): number };
  readonly settings: () => Pick<Settings, "language" | "units" | "overspeedHint" | "cameraAlerts">;
  readonly onAnnounce: (announcement: Announcement) => void;
}

/** What a look at the road led to. */
export interface GuidingNews {
  /** The car has left its way beyond reasonable doubt, just now. */
  readonly hasLeft: boolean;
}

/** Guides one car along its ways, or tells what lies ahead where it has none: the pure guidance of the map with this car's clock, person and voice. */
export class Guiding {
  readonly #parts: GuidingParts;
  #state = beginGuidance({ language: "en", units: "metric", cameras: false });
  #way: Way | undefined;
  #route: GuideRoute | undefined;
  /** Edges of the way, for knowing a road that is none of it. */
  #edges: ReadonlySet<number> = new Set();

  constructor(parts: GuidingParts) {
    this.#parts = parts;
  }

  way(): Way | undefined {
    return this.#way;
  }

  /** Metres driven along the way. */
  along(): number {
    return this.#state.following?.along ?? 0;
  }

  follow(way: Way, why: RouteChange): void {
    this.#takeSettings();
    this.#way = way;
    this.#edges = new Set(way.route.edges);
    this.#route = guideRouteOf(way.summary.id, way.route, way.summary.stops);
    this.#step({ kind: "route-set", at: this.#parts.clock.now(), route: this.#route, why });
  }

  end(): void {
    if (this.#way === undefined) return;
    [this.#way, this.#route, this.#edges] = [undefined, undefined, new Set()];
    this.#step({ kind: "route-ended", at: this.#parts.clock.now() });
  }

  /** A look at where the car is; `limit` in m/s, `ahead` with the ids of what was seen before. */
  look(located: Located, limit: number | undefined, ahead: readonly AheadAlert[]): GuidingNews {
    this.#takeSettings();
    const { at, quality, pose } = located;
    if (quality !== this.#state.quality) this.#step({ kind: "position", at, quality });
    const effects = this.#step({
      kind: "fix",
      at,
      speed: Math.abs(pose.speed),
      ahead,
      ...(this.#parts.settings().overspeedHint ? { limit } : {}),
      ...this.#placed(located),
    });
    return { hasLeft: effects.some((effect) => effect.kind === "off-route") };
  }

  offer(saves: number, why: "traffic" | "closure"): void {
    this.#step({ kind: "offer", at: this.#parts.clock.now(), saves, why });
  }

  offerGone(): void {
    this.#step({ kind: "offer-gone", at: this.#parts.clock.now() });
  }

  sayAgain(): void {
    this.#takeSettings();
    this.#step({ kind: "say-again", at: this.#parts.clock.now() });
  }

  /** `forecast`: seconds the car itself needs for the rest on free roads; `charging`: seconds it goes on charging where it stands. */
  progress(nextStop: number, forecast: number | undefined, charging: number): RouteProgress | undefined {
    const progress = progressOf(this.#state, forecast);
    if (progress === undefined || this.#way === undefined) return undefined;
    const { along, remaining, next, toNext } = progress;
    // To the guidance a stop that was reached is done, and what is charged there not to come.
    const remainingTime = progress.remainingTime + (progress.nextStop > nextStop ? charging : 0);
    return { route: this.#way.summary.id, along, remaining, remainingTime, next, toNext, nextStop };
  }

  #placed(located: Located): Pick<GuideFix, "place" | "other"> {
    const way = this.#way;
    // A car that has lost its place must not be led astray by a guess.
    if (way === undefined || located.quality === "lost") return {};
    const { pose, road, accuracy, at } = located;
    const { following } = this.#state;
    const last =
      following === undefined || following.at === 0 ? undefined : { along: following.along, at: following.at };
    const place = placeOnRoute(way.route, { ...pose, speed: Math.abs(pose.speed), accuracy, at }, last, way.summary.to);
    if (road === undefined || this.#edges.has(road.edge)) return { place };
    if (located.quality === "dead-reckoned" && last !== undefined && Math.abs(place.lateral) < besideMetres) {
      // Of two roads beside each other, or one above the other, a driver without satellites is on the one that was meant.
      const driven = (Math.abs(pose.speed) * Math.max(0, at - last.at)) / 1_000;
      return { place: { ...place, along: last.along + driven, lateral: 0, headingDifference: 0 } };
    }
    const aside = ((pose.heading - road.heading + 540) % 360) - 180;
    return { place, other: { lateral: distanceBetween(pose, road), headingDifference: (aside * Math.PI) / 180 } };
  }

  #takeSettings(): void {
    const { language, units, cameraAlerts } = this.#parts.settings();
    const settings: GuideSettings = { language, units, cameras: cameraAlerts };
    const known = this.#state.settings;
    if (known.language === language && known.units === units && known.cameras === cameraAlerts) return;
    this.#step({ kind: "settings", at: this.#parts.clock.now(), settings });
  }

  #step(event: GuideEvent): readonly GuideEffect[] {
    const [state, effects] = guide(this.#state, event);
    this.#state = state;
    for (const effect of effects) {
      if (effect.kind !== "announce") continue;
      const { id, text, language, about } = effect;
      this.#parts.onAnnounce({ id, text, language, kind: about });
    }
    return effects;
  }
}
