import {
  classOf,
  hasFlag,
  headingArriving,
  headingLeaving,
  isForward,
  lanesOfEdge,
  legalSpeedOf,
  wayOfEdge,
} from "@caravan/roads";
import type { City, RoadClass } from "@caravan/roads";
import { frameAt, headingDegrees, toLat, toLon, toX, toY } from "../frame.ts";
import type { Frame, LatLon } from "../frame.ts";
import { laneOffset } from "../lane-offset.ts";

/** One direction of a road as the simulated traffic knows it. Positions along it are metres of the front bumper from its beginning. */
export interface Street {
  readonly edge: number;
  /** The same road the other way, -1 where it is one-way. */
  readonly reverse: number;
  readonly length: number;
  /** m/s one may drive. */
  readonly speed: number;
  /** Vehicles a second that want to drive along it, one lane. */
  readonly demand: number;
  /** Where one may go on, the likeliest first; shares sum to 1. `speed`: how fast the corner between is driven, m/s. */
  readonly onward: readonly { readonly edge: number; readonly share: number; readonly speed: number }[];
  readonly frame: Frame;
  /** Metres in the frame. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Metres from the beginning at each point; scaled to `length`. */
  readonly at: Float64Array;
  /** Metres from the middle of the carriageway to the lane nearest to the kerb, left positive. */
  readonly aside: number;
}

/**
 * Vehicles an hour in one lane of an ordinary working day, away from the peaks; of the order of counts on urban roads (Highway Capacity Manual:
 * a lane with signals carries some 800 at most, a motorway lane 2,000).
 */
const hourly: Readonly<Record<RoadClass, number>> = {
  service: 15,
  living_street: 25,
  road: 60,
  residential: 60,
  unclassified: 120,
  tertiary_link: 200,
  tertiary: 300,
  secondary_link: 300,
  secondary: 450,
  primary_link: 350,
  primary: 600,
  trunk_link: 400,
  trunk: 900,
  motorway_link: 500,
  motorway: 1_200,
};

/** m/s2 sideways in a corner; with the radius of a corner of a city street gives 7 m/s at a right angle. */
const cornerSpeed = (angle: number): number => {
  const turn = Math.abs(angle);
  return turn < 0.35 ? Infinity : Math.max(3.5, 7 * Math.sqrt(1.57 / turn));
};

const degrees = 1e-7;

/** What the map says of an edge, ready to be driven on by simulated traffic. */
export function streetOf(city: City, edge: number): Street {
  const { graph } = city;
  const road = graph.edgeRoad[edge] ?? 0;
  const forward = isForward(graph, edge);
  const first = graph.roadPoint[road] ?? 0;
  const last = (graph.roadPoint[road + 1] ?? first + 1) - 1;
  const count = last - first + 1;
  const lonLat = (i: number): LatLon => {
    const point = forward ? first + i : last - i;
    return { lat: (graph.pointY[point] ?? 0) * degrees, lon: (graph.pointX[point] ?? 0) * degrees };
  };
  const frame = frameAt(lonLat(0));
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const at = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const { lat, lon } = lonLat(i);
    x[i] = toX(frame, lon);
    y[i] = toY(frame, lat);
    if (i > 0) at[i] = (at[i - 1] ?? 0) + Math.hypot((x[i] ?? 0) - (x[i - 1] ?? 0), (y[i] ?? 0) - (y[i - 1] ?? 0));
  }
  const length = Math.max(graph.roadLength[road] ?? 0, 0.5);
  const measured = at[count - 1] ?? 0;
  if (measured > 0) for (let i = 0; i < count; i++) at[i] = ((at[i] ?? 0) * length) / measured;
  const oneWay = hasFlag(graph, edge, "oneWay");
  const side = city.drivingSide === "right" ? -1 : 1;
  return {
    edge,
    reverse: (forward ? graph.roadBackward[road] : graph.roadForward[road]) ?? -1,
    length,
    speed: legalSpeedOf(graph, edge),
    demand: demandOn(city, edge),
    onward: onwardFrom(city, edge),
    frame,
    x,
    y,
    at,
    aside:
      side *
      laneOffset({ width: graph.wayWidth[wayOfEdge(graph, edge)] ?? 6, lanes: lanesOfEdge(graph, edge), oneWay }),
  };
}

const demandOn = (city: City, edge: number): number => hourly[classOf(city.graph, edge)] / 3_600;

/** Drivers prefer busy roads and going straight on. */
function onwardFrom(city: City, edge: number): Street["onward"] {
  const { graph } = city;
  const arriving = headingArriving(graph, edge);
  const found: { edge: number; share: number; speed: number }[] = [];
  let sum = 0;
  for (let turn = graph.turnFirst[edge] ?? 0; turn < (graph.turnFirst[edge + 1] ?? 0); turn++) {
    const next = graph.stateEdge[graph.turnTo[turn] ?? 0] ?? 0;
    if (next === edge || graph.edgeRoad[next] === graph.edgeRoad[edge]) continue;
    const angle = Math.atan2(
      Math.sin(headingLeaving(graph, next) - arriving),
      Math.cos(headingLeaving(graph, next) - arriving),
    );
    const share = demandOn(city, next) * (Math.abs(angle) < 0.6 ? 4 : 1);
    sum += share;
    found.push({ edge: next, share, speed: cornerSpeed(angle) });
  }
  return found.map((way) => ({ ...way, share: way.share / sum })).toSorted((a, b) => b.share - a.share);
}

/** Where on the earth a place of a street's lane is; heading in degrees. */
export function placeOn(street: Street, along: number): LatLon & { readonly heading: number } {
  const { at, x, y } = street;
  let i = 0;
  while (i < at.length - 2 && along > (at[i + 1] ?? 0)) i++;
  const dx = (x[i + 1] ?? 0) - (x[i] ?? 0);
  const dy = (y[i + 1] ?? 0) - (y[i] ?? 0);
  const span = (at[i + 1] ?? 0) - (at[i] ?? 0);
  const t = span > 0 ? (along - (at[i] ?? 0)) / span : 0;
  const length = Math.max(Math.hypot(dx, dy), 1e-6);
  const px = (x[i] ?? 0) + t * dx - (street.aside * dy) / length;
  const py = (y[i] ?? 0) + t * dy + (street.aside * dx) / length;
  return { lat: toLat(street.frame, py), lon: toLon(street.frame, px), heading: headingDegrees(Math.atan2(dy, dx)) };
}

/** Metres along the street's middle that are nearest to a point. */
export function nearestAlong(street: Street, point: LatLon): number {
  const { at, x, y } = street;
  const px = toX(street.frame, point.lon);
  const py = toY(street.frame, point.lat);
  let best = Infinity;
  let along = 0;
  for (let i = 0; i + 1 < at.length; i++) {
    const ax = x[i] ?? 0;
    const ay = y[i] ?? 0;
    const dx = (x[i + 1] ?? 0) - ax;
    const dy = (y[i + 1] ?? 0) - ay;
    const squared = dx * dx + dy * dy;
    const t = squared === 0 ? 0 : Math.min(Math.max(((px - ax) * dx + (py - ay) * dy) / squared, 0), 1);
    const distance = Math.hypot(px - ax - t * dx, py - ay - t * dy);
    if (distance >= best) continue;
    best = distance;
    along = (at[i] ?? 0) + t * ((at[i + 1] ?? 0) - (at[i] ?? 0));
  }
  return along;
}
