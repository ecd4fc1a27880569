import { edgeFlag, pointFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import { MapError } from "../map-error.ts";
import type { MapData } from "../import/map-data.ts";
import type { LocalTime } from "../rules/conditions.ts";
import { flagsOfPoint } from "../rules/points.ts";
import { flagCameras } from "./cameras.ts";
import { connectivityFlags } from "./components.ts";
import { forbiddenSequences } from "./restrictions.ts";
import { roadWaysOf, wayColumns } from "./road-ways.ts";
import type { RoadWay } from "./road-ways.ts";
import { indexRuns } from "./segments.ts";
import { splitWays } from "./split-ways.ts";
import type { Network } from "./split-ways.ts";
import { buildTurns } from "./turns.ts";

/** Flags of all points: what is tagged on them, and crossings that are only drawn as a foot or cycle way over the road. */
function flagsOfPoints(map: MapData): Uint16Array {
  const flags = new Uint16Array(map.pointX.length);
  for (const [point, tags] of map.pointTags) flags[point] = flagsOfPoint(tags);
  for (const { tags, points } of map.ways) {
    if (tags.get("footway") !== "crossing" && tags.get("cycleway") !== "crossing" && tags.get("path") !== "crossing")
      continue;
    const kind = tags.get("crossing");
    if (kind === "no") continue;
    const bits = kind === "traffic_signals" ? pointFlag.signalsForward | pointFlag.signalsBackward : pointFlag.crossing;
    for (const point of points) flags[point] = flags[point] | bits;
  }
  return flags;
}

/** The roads of a map before anything is known of their turns. */
export interface MapRoads {
  readonly ways: readonly RoadWay[];
  readonly network: Network;
}

/** Refuses a map on which nobody can drive. */
export function roadsOf(map: MapData, drivingSide: "right" | "left"): MapRoads {
  const ways = roadWaysOf(map, drivingSide);
  const network = splitWays(map, ways, flagsOfPoints(map));
  if (network.edgeFrom.length === 0) throw new MapError("no-roads", "This map has no roads that a car may drive on.");
  return { ways, network };
}

/** The road graph of a map. `time` is for restrictions that hold at times; without it only those that always hold are kept. */
export function buildGraph(
  map: MapData,
  { ways, network }: MapRoads,
  {
    time,
    onProgress = () => {},
  }: { readonly time?: LocalTime | undefined; readonly onProgress?: (fraction: number) => void },
): Graph {
  const turns = buildTurns(network, forbiddenSequences(map, ways, network, time), ways);
  onProgress(0.5);
  const edgeCount = network.edgeFrom.length;
  const edgeFlags = connectivityFlags(edgeCount, turns);
  for (const [edge, restricted] of network.edgeRestricted.entries()) {
    if (restricted === 1) edgeFlags[edge] = edgeFlags[edge] | edgeFlag.restricted;
  }
  onProgress(0.7);
  const runs = indexRuns(network);
  flagCameras(map, network, runs);
  const graph: Graph = {
    nodeCount: network.nodeCount,
    edgeCount,
    roadCount: network.roadForward.length,
    stateCount: turns.stateEdge.length,
    roadPoint: network.roadPoint,
    pointX: network.pointX,
    pointY: network.pointY,
    pointNode: network.pointNode,
    pointFlags: network.pointFlags,
    roadLength: network.roadLength,
    roadWay: network.roadWay,
    roadForward: network.roadForward,
    roadBackward: network.roadBackward,
    ...wayColumns(ways),
    edgeFrom: network.edgeFrom,
    edgeTo: network.edgeTo,
    edgeRoad: network.edgeRoad,
    edgeMs: network.edgeMs,
    edgeWeight: network.edgeWeight,
    edgeFlags,
    ...turns,
    ...runs,
  };
  onProgress(1);
  return graph;
}
