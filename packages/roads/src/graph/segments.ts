import Flatbush from "flatbush";
import type { Graph } from "../city.ts";
import type { Network } from "./split-ways.ts";

/** So many segments of a road share one box of the index: a quarter of the memory, and hardly more to look at. */
const longestRun = 8;

type Lines = Pick<Graph, "roadPoint" | "pointX" | "pointY">;

/** A spatial index of all roads, cut into short runs of segments; in whole units, so that it is exact. */
export function indexRuns(network: Network): Pick<Graph, "runIndex" | "runPoint" | "runRoad"> {
  const { roadPoint, pointX, pointY } = network;
  const runPoint: number[] = [];
  const runRoad: number[] = [];
  for (let road = 0; road < network.roadForward.length; road++) {
    for (let i = roadPoint[road]; i < roadPoint[road + 1] - 1; i += longestRun) {
      runPoint.push(i);
      runRoad.push(road);
    }
  }
  const index = new Flatbush(runPoint.length, 16, Int32Array);
  for (const [run, first] of runPoint.entries()) {
    let [minX, minY, maxX, maxY] = [pointX[first], pointY[first], pointX[first], pointY[first]];
    for (let i = first + 1; i <= endOfRun(network, first, runRoad[run]); i++) {
      minX = Math.min(minX, pointX[i]);
      minY = Math.min(minY, pointY[i]);
      maxX = Math.max(maxX, pointX[i]);
      maxY = Math.max(maxY, pointY[i]);
    }
    index.add(minX, minY, maxX, maxY);
  }
  index.finish();
  return { runIndex: index, runPoint: Uint32Array.from(runPoint), runRoad: Uint32Array.from(runRoad) };
}

/** The last point of the run that begins at a point of a road. */
export function endOfRun({ roadPoint }: Pick<Lines, "roadPoint">, first: number, road: number): number {
  return Math.min(first + longestRun, roadPoint[road + 1] - 1);
}

/** Visits every segment whose box meets a box (1e-7 degrees) with the point it begins at and its road. */
export function eachSegment(
  graph: Graph,
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
  visit: (first: number, road: number) => void,
): void {
  const { pointX, pointY, runPoint, runRoad } = graph;
  for (const run of graph.runIndex.search(minX, minY, maxX, maxY)) {
    const road = runRoad[run];
    const end = endOfRun(graph, runPoint[run], road);
    for (let i = runPoint[run]; i < end; i++) {
      if (Math.min(pointX[i], pointX[i + 1]) > maxX || Math.max(pointX[i], pointX[i + 1]) < minX) continue;
      if (Math.min(pointY[i], pointY[i + 1]) > maxY || Math.max(pointY[i], pointY[i + 1]) < minY) continue;
      visit(i, road);
    }
  }
}
