import type { Lane, Manoeuvre } from "../route/manoeuvre.ts";
import type { DrawnRoute, RouteIntersection } from "../route/route.ts";
import { writeLine } from "./geometry-json.ts";
import type { GeometryFormat } from "./geometry-json.ts";
import type { JsonText } from "./json-text.ts";

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

function writeWords(out: JsonText, words: readonly string[]): void {
  out.add("[");
  for (let i = 0; i < words.length; i++) {
    if (i > 0) out.add(",");
    out.quoted(words[i]);
  }
  out.add("]");
}

function writeLanes(out: JsonText, lanes: readonly Lane[]): void {
  out.add(',"lanes":[');
  for (let i = 0; i < lanes.length; i++) {
    const { indications, valid, active } = lanes[i];
    if (i > 0) out.add(",");
    out.add(valid ? '{"valid":true,"indications":' : '{"valid":false,"indications":');
    writeWords(out, indications);
    if (active !== undefined) out.add(',"valid_indication":').quoted(active);
    out.add("}");
  }
  out.add("]");
}

function writeIntersection(out: JsonText, geometry: ArrayLike<number>, at: RouteIntersection): void {
  const { bearings, classes, entry, lanes, point } = at;
  out.add("{");
  if (at.out !== undefined) out.add('"out":').whole(at.out).add(",");
  if (at.in !== undefined) out.add('"in":').whole(at.in).add(",");
  out.add('"entry":');
  for (let i = 0; i < entry.length; i++) out.add(i === 0 ? "[" : ",").add(entry[i] ? "true" : "false");
  out.add('],"bearings":');
  for (let i = 0; i < bearings.length; i++) out.add(i === 0 ? "[" : ",").whole(bearings[i]);
  out.add("]");
  out.add(',"location":').location(geometry[2 * point] ?? 0, geometry[2 * point + 1] ?? 0);
  if (classes.length > 0) writeWords(out.add(',"classes":'), classes);
  if (lanes !== undefined) writeLanes(out, lanes);
  out.add("}");
}

function writeManoeuvre(out: JsonText, manoeuvre: Manoeuvre, geometry: ArrayLike<number>): void {
  const { bearingBefore, bearingAfter, exit, kind, modifier, point } = manoeuvre;
  out.add("{");
  if (exit !== undefined) out.add('"exit":').whole(exit).add(",");
  out.add('"bearing_after":').whole(bearingAfter).add(',"bearing_before":').whole(bearingBefore);
  out.add(',"location":').location(geometry[2 * point] ?? 0, geometry[2 * point + 1] ?? 0);
  // OSRM names no shape where a stop lies on the road itself.
  const isShapeless = (kind === "depart" || kind === "arrive") && modifier === "straight";
  if (!isShapeless) out.add(',"modifier":').quoted(modifier);
  out.add(',"type":').quoted(kind).add("}");
}

/** One step as JSON; `more` are further fields, each with a comma before. */
export function writeStep(
  out: JsonText,
  route: DrawnRoute,
  step: StepRange,
  format: GeometryFormat,
  more: string,
): void {
  const { geometry, intersections } = route;
  const { manoeuvre, firstIntersection } = step;
  const { destination, junction, pronunciation, ref, rotary } = manoeuvre;
  out.add('{"geometry":');
  writeLine(out, geometry, step.first, step.last, format);
  out.add(',"maneuver":');
  writeManoeuvre(out, manoeuvre, geometry);
  out.add(',"mode":').quoted(manoeuvre.mode).add(',"driving_side":').quoted(manoeuvre.drivingSide);
  out.add(',"name":').quoted(manoeuvre.street);
  if (ref !== "") out.add(',"ref":').quoted(ref);
  if (pronunciation !== "") out.add(',"pronunciation":').quoted(pronunciation);
  if (destination !== "") out.add(',"destinations":').quoted(destination);
  if (junction !== "") out.add(',"exits":').quoted(junction);
  if (rotary !== undefined) out.add(',"rotary_name":').quoted(rotary);
  out.add(',"intersections":[');
  for (let i = firstIntersection; i < step.endIntersection; i++) {
    if (i > firstIntersection) out.add(",");
    writeIntersection(out, geometry, intersections[i]);
  }
  out.add('],"weight":').tenths(step.weight).add(',"duration":').tenths(step.duration);
  out.add(',"distance":').tenths(step.distance).add(more).add("}");
}
