import { wayFlag } from "../city.ts";
import type { City, Graph, LatLon } from "../city.ts";
import { bearingInUnits, degreesOf, toUnits, wrapAngle } from "../geometry.ts";
import { drivenSide, wayOfEdge } from "../graph/edge-facts.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";
import type { Surroundings } from "./junctions.ts";
import type { Arm } from "./arms.ts";
import { anticipated, lanesAt, laneText } from "./lanes.ts";
import { LegSteps } from "./leg-steps.ts";
import type { Lane, Manoeuvre, TurnModifier } from "./manoeuvre.ts";
import { isRing } from "./rings.ts";
import type { RoadFact, RouteIntersection, RouteLeg } from "./route.ts";
import type { Step } from "./steps.ts";
import type { StopOnRoad } from "./stops.ts";
import type { Trace, TracedLeg } from "./trace.ts";
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

function secondsBetween({ time }: Trace, from: Manoeuvre, to: Manoeuvre): number {
  return time[to.point] - time[from.point];
}

/** Of the lanes before manoeuvres in quick succession only those are good that are good for what follows, too. */
function anticipate(leg: readonly Manoeuvre[], secondsAfter: (index: number) => number): readonly Manoeuvre[] {
  const told = [...leg];
  for (let i = told.length - 2; i > 0; i--) {
    const { lanes } = told[i];
    const next = told[i + 1].lanes;
    if (lanes === undefined || next === undefined || secondsAfter(i) >= laneChange) continue;
    told[i] = { ...told[i], lanes: anticipated(lanes, next) };
  }
  return told;
}

export interface Told {
  readonly manoeuvres: readonly Manoeuvre[];
  readonly intersections: readonly RouteIntersection[];
  /** First and last manoeuvre and first intersection of each leg. */
  readonly ranges: readonly Pick<RouteLeg, "firstManoeuvre" | "lastManoeuvre" | "firstIntersection">[];
}

