import { pointFlag } from "../city.ts";
import { distanceInUnits } from "../geometry.ts";
import type { MapData } from "../import/map-data.ts";
import { obstacleOf } from "../rules/obstacles.ts";
import type { Obstacle } from "../rules/obstacles.ts";
import { takenByOthers } from "./doubled.ts";
import type { Taken } from "./doubled.ts";
import type { RoadWay } from "./road-ways.ts";

/** Times and weights are kept in tenths of a second for each piece between two points, as in OSRM, so that sums agree with its. */
const tickMs = 100;

/** Roads and edges before they know about turns. */
export interface Network {
  readonly nodeCount: number;
  /** Node of a map point, -1 where no way ends or branches. */
  readonly nodeOfPoint: Int32Array;
  /** A car cannot pass these nodes. */
  readonly nodeBlocked: Uint8Array;
  /** What costs time or lets a car turn round at a node. */
  readonly nodeObstacle: ReadonlyMap<number, Obstacle>;
  readonly roadPoint: Uint32Array;
  readonly pointX: Int32Array;
  readonly pointY: Int32Array;
  readonly pointNode: Float64Array;
  readonly pointFlags: Uint16Array;
  readonly roadLength: Float32Array;
  readonly roadWay: Uint32Array;
  readonly roadForward: Int32Array;
  readonly roadBackward: Int32Array;
  readonly edgeFrom: Uint32Array;
  readonly edgeTo: Uint32Array;
  readonly edgeRoad: Uint32Array;
  readonly edgeMs: Uint32Array;
  readonly edgeWeight: Uint32Array;
  readonly edgeRestricted: Uint8Array;
}

function obstaclesOf(map: MapData): ReadonlyMap<number, Obstacle> {
  const obstacles = new Map<number, Obstacle>();
  for (const [point, tags] of map.pointTags) {
    const obstacle = obstacleOf(tags);
    if (obstacle !== undefined) obstacles.set(point, obstacle);
  }
  return obstacles;
}

/** Points where ways end, branch or cross, or where something holds cars up, numbered as nodes. */
function findNodes(map: MapData, ways: readonly RoadWay[], flags: Uint16Array) {
  const obstacles = obstaclesOf(map);
  const uses = new Uint8Array(map.pointX.length);
  for (const { source } of ways) {
    const { points } = source;
    const last = points.length - 1;
    for (let i = 0; i <= last; i++) {
      const point = points[i];
      uses[point] = Math.min(2, uses[point] + (i === 0 || i === last ? 2 : 1));
    }
  }
  const nodeOfPoint = new Int32Array(map.pointX.length).fill(-1);
  const blocked: number[] = [];
  const nodeObstacle = new Map<number, Obstacle>();
  let count = 0;
  for (let point = 0; point < uses.length; point++) {
    const used = uses[point];
    const isBlocked = (flags[point] & pointFlag.blocked) !== 0;
    const obstacle = obstacles.get(point);
    if (used < 2 && !(used === 1 && (isBlocked || obstacle !== undefined))) continue;
    if (obstacle !== undefined) nodeObstacle.set(count, obstacle);
    nodeOfPoint[point] = count++;
    blocked.push(isBlocked ? 1 : 0);
  }
  return { nodeOfPoint, nodeCount: count, nodeBlocked: Uint8Array.from(blocked), nodeObstacle };
}

function ticksOf(seconds: number): number {
  return Math.max(1, Math.round(seconds * 10));
}

