import type { Options } from "./options.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import type { Parts } from "./osrm.ts";
import { mostStops, writeToldRoute } from "./route-service.ts";
import { bestOrder } from "./trip-order.ts";
import { writeWaypointFields } from "./waypoint-json.ts";
import { isOnEarth, noSegment, offTheEarth, stopsOf, tooFewCoordinates, wrongOptions } from "./waypoints.ts";

/** Writes the answer to a `trip` request: one trip through all places. */
export function answerTrip(parts: Parts, options: Options): OsrmProblem | undefined {
  const { coordinates, roundtrip, source, destination } = options;
  const wrong = wrongOptions(options, ["hints", "bearings", "radiuses", "approaches"]);
  if (wrong !== undefined) return wrong;
  if (coordinates.length < 2) return tooFewCoordinates;
  if (coordinates.length > mostStops(parts, options, parts.limits.trip))
    return problem("TooBig", "Too many trip coordinates");
  if (!coordinates.every(isOnEarth)) return offTheEarth;
  if (!roundtrip && (source === "any") !== (destination === "any")) {
    // OSRM offers a way from the first or to the last only with both ends told.
    return problem("NotImplemented", "This request is not supported");
  }
  const choice = parts.choiceOf(options.exclude);
  const given = stopsOf(options);
  const placed = parts.router.place(given, { choice, anyRoad: options.snapping === "any" });
  if (placed.kind === "not-on-a-road") return noSegment(placed.stop);
  const ends = placed.stops.map((stop) => stop.ends);
  const { durations } = parts.engine.matrix(choice, ends, ends, { duration: true, distance: false });
  if (durations === undefined || durations.some((seconds) => Number.isNaN(seconds))) {
    return problem("NoTrips", "No trip visiting all destinations possible.");
  }
  const order = bestOrder(durations, coordinates.length, {
    roundtrip,
    first: source === "first",
    last: destination === "last",
  });
  const visited = roundtrip ? [...order, order[0]] : order;
  const outcome = parts.router.routes({
    stops: visited.map((index) => given[index]),
    choice,
    straight: false,
    told: options.steps,
    anyRoad: options.snapping === "any",
  });
  if (outcome.kind !== "routes") return problem("NoTrips", "No trip visiting all destinations possible.");
  const map = options.generateHints ? parts.map : undefined;
  const { out } = parts;
  out.add('{"code":"Ok","trips":[');
  writeToldRoute(parts, options, outcome.routes[0]);
  out.add("]");
  if (!options.skipWaypoints) {
    out.add(',"waypoints":').list(placed.stops.length, (i) => {
      out.add('{"waypoint_index":').whole(order.indexOf(i)).add(',"trips_index":0,');
      writeWaypointFields(out, parts.city, map, placed.stops[i].at);
      out.add("}");
    });
  }
  out.add(parts.version);
  return undefined;
}
