import { referencePath } from "@caravan/motion";
import type { Route, RouteEvent } from "@caravan/roads/routing";
import type { CarPose, PlannedPath } from "./car.ts";
import { frameAt, headingRadians, toX, toY } from "./frame.ts";
import type { LatLon } from "./frame.ts";
import { laneOffset } from "./lane-offset.ts";

export interface PlanPathOptions {
  /** The car as it is now: the path begins there. Without it the path begins where the route does. */
  readonly from?: CarPose;
  /** Side of the road that is driven on; right unless said. */
  readonly keeps?: "left" | "right";
}

/** Turning radius of the car's centre of gravity at full lock is 4.4 m; the rest is for the driver to correct with. */
const minimumRadius = 5.8;

/** m/s past what the map marks; a bend's own speed comes from its curvature. */
const passing: Readonly<Partial<Record<RouteEvent["kind"], number>>> = {
  signals: 8.3,
  crossing: 8.3,
  "give-way": 5.5,
  calming: 5.5,
  "rail-crossing": 7,
};
const stopSeconds = 1.5;

/** A drivable path along the route, on the lane nearest to the kerb; undefined where the route is shorter than two metres. */
export function planPath(
  route: Pick<Route, "geometry" | "speeds" | "pieces" | "events">,
  { from, keeps = "right" }: PlanPathOptions = {},
): PlannedPath | undefined {
  const count = route.geometry.length / 2;
  const origin = middleOf(route.geometry);
  const frame = frameAt(origin);
  const points = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    points[2 * i] = toX(frame, route.geometry[2 * i] ?? 0);
    points[2 * i + 1] = toY(frame, route.geometry[2 * i + 1] ?? 0);
  }
  const limit = Float64Array.from(route.speeds);
  const offset = new Float64Array(Math.max(count - 1, 0));
  for (const piece of route.pieces)
    offset.fill((keeps === "right" ? 1 : -1) * laneOffset(piece), piece.first, piece.last);
  const path = referencePath(
    {
      points,
      limit,
      offset,
      stops: route.events.filter(({ kind }) => kind === "stop").map(({ along }) => ({ along, dwell: stopSeconds })),
      slow: route.events.flatMap(({ kind, along }) => {
        const speed = passing[kind];
        return speed === undefined ? [] : [{ along, speed }];
      }),
    },
    {
      minimumRadius,
      ...(from !== undefined && {
        from: {
          x: toX(frame, from.lon),
          y: toY(frame, from.lat),
          heading: headingRadians(from.heading),
          speed: from.speed,
        },
      }),
    },
  );
  if (path === undefined) return undefined;
  const pieces = route.pieces.map(({ edge, from: begins, to, tunnel, first }) => ({
    edge,
    from: begins,
    to,
    tunnel,
    begin: { lat: route.geometry[2 * first + 1] ?? 0, lon: route.geometry[2 * first] ?? 0 },
  }));
  return { ...path, origin, pieces };
}

/** The frame is truest near its origin, so that lies amid the route. */
function middleOf(geometry: Float64Array): LatLon {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < geometry.length; i += 2) {
    west = Math.min(west, geometry[i] ?? 0);
    east = Math.max(east, geometry[i] ?? 0);
    south = Math.min(south, geometry[i + 1] ?? 0);
    north = Math.max(north, geometry[i + 1] ?? 0);
  }
  return { lat: (south + north) / 2, lon: (west + east) / 2 };
}
