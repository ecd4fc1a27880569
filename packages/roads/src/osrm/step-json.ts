import type { Lane, Manoeuvre } from "../route/manoeuvre.ts";
import type { Route, RouteIntersection } from "../route/route.ts";
import { lineJson } from "./geometry-json.ts";
import type { GeometryFormat, WrittenLine } from "./geometry-json.ts";
import { quoted, tenths } from "./text.ts";

/** A stretch of a route between two manoeuvres. */
export interface StepRange {
  readonly manoeuvre: Manoeuvre;
  /** Geometry points, both inclusive. */
  readonly first: number;
  readonly last: number;
  readonly distance: number;
  readonly duration: number;
  readonly weight: number;
  /** Indices in the route's intersections, the last one exclusive. */
  readonly firstIntersection: number;
  readonly endIntersection: number;
}

function lanesJson(lanes: readonly Lane[]): string {
  const items = lanes.map(({ indications, valid, active }) => {
    const taken = active === undefined ? "" : `,"valid_indication":"${active}"`;
    return `{"valid":${valid},"indications":["${indications.join('","')}"]${taken}}`;
  });
  return `,"lanes":[${items.join(",")}]`;
}

function intersectionJson({ texts }: WrittenLine, at: RouteIntersection): string {
  const out = at.out === undefined ? "" : `"out":${at.out},`;
  const into = at.in === undefined ? "" : `"in":${at.in},`;
  const classes = at.classes.length === 0 ? "" : `,"classes":["${at.classes.join('","')}"]`;
  const lanes = at.lanes === undefined ? "" : lanesJson(at.lanes);
  const place = texts[at.point] ?? "";
  return `{${out}${into}"entry":[${at.entry.join(",")}],"bearings":[${at.bearings.join(",")}],"location":${place}${classes}${lanes}}`;
}

/** OSRM names no shape where a stop lies on the road itself. */
function modifierJson({ kind, modifier }: Manoeuvre): string {
  return (kind === "depart" || kind === "arrive") && modifier === "straight" ? "" : `"modifier":"${modifier}",`;
}

/** One step as JSON; `more` are further fields, each with a comma before. */
export function stepJson(
  route: Route,
  line: WrittenLine,
  step: StepRange,
  format: GeometryFormat,
  more: string,
): string {
  const { manoeuvre } = step;
  const { bearingBefore, bearingAfter, exit, kind } = manoeuvre;
  const optional =
    (manoeuvre.ref === "" ? "" : `,"ref":${quoted(manoeuvre.ref)}`) +
    (manoeuvre.pronunciation === "" ? "" : `,"pronunciation":${quoted(manoeuvre.pronunciation)}`) +
    (manoeuvre.destination === "" ? "" : `,"destinations":${quoted(manoeuvre.destination)}`) +
    (manoeuvre.junction === "" ? "" : `,"exits":${quoted(manoeuvre.junction)}`) +
    (manoeuvre.rotary === undefined ? "" : `,"rotary_name":${quoted(manoeuvre.rotary)}`);
  const intersections: string[] = [];
  for (let i = step.firstIntersection; i < step.endIntersection; i++) {
    const at = route.intersections[i];
    if (at !== undefined) intersections.push(intersectionJson(line, at));
  }
  const exitJson = exit === undefined ? "" : `"exit":${exit},`;
  return (
    `{"geometry":${lineJson(line, step.first, step.last, format)}` +
    `,"maneuver":{${exitJson}"bearing_after":${bearingAfter},"bearing_before":${bearingBefore},"location":${line.texts[manoeuvre.point] ?? ""},${modifierJson(manoeuvre)}"type":"${kind}"}` +
    `,"mode":"${manoeuvre.mode}","driving_side":"${manoeuvre.drivingSide}","name":${quoted(manoeuvre.street)}${optional}` +
    `,"intersections":[${intersections.join(",")}]` +
    `,"weight":${tenths(step.weight)},"duration":${tenths(step.duration)},"distance":${tenths(step.distance)}${more}}`
  );
}
