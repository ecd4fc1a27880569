import { pointFlag } from "../city.ts";
import { distanceInUnits } from "../geometry.ts";
import type { MapData } from "../import/map-data.ts";
import type { RoadWay } from "./road-ways.ts";

/** Seconds a signal costs on average, as in OSRM's car profile. */
const signalMs = 2_000;

/** Roads and edges before they know about turns. */
export interface Network {
  readonly nodeCount: number;
  /** Node of a map point, -1 where no way ends or branches. */
  readonly nodeOfPoint: Int32Array;
  /** A car cannot pass these nodes. */
  readonly nodeBlocked: Uint8Array;
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

/** Points where ways end, branch, cross or are barred, numbered as nodes. */
function findNodes(map: MapData, ways: readonly RoadWay[], flags: Uint16Array) {
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
  let count = 0;
  for (let point = 0; point < uses.length; point++) {
    const used = uses[point];
    const isBlocked = (flags[point] & pointFlag.blocked) !== 0;
    if (used < 2 && !(used === 1 && isBlocked)) continue;
    nodeOfPoint[point] = count++;
    blocked.push(isBlocked ? 1 : 0);
  }
  return { nodeOfPoint, nodeCount: count, nodeBlocked: Uint8Array.from(blocked) };
}

/** Cuts ways at their nodes into roads, and gives each road an edge for every direction that is open. Pieces without length are left out. */
export function splitWays(map: MapData, ways: readonly RoadWay[], flagsOfPoints: Uint16Array): Network {
  const { nodeOfPoint, nodeCount, nodeBlocked } = findNodes(map, ways, flagsOfPoints);
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

  function addEdge(
    from: number,
    to: number,
    length: number,
    speed: number,
    signals: number,
    restricted: boolean,
  ): number {
    edgeFrom.push(from);
    edgeTo.push(to);
    edgeRoad.push(roadLength.length);
    edgeMs.push(Math.max(1, Math.round((length / speed) * 1000) + signals * signalMs));
    edgeWeight.push(Math.max(1, Math.round((length / speed) * 1000) + signals * signalMs));
    edgeRestricted.push(restricted ? 1 : 0);
    return edgeFrom.length - 1;
  }

  function addRoad(way: RoadWay, row: number, first: number, last: number): void {
    const { points } = way.source;
    const begin = pointX.length;
    let length = 0;
    let signalsForward = 0;
    let signalsBackward = 0;
    for (let i = first; i <= last; i++) {
      const point = points[i];
      const x = map.pointX[point];
      const y = map.pointY[point];
      if (i > first) {
        const step = distanceInUnits(pointX.at(-1) ?? 0, pointY.at(-1) ?? 0, x, y);
        if (step === 0 && i < last) continue;
        length += step;
      }
      const flags = flagsOfPoints[point];
      // A signal counts for the edge that comes to it, not for the one that leaves.
      if (i > first && (flags & pointFlag.signalsForward) !== 0) signalsForward++;
      if (i < last && (flags & pointFlag.signalsBackward) !== 0) signalsBackward++;
      pointX.push(x);
      pointY.push(y);
      pointNode.push(map.pointNode[point]);
      pointFlags.push(flags);
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
    const { forward, backward } = way.access;
    const ahead =
      forward === "closed"
        ? -1
        : addEdge(from, to, length, way.travelForward, signalsForward, forward === "restricted");
    const back =
      backward === "closed"
        ? -1
        : addEdge(to, from, length, way.travelBackward, signalsBackward, backward === "restricted");
    roadForward.push(ahead);
    roadBackward.push(back);
    roadLength.push(length);
    roadWay.push(row);
    roadPoint.push(pointX.length);
  }

  for (const [row, way] of ways.entries()) {
    const { points } = way.source;
    let first = 0;
    for (let i = 1; i < points.length; i++) {
      if (nodeOfPoint[points[i]] < 0) continue;
      addRoad(way, row, first, i);
      first = i;
    }
  }

  return {
    nodeCount,
    nodeOfPoint,
    nodeBlocked,
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
