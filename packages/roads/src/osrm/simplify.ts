import { metresPerDegreeLat, metresPerDegreeLon } from "../geometry.ts";

/** Pixels of the picture that the whole line is thought to be drawn on. */
const pictureSize = 1_024;

/** A line as it looks when all of it is on one screen: points that would move it by less than a pixel are left out (Douglas and Peucker, 1973). */
export function simplify(geometry: Float64Array): Float64Array {
  const count = geometry.length / 2;
  if (count <= 2) return geometry;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    west = Math.min(west, geometry[2 * i]);
    east = Math.max(east, geometry[2 * i]);
    south = Math.min(south, geometry[2 * i + 1]);
    north = Math.max(north, geometry[2 * i + 1]);
  }
  const perLon = metresPerDegreeLon((south + north) / 2);
  const perLat = metresPerDegreeLat((south + north) / 2);
  const extent = Math.max((east - west) * perLon, (north - south) * perLat);
  const tolerance = extent / pictureSize;
  const keep = new Uint8Array(count);
  keep[0] = 1;
  keep[count - 1] = 1;
  const open: number[] = [0, count - 1];
  for (let last = open.pop(); last !== undefined; last = open.pop()) {
    const first = open.pop() ?? 0;
    const far = farthest(geometry, perLon, perLat, first, last);
    if (far.distance <= tolerance) continue;
    keep[far.index] = 1;
    open.push(first, far.index, far.index, last);
  }
  const line: number[] = [];
  for (let i = 0; i < count; i++) if (keep[i] === 1) line.push(geometry[2 * i], geometry[2 * i + 1]);
  return Float64Array.from(line);
}

/** The point between two others farthest from the line that joins them, with its distance in metres. */
function farthest(geometry: Float64Array, perLon: number, perLat: number, first: number, last: number) {
  const ax = geometry[2 * first] * perLon;
  const ay = geometry[2 * first + 1] * perLat;
  const ux = geometry[2 * last] * perLon - ax;
  const uy = geometry[2 * last + 1] * perLat - ay;
  const square = ux * ux + uy * uy;
  let index = first;
  let most = 0;
  for (let i = first + 1; i < last; i++) {
    const px = geometry[2 * i] * perLon - ax;
    const py = geometry[2 * i + 1] * perLat - ay;
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, (px * ux + py * uy) / square));
    const dx = px - share * ux;
    const dy = py - share * uy;
    const distance = dx * dx + dy * dy;
    if (distance > most) {
      most = distance;
      index = i;
    }
  }
  return { index, distance: Math.sqrt(most) };
}
