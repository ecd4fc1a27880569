import type { City, LatLon, NamedPlace } from "../city.ts";
import { distanceInDegrees } from "../geometry.ts";
import { fold } from "./fold.ts";

/** House numbers of a city by street. */
export interface Addresses {
  /** Places with that number in a street of that name, nearest to `near` first. */
  find(street: string, number: string, near: LatLon): readonly NamedPlace[];
}

export function createAddresses(city: City): Addresses {
  const byStreet = new Map<string, NamedPlace[]>();
  for (const place of city.places) {
    if (place.street === undefined || place.number === undefined) continue;
    const key = fold(place.street);
    const known = byStreet.get(key);
    if (known === undefined) byStreet.set(key, [place]);
    else known.push(place);
  }
  return {
    find(street, number, near) {
      const ofStreet = byStreet.get(fold(street)) ?? [];
      const found = ofStreet.filter((place) => fold(place.number ?? "").replace(/\s/g, "") === number);
      const distance = (place: LatLon) => distanceInDegrees(place.lon, place.lat, near.lon, near.lat);
      return found.toSorted((a, b) => distance(a) - distance(b));
    },
  };
}
