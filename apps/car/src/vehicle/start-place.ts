import { nearestEdge } from "@caravan/roads/places";
import type { City, LatLon, RoadClass } from "@caravan/roads";

import type { MapThread } from "../journey/map/questions.ts";

export interface StartPlace {
  readonly lat: number;
  readonly lon: number;
  /** Degrees clockwise from north, along the road. */
  readonly heading: number;
}

/** Streets where a car may stand when the world begins; not on a motorway, not in a yard. */
const streets: readonly RoadClass[] = ["residential", "unclassified", "tertiary", "secondary", "living_street"];
const mostTries = 200;
const searchRadius = 400;

/**
 * A place for a car that has never been anywhere: on a street from which the rest of the city can be reached and that
 * can be reached again. The same random numbers give the same place. `spread` is the share of the city around its centre.
 */
export async function findStartPlace(
  parts: { readonly city: City; readonly map: MapThread; readonly random: () => number },
  spread: number,
): Promise<StartPlace> {
  const { city, map, random } = parts;
  const [west, south, east, north] = city.bounds;
  const centre = nearestEdge(city, city.centre, { radius: 3_000 });
  for (let i = 0; i < mostTries; i++) {
    const point = {
      lat: city.centre.lat + (random() - 0.5) * (north - south) * spread,
      lon: city.centre.lon + (random() - 0.5) * (east - west) * spread,
    };
    const road = nearestEdge(city, point, { radius: searchRadius });
    if (road === undefined || !streets.includes(road.class) || road.street === "") continue;
    if (centre !== undefined) {
      const out = [{ lat: road.lat, lon: road.lon, heading: road.heading }, pointOf(centre)];
      if (!(await isWay(map, out)) || !(await isWay(map, [pointOf(centre), pointOf(road)]))) continue;
    }
    return { lat: road.lat, lon: road.lon, heading: road.heading };
  }
  // A tiny map may have no such street; any road is better than no car.
  const any = nearestEdge(city, city.centre, { radius: 50_000 });
  return any === undefined ? { ...city.centre, heading: 0 } : { lat: any.lat, lon: any.lon, heading: any.heading };
}

function pointOf({ lat, lon }: LatLon): LatLon {
  return { lat, lon };
}

async function isWay(map: MapThread, stops: readonly LatLon[]): Promise<boolean> {
  const { outcome } = await map.ask({ kind: "ways", stops, avoid: [], most: 1 }, { urgency: "person" });
  return outcome.kind === "ways";
}
