import type { Route } from "@caravan/roads/routing";

/** What a drivable line is made of. */
export type Drivable = Pick<Route, "geometry" | "speeds" | "pieces" | "events">;

/** Metres; points nearer to an end of the section than this are that end. */
const samePointWithin = 0.05;

/** The part of a route between `from` and `to` metres, measured anew from its own beginning. */
export function sectionOf(route: Route, from: number, to: number): Drivable {
  const { along } = route;
  const length = along.at(-1) ?? 0;
  const begin = Math.min(Math.max(from, 0), length);
  const end = Math.min(Math.max(to, begin), length);
  if (begin <= samePointWithin && end >= length - samePointWithin) return route;
  const inside: number[] = [];
  along.forEach((metres, point) => {
    if (metres > begin + samePointWithin && metres < end - samePointWithin) inside.push(point);
  });
  const before = segmentAt(along, begin);
  const geometry = [
    ...pointAt(route, begin),
    ...inside.flatMap((point) => [route.geometry[2 * point] ?? 0, route.geometry[2 * point + 1] ?? 0]),
    ...pointAt(route, end),
  ];
  const speeds = [route.speeds[before] ?? 0, ...inside.map((point) => route.speeds[point] ?? 0)];
  // Points of the route to points of the section; what lies before or behind it becomes its ends.
  const offset = (inside[0] ?? segmentAt(along, end) + 1) - 1;
  const last = inside.length + 1;
  const moved = (point: number): number => Math.min(Math.max(point - offset, 0), last);
  return {
    geometry: Float64Array.from(geometry),
    speeds: Float32Array.from(speeds),
    pieces: route.pieces
      .filter((piece) => piece.to > begin && piece.from < end)
      .map((piece) => ({
        ...piece,
        first: moved(piece.first),
        last: moved(piece.last),
        from: Math.max(piece.from, begin) - begin,
        to: Math.min(piece.to, end) - begin,
      }))
      .filter(({ first, last: to_ }) => to_ > first),
    events: route.events
      .filter((event) => event.along > begin && event.along < end)
      .map((event) => ({ ...event, along: event.along - begin })),
  };
}

/** Where a route is after so many metres, as lon and lat. */
export function pointAt(
  { geometry, along }: Pick<Route, "geometry" | "along">,
  metres: number,
): readonly [number, number] {
  const segment = segmentAt(along, metres);
  const [a, b] = [along[segment] ?? 0, along[segment + 1] ?? 0];
  const share = b > a ? Math.min(1, Math.max(0, (metres - a) / (b - a))) : 0;
  const between = (from: number, to: number): number => from + share * (to - from);
  return [
    between(geometry[2 * segment] ?? 0, geometry[2 * segment + 2] ?? geometry[2 * segment] ?? 0),
    between(geometry[2 * segment + 1] ?? 0, geometry[2 * segment + 3] ?? geometry[2 * segment + 1] ?? 0),
  ];
}

/** The segment that holds the place `metres` from the start; the last one beyond the end. */
export function segmentAt(along: ArrayLike<number>, metres: number): number {
  let low = 0;
  let high = Math.max(0, along.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((along[middle] ?? 0) <= metres) low = middle;
    else high = middle - 1;
  }
  return low;
}
