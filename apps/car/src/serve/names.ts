import type { Place } from "@caravan/link";
import { nearestEdge } from "@caravan/roads/places";
import type { City } from "@caravan/roads";

const nearMetres = 150;

/** A tapped point by the name of the street it lies at, or by its coordinates where there is no named street. */
export function nameOfPoint(city: City, point: { readonly lat: number; readonly lon: number }): Place {
  const road = nearestEdge(city, point, { radius: nearMetres });
  const name = road === undefined ? "" : road.street === "" ? road.ref : road.street;
  return {
    lat: point.lat,
    lon: point.lon,
    name: name === "" ? `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}` : name.slice(0, 120),
  };
}
