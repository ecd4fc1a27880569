import { pointFlag } from "../city.ts";
import type { Graph } from "../city.ts";
import { distanceInUnits, metresPerUnitX, metresPerUnitY } from "../geometry.ts";
import type { MapData } from "../import/map-data.ts";
import { endOfRun } from "./segments.ts";
import type { Network } from "./split-ways.ts";

/** Metres; a camera farther off watches another road. */
const reach = 30;

/** Pieces of road looked at for each camera. */
const candidates = 8;

/** Points of the map where speed cameras stand or measure. */
function cameraPoints(map: MapData): ReadonlySet<number> {
  const points = new Set<number>();
  for (const [point, tags] of map.pointTags) if (tags.get("highway") === "speed_camera") points.add(point);
  for (const { tags, members } of map.relations) {
    if (tags.get("type") !== "enforcement" || tags.get("enforcement") !== "maxspeed") continue;
    for (const { kind, id, role } of members) {
      if (kind !== "node" || (role !== "to" && role !== "device")) continue;
      const point = map.pointOfNode(id);
      if (point >= 0) points.add(point);
    }
  }
  return points;
}

/** Metres from a place to the segment that begins at a point of a road, and the nearer end of it. */
function distanceTo(network: Network, first: number, x: number, y: number) {
  const { pointX, pointY } = network;
  const perX = metresPerUnitX(y);
  const perY = metresPerUnitY(y);
  const dx = (pointX[first + 1] - pointX[first]) * perX;
  const dy = (pointY[first + 1] - pointY[first]) * perY;
  const px = (x - pointX[first]) * perX;
  const py = (y - pointY[first]) * perY;
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
  return { metres: Math.hypot(px - share * dx, py - share * dy), end: share > 0.5 ? first + 1 : first };
}

/** Marks the points of roads that speed cameras watch; one beside a road counts for the nearest point of it. */
export function flagCameras(
  map: MapData,
  network: Network,
  { runIndex, runPoint, runRoad }: Pick<Graph, "runIndex" | "runPoint" | "runRoad">,
): void {
  for (const point of cameraPoints(map)) {
    const x = map.pointX[point];
    const y = map.pointY[point];
    let best = { metres: Infinity, end: -1 };
    for (const run of runIndex.neighbors(x, y, candidates)) {
      for (let i = runPoint[run]; i < endOfRun(network, runPoint[run], runRoad[run]); i++) {
        const found = distanceTo(network, i, x, y);
        if (found.metres < best.metres) best = found;
      }
    }
    if (best.metres > reach) continue;
    const { pointX, pointY, pointFlags } = network;
    for (let i = 0; i < pointX.length; i++) {
      // The same point may belong to several roads that meet there.
      if (distanceInUnits(pointX[i], pointY[i], pointX[best.end], pointY[best.end]) < 0.01) {
        pointFlags[i] = pointFlags[i] | pointFlag.camera;
      }
    }
  }
}
