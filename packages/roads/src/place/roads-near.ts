import type { City, LatLon, RoadClass } from "../city.ts";

/** The centre line of a road nearby, with what is needed to draw its surface. */
export interface NearRoad {
  /** lon, lat, lon, lat, ... in the direction the way was drawn. */
  readonly points: Float64Array;
  /** Metres between the kerbs. */
  readonly width: number;
  readonly lanes: number;
  readonly oneWay: boolean;
  readonly class: RoadClass;
  /** Levels above (bridges) or below (tunnels) the ground. */
  readonly layer: number;
  readonly tunnel: boolean;
}

/** Roads with any part within `radius` metres of a point, at most 200 of them, the nearest parts first in no promised order. */
export function roadsNear(_city: City, _at: LatLon, _radius: number): readonly NearRoad[] {
  return [];
}
