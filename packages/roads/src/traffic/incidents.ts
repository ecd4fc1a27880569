import type { RoadIncident } from "../ahead/road-ahead.ts";
import type { City, LatLon } from "../city.ts";
import { toUnits, wrapAngle } from "../geometry.ts";
import { classOf } from "../graph/edge-facts.ts";
import { candidatesNear } from "../match/candidates.ts";
import { rankOfClass } from "../rules/road-class.ts";

/** Something on the road as it is told: where, and whether it holds for one direction of travel. */
export interface Incident extends LatLon {
  readonly id: string;
  readonly kind: RoadIncident["kind"];
  /** Degrees clockwise from north of the traffic it holds up; undefined: both directions. */
  readonly heading?: number | undefined;
  /** UTC ms. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** Metres by which two roads may be as near as each other. */
const sameDistance = 2;

/** Metres; farther from a road than this it is on none. */
const reach = 40;

/** An incident on the roads of this map: the edges of the nearest road, of one direction or both; none where it lies on no road. */
export function placeIncident(city: City, incident: Incident): RoadIncident {
  const { id, kind, lat, lon, heading } = incident;
  const near = candidatesNear(city.graph, toUnits(lon), toUnits(lat), reach, 8);
  const course = heading === undefined ? undefined : (heading * Math.PI) / 180;
  const fits = near.filter(
    ({ bearing }) => course === undefined || Math.abs(wrapAngle(bearing - course)) < Math.PI / 2,
  );
  // On a junction the bigger road is meant.
  const rank = (edge: number) => rankOfClass(classOf(city.graph, edge));
  const [first] = fits;
  const [nearest] = fits
    .filter(({ distance }) => first !== undefined && distance < first.distance + sameDistance)
    .toSorted((a, b) => rank(b.edge) - rank(a.edge));
  const edges =
    nearest === undefined
      ? []
      : fits
          .filter(({ edge }) => city.graph.edgeRoad[edge] === city.graph.edgeRoad[nearest.edge])
          .map(({ edge }) => edge);
  return { id, kind, lat, lon, edges };
}

/** Whether it holds at an instant (UTC ms). */
export function isNow({ from, until }: Incident, at: number): boolean {
  return (from === undefined || from <= at) && (until === undefined || at < until);
}
