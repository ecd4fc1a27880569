import Flatbush from "flatbush";
import type { Network } from "./split-ways.ts";

/** A spatial index of every straight piece of road, in whole units so that it is exact. */
export function indexSegments(network: Network) {
  const count = network.pointX.length - network.roadForward.length;
  const index = new Flatbush(count, 16, Int32Array);
  const segmentPoint = new Uint32Array(count);
  const segmentRoad = new Uint32Array(count);
  let item = 0;
  for (let road = 0; road < network.roadForward.length; road++) {
    const last = network.roadPoint[road + 1] - 1;
    for (let i = network.roadPoint[road]; i < last; i++) {
      const x1 = network.pointX[i];
      const y1 = network.pointY[i];
      const x2 = network.pointX[i + 1];
      const y2 = network.pointY[i + 1];
      index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
      segmentPoint[item] = i;
      segmentRoad[item] = road;
      item++;
    }
  }
  index.finish();
  return { segmentIndex: index, segmentPoint, segmentRoad };
}
