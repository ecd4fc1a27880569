import type { City, LatLon, RoadClass } from "../city.ts";

/** A point on the road network, as near as possible to where somebody is. */
export interface Snap {
  readonly edge: number;
  /** Metres from the beginning of the edge, in its direction of travel. */
  readonly along: number;
  readonly lat: number;
  readonly lon: number;
  /** Metres from the asked-for point to the road. */
  readonly distance: number;
  /** Degrees clockwise from north, the direction of travel of the edge here. */
  readonly heading: number;
  readonly street: string;
  readonly ref: string;
  readonly class: RoadClass;
  /** Posted limit in m/s, undefined where the map has none. */
  readonly limit: number | undefined;
}

/** The edge nearest to a point within `radius` metres (100 unless told), travelled within 60 degrees of `heading` if one is given. */
export function nearestEdge(
  _city: City,
  _at: LatLon,
  _options: { readonly heading?: number; readonly radius?: number } = {},
): Snap | undefined {
  return undefined;
}
