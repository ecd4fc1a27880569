import type { LatLon } from "../city.ts";
import type { Stop } from "../route/stops.ts";
import type { Options } from "./options.ts";
import { problem } from "./problem.ts";
import type { OsrmProblem } from "./problem.ts";

/** Options that have an element for each coordinate. */
type PerCoordinate = "hints" | "bearings" | "radiuses" | "approaches" | "timestamps";

/** Metres: as far as a road is looked for where no radius is given. Nothing on one map is farther apart. */
const unlimited = 1_000_000;

/** What is wrong with options that are each well written: sizes that do not fit, figures out of range. */
export function wrongOptions(options: Options, perCoordinate: readonly PerCoordinate[]): OsrmProblem | undefined {
  const { coordinates, bearings, radiuses } = options;
  for (const name of perCoordinate) {
    const size = options[name].length;
    if (size > 0 && size !== coordinates.length) {
      return problem(
        "InvalidOptions",
        `Number of elements in ${name} size ${size} does not match coordinate size ${coordinates.length}`,
      );
    }
  }
  if (bearings.some((one) => one !== undefined && (one.value > 360 || one.range > 180))) {
    return problem("InvalidOptions", "Bearings are 0 to 360 degrees, ranges 0 to 180.");
  }
  if (radiuses.some((radius) => radius !== undefined && !(radius >= 0))) {
    return problem("InvalidOptions", "Radiuses are not negative.");
  }
  return undefined;
}

export function isOnEarth({ lat, lon }: LatLon): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

export const tooFewCoordinates: OsrmProblem = problem(
  "InvalidOptions",
  "Number of coordinates needs to be at least two.",
);

export const offTheEarth: OsrmProblem = problem("InvalidValue", "Invalid coordinate value.");

export function noSegment(index: number): OsrmProblem {
  return problem("NoSegment", `Could not find a matching segment for coordinate ${index}`);
}

/** The coordinates with what the options say of each. */
export function stopsOf({ coordinates, bearings, radiuses, approaches }: Options): readonly Stop[] {
  return coordinates.map(({ lat, lon }, i) => {
    const bearing = bearings[i];
    const approach = approaches[i];
    return {
      lat,
      lon,
      reach: Math.min(radiuses[i] ?? unlimited, unlimited),
      ...(bearing === undefined ? {} : { heading: bearing.value, range: bearing.range }),
      side: approach === undefined || approach === "unrestricted" ? ("any" as const) : approach,
    };
  });
}
