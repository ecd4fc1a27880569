import { pointFlag } from "../city.ts";
import type { City, Graph, LatLon } from "../city.ts";
import { distanceInUnits, toUnits, wrapAngle } from "../geometry.ts";
import { classOf, isForward, limitOf, streetOf } from "../graph/edge-facts.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";
import { nearestOn } from "../match/road-line.ts";
import { rankOfClass } from "../rules/road-class.ts";
import type { AheadAlert } from "../guidance/alerts.ts";

/** Something that happened on the road. */
export interface RoadIncident extends LatLon {
  readonly id: string;
  readonly kind: "accident" | "works" | "closure" | "hazard";
  /** The edges it lies on. */
  readonly edges: readonly number[];
}

/** A bound for maps with edges of no length. */
const mostEdges = 400;

/** Radians a name that changes, or a step down in the rank of the road, count for beside the angle of the turn. */
const otherName = 0.5;
const lowerRank = 0.4;

/** Where even the best way on turns by more than this, in radians, and there are others, nobody knows where the car will go. */
const unlikely = Math.PI / 3;

/** Metres between two tracks or two cameras that are one thing to the driver. */
const sameThing = 60;

/** m/s; a limit that falls by less is no surprise. */
const leastDrop = 10 / 3.6 - 0.1;

function mostLikely(graph: Graph, edge: number): number | undefined {
  const heading = headingArriving(graph, edge);
  const rank = rankOfClass(classOf(graph, edge));
  const street = streetOf(graph, edge);
  let best: { readonly edge: number; readonly cost: number; readonly angle: number } | undefined;
  let ways = 0;
  for (let turn = graph.turnFirst[edge]; turn < graph.turnFirst[edge + 1]; turn++) {
    const next = graph.stateEdge[graph.turnTo[turn]];
    if (graph.edgeRoad[next] === graph.edgeRoad[edge]) continue;
    ways += 1;
    const angle = Math.abs(wrapAngle(headingLeaving(graph, next) - heading));
    const drop = Math.max(0, rank - rankOfClass(classOf(graph, next)));
    const cost = angle + lowerRank * drop + (streetOf(graph, next) === street ? 0 : otherName);
    if (best === undefined || cost < best.cost) best = { edge: next, cost, angle };
  }
  return best === undefined || (ways > 1 && best.angle > unlikely) ? undefined : best.edge;
}

/** Index of the edge on the route, -1 off it. */
function indexOnRoute(route: ArrayLike<number>, edge: number): number {
  for (let i = 0; i < route.length; i++) if (route[i] === edge) return i;
  return -1;
}

function* pointsOf(graph: Graph, edge: number): Generator<{ readonly point: number; readonly metres: number }> {
  const road = graph.edgeRoad[edge];
  const low = graph.roadPoint[road];
  const high = graph.roadPoint[road + 1] - 1;
  const forward = isForward(graph, edge);
  let metres = 0;
  for (let i = 0; i <= high - low; i++) {
    const point = forward ? low + i : high - i;
    const before = forward ? point - 1 : point + 1;
    if (i > 0)
      metres += distanceInUnits(graph.pointX[before], graph.pointY[before], graph.pointX[point], graph.pointY[point]);
    yield { point, metres };
  }
}

/**
 * What a driver comes to within `reach` metres of a place on the road (an edge, and metres from its beginning), nearest first: level crossings,
 * speed cameras, a lower limit, incidents. Looks along `route` (directed edges, among them the car's own) where there is one, else the way one
 * would go on without thinking, as far as that is clear. Whether cameras may be told is not decided here.
 */
export function roadAhead(
  { graph }: Pick<City, "graph">,
  at: { readonly edge: number; readonly along: number },
  reach: number,
  route?: ArrayLike<number>,
  incidents: readonly RoadIncident[] = [],
): readonly AheadAlert[] {
  const alerts: AheadAlert[] = [];
  /** What was just passed, too: its second track is not another crossing. */
  const seen: AheadAlert[] = [];
  let limit = limitOf(graph, at.edge);
  let hasDrop = false;
  let { edge } = at;
  let begin = -at.along;
  let index = route === undefined ? -1 : indexOnRoute(route, edge);

  const add = (alert: AheadAlert): void => {
    const isSame = seen.some(
      ({ kind, distance }) => kind === alert.kind && Math.abs(distance - alert.distance) < sameThing,
    );
    if (isSame) return;
    seen.push(alert);
    if (alert.distance >= 0 && alert.distance <= reach) alerts.push(alert);
  };

  for (let count = 0; count < mostEdges && begin <= reach; count++) {
    const here = limitOf(graph, edge);
    const length = graph.roadLength[graph.edgeRoad[edge]];
    if (!hasDrop && limit - here > leastDrop) {
      hasDrop = true;
      add({ id: `limit ${edge}`, kind: "limit-drop", distance: begin, limit: here });
    }
    if (!Number.isNaN(here)) limit = here;
    for (const { point, metres } of pointsOf(graph, edge)) {
      const flags = graph.pointFlags[point];
      if ((flags & (pointFlag.railCrossing | pointFlag.camera)) === 0) continue;
      const place = `${graph.pointX[point]} ${graph.pointY[point]}`;
      const distance = begin + metres;
      if ((flags & pointFlag.railCrossing) !== 0) add({ id: `rail ${place}`, kind: "rail-crossing", distance });
      if ((flags & pointFlag.camera) !== 0) add({ id: `camera ${place}`, kind: "camera", distance });
    }
    for (const incident of incidents) {
      if (!incident.edges.includes(edge) || seen.some(({ id }) => id === incident.id)) continue;
      const place = { x: toUnits(incident.lon), y: toUnits(incident.lat) };
      add({ id: incident.id, kind: incident.kind, distance: begin + nearestOn(graph, edge, place, 0, length).along });
    }
    begin += length;
    const isOnRoute = route !== undefined && index >= 0;
    if (isOnRoute && index === route.length - 1) break;
    const next = isOnRoute ? route[index + 1] : mostLikely(graph, edge);
    if (next === undefined) break;
    if (isOnRoute) index += 1;
    edge = next;
  }
  return alerts.toSorted((one, other) => one.distance - other.distance);
}
