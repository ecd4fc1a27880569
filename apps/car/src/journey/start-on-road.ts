import type { CarPose } from "@caravan/world";

import type { Located } from "../vehicle/position.ts";
import { distanceBetween } from "./ground.ts";

/** Farther from its road than this, in metres, a car is beside it. */
const onRoadWithin = 25;

/**
 * Where a way of a moving car begins: on the road it is known to be on. The road nearest to its lane may be another, as a slip road beside a
 * motorway is.
 */
export function startOnRoad({ pose, road }: Pick<Located, "pose" | "road">): CarPose {
  if (road === undefined || distanceBetween(pose, road) > onRoadWithin) return pose;
  const { lat, lon, heading } = road;
  return { ...pose, lat, lon, heading };
}
