import { measurePath, metresBetween, pointAt } from "./path.ts";

/** Points looked at on a way and on the ways it is compared with: enough for a word on a map. */
const samples = 32;

const sampled = (geometry: ArrayLike<number>, from: number, to: number): [number, number][] => {
  const path = measurePath(geometry);
  const points: [number, number][] = [];
  for (let index = 0; index < samples; index += 1) {
    const place = pointAt(path, path.length * (from + ((to - from) * index) / (samples - 1)));
    if (place !== undefined) points.push(place);
  }
  return points;
};

/** The point of a way (lon, lat, ...) that is farthest from all `others`, not near its ends; undefined for a way without points. */
export function apartPoint(
  geometry: ArrayLike<number>,
  others: readonly ArrayLike<number>[],
): [number, number] | undefined {
  const against = others.flatMap((other) => sampled(other, 0, 1));
  let best: [number, number] | undefined;
  let bestMetres = -1;
  for (const place of sampled(geometry, 0.15, 0.85)) {
    let nearest = Infinity;
    for (const [lon, lat] of against) nearest = Math.min(nearest, metresBetween(place[0], place[1], lon, lat));
    if (nearest > bestMetres) {
      bestMetres = nearest;
      best = place;
    }
  }
  return best;
}
