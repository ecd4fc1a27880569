import { wayFlag } from "../city.ts";
import type { City, Graph, LatLon } from "../city.ts";
import { bearingInUnits, degreesOf, toUnits, wrapAngle } from "../geometry.ts";
import { drivenSide, wayOfEdge } from "../graph/edge-facts.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";
import type { Surroundings } from "./junctions.ts";
import { armOnto } from "./arms.ts";
import type { Arm } from "./arms.ts";
import { anticipated, lanesAt, laneText } from "./lanes.ts";
import { LegSteps } from "./leg-steps.ts";
import type { Lane, Manoeuvre, TurnModifier } from "./manoeuvre.ts";
import { isRing } from "./rings.ts";
import type { RoadFact, RouteIntersection, RouteLeg } from "./route.ts";
import type { Step } from "./steps.ts";
import type { StopOnRoad } from "./stops.ts";
import type { Trace, TracedEdge, TracedLeg } from "./trace.ts";
import type { View } from "./view.ts";

/** A side of the road is only named for a place at least so many metres off it. */
const sideReach = 5;

/** Farther off than this (metres) a place has no side either. */
const farReach = 300;

/** Which side of a line from `from` to `to` a place lies on, seen in the direction of travel. */
function sideOf(from: LatLon, to: LatLon, place: LatLon, gap: number): TurnModifier {
  if (gap < sideReach || gap > farReach) return "straight";
  const units = (a: LatLon, b: LatLon) => [toUnits(a.lon), toUnits(a.lat), toUnits(b.lon), toUnits(b.lat)] as const;
  const aside = wrapAngle(bearingInUnits(...units(to, place)) - bearingInUnits(...units(from, to)));
  return aside > 0 ? "right" : "left";
}

const wholeDegrees = (radians: number) => Math.round(degreesOf(radians)) % 360;

const none: readonly RoadFact[] = [];

function classesOf(graph: Graph, order: readonly RoadFact[], edge: number): readonly RoadFact[] {
  const flags = graph.wayFlags[wayOfEdge(graph, edge)];
  return flags === 0 ? none : order.filter((name) => (flags & wayFlag[name]) !== 0);
}

/** Puts some bearings in rising order, and the arm of each with it. */
function sortTogether(bearings: number[], arms: Arm[]): void {
  for (let i = 1; i < bearings.length; i++) {
    const bearing = bearings[i];
    const arm = arms[i];
    let at = i;
    for (; at > 0 && bearings[at - 1] > bearing; at--) {
      bearings[at] = bearings[at - 1];
      arms[at] = arms[at - 1];
    }
    bearings[at] = bearing;
    arms[at] = arm;
  }
}

/** Seconds; between manoeuvres closer than this nobody changes lanes at leisure. */
const laneChange = 15;

/** Of the lanes before manoeuvres in quick succession only those are good that are good for what follows, too. */
function anticipate(told: Manoeuvre[], { time }: Trace): void {
  for (let i = told.length - 2; i > 0; i--) {
    const { lanes, point } = told[i];
    const next = told[i + 1];
    if (lanes === undefined || next.lanes === undefined || time[next.point] - time[point] >= laneChange) continue;
    told[i] = { ...told[i], lanes: anticipated(lanes, next.lanes) };
  }
}

export interface Told {
  readonly manoeuvres: readonly Manoeuvre[];
  readonly intersections: readonly RouteIntersection[];
  /** First and last manoeuvre and first intersection of each leg. */
  readonly ranges: readonly LegRange[];
  readonly steps: readonly LegSteps[];
}

type LegRange = Pick<RouteLeg, "firstManoeuvre" | "lastManoeuvre" | "firstIntersection">;

interface StopOfRoute {
  readonly asked: LatLon;
  readonly found: StopOnRoad;
}

const bearingOf = (arm: Arm): number => wholeDegrees(arm.bearing);
const canEnter = (arm: Arm): boolean => arm.canEnter;

function lanesOf(view: View, edge: number): readonly Lane[] | undefined {
  if (view.size <= 2 || laneText(view, view.approach) === "") return undefined;
  const taken = armOnto(view.arms, edge);
  return taken < 0 ? undefined : lanesAt(view, taken);
}

/** Tells one route, leg by leg. Methods rather than functions within a function: those would be compiled anew for each route. */
class Telling {
  readonly manoeuvres: Manoeuvre[] = [];
  readonly intersections: RouteIntersection[] = [];
  readonly steps: LegSteps[] = [];
  private readonly graph: Graph;
  private readonly surroundings: Surroundings;
  private readonly trace: Trace;
  /** The arms of the junction at hand in the order of their bearings. */
  private readonly sorted: Arm[] = [];

  constructor(graph: Graph, surroundings: Surroundings, trace: Trace) {
    this.graph = graph;
    this.surroundings = surroundings;
    this.trace = trace;
  }

  /** One leg from stop to stop, `isTold` with everything between its ends. */
  leg(leg: TracedLeg, start: StopOfRoute, goal: StopOfRoute, isTold: boolean): LegRange {
    const { graph, trace, manoeuvres } = this;
    const firstManoeuvre = manoeuvres.length;
    const firstIntersection = this.intersections.length;
    const edges = trace.edges.slice(leg.firstEdge, leg.lastEdge + 1);
    const [begin] = edges;
    const end = edges[edges.length - 1];
    const legSteps = new LegSteps(graph, this.surroundings.junctions, edges);
    this.steps.push(legSteps);
    const startSide = this.sideAt(begin.first, start);
    const goalSide = this.sideAt(end.last - 1, goal);
    const told: Manoeuvre[] = [];
    for (const step of isTold ? legSteps.collapsed() : legSteps.ends()) {
      told.push(this.manoeuvreOf(step, leg, step.kind === "depart" ? startSide : goalSide));
    }
    anticipate(told, trace);
    for (const manoeuvre of told) manoeuvres.push(manoeuvre);
    this.passEdges(leg, edges, legSteps, firstManoeuvre + 1, isTold);
    return { firstManoeuvre, lastManoeuvre: manoeuvres.length - 1, firstIntersection };
  }

