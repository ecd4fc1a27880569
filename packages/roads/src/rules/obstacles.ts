import type { Tags } from "../import/map-data.ts";

/** Something at a point that holds a car up, or lets it turn round. */
export interface Obstacle {
  readonly kind: "signals" | "stop" | "minor stop" | "give way" | "turning place";
  /** Along the way, against it, both, or undefined where the map does not say. */
  readonly direction: "forward" | "backward" | "both" | undefined;
  /** Milliseconds it costs on average, as in OSRM's car profile (BSD-2-Clause). */
  readonly ms: number;
}

function directionOf(text: string | undefined): Obstacle["direction"] {
  return text === "forward" || text === "backward" || text === "both" ? text : undefined;
}

/** The obstacle a tagged point is; undefined for all that neither costs time nor lets a car turn. */
export function obstacleOf(tags: Tags): Obstacle | undefined {
  const direction = directionOf(tags.get("direction"));
  switch (tags.get("highway")) {
    case "traffic_signals":
      return {
        kind: "signals",
        direction: directionOf(tags.get("traffic_signals:direction")) ?? direction,
        ms: 2_000,
      };
    case "stop":
      return { kind: tags.get("stop") === "minor" ? "minor stop" : "stop", direction, ms: 2_000 };
    case "give_way":
      return { kind: "give way", direction, ms: 1_000 };
    case "turning_circle":
    case "turning_loop":
    case "mini_roundabout":
      return { kind: "turning place", direction, ms: 0 };
    case undefined:
    default:
      return undefined;
  }
}