/** Cuts ways at their nodes into roads, and gives each road an edge for every direction that is open. Pieces without length are left out. */
export function splitWays(map: MapData, ways: readonly RoadWay[], flagsOfPoints: Uint16Array): Network {
  const { nodeOfPoint, nodeCount, nodeBlocked, nodeObstacle } = findNodes(map, ways, flagsOfPoints);
  const roadPoint: number[] = [0];
  const pointX: number[] = [];
  const pointY: number[] = [];
  const pointNode: number[] = [];
  const pointFlags: number[] = [];
  const roadLength: number[] = [];
  const roadWay: number[] = [];
  const roadForward: number[] = [];
  const roadBackward: number[] = [];
  const edgeFrom: number[] = [];
  const edgeTo: number[] = [];
  const edgeRoad: number[] = [];
  const edgeMs: number[] = [];
  const edgeWeight: number[] = [];
  const edgeRestricted: number[] = [];

  function addEdge(from: number, to: number, ticks: number, weight: number, restricted: boolean): number {
    edgeFrom.push(from);
    edgeTo.push(to);
    edgeRoad.push(roadLength.length);
    edgeMs.push(Math.max(1, ticks) * tickMs);
    edgeWeight.push(Math.max(1, weight) * tickMs);
    edgeRestricted.push(restricted ? 1 : 0);
    return edgeFrom.length - 1;
  }

  function addRoad(way: RoadWay, row: number, first: number, last: number, taken?: Taken): void {
    const forward = taken?.forward === true ? "closed" : way.access.forward;
    const backward = taken?.backward === true ? "closed" : way.access.backward;
    if (forward === "closed" && backward === "closed") return;
    const { points } = way.source;
    const begin = pointX.length;
    const { travel } = way;
    const fixed = travel.duration === undefined ? undefined : travel.duration / (points.length - 1);
    let length = 0;
    let [ahead, aheadWeight, back, backWeight] = [0, 0, 0, 0];
    for (let i = first; i <= last; i++) {
      const point = points[i];
      const x = map.pointX[point];
      const y = map.pointY[point];
      if (i > first) {
        const step = distanceInUnits(pointX.at(-1) ?? 0, pointY.at(-1) ?? 0, x, y);
        if (step === 0 && i < last) continue;
        length += step;
        const forwardSeconds = fixed ?? step / travel.forward;
        const backwardSeconds = fixed ?? step / travel.backward;
        ahead += ticksOf(forwardSeconds);
        aheadWeight += ticksOf(forwardSeconds / travel.worth.forward);
        back += ticksOf(backwardSeconds);
        backWeight += ticksOf(backwardSeconds / travel.worth.backward);
      }
      pointX.push(x);
      pointY.push(y);
      pointNode.push(map.pointNode[point]);
      pointFlags.push(flagsOfPoints[point]);
    }
    if (length === 0) {
      pointX.length = begin;
      pointY.length = begin;
      pointNode.length = begin;
      pointFlags.length = begin;
      return;
    }
    const from = nodeOfPoint[points[first]];
    const to = nodeOfPoint[points[last]];
    roadForward.push(forward === "closed" ? -1 : addEdge(from, to, ahead, aheadWeight, forward === "restricted"));
    roadBackward.push(backward === "closed" ? -1 : addEdge(to, from, back, backWeight, backward === "restricted"));
    roadLength.push(length);
    roadWay.push(row);
    roadPoint.push(pointX.length);
  }

  const taken = takenByOthers(ways, nodeOfPoint);
  for (const [row, way] of ways.entries()) {
    const { points } = way.source;
    let first = 0;
    for (let i = 1; i < points.length; i++) {
      if (nodeOfPoint[points[i]] < 0) continue;
      addRoad(way, row, first, i, first === i - 1 ? taken.get(row)?.get(i) : undefined);
      first = i;
    }
  }

  return {
    nodeCount,
    nodeOfPoint,
    nodeBlocked,
    nodeObstacle,
    roadPoint: Uint32Array.from(roadPoint),
    pointX: Int32Array.from(pointX),
    pointY: Int32Array.from(pointY),
    pointNode: Float64Array.from(pointNode),
    pointFlags: Uint16Array.from(pointFlags),
    roadLength: Float32Array.from(roadLength),
    roadWay: Uint32Array.from(roadWay),
    roadForward: Int32Array.from(roadForward),
    roadBackward: Int32Array.from(roadBackward),
    edgeFrom: Uint32Array.from(edgeFrom),
    edgeTo: Uint32Array.from(edgeTo),
    edgeRoad: Uint32Array.from(edgeRoad),
    edgeMs: Uint32Array.from(edgeMs),
    edgeWeight: Uint32Array.from(edgeWeight),
    edgeRestricted: Uint8Array.from(edgeRestricted),
  };
}