  private passEdges(
    leg: TracedLeg,
    edges: readonly TracedEdge[],
    legSteps: LegSteps,
    firstTold: number,
    isTold: boolean,
  ): void {
    const { graph, intersections, manoeuvres } = this;
    const { junctions, classes } = this.surroundings;
    const [begin] = edges;
    const end = edges[edges.length - 1];
    intersections.push({
      along: begin.from,
      point: begin.first,
      bearings: [wholeDegrees(headingLeaving(graph, begin.edge))],
      entry: [true],
      out: 0,
      classes: classesOf(graph, classes, begin.edge),
      piece: leg.firstEdge,
    });
    let next = firstTold;
    const passing = isTold ? edges.length : 0;
    for (let i = 1; i < passing; i++) {
      if (edges[i].edge === edges[i - 1].edge) continue;
      const node = graph.edgeTo[edges[i - 1].edge];
      if (junctions.first[node + 1] - junctions.first[node] <= 2 && !legSteps.noted.has(i)) continue;
      while (manoeuvres[next].piece < leg.firstEdge + i) next++;
      const { piece, lanes } = manoeuvres[next];
      intersections.push(this.passed(legSteps, i, leg, piece === leg.firstEdge + i ? lanes : undefined));
    }
    intersections.push({
      along: end.to,
      point: end.last,
      bearings: [wholeDegrees(headingArriving(graph, end.edge) + Math.PI)],
      entry: [true],
      in: 0,
      classes: [],
      piece: leg.lastEdge,
    });
  }

  private manoeuvreOf(step: Step, leg: TracedLeg, side: TurnModifier): Manoeuvre {
    const { graph, trace } = this;
    const isEnd = step.kind === "arrive";
    const piece = isEnd ? leg.lastEdge : leg.firstEdge + step.begin;
    const { edge, first, last, from, to } = trace.edges[piece];
    const point = isEnd ? last : first;
    const { kind } = step;
    const isWord = kind !== "none" && kind !== "suppressed" && kind !== "sliproad";
    const lanes = step.view === undefined || isRing(graph, edge) ? undefined : lanesOf(step.view, edge);
    const way = wayOfEdge(graph, step.named);
    return {
      kind: isWord ? kind : "continue",
      modifier: kind === "depart" || isEnd ? side : step.modifier,
      along: isEnd ? to : from,
      point,
      piece,
      lon: trace.geometry[2 * point],
      lat: trace.geometry[2 * point + 1],
      bearingBefore: step.bearingBefore,
      bearingAfter: step.bearingAfter,
      street: graph.names[graph.wayName[way]],
      pronunciation: graph.names[graph.wayPronunciation[way]],
      ref: graph.names[graph.wayRef[way]],
      destination: graph.names[graph.wayDestination[way]],
      junction: graph.names[graph.wayExits[way]],
      ...(step.rotary === undefined ? {} : { rotary: step.rotary }),
      ...(step.exit === undefined ? {} : { exit: step.exit }),
      ...(lanes === undefined ? {} : { lanes }),
      drivingSide: drivenSide(graph, edge),
      mode: step.mode,
    };
  }

  private passed(
    legSteps: LegSteps,
    index: number,
    leg: TracedLeg,
    told: readonly Lane[] | undefined,
  ): RouteIntersection {
    const { graph, trace, sorted } = this;
    const piece = leg.firstEdge + index;
    const { edge, first, from } = trace.edges[piece];
    const arms = legSteps.armsBefore(index);
    const bearings = arms.map(bearingOf);
    sorted.length = 0;
    for (const arm of arms) sorted.push(arm);
    sortTogether(bearings, sorted);
    const hasLanes = told === undefined && arms.length > 2 && laneText({ graph }, trace.edges[piece - 1].edge) !== "";
    const lanes = hasLanes ? lanesOf(legSteps.viewAt(index), edge) : told;
    const intersection: RouteIntersection = {
      along: from,
      point: first,
      bearings,
      entry: sorted.map(canEnter),
      in: sorted.indexOf(arms[0]),
      out: armOnto(sorted, edge),
      classes: classesOf(graph, this.surroundings.classes, edge),
      piece,
    };
    return lanes === undefined ? intersection : { ...intersection, lanes };
  }

  /** On which side of the segment that begins at a point a stop lies. */
  private sideAt(point: number, { asked, found }: StopOfRoute): TurnModifier {
    return sideOf(this.placeAt(point), this.placeAt(point + 1), asked, found.at.distance);
  }

  private placeAt(point: number): LatLon {
    const { geometry } = this.trace;
    return { lon: geometry[2 * point], lat: geometry[2 * point + 1] };
  }
}

/** Everything a driver is told on the way, from "depart" to "arrive" on each leg, and the junctions that are passed. */
export function manoeuvresOf(
  { graph }: City,
  surroundings: Surroundings,
  trace: Trace,
  stops: readonly StopOfRoute[],
  isTold: boolean,
): Told {
  const telling = new Telling(graph, surroundings, trace);
  const ranges = trace.legs.map((leg, i) => telling.leg(leg, stops[i], stops[i + 1], isTold));
  const { manoeuvres, intersections, steps } = telling;
  return { manoeuvres, intersections, ranges, steps };
}