/** Everything a driver is told on the way, from "depart" to "arrive" on each leg, and the junctions that are passed. */
export function manoeuvresOf(
  city: City,
  { junctions, classes, last }: Surroundings,
  trace: Trace,
  stops: readonly { readonly asked: LatLon; readonly found: StopOnRoad }[],
  isTold: boolean,
): Told {
  const { graph } = city;
  const { geometry } = trace;
  const manoeuvres: Manoeuvre[] = [];
  const intersections: RouteIntersection[] = [];
  const textOf = (column: Uint32Array, edge: number) => graph.names[column[wayOfEdge(graph, edge)]];
  const placeAt = (point: number): LatLon => ({ lon: geometry[2 * point], lat: geometry[2 * point + 1] });

  function manoeuvreOf(step: Step, leg: TracedLeg, side: TurnModifier): Manoeuvre {
    const isEnd = step.kind === "arrive";
    const piece = isEnd ? leg.lastEdge : leg.firstEdge + step.begin;
    const { edge, first, last, from, to } = trace.edges[piece];
    const point = isEnd ? last : first;
    const { kind } = step;
    const isWord = kind !== "none" && kind !== "suppressed" && kind !== "sliproad";
    return {
      kind: isWord ? kind : "continue",
      modifier: kind === "depart" || isEnd ? side : step.modifier,
      along: isEnd ? to : from,
      point,
      piece,
      ...placeAt(point),
      bearingBefore: step.bearingBefore,
      bearingAfter: step.bearingAfter,
      street: textOf(graph.wayName, step.named),
      pronunciation: textOf(graph.wayPronunciation, step.named),
      ref: textOf(graph.wayRef, step.named),
      destination: textOf(graph.wayDestination, step.named),
      junction: textOf(graph.wayExits, step.named),
      ...(step.rotary === undefined ? {} : { rotary: step.rotary }),
      ...(step.exit === undefined ? {} : { exit: step.exit }),
      ...(step.view === undefined || isRing(graph, edge) ? {} : lanesOf(step.view, edge)),
      drivingSide: drivenSide(graph, edge),
      mode: step.mode,
    };
  }

  function passed(
    legSteps: LegSteps,
    index: number,
    leg: TracedLeg,
    told: readonly Lane[] | undefined,
  ): RouteIntersection {
    const piece = leg.firstEdge + index;
    const { edge, first, from } = trace.edges[piece];
    const arms = legSteps.armsBefore(index);
    const bearings = arms.map((arm) => wholeDegrees(arm.bearing));
    const sorted = [...arms];
    sortTogether(bearings, sorted);
    const hasLanes = told === undefined && arms.length > 2 && laneText({ graph }, trace.edges[piece - 1].edge) !== "";
    const lanes = hasLanes ? lanesOf(legSteps.viewAt(index), edge).lanes : told;
    const intersection: RouteIntersection = {
      along: from,
      point: first,
      bearings,
      entry: sorted.map((arm) => arm.canEnter),
      in: sorted.indexOf(arms[0]),
      out: sorted.findIndex((arm) => arm.edge === edge && arm.leaves),
      classes: classesOf(graph, classes, edge),
      piece,
    };
    return lanes === undefined ? intersection : { ...intersection, lanes };
  }

  function lanesOf(view: View, edge: number): { readonly lanes?: readonly Lane[] } {
    if (view.size <= 2 || laneText(view, view.approach) === "") return {};
    const taken = view.arms.findIndex((arm) => arm.edge === edge && arm.leaves);
    const lanes = taken < 0 ? undefined : lanesAt(view, taken);
    return lanes === undefined ? {} : { lanes };
  }

  const ranges = trace.legs.map((leg, legIndex) => {
    const { firstEdge, lastEdge } = leg;
    const firstManoeuvre = manoeuvres.length;
    const firstIntersection = intersections.length;
    const edges = trace.edges.slice(firstEdge, lastEdge + 1);
    const [begin] = edges;
    const end = edges[edges.length - 1];
    const legSteps = new LegSteps(graph, junctions, edges);
    last.steps = legSteps;
    const steps = isTold ? legSteps.collapsed() : legSteps.ends();
    const start = stops[legIndex];
    const goal = stops[legIndex + 1];
    const startSide = sideOf(placeAt(begin.first), placeAt(begin.first + 1), start.asked, start.found.at.distance);
    const goalSide = sideOf(placeAt(end.last - 1), placeAt(end.last), goal.asked, goal.found.at.distance);
    const legManoeuvres = steps.map((step) => manoeuvreOf(step, leg, step.kind === "depart" ? startSide : goalSide));
    manoeuvres.push(...anticipate(legManoeuvres, (i) => secondsBetween(trace, legManoeuvres[i], legManoeuvres[i + 1])));

    intersections.push({
      along: begin.from,
      point: begin.first,
      bearings: [wholeDegrees(headingLeaving(graph, begin.edge))],
      entry: [true],
      out: 0,
      classes: classesOf(graph, classes, begin.edge),
      piece: firstEdge,
    });
    let next = firstManoeuvre + 1;
    const passing = isTold ? edges.length : 0;
    for (let i = 1; i < passing; i++) {
      if (edges[i].edge === edges[i - 1].edge) continue;
      const node = graph.edgeTo[edges[i - 1].edge];
      if (junctions.first[node + 1] - junctions.first[node] <= 2 && !legSteps.noted.has(i)) continue;
      while (manoeuvres[next].piece < firstEdge + i) next++;
      const { piece, lanes } = manoeuvres[next];
      intersections.push(passed(legSteps, i, leg, piece === firstEdge + i ? lanes : undefined));
    }
    intersections.push({
      along: end.to,
      point: end.last,
      bearings: [wholeDegrees(headingArriving(graph, end.edge) + Math.PI)],
      entry: [true],
      in: 0,
      classes: [],
      piece: lastEdge,
    });
    return { firstManoeuvre, lastManoeuvre: manoeuvres.length - 1, firstIntersection };
  });
  return { manoeuvres, intersections, ranges };
}
