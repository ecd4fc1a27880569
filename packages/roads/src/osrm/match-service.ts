import type { LatLon } from "../city.ts";
import { distanceInDegrees } from "../geometry.ts";
import type { MatchedDrive, MatchedPoint } from "../match/matching.ts";
import type { Route } from "../route/route.ts";
import type { Options } from "./options.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import type { Parts } from "./osrm.ts";
import { writeToldRoute } from "./route-service.ts";
import { writeWaypointFields } from "./waypoint-json.ts";
import { isOnEarth, offTheEarth, stopsOf, tooFewCoordinates, wrongOptions } from "./waypoints.ts";

/** Metres of accuracy beyond which a position says nothing. */
const mostRadius = 1_000;

/** Standard deviation of a position whose accuracy nobody tells, as OSRM has it. */
const usualRadius = 5;

/** Writes the answer to a `match` request. */
export function answerMatch(parts: Parts, options: Options): OsrmProblem | undefined {
  const { coordinates, timestamps, radiuses, waypoints } = options;
  const wrong = wrongOptions(options, ["hints", "bearings", "radiuses", "timestamps", "approaches"]);
  if (wrong !== undefined) return wrong;
  if (coordinates.length < 2) return tooFewCoordinates;
  if (coordinates.length > parts.limits.match) return problem("TooBig", "Too many trace coordinates");
  if (!coordinates.every(isOnEarth)) return offTheEarth;
  if (radiuses.some((radius) => radius !== undefined && radius > mostRadius && radius !== Infinity)) {
    return problem("TooBig", "Radius search size is too large for map matching.");
  }
  if (timestamps.some((at, i) => i > 0 && at <= (timestamps[i - 1] ?? 0))) {
    return problem("InvalidValue", "Timestamps need to be monotonically increasing.");
  }
  if (crowLength(coordinates) > parts.limits.matchKilometres * 1_000) {
    return problem("TooBig", `Trace is longer than ${parts.limits.matchKilometres} km`);
  }
  if (waypoints.some((index) => index >= coordinates.length)) {
    return problem("InvalidOptions", "Waypoints need to be indices of coordinates.");
  }
  if (waypoints.length > 0 && (waypoints[0] !== 0 || waypoints.at(-1) !== coordinates.length - 1)) {
    return problem("InvalidValue", "First and last coordinates must be specified as waypoints.");
  }
  const trace = stopsOf(options).map(({ lat, lon, heading }, i) => {
    const radius = radiuses[i];
    const seconds = timestamps[i];
    return {
      lat,
      lon,
      accuracy: radius === undefined || radius === Infinity ? usualRadius : radius,
      ...(heading === undefined ? {} : { heading }),
      ...(seconds === undefined ? {} : { at: seconds * 1_000 }),
    };
  });
  const { points, matchings } = parts.matcher.match(trace, { gaps: options.gaps, tidy: options.tidy });
  if (matchings.length === 0) {
    return points.every((point) => point === undefined) && !isNearRoad(parts, options)
      ? problem("NoSegment", "Could not find a matching segment for any coordinate.")
      : problem("NoMatch", "Could not match the trace.");
  }
  if (waypoints.length > 0 && matchings.length > 1) {
    return problem("NoMatch", "Could not match the trace with the given waypoints.");
  }
  if (waypoints.some((index) => points[index] === undefined)) {
    return problem("NoMatch", "Requested waypoint parameter could not be matched.");
  }
  const chosen = new Set(waypoints);
  const { out } = parts;
  out.add('{"code":"Ok","matchings":').list(matchings.length, (i) => {
    const route = routeOf(parts, matchings[i], points, chosen);
    writeToldRoute(parts, options, route, `"confidence":${Math.round(matchings[i].confidence * 1e6) / 1e6},`);
  });
  if (!options.skipWaypoints) writeTracepoints(parts, options, points);
  out.add(parts.version);
  return undefined;
}

/** Metres from point to point as the crow flies. */
function crowLength(places: readonly LatLon[]): number {
  let metres = 0;
  for (const [i, { lat, lon }] of places.entries()) {
    const before = places[i - 1];
    if (before !== undefined) metres += distanceInDegrees(before.lon, before.lat, lon, lat);
  }
  return metres;
}

function isNearRoad(parts: Parts, options: Options): boolean {
  return options.coordinates.some((at) => parts.router.near({ ...at, reach: 50 }, 1).length > 0);
}

/** The matched drive as a route with a leg from each point (or each chosen one) to the next. */
function routeOf(
  parts: Parts,
  drive: MatchedDrive,
  points: readonly (MatchedPoint | undefined)[],
  chosen: ReadonlySet<number>,
): Route {
  const silent: number[] = [];
  const places = drive.points.flatMap((index, i) => {
    if (chosen.size > 0 && !chosen.has(index)) silent.push(i);
    const point = points[index];
    return point === undefined ? [] : [point];
  });
  return parts.router.driven(places, drive.legs, silent);
}

function writeTracepoints(parts: Parts, options: Options, points: readonly (MatchedPoint | undefined)[]): void {
  const { city, out, router } = parts;
  const { waypoints } = options;
  const map = options.generateHints ? parts.map : undefined;
  out.add(',"tracepoints":').list(points.length, (i) => {
    const point = points[i];
    if (point === undefined) return void out.add("null");
    const order = waypoints.indexOf(i);
    const index = waypoints.length === 0 ? String(point.index) : order < 0 ? "null" : String(order);
    out.add('{"alternatives_count":').whole(point.alternatives).add(',"waypoint_index":').add(index);
    out.add(',"matchings_index":').whole(point.matching).add(",");
    writeWaypointFields(out, city, map, router.onRoad(point));
    out.add("}");
  });
}
