import type { Step } from "../gherkin.ts";
import { readAnswer } from "./answer.ts";
import type { AnswerRoute, OsrmAnswer } from "./answer.ts";
import type { Ask } from "./ask.ts";
import { isAt } from "./fuzzy.ts";
import { recordsOf } from "./map-steps.ts";
import { unsupported, wrong } from "../outcome.ts";
import type { StepOutcome } from "../outcome.ts";
import { optionsOf, requestPath } from "./request.ts";
import { geometry } from "./route-columns.ts";
import type { Place, Scene } from "./scene.ts";
import { Comparison } from "./tables.ts";

const askingColumns = new Set(["waypoints", "source", "destination", "roundtrip", "#"]);
const answerColumns = new Set([
  "trips",
  "code",
  "status",
  "message",
  "durations",
  "distance",
  "geometry",
  "via_points",
]);

/** Where a trip begins, and where each of its legs ends. */
function stopsOf(trip: AnswerRoute): readonly (readonly number[])[] {
  return trip.legs.flatMap(({ steps = [] }, i) => {
    const ends = [steps.at(-1)?.intersections[0]?.location ?? []];
    return i === 0 ? [steps[0]?.intersections[0]?.location ?? [], ...ends] : ends;
  });
}

function cellOf(scene: Scene, json: OsrmAnswer, column: string, want: string): string {
  const trips = json.trips ?? [];
  const sums = (of: (leg: AnswerRoute["legs"][number]) => number) =>
    trips.map((trip) => String(Math.round(trip.legs.reduce((sum, leg) => sum + of(leg), 0) * 10) / 10)).join(",");
  switch (column) {
    case "trips": {
      const wanted = want.split(",");
      return trips
        .map((trip, i) => {
          const stops = stopsOf(trip);
          return (wanted[i] ?? "")
            .split("")
            .map((name, at) => {
              const node = scene.pointNamed(name);
              return node !== undefined && isAt(stops[at], node) ? name : `?(${stops[at]?.join(",") ?? ""})`;
            })
            .join("");
        })
        .join(",");
    }
    case "code":
    case "status":
      return json.code;
    case "message":
      return json.message ?? "";
    case "durations":
      return sums((leg) => leg.duration);
    case "distance":
      return sums((leg) => leg.distance);
    case "geometry":
      return trips[0] === undefined ? "" : geometry(trips[0]);
    default:
      return want;
  }
}

/** "I plan a trip I should get": the order in which the waypoints are visited. */
export function checkTrips(scene: Scene, { table = [] }: Step, ask: Ask): StepOutcome {
  const [head = []] = table;
  const unknown = head.find(
    (column) => !askingColumns.has(column) && !answerColumns.has(column) && !column.startsWith("param:"),
  );
  if (unknown !== undefined) return unsupported(`the column "${unknown}" of trips`);
  const comparison = new Comparison();
  for (const [i, row] of recordsOf(table).entries()) {
    const places: Place[] = [];
    for (const name of (row.get("waypoints") ?? "").split(",")) {
      const place = scene.pointNamed(name.trim());
      if (place === undefined) return wrong(`there is no node ${name}`);
      places.push(place);
    }
    const options: (readonly [string, string | undefined])[] = [["steps", "true"], ...optionsOf(row)];
    for (const key of ["source", "destination", "roundtrip"]) {
      const value = row.get(key) ?? "";
      if (value !== "") options.push([key, value]);
    }
    const json = readAnswer(ask(requestPath(scene, "trip", places, options)).body);
    if (typeof json === "string") return wrong(json);
    for (const [column, want] of row) {
      if (askingColumns.has(column) || column.startsWith("param:")) continue;
      comparison.cell(`row ${i + 1} ${row.get("waypoints") ?? ""} ${column}`, cellOf(scene, json, column, want), want);
    }
  }
  return comparison.outcome();
}
