// Hot: writes every route that is answered; the JSON is put together without objects in between.
import type { Graph } from "../city.ts";
import { refOf, streetOf } from "../graph/edge-facts.ts";
import type { DrawnRoute, RouteLeg, RouteStretch } from "../route/route.ts";
import { writeOverview } from "./geometry-json.ts";
import type { JsonText } from "./json-text.ts";
import type { AnnotationKind, Options } from "./options.ts";
import type { Parts } from "./osrm.ts";
import { writeStep } from "./step-json.ts";
import type { StepRange } from "./step-json.ts";

type Drawing = Pick<Options, "steps" | "annotations" | "geometries" | "overview">;

/** Where a route is written, and the city whose streets it names. */
type Written = Pick<Parts, "out" | "city">;

/** Seconds; times that differ by less are the same but for rounding. */
const leastDelay = 1e-6;

/** Fields that extend a step (each with a comma before), by the index of its manoeuvre in the route. */
export type MoreOfStep = (manoeuvre: number) => string;

/** The steps of a leg: from each manoeuvre to the next, and the arrival. */
function stepsOf(route: DrawnRoute, leg: RouteLeg): readonly StepRange[] {
  const { manoeuvres, pieces, intersections } = route;
  const steps: StepRange[] = [];
  let piece = leg.firstPiece;
  let intersection = leg.firstIntersection;
  for (let i = leg.firstManoeuvre; i < leg.lastManoeuvre; i++) {
    const manoeuvre = manoeuvres[i];
    const next = manoeuvres[i + 1];
    const end = next.kind === "arrive" ? leg.lastPiece + 1 : next.piece;
    let duration = 0;
    let weight = 0;
    let distance = 0;
    for (; piece < end; piece++) {
      const { seconds, weightSeconds, from, to } = pieces[piece];
      duration += seconds;
      weight += weightSeconds;
      distance += to - from;
      // The turn at the end of a stretch belongs to it, the one at its beginning to the stretch before.
      if (piece < leg.lastPiece) {
        duration += pieces[piece + 1].turnSeconds;
        weight += pieces[piece + 1].turnWeight;
      }
    }
    const firstIntersection = intersection;
    while (intersections[intersection].out !== undefined && intersections[intersection].piece < end) intersection++;
    steps.push({
      manoeuvre,
      first: manoeuvre.point,
      last: next.point,
      distance,
      duration,
      weight,
      firstIntersection,
      endIntersection: intersection,
    });
  }
  const manoeuvre = manoeuvres[leg.lastManoeuvre];
  const at = manoeuvre.point;
  steps.push({
    manoeuvre,
    first: at,
    last: at,
    distance: 0,
    duration: 0,
    weight: 0,
    firstIntersection: intersection,
    endIntersection: intersection + 1,
  });
  return steps;
}

/** The two streets a leg spends most time on, by name or number, in the order they are driven. */
function summaryOf(graph: Graph, route: DrawnRoute, leg: RouteLeg): string {
  const shares = new Map<string, number>();
  for (let p = leg.firstPiece; p <= leg.lastPiece; p++) {
    const { edge, seconds } = route.pieces[p];
    const street = streetOf(graph, edge);
    const name = street === "" ? refOf(graph, edge) : street;
    if (name !== "") shares.set(name, (shares.get(name) ?? 0) + seconds);
  }
  const most = [...shares].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 2);
  const chosen = new Set(most.map(([name]) => name));
  return [...shares.keys()].filter((name) => chosen.has(name)).join(", ");
}

/** Seconds from a point to the next one; the turn at the beginning of a piece is none of them. */
function secondsFrom({ time }: DrawnRoute, piece: RouteStretch, point: number): number {
  return Math.max(0, time[point + 1] - time[point] - (point === piece.first ? piece.turnSeconds : 0));
}

/** Writes one figure of the stretch from a point to the next one. */
type WriteFigure = (out: JsonText, route: DrawnRoute, piece: RouteStretch, point: number) => void;

