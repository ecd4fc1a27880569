/** Metres from the middle of the carriageway to the middle of the lane nearest to the kerb. `lanes` are those of one direction. */
export function laneOffset(road: { readonly width: number; readonly lanes: number; readonly oneWay: boolean }): number {
  const { width, lanes } = road;
  if (road.oneWay) return lanes < 2 ? 0 : (width / 2) * (1 - 1 / lanes);
  const half = width / 2;
  const lane = half / Math.max(lanes, 1);
  return Math.min(Math.max(half - lane / 2, 0.6), 6);
}
