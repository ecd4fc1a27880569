import type { Alert } from "@caravan/link";
import { mayWarnOfCameras, roadAhead } from "@caravan/roads/guidance";
import type { AheadAlert, RoadIncident } from "@caravan/roads/guidance";
import type { City } from "@caravan/roads";

import type { Located } from "../vehicle/position.ts";
import type { Way } from "./way.ts";

/** Metres that a driver is told of beforehand. */
const reach = 1_000;
/** A screen has room for a few. */
const mostAlerts = 5;

/** What lies ahead of one car, on its way or straight on where it has none. */
export class RoadAhead {
  readonly #city: City;
  #things: readonly AheadAlert[] = [];
  #shown = "[]";

  constructor(parts: { city: City }) {
    this.#city = parts.city;
  }

  /** Nearest first, with the ids by which guidance knows what it has spoken of. */
  things(): readonly AheadAlert[] {
    return this.#things;
  }

  alerts(): readonly Alert[] {
    return this.#things.slice(0, mostAlerts).map(({ kind, distance, limit }) => ({
      kind,
      distance: Math.round(distance / 10) * 10,
      ...(limit === undefined ? {} : { limit: Math.round(limit * 3.6) }),
    }));
  }

  /** True where a screen has something else to show than before. `cameras`: this person wants to hear of them; nobody does where the law forbids it. */
  look(
    located: Located,
    way: Way | undefined,
    { cameras, incidents }: { readonly cameras: boolean; readonly incidents: readonly RoadIncident[] },
  ): boolean {
    const { road, pose } = located;
    const seen = road === undefined ? [] : roadAhead(this.#city, road, reach, way?.route.edges, incidents);
    const tells = cameras && mayWarnOfCameras(pose);
    this.#things = seen.filter(({ kind }) => tells || kind !== "camera");
    const shown = JSON.stringify(this.alerts());
    const isNew = shown !== this.#shown;
    this.#shown = shown;
    return isNew;
  }
}
