import { wayFlag } from "../city.ts";
import type { City, Graph, LatLon } from "../city.ts";
import { bearingInUnits, degreesOf, toUnits, wrapAngle } from "../geometry.ts";
import { classOf, hasFlag, refOf, streetOf, wayOfEdge } from "../graph/edge-facts.ts";
import { headingArriving, headingLeaving } from "../graph/headings.ts";
import { rankOfClass } from "../rules/road-class.ts";
import type { Manoeuvre, TurnModifier } from "./manoeuvre.ts";
import type { RouteIntersection, RouteLeg } from "./route.ts";
import type { StopOnRoad } from "./stops.ts";
import type { Trace, TracedEdge } from "./trace.ts";
import { turnModifier } from "./turn-modifier.ts";

const degree = Math.PI / 180;

/** A street without a name is called by the next one that has one within so many metres. */
const nameReach = 80;

/** A side of the road is only named for a place at least so many metres off it. */
const sideReach = 3;

interface Option {
  readonly edge: number;
  /** Radians, right positive. */
  readonly angle: number;
  readonly rank: number;
}

function rankOf(graph: Graph, edge: number): number {
  return rankOfClass(classOf(graph, edge));
}

function isSameStreet(graph: Graph, a: number, b: number): boolean {
  const name = streetOf(graph, a);
  if (name !== "" || streetOf(graph, b) !== "") return name === streetOf(graph, b);
  return refOf(graph, a) !== "" && refOf(graph, a) === refOf(graph, b);
}

/** All ways on from a state except straight back. */
function optionsAt(graph: Graph, state: number): readonly Option[] {
  const edge = graph.stateEdge[state];
  const options: Option[] = [];
  for (let turn = graph.turnFirst[state]; turn < graph.turnFirst[state + 1]; turn++) {
    const next = graph.stateEdge[graph.turnTo[turn]];
    const angle = wrapAngle(headingLeaving(graph, next) - headingArriving(graph, edge));
    options.push({ edge: next, angle, rank: rankOf(graph, next) });
  }
  return options;
}

type Decision = { readonly kind: Manoeuvre["kind"]; readonly modifier: TurnModifier } | undefined;

/** What a driver must be told where `taken` is chosen among `others`, if anything. */
function decide(graph: Graph, from: number, taken: Option, others: readonly Option[]): Decision {
  const { edge: to, angle } = taken;
  const modifier = turnModifier(angle);
  const turn = Math.abs(angle);
  const fromRank = rankOf(graph, from);
  if (graph.edgeRoad[from] === graph.edgeRoad[to] && from !== to) return { kind: "turn", modifier: "uturn" };

  const fromLink = hasFlag(graph, from, "link");
  const toLink = hasFlag(graph, to, "link");
  if (fromLink && !toLink && taken.rank >= 6 && turn < 50 * degree) return { kind: "merge", modifier };
  if (others.length === 0) return undefined;
  const side: TurnModifier = others.some((other) => other.angle > angle) ? "slight left" : "slight right";
  if (toLink && !fromLink && taken.rank >= 6) {
    return { kind: fromRank >= 6 ? "off ramp" : "on ramp", modifier: turn < 15 * degree ? side : modifier };
  }

  const rivals = others.filter((other) => other.rank >= Math.min(taken.rank, fromRank) - 1 && other.rank > 0);
  const same = isSameStreet(graph, from, to);
  const forks = rivals.some((other) => {
    const alike = Math.abs(other.angle) < 45 * degree && Math.abs(other.angle - angle) < 55 * degree;
    // Going by an exit or a lane for turning needs no word while one's own street goes straighter on.
    const goesBy = !fromLink && !toLink && hasFlag(graph, other.edge, "link");
    return alike && !goesBy && !(same && Math.abs(other.angle) > turn + 5 * degree);
  });
  if (turn < 25 * degree) {
    const plain = same && rivals.every((other) => !isSameStreet(graph, from, other.edge));
    return forks && !plain ? { kind: "fork", modifier: side } : undefined;
  }
  const straighter = rivals.some((other) => Math.abs(other.angle) < turn);
  if (same) return straighter || turn >= 60 * degree ? { kind: "continue", modifier } : undefined;
  if (turn < 40 * degree && !straighter && !forks) return undefined;
  if (turn < 45 * degree && forks) return { kind: "fork", modifier };
  return { kind: "turn", modifier };
}

/** The next name along the route, for a connecting piece that has none of its own. */
function namesFrom(
  graph: Graph,
  edges: readonly TracedEdge[],
  index: number,
): { readonly street: string; readonly ref: string } {
  const start = edges[index].from;
  for (let i = index; i < edges.length && edges[i].from - start <= nameReach; i++) {
    const street = streetOf(graph, edges[i].edge);
    const ref = refOf(graph, edges[i].edge);
    if (street !== "" || ref !== "") return { street, ref };
  }
  return { street: "", ref: "" };
}

