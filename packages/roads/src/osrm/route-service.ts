import type { DrawnRoute, Route, RoutesOutcome } from "../route/route.ts";
import type { RoutesQuestion } from "../route/router.ts";
import type { StopOnRoad } from "../route/stops.ts";
import type { Options } from "./options.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import { writeRoute } from "./route-json.ts";
import type { Parts } from "./osrm.ts";
import { writeWaypointFields } from "./waypoint-json.ts";
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
export function writeWaypoints({ city, map, out }: Parts, options: Options, stops: readonly StopOnRoad[]): void {
  out.list(stops.length, (i) => {
    out.add("{");
    writeWaypointFields(out, city, options.generateHints ? map : undefined, stops[i].at);
    out.add("}");
  });
}

/** How many stops an answer may have, `most` at best: fewer where it tells every step or point. */
export function mostStops({ limits }: Parts, { steps, annotations, overview }: Options, most: number): number {
  return steps || annotations.size > 0 || overview === "full" ? Math.min(most, limits.drawn) : most;
}

/** Whether a route is wanted with what the driver is told. */
function wantsInstructions({ steps, bannerInstructions, voiceInstructions }: Options): boolean {
  return steps && (bannerInstructions || voiceInstructions);
}

const nothingMore = (): string => "";

/** One route with the instructions that were asked for. */
export function writeToldRoute(parts: Parts, options: Options, route: Route, extra = ""): void {
  const { bannerInstructions, voiceInstructions, language } = options;
  if (!wantsInstructions(options)) return writeRoute(parts, route, options, nothingMore, extra);
  const banners = bannerInstructions ? parts.instructions.banners(route, language) : undefined;
  const voices = voiceInstructions ? parts.instructions.voices(route, language) : undefined;
  const more = (manoeuvre: number) =>
    (voices === undefined ? "" : `,"voiceInstructions":${JSON.stringify(voices[manoeuvre] ?? [])}`) +
    (banners === undefined ? "" : `,"bannerInstructions":${JSON.stringify(banners[manoeuvre] ?? [])}`);
  writeRoute(parts, route, options, more, voices === undefined ? extra : `${extra}"voiceLocale":"${language}",`);
}

/** The routes, in brackets: only instructions need to know what the roads are like. */
function writeRoutes(parts: Parts, options: Options, question: RoutesQuestion): RoutesOutcome<DrawnRoute> {
  const { out, router } = parts;
  if (wantsInstructions(options)) {
    const outcome = router.routes(question);
    if (outcome.kind === "routes") {
      out.list(outcome.routes.length, (i) => writeToldRoute(parts, options, outcome.routes[i]));
    }
    return outcome;
  }
  const outcome = router.drawn(question);
  if (outcome.kind === "routes") {
    out.list(outcome.routes.length, (i) => writeRoute(parts, outcome.routes[i], options, nothingMore));
  }
  return outcome;
}

/** Writes the answer to a `route` request. */
export function answerRoute(parts: Parts, options: Options): OsrmProblem | undefined {
  const wrong = wrongOptions(options, ["hints", "bearings", "radiuses", "approaches"]);
  if (wrong !== undefined) return wrong;
  const { coordinates, waypoints } = options;
  if (coordinates.length < 2) return tooFewCoordinates;
  const most = mostStops(parts, options, parts.limits.route);
  if (coordinates.length > most) {
    return problem("TooBig", `Number of entries ${coordinates.length} is higher than current maximum (${most})`);
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
  const { out } = parts;
  out.add('{"code":"Ok","routes":');
  const outcome = writeRoutes(parts, options, {
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
      const shown = waypoints.length === 0 ? outcome.stops : outcome.stops.filter((_, i) => passed.has(i));
      if (!options.skipWaypoints) {
        out.add(',"waypoints":');
        writeWaypoints(parts, options, shown);
      }
      out.add(parts.version);
      return undefined;
    }
  }
}
