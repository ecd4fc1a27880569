import { pointFlag } from "../city.ts";
import type { Tags } from "../import/map-data.ts";
import { blocksCars } from "./access.ts";

function inDirection(direction: string | undefined, forward: number, backward: number): number {
  if (direction === "forward") return forward;
  if (direction === "backward") return backward;
  return forward | backward;
}

/** Bits of `pointFlag` for what a tagged point means to a driver who passes it. */
export function flagsOfPoint(tags: Tags): number {
  let flags = blocksCars(tags) ? pointFlag.blocked : 0;
  if (tags.get("barrier") === "toll_booth") flags |= pointFlag.tollBooth;
  if (tags.get("amenity") === "ferry_terminal") flags |= pointFlag.ferryLanding;
  const crossing = tags.get("crossing");
  switch (tags.get("highway")) {
    case "traffic_signals":
      flags |= inDirection(
        tags.get("traffic_signals:direction") ?? tags.get("direction"),
        pointFlag.signalsForward,
        pointFlag.signalsBackward,
      );
      break;
    case "stop":
      flags |= inDirection(
        tags.get("direction") ?? tags.get("stop:direction"),
        pointFlag.stopForward,
        pointFlag.stopBackward,
      );
      break;
    case "give_way":
      flags |= inDirection(tags.get("direction"), pointFlag.giveWayForward, pointFlag.giveWayBackward);
      break;
    case "speed_camera":
      flags |= pointFlag.camera;
      break;
    case "turning_circle":
    case "turning_loop":
    case "mini_roundabout":
      flags |= pointFlag.turningPlace;
      break;
    case "crossing":
      if (crossing === "traffic_signals") flags |= pointFlag.signalsForward | pointFlag.signalsBackward;
      else if (crossing !== "no") flags |= pointFlag.crossing;
      break;
    case undefined:
    default:
  }
  const calming = tags.get("traffic_calming");
  if (calming !== undefined && calming !== "no") flags |= pointFlag.calming;
  if (tags.get("railway") === "level_crossing") flags |= pointFlag.railCrossing;
  return flags;
}
