import type { City, LatLon, RoadClass } from "../city.ts";
import { wayFlag } from "../city.ts";
import { metresPerUnitX, metresPerUnitY, toDegrees, toUnits } from "../geometry.ts";
import { eachSegment } from "../graph/segments.ts";
import { classAt } from "../rules/road-class.ts";

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

/** Nobody draws more roads than this around one car. */
const mostRoads = 200;

/** Roads with any part in the square of `radius` metres around a point, at most 200 of them, in the order of the map. */
export function roadsNear(city: City, at: LatLon, radius: number): readonly NearRoad[] {
  const { graph } = city;
  const x = toUnits(at.lon);
  const y = toUnits(at.lat);
  const dx = radius / metresPerUnitX(y);
  const dy = radius / metresPerUnitY(y);
  const found = new Set<number>();
  eachSegment(graph, x - dx, y - dy, x + dx, y + dy, (_, road) => found.add(road));
  const roads = [...found].toSorted((a, b) => a - b);
  return roads.slice(0, mostRoads).map((road) => {
    const way = graph.roadWay[road];
    const first = graph.roadPoint[road];
    const last = graph.roadPoint[road + 1];
    const points = new Float64Array((last - first) * 2);
    for (let i = first; i < last; i++) {
      points[2 * (i - first)] = toDegrees(graph.pointX[i]);
      points[2 * (i - first) + 1] = toDegrees(graph.pointY[i]);
    }
    const flags = graph.wayFlags[way];
    return {
      points,
      width: graph.wayWidth[way],
      lanes: graph.wayLanesForward[way] + graph.wayLanesBackward[way],
      oneWay: (flags & wayFlag.oneWay) !== 0,
      class: classAt(graph.wayClass[way]),
      layer: graph.wayLayer[way],
      tunnel: (flags & wayFlag.tunnel) !== 0,
    };
  });
}
