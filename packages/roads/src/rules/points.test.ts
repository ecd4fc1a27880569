import { expect, test } from "vitest";
import { pointFlag } from "../city.ts";
import { flagsOfPoint } from "./points.ts";

test.each<[Record<string, string>, number]>([
  [{}, 0],
  [{ highway: "traffic_signals" }, pointFlag.signalsForward | pointFlag.signalsBackward],
  [{ highway: "traffic_signals", "traffic_signals:direction": "backward" }, pointFlag.signalsBackward],
  [{ highway: "stop", direction: "forward" }, pointFlag.stopForward],
  [{ highway: "give_way", direction: "backward" }, pointFlag.giveWayBackward],
  [{ highway: "crossing", crossing: "zebra" }, pointFlag.crossing],
  [{ highway: "crossing", crossing: "traffic_signals" }, pointFlag.signalsForward | pointFlag.signalsBackward],
  [{ highway: "crossing", crossing: "no" }, 0],
  [{ traffic_calming: "bump" }, pointFlag.calming],
  [{ railway: "level_crossing" }, pointFlag.railCrossing],
  [{ barrier: "bollard" }, pointFlag.blocked],
  [{ barrier: "toll_booth" }, pointFlag.tollBooth],
  [{ highway: "speed_camera" }, pointFlag.camera],
  [{ highway: "turning_circle" }, pointFlag.turningPlace],
  [{ highway: "traffic_signals", direction: "forward" }, pointFlag.signalsForward],
])("%o means %i to a driver", (tags, flags) => {
  expect(flagsOfPoint(new Map(Object.entries(tags)))).toBe(flags);
});
