import type { Options } from "./options.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";
import type { Parts } from "./osrm.ts";
import { writeWaypointFields } from "./waypoint-json.ts";
import { isOnEarth, offTheEarth, stopsOf, wrongOptions } from "./waypoints.ts";

/** Writes the answer to a `nearest` request: different roads, the nearest first. */
export function answerNearest(parts: Parts, options: Options): OsrmProblem | undefined {
  const { graph } = parts.city;
  const wrong = wrongOptions(options, ["hints", "bearings", "radiuses", "approaches"]);
  if (wrong !== undefined) return wrong;
  if (options.coordinates.length !== 1) {
    return problem("InvalidOptions", "Only one input coordinate is supported");
  }
  if (options.number < 1) return problem("InvalidOptions", "Number of results needs to be at least one.");
  if (options.number > parts.limits.nearest) {
    return problem(
      "TooBig",
      `Number of results ${options.number} is higher than current maximum (${parts.limits.nearest})`,
    );
  }
  if (!options.coordinates.every(isOnEarth)) return offTheEarth;
  const [stop] = stopsOf(options);
  const found =
    stop === undefined
      ? []
      : parts.router.near(stop, options.number, {
          choice: parts.choiceOf(options.exclude),
          anyRoad: options.snapping === "any",
        });
  if (found.length === 0) return problem("NoSegment", "Could not find a matching segments for coordinate");
  const map = options.generateHints ? parts.map : undefined;
  const { out } = parts;
  out.add('{"code":"Ok","waypoints":').list(found.length, (i) => {
    const { at } = found[i];
    out.add('{"nodes":[').whole(graph.pointNode[at.segment]);
    out
      .add(",")
      .whole(graph.pointNode[at.segment + 1])
      .add("],");
    writeWaypointFields(out, parts.city, map, at);
    out.add("}");
  });
  out.add(parts.version);
  return undefined;
}