/** Which side of the stretch of the line that ends at `point` a place lies on. */
function sideOf(trace: Trace, point: number, to: LatLon, gap: number): TurnModifier {
  const { geometry } = trace;
  const n = 2 * point + 2;
  if (n < 4 || gap < sideReach) return "straight";
  const [x1, y1, x2, y2] = [n - 4, n - 3, n - 2, n - 1].map((i) => toUnits(geometry[i]));
  const heading = bearingInUnits(x1, y1, x2, y2);
  const aside = wrapAngle(bearingInUnits(x2, y2, toUnits(to.lon), toUnits(to.lat)) - heading);
  return aside > 0 ? "right" : "left";
}

const wholeDegrees = (radians: number) => Math.round(degreesOf(radians)) % 360;

export interface Told {
  readonly manoeuvres: readonly Manoeuvre[];
  readonly intersections: readonly RouteIntersection[];
  /** First and last manoeuvre of each leg. */
  readonly ranges: readonly Pick<RouteLeg, "firstManoeuvre" | "lastManoeuvre">[];
}

/** Everything a driver is told on the way, from "depart" to "arrive" on each leg. */
export function manoeuvresOf(
  city: City,
  trace: Trace,
  stops: readonly { readonly asked: LatLon; readonly found: StopOnRoad }[],
): Told {
  const { graph, drivingSide } = city;
  const { edges, geometry } = trace;
  const manoeuvres: Manoeuvre[] = [];
  const text = (column: Uint32Array, edge: number) => graph.names[column[wayOfEdge(graph, edge)]];

  function add(decision: NonNullable<Decision>, index: number, namedBy: number, exit?: number): void {
    const { first, from, edge } = edges[index];
    const named = edges[namedBy].edge;
    const isStart = decision.kind === "depart";
    manoeuvres.push({
      ...decision,
      along: from,
      point: first,
      lon: geometry[2 * first],
      lat: geometry[2 * first + 1],
      bearingBefore: isStart ? 0 : wholeDegrees(headingArriving(graph, edges[index - 1].edge)),
      bearingAfter: wholeDegrees(headingLeaving(graph, edge)),
      ...namesFrom(graph, edges, namedBy),
      pronunciation: text(graph.wayPronunciation, named),
      destination: text(graph.wayDestination, named),
      junction: text(graph.wayExits, named),
      ...(exit === undefined ? {} : { exit }),
      drivingSide,
      mode: hasFlag(graph, named, "ferry") ? "ferry" : "driving",
    });
  }

  const isRound = (edge: number) => (graph.wayFlags[wayOfEdge(graph, edge)] & wayFlag.roundabout) !== 0;
  const ranges = trace.legs.map(({ firstEdge, lastEdge }, leg) => {
    const firstManoeuvre = manoeuvres.length;
    add({ kind: "depart", modifier: "straight" }, firstEdge, firstEdge);
    for (let i = firstEdge + 1; i <= lastEdge; i++) {
      const before = edges[i - 1];
      const { edge } = edges[i];
      if (isRound(edge) && !isRound(before.edge)) {
        let exit = 1;
        let out = i + 1;
        for (; out <= lastEdge && isRound(edges[out].edge); out++) {
          if (optionsAt(graph, edges[out - 1].state).some((option) => !isRound(option.edge))) exit++;
        }
        const last = Math.min(out, lastEdge);
        const angle = wrapAngle(headingLeaving(graph, edges[last].edge) - headingArriving(graph, before.edge));
        add({ kind: "roundabout", modifier: turnModifier(angle) }, i, last, exit);
        i = last;
        continue;
      }
      const options = optionsAt(graph, before.state);
      const taken = options.find((option) => option.edge === edge);
      if (taken === undefined) continue;
      const decision = decide(
        graph,
        before.edge,
        taken,
        options.filter((option) => option !== taken),
      );
      if (decision !== undefined) add(decision, i, i);
    }
    const end = edges[lastEdge];
    const { asked, found } = stops[leg + 1];
    manoeuvres.push({
      kind: "arrive",
      modifier: sideOf(trace, end.last, asked, found.at.distance),
      along: end.to,
      point: end.last,
      lon: geometry[2 * end.last],
      lat: geometry[2 * end.last + 1],
      bearingBefore: wholeDegrees(headingArriving(graph, end.edge)),
      bearingAfter: 0,
      street: streetOf(graph, end.edge),
      pronunciation: text(graph.wayPronunciation, end.edge),
      ref: refOf(graph, end.edge),
      destination: "",
      junction: "",
      drivingSide,
      mode: hasFlag(graph, end.edge, "ferry") ? "ferry" : "driving",
    });
    return { firstManoeuvre, lastManoeuvre: manoeuvres.length - 1 };
  });
  return { manoeuvres, intersections: [], ranges };
}
