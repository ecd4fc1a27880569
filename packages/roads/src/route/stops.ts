import { wayFlag } from "../city.ts";
import type { City, Graph, LatLon } from "../city.ts";
import { bearingInUnits, distanceInUnits, wrapAngle } from "../geometry.ts";
import { nearestRoadPoint, offsetOf } from "../place/road-point.ts";
import type { RoadPoint } from "../place/road-point.ts";
import { nodeOfRoad } from "./junctions.ts";
import type { Junctions } from "./junctions.ts";
import type { EdgeEnd } from "../engine/choice.ts";

/** A place the route begins, passes or ends at. */
export interface Stop extends LatLon {
  /** Degrees of a car that cannot turn on the spot. */
  readonly heading?: number;
  /** Degrees a road may differ from the heading; without it other roads count too, only less. */
  readonly range?: number;
  /** Metres to the road at most. */
  readonly reach?: number;
  /** `curb`: only in the direction on whose side of the road the place lies; `opposite`: only in the other one. */
  readonly side?: "curb" | "opposite" | "any";
}

/** Which roads a stop may be moved to. */
export interface StopRules {
  /** Bits of `wayFlag`: roads that have one of them are out of question. */
  readonly refused: number;
  readonly reach: number;
  readonly side: "curb" | "opposite" | "any";
  /** Bits of `edgeFlag` that a road of the network has here: it leads on, it can be reached. */
  readonly network: number;
}

/** A stop on the road. */
export interface StopOnRoad {
  readonly at: RoadPoint;
  readonly ends: readonly EdgeEnd[];
}

/** A stop with what it may be moved to. */
export interface Candidates {
  readonly nearest: StopOnRoad;
  /** The nearest place on the connected network, where the nearest road is none of it. */
  readonly network: StopOnRoad | undefined;
}

/** A car does not set off against its own nose by more than this. */
const headingTolerance = (100 * Math.PI) / 180;

/** Metres that a road leading elsewhere counts as farther away. */
const wrongHeadingWeight = 30;

/** A place so near to the end of a road is the junction itself, in metres. */
const junctionReach = 0.05;

const degree = Math.PI / 180;

/** Moves stops to roads. */
export class StopFinder {
  private readonly city: City;
  private readonly junctions: Junctions;

  constructor(city: City, junctions: Junctions) {
    this.city = city;
    this.junctions = junctions;
  }

  /** Undefined where no road that may be used is within reach. */
  find(stop: Stop, rules: StopRules): Candidates | undefined {
    const nearest = this.nearest(stop, rules, 0);
    if (nearest === undefined) return undefined;
    const isCutOff = rules.network !== 0 && nearest.ends.every(({ edge }) => !this.has(edge, rules.network));
    return { nearest, network: isCutOff ? this.nearest(stop, rules, rules.network) : undefined };
  }

  /** Different roads, the nearest first, at most `count`. */
  near(stop: Stop, count: number, rules: StopRules): readonly StopOnRoad[] {
    const known = new Set<number>();
    const found: StopOnRoad[] = [];
    while (found.length < count) {
      const next = this.nearest(stop, rules, 0, known);
      if (next === undefined) break;
      known.add(next.at.road);
      found.push(next);
    }
    return found;
  }

  private has(edge: number, network: number): boolean {
    return (this.city.graph.edgeFlags[edge] & network) === network;
  }

  private nearest(
    stop: Stop,
    rules: StopRules,
    network: number,
    besides: ReadonlySet<number> = new Set(),
  ): StopOnRoad | undefined {
    const { graph } = this.city;
    const found = nearestRoadPoint(graph, stop, stop.reach ?? rules.reach, (road, bearing) => {
      if (!this.mayUse(road, rules) || besides.has(road)) return Infinity;
      const forward = graph.roadForward[road];
      const backward = graph.roadBackward[road];
      const ahead = forward >= 0 && this.has(forward, network);
      const back = backward >= 0 && this.has(backward, network);
      if (!ahead && !back) return Infinity;
      if (stop.heading === undefined) return 0;
      const fits = (ahead && agrees(stop, bearing)) || (back && agrees(stop, bearing + Math.PI));
      return fits ? 0 : stop.range === undefined ? wrongHeadingWeight : Infinity;
    });
    if (found === undefined) return undefined;
    const ends = this.endsAt(found, stop, rules);
    return { at: found, ends };
  }