/** Made once: functions that live only as long as one answer would be compiled anew for the next. */
const figures: Readonly<Record<Exclude<AnnotationKind, "nodes">, WriteFigure>> = {
  datasources(out, _, { seconds, freeSeconds }) {
    out.add(Math.abs(seconds - freeSeconds) < leastDelay ? "0" : "1");
  },
  weight(out, route, piece, point) {
    const rate = piece.seconds === 0 ? 1 : piece.weightSeconds / piece.seconds;
    out.tenths(secondsFrom(route, piece, point) * rate);
  },
  distance(out, { along }, _, point) {
    out.decimals(along[point + 1] - along[point], 1e3);
  },
  duration(out, route, piece, point) {
    out.tenths(secondsFrom(route, piece, point));
  },
  speed(out, route, piece, point) {
    const exact = secondsFrom(route, piece, point);
    // OSRM keeps tenths of a second for each segment, and takes its speed from them.
    const duration = Math.round(exact * 10) / 10;
    const { along } = route;
    out.tenths(exact === 0 ? 0 : (along[point + 1] - along[point]) / (duration === 0 ? exact : duration));
  },
};

/** The order OSRM gives them in. */
const annotationOrder: readonly AnnotationKind[] = ["datasources", "weight", "nodes", "distance", "duration", "speed"];

function writeFigures(out: JsonText, route: DrawnRoute, leg: RouteLeg, write: WriteFigure): void {
  const { pieces } = route;
  const { first } = pieces[leg.firstPiece];
  out.add("[");
  for (let p = leg.firstPiece; p <= leg.lastPiece; p++) {
    const piece = pieces[p];
    for (let point = piece.first; point < piece.last; point++) {
      if (point > first) out.add(",");
      write(out, route, piece, point);
    }
  }
  out.add("]");
}

function writeNodes(out: JsonText, { nodes, pieces }: DrawnRoute, leg: RouteLeg): void {
  const { first } = pieces[leg.firstPiece];
  const { last } = pieces[leg.lastPiece];
  out.add("[").whole(leg.firstNode);
  for (let point = first + 1; point < last; point++) out.add(",").whole(nodes[point]);
  if (last > first) out.add(",").whole(leg.lastNode);
  out.add("]");
}

/** Figures for each stretch between two points. */
function writeAnnotation(out: JsonText, route: DrawnRoute, leg: RouteLeg, kinds: ReadonlySet<AnnotationKind>): void {
  out.add(',"annotation":{');
  if (kinds.has("datasources")) out.add('"metadata":{"datasource_names":["map","traffic"]},');
  let isBegun = false;
  for (const kind of annotationOrder) {
    if (!kinds.has(kind)) continue;
    out
      .add(isBegun ? ',"' : '"')
      .add(kind)
      .add('":');
    isBegun = true;
    if (kind === "nodes") writeNodes(out, route, leg);
    else writeFigures(out, route, leg, figures[kind]);
  }
  out.add("}");
}

function writeLeg({ out, city }: Written, route: DrawnRoute, leg: RouteLeg, options: Drawing, more: MoreOfStep): void {
  const ranges = options.steps ? stepsOf(route, leg) : [];
  out.add('{"steps":[');
  for (let i = 0; i < ranges.length; i++) {
    if (i > 0) out.add(",");
    writeStep(out, route, ranges[i], options.geometries, more(leg.firstManoeuvre + i));
  }
  out.add('],"summary":').quoted(options.steps ? summaryOf(city.graph, route, leg) : "");
  out.add(',"weight":').tenths(leg.weight).add(',"duration":').tenths(leg.duration);
  out.add(',"distance":').tenths(leg.to - leg.from);
  if (options.annotations.size > 0) writeAnnotation(out, route, leg, options.annotations);
  out.add("}");
}

/** One route as JSON; `more` adds fields to steps, `extra` (with a comma after) to the route. */
export function writeRoute(to: Written, route: DrawnRoute, options: Drawing, more: MoreOfStep, extra = ""): void {
  const { out } = to;
  const { overview, geometries } = options;
  const { legs } = route;
  out.add("{").add(extra);
  if (overview !== "false") {
    out.add('"geometry":');
    writeOverview(out, route.geometry, overview, geometries);
    out.add(",");
  }
  out.add('"legs":').list(legs.length, (i) => writeLeg(to, route, legs[i], options, more));
  out.add(',"weight_name":"routability","weight":').tenths(route.weight);
  out.add(',"duration":').tenths(route.duration).add(',"distance":').tenths(route.distance).add("}");
}
