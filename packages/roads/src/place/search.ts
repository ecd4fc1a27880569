import type { City, LatLon } from "../city.ts";

export interface SearchHit extends LatLon {
  readonly name: string;
  /** What tells it from others of the same name: the part of the city, or a bigger street beside it; empty when the map knows neither. */
  readonly detail: string;
  readonly kind: "street" | "place" | "point";
}

export interface Search {
  /** Best first, at most `limit`. Case, accents and small slips do not matter; "57.70, 11.97" is a point. `near` lifts what is close. */
  find(text: string, near?: LatLon, limit?: number): readonly SearchHit[];
}

/** A search over the street names and named places of a city. */
export function createSearch(_city: City): Search {
  return { find: () => [] };
}
