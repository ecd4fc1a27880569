import { distanceInDegrees, toDegrees } from "../geometry.ts";
import type { StopOnRoad } from "../route/stops.ts";
import type { Options } from "./options.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import type { Parts } from "./osrm.ts";
import { writeWaypoints } from "./route-service.ts";
import type { JsonText } from "./json-text.ts";
import { isOnEarth, noSegment, stopsOf, tooFewCoordinates, wrongOptions } from "./waypoints.ts";

function writeRows(out: JsonText, values: Float64Array, columns: number): void {
  out.list(values.length / columns, (row) =>
    out.list(columns, (column) => {
      const value = values[row * columns + column];
      if (Number.isNaN(value)) out.add("null");
      else out.tenths(value);
    }),
  );
}

/** Writes the answer to a `table` request. */
export function answerTable(parts: Parts, options: Options): OsrmProblem | undefined {
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
  const { out } = parts;
  out.add('{"code":"Ok"');
  if (options.table.has("duration")) writeRows(out.add(',"durations":'), durations, columns.length);
  if (distances !== undefined) writeRows(out.add(',"distances":'), distances, columns.length);
  if (estimated.length > 0) out.add(`,"fallback_speed_cells":${JSON.stringify(estimated)}`);
  if (!options.skipWaypoints) {
    const chosen = (indices: readonly number[]) => indices.map((index) => stops[index]);
    out.add(',"sources":');
    writeWaypoints(parts, options, chosen(rows));
    out.add(',"destinations":');
    writeWaypoints(parts, options, chosen(columns));
  }
  out.add(parts.version);
  return undefined;
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
