import type { Step } from "../gherkin.ts";
import { readAnswer } from "./answer.ts";
import type { OsrmAnswer } from "./answer.ts";
import type { Ask } from "./ask.ts";
import { recordsOf } from "./map-steps.ts";
import { unsupported, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { optionsOf, requestPath } from "./request.ts";
import { isRouteColumn, nodesOf, routeColumn } from "./route-columns.ts";
import type { Place, Scene } from "./scene.ts";
import { Comparison } from "./tables.ts";

type Row = ReadonlyMap<string, string>;

const askingColumns = new Set(["from", "to", "waypoints", "request", "bearings", "approaches", "#"]);
const answerColumns = new Set([
  "code",
  "status",
  "message",
  "data_version",
  "alternative",
  "waypoints_count",
  "waypoint_names",
]);

/** Places that a row names: from and to, or waypoints "a,1,b". A text says which of them does not exist. */
function placesOf(scene: Scene, row: Row): readonly Place[] | string {
  const waypoints = row.get("waypoints") ?? "";
  const names =
    waypoints === "" ? [row.get("from") ?? "", row.get("to") ?? ""] : waypoints.split(",").map((name) => name.trim());
  const places: Place[] = [];
  for (const name of names) {
    const place = scene.pointNamed(name);
    if (place === undefined) return name;
    places.push(place);
  }
  return places;
}

/** Bearings "90 180,20" with a range of ten degrees where none is told. */
function bearingsOf(row: Row): string | undefined {
  const all = (row.get("bearings") ?? "").split(" ").filter((one) => one !== "");
  return all.length === 0 ? undefined : all.map((one) => (one.includes(",") ? one : `${one},10`)).join(";");
}

function listOf(row: Row, column: string): string | undefined {
  const all = (row.get(column) ?? "").split(" ").filter((one) => one !== "");
  return all.length === 0 ? undefined : all.join(";");
}

function pathOf(scene: Scene, row: Row): { readonly path: string } | { readonly problem: string } {
  const request = row.get("request");
  if (request !== undefined) return { path: `/${request}` };
  const places = placesOf(scene, row);
  if (typeof places === "string") return { problem: `there is no node ${places}` };
  const bearings = bearingsOf(row);
  const approaches = listOf(row, "approaches");
  const options: (readonly [string, string | undefined])[] = [
    ["steps", "true"],
    ["alternatives", "false"],
    ...scene.options,
    ...optionsOf(row),
  ];
  if (bearings !== undefined) options.push(["bearings", bearings]);
  if (approaches !== undefined) options.push(["approaches", approaches]);
  return { path: requestPath(scene, "route", places, options) };
}

function cellOf(scene: Scene, status: number, json: OsrmAnswer, column: string, want: string): string {
  const [route, alternative] = json.routes ?? [];
  switch (column) {
    case "code":
      return json.code;
    case "status":
      return String(status);
    case "message":
      return json.message ?? "";
    case "data_version":
      return json.data_version ?? "";
    case "alternative":
      return alternative === undefined ? "" : (routeColumn(scene, alternative, "route") ?? "");
    case "waypoints_count":
      return String(json.waypoints?.length ?? 0);
    case "waypoint_names":
      return (json.waypoints ?? []).map(({ name = "" }) => name).join(";");
    case "a:nodes":
      return route === undefined ? "" : nodesOf(scene, route, want);
    default: {
      if (json.code !== "Ok" || route === undefined) return "";
      const free = column === "distance" || column === "weight" || column === "speed";
      return free && want === "" ? "" : (routeColumn(scene, route, column) ?? "");
    }
  }
}

/** "I route I should get": one question for each row, each further column compared with the answer. */
export function checkRoutes(scene: Scene, { table = [] }: Step, ask: Ask): StepOutcome {
  const [head = []] = table;
  const unknown = head.find(
    (column) =>
      !askingColumns.has(column) &&
      !answerColumns.has(column) &&
      !isRouteColumn(column) &&
      !column.startsWith("param:"),
  );
  if (unknown !== undefined) return unsupported(`the column "${unknown}" of routes`);
  const comparison = new Comparison();
  for (const [i, row] of recordsOf(table).entries()) {
    const question = pathOf(scene, row);
    if ("problem" in question) return wrong(`row ${i + 1}: ${question.problem}`);
    const answer = ask(question.path);
    const json = readAnswer(answer.body);
    if (typeof json === "string") {
      comparison.note(`row ${i + 1}: ${json}`);
      continue;
    }
    for (const [column, want] of row) {
      if (askingColumns.has(column) || column.startsWith("param:")) continue;
      const where = `row ${i + 1} ${row.get("waypoints") ?? `${row.get("from") ?? ""}>${row.get("to") ?? ""}`} ${column}`;
      comparison.cell(where, cellOf(scene, answer.status, json, column, want), want);
    }
  }
  return comparison.outcome();
}
