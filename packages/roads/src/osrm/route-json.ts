// Hot: writes every route that is answered; the JSON is put together as text, without objects in between.
import type { Route, RouteLeg } from "../route/route.ts";
import { overviewJson, pointTexts } from "./geometry-json.ts";
import type { WrittenLine } from "./geometry-json.ts";
import type { AnnotationKind, Options } from "./options.ts";
import { stepJson } from "./step-json.ts";
import type { StepRange } from "./step-json.ts";
import { decimals, quoted, tenths } from "./text.ts";

type Drawing = Pick<Options, "steps" | "annotations" | "geometries" | "overview">;

/** Seconds; times that differ by less are the same but for rounding. */
const leastDelay = 1e-6;

/** Fields that extend a step (each with a comma before), by the index of its manoeuvre in the route. */
export type MoreOfStep = (manoeuvre: number) => string;

/** The steps of a leg: from each manoeuvre to the next, and the arrival. */
function stepsOf(route: Route, leg: RouteLeg): readonly StepRange[] {
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
function summaryOf(route: Route, leg: RouteLeg): string {
  const shares = new Map<string, number>();
  for (let p = leg.firstPiece; p <= leg.lastPiece; p++) {
    const { street, ref, seconds } = route.pieces[p];
    const name = street === "" ? ref : street;
    if (name !== "") shares.set(name, (shares.get(name) ?? 0) + seconds);
  }
  const most = [...shares].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 2);
  const chosen = new Set(most.map(([name]) => name));
  return [...shares.keys()].filter((name) => chosen.has(name)).join(", ");
}

function annotationJson(route: Route, leg: RouteLeg, kinds: ReadonlySet<AnnotationKind>): string {
  const first = route.pieces[leg.firstPiece].first;
  const last = route.pieces[leg.lastPiece].last;
  const wantsTimes = kinds.has("duration") || kinds.has("speed") || kinds.has("weight");
  let distances = "";
  let durations = "";
  let speeds = "";
  let weights = "";
  let sources = "";
  for (let p = leg.firstPiece; p <= leg.lastPiece; p++) {
    const piece = route.pieces[p];
    const rate = piece.seconds === 0 ? 1 : piece.weightSeconds / piece.seconds;
    const source = Math.abs(piece.seconds - piece.freeSeconds) < leastDelay ? "0," : "1,";
    for (let i = piece.first; i < piece.last; i++) {
      const distance = route.along[i + 1] - route.along[i];
      if (kinds.has("distance")) distances += `${decimals(distance, 1e3)},`;
      if (kinds.has("datasources")) sources += source;
      if (!wantsTimes) continue;
      const exact = Math.max(0, route.time[i + 1] - route.time[i] - (i === piece.first ? piece.turnSeconds : 0));
      // OSRM keeps tenths of seconds for each segment, and takes its speed from them.
      const duration = Math.round(exact * 10) / 10;
      if (kinds.has("duration")) durations += `${tenths(duration)},`;
      if (kinds.has("speed")) speeds += `${exact === 0 ? 0 : tenths(distance / (duration === 0 ? exact : duration))},`;
      if (kinds.has("weight")) weights += `${tenths(exact * rate)},`;
    }
  }
  const fields: string[] = [];
  const add = (name: AnnotationKind, items: string) => {
    if (kinds.has(name)) fields.push(`"${name}":[${items.slice(0, -1)}]`);
  };
  if (kinds.has("datasources")) fields.push('"metadata":{"datasource_names":["map","traffic"]}');
  add("datasources", sources);
  add("weight", weights);
  if (kinds.has("nodes")) {
    let nodes = `${leg.firstNode},`;
    for (let i = first + 1; i < last; i++) nodes += `${route.nodes[i]},`;
    fields.push(`"nodes":[${nodes}${leg.lastNode}]`);
  }
  add("distance", distances);
  add("duration", durations);
  add("speed", speeds);
  return `,"annotation":{${fields.join(",")}}`;
}

function legJson(route: Route, line: WrittenLine, leg: RouteLeg, options: Drawing, more: MoreOfStep): string {
  let steps = "";
  let summary = "";
  if (options.steps) {
    const ranges = stepsOf(route, leg);
    summary = summaryOf(route, leg);
    for (const [i, range] of ranges.entries()) {
      if (i > 0) steps += ",";
      steps += stepJson(route, line, range, options.geometries, more(leg.firstManoeuvre + i));
    }
  }
  const annotation = options.annotations.size === 0 ? "" : annotationJson(route, leg, options.annotations);
  return `{"steps":[${steps}],"summary":${quoted(summary)},"weight":${tenths(leg.weight)},"duration":${tenths(leg.duration)},"distance":${tenths(leg.to - leg.from)}${annotation}}`;
}

/** One route as JSON; `more` adds fields to steps, `extra` (with a comma after) to the route. */
export function routeJson(route: Route, options: Drawing, more: MoreOfStep, extra = ""): string {
  const { overview, geometries } = options;
  const line: WrittenLine = { geometry: route.geometry, texts: pointTexts(route.geometry) };
  const whole = overview === "false" ? "" : `"geometry":${overviewJson(line, overview, geometries)},`;
  const legs = route.legs.map((leg) => legJson(route, line, leg, options, more));
  return `{${extra}${whole}"legs":[${legs.join(",")}],"weight_name":"routability","weight":${tenths(route.weight)},"duration":${tenths(route.duration)},"distance":${tenths(route.distance)}}`;
}
