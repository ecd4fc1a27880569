import type { City, LatLon, RoadClass } from "../city.ts";
import { degreesOf, toDegrees, wrapAngle } from "../geometry.ts";
import { classOf, limitOf, refOf, streetOf } from "../graph/edge-facts.ts";
import { nearestRoadPoint, offsetOf } from "./road-point.ts";
import type { RoadPoint } from "./road-point.ts";

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

/** A road whose direction differs more than this from the heading is not the one driven on. */
const headingTolerance = Math.PI / 3;

/** Metres that a full `headingTolerance` off counts. */
const headingWeight = 12;

/**
 * The edge nearest to a point within `radius` metres (100 unless told). With a `heading` (degrees) roads that lead elsewhere only count if
 * there is no other; without one, a two-way road gives the direction on whose side the point lies.
 */
export function nearestEdge(
  city: City,
  at: LatLon,
  options: { readonly heading?: number; readonly radius?: number } = {},
): Snap | undefined {
  const { graph } = city;
  const radius = options.radius ?? 100;
  const heading = options.heading === undefined ? undefined : (options.heading * Math.PI) / 180;
  if (heading !== undefined) {
    const off = (road: number, bearing: number) => {
      const forward = graph.roadForward[road] >= 0 ? Math.abs(wrapAngle(bearing - heading)) : Infinity;
      const backward = graph.roadBackward[road] >= 0 ? Math.abs(wrapAngle(bearing + Math.PI - heading)) : Infinity;
      return Math.min(forward, backward);
    };
    const found = nearestRoadPoint(graph, at, radius, (road, bearing) => {
      const angle = off(road, bearing);
      return angle <= headingTolerance ? (angle / headingTolerance) * headingWeight : Infinity;
    });
    if (found !== undefined) {
      const forward = Math.abs(wrapAngle(found.bearing - heading)) <= Math.PI / 2;
      return snapOn(city, found, forward);
    }
  }
  const found = nearestRoadPoint(graph, at, radius, () => 0);
  if (found === undefined) return undefined;
  const onForwardSide = city.drivingSide === "right" ? found.right >= 0 : found.right <= 0;
  return snapOn(city, found, onForwardSide);
}

function snapOn(city: City, found: RoadPoint, preferForward: boolean): Snap {
  const { graph } = city;
  const ahead = graph.roadForward[found.road];
  const back = graph.roadBackward[found.road];
  const forward = ahead >= 0 && (preferForward || back < 0);
  const edge = forward ? ahead : back;
  const offset = offsetOf(graph, found);
  const limit = limitOf(graph, edge);
  return {
    edge,
    along: forward ? offset : Math.max(0, graph.roadLength[found.road] - offset),
    lat: toDegrees(found.y),
    lon: toDegrees(found.x),
    distance: found.distance,
    heading: degreesOf(forward ? found.bearing : found.bearing + Math.PI),
    street: streetOf(graph, edge),
    ref: refOf(graph, edge),
    class: classOf(graph, edge),
    limit: Number.isNaN(limit) ? undefined : limit,
  };
}
