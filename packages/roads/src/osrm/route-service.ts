import type { Route } from "../route/route.ts";
import type { StopOnRoad } from "../route/stops.ts";
import type { Options } from "./options.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import { routeJson } from "./route-json.ts";
import type { Parts } from "./osrm.ts";
import { waypointFields } from "./waypoint-json.ts";
import { isOnEarth, noSegment, offTheEarth, stopsOf, tooFewCoordinates, wrongOptions } from "./waypoints.ts";

/** What is wrong with the choice of coordinates that are waypoints: they rise, from the first to the last. */
export function wrongWaypoints({ waypoints, coordinates }: Options): OsrmProblem | undefined {
  if (waypoints.length === 0) return undefined;
  if (waypoints.some((index, i) => index >= coordinates.length || (i > 0 && index <= (waypoints[i - 1] ?? 0)))) {
    return problem("InvalidOptions", "Waypoints need to be rising indices of coordinates.");
  }
  return waypoints[0] === 0 && waypoints.at(-1) === coordinates.length - 1
    ? undefined
    : problem("InvalidValue", "First and last coordinates must be specified as waypoints.");
}

/** `waypoints` of an answer, `[{...},...]`. */
export function waypointsJson(parts: Parts, options: Options, stops: readonly StopOnRoad[]): string {
  const map = options.generateHints ? parts.map : undefined;
  return `[${stops.map((stop) => `{${waypointFields(parts.city, map, stop.at)}}`).join(",")}]`;
}

/** One route with the instructions that were asked for. */
export function routeText(parts: Parts, options: Options, route: Route, extra = ""): string {
  const { bannerInstructions, voiceInstructions, language } = options;
  const wants = options.steps && (bannerInstructions || voiceInstructions);
  const banners = wants && bannerInstructions ? parts.instructions.banners(route, language) : undefined;
  const voices = wants && voiceInstructions ? parts.instructions.voices(route, language) : undefined;
  const more = (manoeuvre: number) =>
    (voices === undefined ? "" : `,"voiceInstructions":${JSON.stringify(voices[manoeuvre] ?? [])}`) +
    (banners === undefined ? "" : `,"bannerInstructions":${JSON.stringify(banners[manoeuvre] ?? [])}`);
  return routeJson(route, options, more, voices === undefined ? extra : `${extra}"voiceLocale":"${language}",`);
}

/** The answer to a `route` request, as JSON. */
export function answerRoute(parts: Parts, options: Options): string | OsrmProblem {
  const wrong = wrongOptions(options, ["hints", "bearings", "radiuses", "approaches"]);
  if (wrong !== undefined) return wrong;
  const { coordinates, waypoints } = options;
  if (coordinates.length < 2) return tooFewCoordinates;
  if (coordinates.length > parts.limits.route) {
    return problem(
      "TooBig",
      `Number of entries ${coordinates.length} is higher than current maximum (${parts.limits.route})`,
    );
  }
  if (options.alternatives > parts.limits.alternatives) {
    return problem(
      "TooBig",
      `Requested number of alternatives is higher than current maximum (${parts.limits.alternatives})`,
    );
  }
  if (!coordinates.every(isOnEarth)) return offTheEarth;
  const unfit = wrongWaypoints(options);
  if (unfit !== undefined) return unfit;
  const passed = new Set(waypoints);
  const outcome = parts.router.routes({
    stops: stopsOf(options),
    choice: parts.choiceOf(options.exclude),
    alternatives: coordinates.length === 2 ? options.alternatives : 0,
    straight: options.continueStraight,
    told: options.steps,
    anyRoad: options.snapping === "any",
    ...(waypoints.length === 0
      ? {}
      : {
          silent: coordinates
            .keys()
            .filter((i) => !passed.has(i))
            .toArray(),
        }),
  });
  switch (outcome.kind) {
    case "not-on-a-road":
      return noSegment(outcome.stop);
    case "no-route":
      return problem("NoRoute", "Impossible route between points");
    case "routes": {
      const routes = outcome.routes.map((route) => routeText(parts, options, route));
      const shown = waypoints.length === 0 ? outcome.stops : outcome.stops.filter((_, i) => passed.has(i));
      const places = options.skipWaypoints ? "" : `,"waypoints":${waypointsJson(parts, options, shown)}`;
      return `{"code":"Ok","routes":[${routes.join(",")}]${places}${parts.version}}`;
    }
  }
}
