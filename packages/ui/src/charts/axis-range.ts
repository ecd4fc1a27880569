/** What an axis shows for values from `min` to `max`: some air around them, at least `least` wide, and nought at its foot where it is near. */
export function axisRange(min: number | null, max: number | null, least: number): [number, number] {
  const low = min ?? 0;
  const high = max ?? low;
  const width = Math.max(high - low, least, Number.EPSILON * 1_000, 1e-6);
  const middle = (low + high) / 2;
  const air = (width - (high - low)) / 2 > 0 ? 0 : width * 0.08;
  let from = middle - width / 2 - air;
  let to = middle + width / 2 + air;
  // Values that cannot fall below nought stand on it.
  if (low >= 0 && (from < 0 || low < width * 0.25)) {
    to = Math.max(to - from, high + air);
    from = 0;
  }
  return [from, to];
}
