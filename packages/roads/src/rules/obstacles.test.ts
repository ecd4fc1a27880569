import { expect, test } from "vitest";
import { obstacleOf } from "./obstacles.ts";

test.each<[Record<string, string>, string | undefined, string | undefined, number | undefined]>([
  [{ highway: "traffic_signals" }, "signals", undefined, 2_000],
  [
    { highway: "traffic_signals", direction: "backward", "traffic_signals:direction": "forward" },
    "signals",
    "forward",
    2_000,
  ],
  [{ highway: "stop", direction: "both" }, "stop", "both", 2_000],
  [{ highway: "stop", stop: "minor" }, "minor stop", undefined, 2_000],
  [{ highway: "give_way", direction: "backward" }, "give way", "backward", 1_000],
  [{ highway: "turning_circle" }, "turning place", undefined, 0],
  [{ highway: "crossing", crossing: "traffic_signals" }, undefined, undefined, undefined],
  [{ barrier: "gate" }, undefined, undefined, undefined],
])("%o is an obstacle of kind %s in direction %s", (tags, kind, direction, ms) => {
  const obstacle = obstacleOf(new Map(Object.entries(tags)));
  expect([obstacle?.kind, obstacle?.direction, obstacle?.ms]).toEqual([kind, direction, ms]);
});
