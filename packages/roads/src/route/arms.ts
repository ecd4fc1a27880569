// Hot: runs for every junction of every route that is answered.
import { wayFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import { wrapAngle } from "../geometry.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";
import type { Junctions } from "./junctions.ts";
import { kindOf } from "./road-kind.ts";
import type { RoadKind } from "./road-kind.ts";

/** A road that leads away from a junction, seen from where one comes, with what its looks decide. */
export interface Arm {
  readonly road: number;
  /** The edge that leaves along it; the one that comes in where none leaves. */
  readonly edge: number;
  /** Radians clockwise from north at which it leaves. */
  readonly bearing: number;
  /** Degrees 0 to 360 as OSRM counts them: 0 is back, 90 right, 180 straight on, 270 left. */
  readonly angle: number;
  /** May be entered from where one comes. */
  readonly canEnter: boolean;
  /** Traffic leaves the junction along it at all, and comes to the junction along it. */
  readonly leaves: boolean;
  readonly comes: boolean;
  /** Degrees off straight on. */
  readonly off: number;
  readonly kind: RoadKind;
  readonly way: number;
  /** As tagged, both directions together; 0 where the map tells none. */
  readonly lanes: number;
}

/** Degrees between two angles, 0 to 180. */
export function apart(a: number, b: number): number {
  const difference = Math.abs(a - b) % 360;
  return difference > 180 ? 360 - difference : difference;
}

/** Degrees an angle differs from straight on. */
export function offStraight(angle: number): number {
  return apart(angle, 180);
}

const degree = Math.PI / 180;

/** The road at a node where an edge leaves (or where it comes in). */
function bearingOf(graph: Graph, road: number, isLast: boolean): number {
  const forward = graph.roadForward[road];
  const backward = graph.roadBackward[road];
  if (isLast) return forward >= 0 ? headingArriving(graph, forward) + Math.PI : headingLeaving(graph, backward);
  return forward >= 0 ? headingLeaving(graph, forward) : headingArriving(graph, backward) + Math.PI;
}

/**
 * All roads at the end of a router state's edge: first the one it comes along, then from right to left. Roads that may only be driven
 * towards the junction are among them.
 */
export function armsAt(graph: Graph, junctions: Junctions, state: number): readonly Arm[] {
  const edge = graph.stateEdge[state];
  const node = graph.edgeTo[edge];
  const own = graph.edgeRoad[edge];
  const arriving = headingArriving(graph, edge);
  const arms: Arm[] = [];
  const ownIsLast = graph.roadForward[own] === edge;
  for (let i = junctions.first[node]; i < junctions.first[node + 1]; i++) {
    const road = junctions.ends[i] >> 1;
    const isLast = (junctions.ends[i] & 1) === 1;
    const out = isLast ? graph.roadBackward[road] : graph.roadForward[road];
    const into = isLast ? graph.roadForward[road] : graph.roadBackward[road];
    const isOwn = road === own && isLast === ownIsLast;
    const bearing = isOwn ? arriving + Math.PI : bearingOf(graph, road, isLast);
    const turn = wrapAngle(bearing - arriving) / degree;
    const angle = isOwn ? 0 : (540 - turn) % 360;
    const way = graph.roadWay[road];
    const arm: Arm = {
      road,
      edge: out >= 0 ? out : into,
      bearing,
      angle,
      canEnter: out >= 0 && hasTurn(graph, state, out),
      leaves: out >= 0,
      comes: into >= 0,
      off: offStraight(angle),
      kind: kindOf(graph, out >= 0 ? out : into),
      way,
      lanes: lanesTagged(graph, way),
    };
    if (isOwn) arms.unshift(arm);
    else insert(arms, arm);
  }
  return arms;
}

function lanesTagged(graph: Graph, way: number): number {
  const isTagged = (graph.wayFlags[way] & wayFlag.lanesAreAssumed) === 0;
  return isTagged ? graph.wayLanesForward[way] + graph.wayLanesBackward[way] : 0;
}

/** Index of the arm that leads onto an edge, -1 where none does. */
export function armOnto(arms: readonly Arm[], edge: number): number {
  for (let i = 0; i < arms.length; i++) if (arms[i].edge === edge && arms[i].leaves) return i;
  return -1;
}

/** Puts an arm before those with a greater angle. */
function insert(arms: Arm[], arm: Arm): void {
  let at = arms.length;
  for (; at > 0 && arms[at - 1].angle > arm.angle; at--) arms[at] = arms[at - 1];
  arms[at] = arm;
}

function hasTurn(graph: Graph, state: number, edge: number): boolean {
  for (let turn = graph.turnFirst[state]; turn < graph.turnFirst[state + 1]; turn++) {
    if (graph.stateEdge[graph.turnTo[turn]] === edge) return true;
  }
  return false;
}
