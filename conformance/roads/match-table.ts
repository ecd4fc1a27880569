import type { Step } from "../gherkin.ts";
import { readAnswer } from "./answer.ts";
import type { OsrmAnswer } from "./answer.ts";
import type { Ask } from "./ask.ts";
import { isAt } from "./fuzzy.ts";
import { recordsOf } from "./map-steps.ts";
import { unsupported, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { optionsOf, requestPath } from "./request.ts";
import { isRouteColumn, routeColumn } from "./route-columns.ts";
import type { Place, Scene } from "./scene.ts";
import { Comparison } from "./tables.ts";

type Row = ReadonlyMap<string, string>;

const askingColumns = new Set(["trace", "timestamps", "#"]);
const ownColumns = new Set(["matchings", "waypoints", "alternatives", "code", "status", "message", "duration"]);

/** Places matched, one list for each matching. */
function matchedPlaces(json: OsrmAnswer): readonly (readonly (readonly number[])[])[] {
  const lists: number[][][] = [];
  let last: number | undefined;
  for (const point of json.tracepoints ?? []) {
    if (point === null) continue;
    if (point.matchings_index !== last || lists.length === 0) lists.push([]);
    last = point.matchings_index;
    lists.at(-1)?.push(point.location);
  }
  return lists;
}

/** Which of the wanted nodes the places are, with "?" where they are none of them. */
function named(scene: Scene, places: readonly (readonly number[])[], wanted: string): string {
  const names = wanted.split("").map((name, i) => {
    const node = scene.pointNamed(name);
    return node !== undefined && isAt(places[i], node) ? name : `?(${places[i]?.join(",") ?? ""})`;
  });
  return `${names.join("")}${places.length > names.length ? `+${places.length - names.length}` : ""}`;
}

function cellOf(scene: Scene, json: OsrmAnswer, column: string, want: string): string {
  switch (column) {
    case "code":
    case "status":
      return json.code;
    case "message":
      return json.message ?? "";
    case "matchings": {
      const wanted = want.split(",");
      return matchedPlaces(json)
        .map((places, i) => named(scene, places, wanted[i] ?? ""))
        .join(",");
    }
    case "waypoints": {
      const places = (json.tracepoints ?? []).flatMap((point) =>
        point === null || typeof point.waypoint_index !== "number" ? [] : [point.location],
      );
      return named(scene, places, want);
    }
    case "alternatives":
      return (json.tracepoints ?? []).map((point) => String(point?.alternatives_count ?? 0)).join(",");
    default: {
      const [matching, more] = json.matchings ?? [];
      if (matching === undefined || more !== undefined) return "";
      return column === "duration" ? String(matching.duration) : (routeColumn(scene, matching, column) ?? "");
    }
  }
}

function traceOf(scene: Scene, row: Row): readonly Place[] | string {
  const places: Place[] = [];
  for (const name of row.get("trace") ?? "") {
    const place = scene.pointNamed(name);
    if (place === undefined) return name;
    places.push(place);
  }
  return places;
}

/** "I match I should get": the trace of each row comes to lie on the roads at the nodes told. */
export function checkMatches(scene: Scene, { table = [] }: Step, ask: Ask): StepOutcome {
  const [head = []] = table;
  const unknown = head.find(
    (column) =>
      !askingColumns.has(column) && !ownColumns.has(column) && !isRouteColumn(column) && !column.startsWith("param:"),
  );
  if (unknown !== undefined) return unsupported(`the column "${unknown}" of matches`);
  const comparison = new Comparison();
  for (const [i, row] of recordsOf(table).entries()) {
    const trace = traceOf(scene, row);
    if (typeof trace === "string") return wrong(`there is no node ${trace}`);
    const options: (readonly [string, string | undefined])[] = [...optionsOf(row)];
    const timestamps = (row.get("timestamps") ?? "").split(" ").filter((one) => one !== "");
    if (timestamps.length > 0) options.push(["timestamps", timestamps.join(";")]);
    if (head.includes("route") || head.includes("turns")) options.push(["steps", "true"]);
    const json = readAnswer(ask(requestPath(scene, "match", trace, options)).body);
    if (typeof json === "string") return wrong(json);
    for (const [column, want] of row) {
      if (askingColumns.has(column) || column.startsWith("param:")) continue;
      comparison.cell(`row ${i + 1} ${row.get("trace") ?? ""} ${column}`, cellOf(scene, json, column, want), want);
    }
  }
  return comparison.outcome();
}
