import { distanceInDegrees, toDegrees } from "../geometry.ts";
import type { StopOnRoad } from "../route/stops.ts";
import type { Options } from "./options.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import type { Parts } from "./osrm.ts";
import { waypointsJson } from "./route-service.ts";
import { tenths } from "./text.ts";
import { isOnEarth, noSegment, stopsOf, tooFewCoordinates, wrongOptions } from "./waypoints.ts";

function rowsJson(values: Float64Array, columns: number): string {
  const rows: string[] = [];
  for (let first = 0; first < values.length; first += columns) {
    let row = "";
    for (let i = first; i < first + columns; i++) {
      row += `${i === first ? "" : ","}${Number.isNaN(values[i]) ? "null" : tenths(values[i])}`;
    }
    rows.push(`[${row}]`);
  }
  return `[${rows.join(",")}]`;
}

/** The answer to a `table` request, as JSON. */
export function answerTable(parts: Parts, options: Options): string | OsrmProblem {
  const { coordinates, fallbackSpeed, scaleFactor } = options;
  const wrong = wrongOptions(options, ["hints", "bearings", "radiuses", "approaches"]);
  if (wrong !== undefined) return wrong;
  if (coordinates.length < 2) return tooFewCoordinates;
  const everything = coordinates.map((_, i) => i);
  const rows = options.sources.length === 0 ? everything : options.sources;
  const columns = options.destinations.length === 0 ? everything : options.destinations;
  if ([...rows, ...columns].some((index) => index >= coordinates.length)) {
    return problem("InvalidOptions", "Sources and destinations need to be indices of coordinates.");
  }
  if (fallbackSpeed !== undefined && !(fallbackSpeed > 0)) {
    return problem("InvalidOptions", "The fallback speed needs to be above zero.");
  }
  if (!(scaleFactor > 0)) return problem("InvalidOptions", "The scale factor needs to be above zero.");
  if (!coordinates.every(isOnEarth)) return problem("InvalidOptions", "Coordinates are invalid");
  const most = parts.limits.table;
  if (rows.length * columns.length > most * most || coordinates.length > most * most) {
    return problem("TooBig", "Too many table coordinates");
  }
  const choice = parts.choiceOf(options.exclude);
  const placed = parts.router.place(stopsOf(options), { choice, anyRoad: options.snapping === "any" });
  if (placed.kind === "not-on-a-road") return noSegment(placed.stop);
  const { stops } = placed;
  const { durations, distances } = parts.engine.matrix(
    choice,
    rows.map((index) => stops[index].ends),
    columns.map((index) => stops[index].ends),
    { duration: true, distance: options.table.has("distance") },
  );
  if (durations === undefined) return problem("NoTable", "No table found");
  const estimated = finish(options, stops, { rows, columns, durations, distances });
  const of = (indices: readonly number[]) =>
    waypointsJson(
      parts,
      options,
      indices.map((index) => stops[index]),
    );
  const fields = [
    ...(options.table.has("duration") ? [`"durations":${rowsJson(durations, columns.length)}`] : []),
    ...(distances === undefined ? [] : [`"distances":${rowsJson(distances, columns.length)}`]),
    ...(estimated.length === 0 ? [] : [`"fallback_speed_cells":${JSON.stringify(estimated)}`]),
    ...(options.skipWaypoints ? [] : [`"sources":${of(rows)}`, `"destinations":${of(columns)}`]),
  ];
  return `{"code":"Ok",${fields.join(",")}${parts.version}}`;
}

interface Table {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly durations: Float64Array;
  readonly distances: Float64Array | undefined;
}

/** Fills in what has no way by the crow's, scales what has one, and tells the cells filled in. */
function finish(
  { fallbackSpeed, fallbackCoordinate, scaleFactor, coordinates }: Options,
  stops: readonly StopOnRoad[],
  { rows, columns, durations, distances }: Table,
): readonly (readonly [number, number])[] {
  const estimated: (readonly [number, number])[] = [];
  const placeOf = (index: number) =>
    fallbackCoordinate === "input"
      ? coordinates[index]
      : { lon: toDegrees(stops[index].at.x), lat: toDegrees(stops[index].at.y) };
  for (const [row, source] of rows.entries()) {
    for (const [column, target] of columns.entries()) {
      const cell = row * columns.length + column;
      if (source === target && !Number.isNaN(durations[cell])) {
        durations[cell] = 0;
        if (distances !== undefined) distances[cell] = 0;
      } else if (Number.isNaN(durations[cell])) {
        if (fallbackSpeed === undefined) continue;
        const from = placeOf(source);
        const to = placeOf(target);
        const distance = distanceInDegrees(from.lon, from.lat, to.lon, to.lat);
        durations[cell] = distance / fallbackSpeed;
        if (distances !== undefined) distances[cell] = distance;
        estimated.push([row, column]);
      }
      durations[cell] = durations[cell] * scaleFactor;
    }
  }
  return estimated;
}
