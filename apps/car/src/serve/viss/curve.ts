export interface Point {
  /** UTC ms. */
  readonly at: number;
  readonly value: number;
}

/**
 * The fewest points, first and last among them, between which straight lines stay within `maxError` of every point: the curve logging of
 * the standard, after Ramer, Douglas and Peucker, with the error measured in the signal's own unit at the time of the point.
 */
export function simplify(points: readonly Point[], maxError: number): readonly Point[] {
  const last = points.length - 1;
  if (last < 2) return points;
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[last] = 1;
  const spans: (readonly [first: number, last: number])[] = [[0, last]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const worst = worstBetween(points, span[0], span[1]);
    if (worst.error <= maxError) continue;
    keep[worst.index] = 1;
    spans.push([span[0], worst.index], [worst.index, span[1]]);
  }
  return points.filter((_, index) => keep[index] === 1);
}

function worstBetween(points: readonly Point[], first: number, last: number): { index: number; error: number } {
  const worst = { index: first, error: -1 };
  const from = points[first];
  const to = points[last];
  if (!from || !to) return worst;
  const span = to.at - from.at;
  for (let index = first + 1; index < last; index++) {
    const point = points[index];
    if (!point) continue;
    const share = span === 0 ? 0 : (point.at - from.at) / span;
    const error = Math.abs(point.value - (from.value + share * (to.value - from.value)));
    if (error > worst.error) {
      worst.error = error;
      worst.index = index;
    }
  }
  return worst;
}
