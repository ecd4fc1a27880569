import { wayFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import { wayOfEdge } from "../graph/edge-facts.ts";
import { roadClasses } from "../rules/road-class.ts";
import type { RoadClass } from "../rules/road-class.ts";

/** How important a road looks to a driver, and what it is made for; the figures of OSRM's guidance classes. */
export interface RoadKind {
  /** The lower the more important. */
  readonly priority: number;
  /** Roads of one group look alike. */
  readonly group: number;
  /** Carriageways of opposite directions are apart, turns are ramps. */
  readonly isMotorway: boolean;
  /** Joins such roads. */
  readonly isRamp: boolean;
  readonly isLink: boolean;
  /** Is there only to reach things: nobody takes it for the road that goes on. */
  readonly isMinor: boolean;
  /** What it links, if it is a link. */
  readonly linkTo: number;
}

const roads: Readonly<Record<Exclude<RoadClass, `${string}_link`>, readonly [priority: number, group: number]>> = {
  motorway: [0, 0],
  trunk: [2, 1],
  primary: [4, 2],
  secondary: [6, 2],
  tertiary: [8, 2],
  living_street: [10, 3],
  residential: [11, 3],
  unclassified: [11, 3],
  road: [31, 7],
  service: [31, 7],
};

/** All links look alike. */
const linkPriority = 14;
const linkGroup = 4;

function isRoad(name: string): name is keyof typeof roads {
  return Object.hasOwn(roads, name);
}

function kindOfClass(name: RoadClass): RoadKind {
  const main = name.replace(/_link$/, "");
  const isLink = main !== name;
  const isFast = main === "motorway" || main === "trunk";
  const [priority, group] = isRoad(main) ? roads[main] : roads.road;
  return {
    priority: isLink ? linkPriority : priority,
    group: isLink ? linkGroup : group,
    isMotorway: isFast && !isLink,
    isRamp: isFast && isLink,
    isLink,
    isMinor: main === "service" || main === "road",
    linkTo: isLink ? priority : -1,
  };
}

const kinds: readonly RoadKind[] = roadClasses.map(kindOfClass);

/** The kind of the road an edge runs on. */
export function kindOf(graph: Graph, edge: number): RoadKind {
  return kinds[graph.wayClass[wayOfEdge(graph, edge)]];
}

/** Whether `a` is a lesser road than `b` at first sight. */
export function isLesser(a: RoadKind, b: RoadKind): boolean {
  return a.isMinor === b.isMinor ? a.group > b.group : a.isMinor;
}

/** Whether a road is there to join a road such as the other one. */
export function isLinkTo(link: RoadKind, road: RoadKind): boolean {
  return link.isLink && !road.isLink && link.linkTo === road.priority;
}

/** Roads that nobody tells apart by their importance. */
export function isForkable(a: RoadKind, b: RoadKind): boolean {
  return Math.abs(a.priority - b.priority) <= 1;
}

/** So much more important is a road that goes without saying. */
const distinction = 1.75;

export function isSameKind(a: RoadKind, b: RoadKind): boolean {
  return a.priority === b.priority && a.isMotorway === b.isMotorway && a.isLink === b.isLink && a.isMinor === b.isMinor;
}

/** Whether somebody who comes on a road of kind `from` takes `candidate` and not `other` because of what they are. */
export function isObviousByKind(from: RoadKind, candidate: RoadKind, other: RoadKind): boolean {
  const isGreater = distinction * candidate.priority < other.priority;
  return (isGreater && isSameKind(from, candidate)) || (!candidate.isMinor && !from.isMinor && other.isMinor);
}

/** How the car is carried along an edge. */
export function modeOf(graph: Graph, edge: number): "driving" | "ferry" {
  return (graph.wayFlags[wayOfEdge(graph, edge)] & wayFlag.ferry) !== 0 ? "ferry" : "driving";
}