  private mayUse(road: number, rules: StopRules): boolean {
    const { graph } = this.city;
    return (graph.wayFlags[graph.roadWay[road]] & rules.refused) === 0;
  }

  /** Edges on which a route may begin or end at a point; at a junction those of all its roads. */
  private endsAt(at: RoadPoint, stop: Stop, rules: StopRules): readonly EdgeEnd[] {
    const { graph } = this.city;
    const length = graph.roadLength[at.road];
    const offset = Math.min(length, offsetOf(graph, at));
    const side = stop.side ?? rules.side;
    const ends: EdgeEnd[] = [];
    const add = (road: number, share: number, bearing: number | undefined) => {
      const forward = graph.roadForward[road];
      const backward = graph.roadBackward[road];
      const isFree = bearing === undefined;
      const keeps = (direction: number, right: number) =>
        isFree || (agrees(stop, direction) && (forward < 0 || backward < 0 || this.isOnSide(road, side, right)));
      if (forward >= 0 && keeps(bearing ?? 0, at.right)) ends.push({ edge: forward, share });
      if (backward >= 0 && keeps((bearing ?? 0) + Math.PI, -at.right)) ends.push({ edge: backward, share: 1 - share });
    };
    const isFirst = offset < junctionReach;
    if (stop.heading === undefined && side === "any" && (isFirst || length - offset < junctionReach)) {
      const node = nodeOfRoad(graph, at.road, !isFirst);
      const { first, ends: all } = this.junctions;
      for (let i = first[node]; i < first[node + 1]; i++) {
        const road = all[i] >> 1;
        if (this.mayUse(road, rules)) add(road, all[i] & 1, undefined);
      }
      return ends;
    }
    const share = offset / length;
    add(at.road, share, at.bearing);
    if (ends.length === 0) add(at.road, share, undefined);
    return ends;
  }

  private isOnSide(road: number, side: StopRules["side"], right: number): boolean {
    if (side === "any" || Math.abs(right) < junctionReach) return true;
    const { graph } = this.city;
    const isLeftHand = (graph.wayFlags[graph.roadWay[road]] & wayFlag.leftHand) !== 0;
    const isCurb = isLeftHand ? right < 0 : right > 0;
    return side === "curb" ? isCurb : !isCurb;
  }
}

/** The point `offset` metres from the beginning of a road as it is drawn, `distance` metres from where it was asked for. */
export function pointOnRoad(graph: Graph, road: number, offset: number, distance: number): RoadPoint {
  const { pointX, pointY, roadPoint } = graph;
  const last = roadPoint[road + 1] - 2;
  let segment = roadPoint[road];
  let left = offset;
  let length = 0;
  for (; ; segment++) {
    length = distanceInUnits(pointX[segment], pointY[segment], pointX[segment + 1], pointY[segment + 1]);
    if (left <= length || segment === last) break;
    left -= length;
  }
  const share = length === 0 ? 0 : Math.min(1, left / length);
  const [x1, y1, x2, y2] = [pointX[segment], pointY[segment], pointX[segment + 1], pointY[segment + 1]];
  return {
    road,
    segment,
    x: Math.round(x1 + share * (x2 - x1)),
    y: Math.round(y1 + share * (y2 - y1)),
    distance,
    right: 0,
    bearing: bearingInUnits(x1, y1, x2, y2),
  };
}

function agrees({ heading, range }: Stop, bearing: number): boolean {
  if (heading === undefined) return true;
  const tolerance = range === undefined ? headingTolerance : range * degree;
  return Math.abs(wrapAngle(bearing - heading * degree)) <= tolerance;
}

/** Bits of `wayFlag` for roads on which no route begins or ends. */
export const noStart: number = wayFlag.noStart;
