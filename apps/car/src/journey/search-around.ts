import type { AvoidClass, FoundPlace, PlaceCategory } from "@caravan/link";
import type { CarPose } from "@caravan/world";

import { isUnderWay, nextStopOf } from "./journey.ts";
import type { JourneyState } from "./journey.ts";
import type { MapHit, MapThread } from "./map/questions.ts";

/** What a person looks for. */
export interface PlaceQuestion {
  readonly text: string;
  readonly category: PlaceCategory | undefined;
  /** Ranked by detour time on the active route, where there is one. */
  readonly onRoute: boolean;
  readonly limit: number;
}

const longestText = 120;

/** Places around a car, or along its way. */
export async function searchAround(
  question: PlaceQuestion & {
    readonly map: MapThread;
    readonly where: CarPose | undefined;
    readonly state: JourneyState;
    readonly avoid: readonly AvoidClass[];
  },
): Promise<readonly FoundPlace[]> {
  const { map, where, state, text, category, limit, avoid } = question;
  const to = isUnderWay(state) ? state.way.summary.stops[nextStopOf(state)] : undefined;
  const onWay = question.onRoute && where !== undefined && to !== undefined ? { from: where, to, avoid } : undefined;
  const { hits } = await map.ask(
    { kind: "search", text, category, near: where, limit, ...(onWay === undefined ? {} : { onWay }) },
    { urgency: "person" },
  );
  return hits.map((hit) => forScreens(hit));
}

function forScreens({ lat, lon, name, detail, kind, category, distance, detour, simulated }: MapHit): FoundPlace {
  return {
    lat,
    lon,
    // The map knows some places by their kind alone.
    name: (name === "" ? kind.replaceAll("_", " ") : name).slice(0, longestText),
    kind,
    ...(detail === "" ? {} : { detail: detail.slice(0, longestText) }),
    ...(category === undefined ? {} : { category }),
    ...(distance === undefined ? {} : { distance: Math.round(distance) }),
    ...(detour === undefined ? {} : { detour }),
    ...(simulated === undefined ? {} : { simulated }),
  };
}
