import type { City, LatLon } from "../src/city.ts";
import { metresPerDegree } from "../src/geometry.ts";
import { createRouter } from "../src/route/router.ts";

/** Reproducible numbers from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number of the standard normal distribution (Box and Muller, 1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function displaced(at: LatLon, east: number, north: number): LatLon {
  const perLon = metresPerDegree * Math.cos((at.lat * Math.PI) / 180);
  return { lat: at.lat + north / metresPerDegree, lon: at.lon + east / perLon };
}

/** Where the car truly is at one moment of a drive. */
export interface TrueMoment extends LatLon {
  /** Seconds since the start. */
  readonly t: number;
  /** m/s. */
  readonly speed: number;
  /** Degrees clockwise from north. */
  readonly heading: number;
  readonly edge: number;
  /** Metres since the start. */
  readonly travelled: number;
}

/** A drive along the quickest route at `pace` times what the map says, as a moment every `every` seconds; undefined without a route. */
export function driveBetween(
  city: City,
  from: LatLon,
  to: LatLon,
  options: { readonly every?: number; readonly pace?: number } = {},
): readonly TrueMoment[] | undefined {
  const found = createRouter(city).route(from, to);
  if (found.kind !== "route") return undefined;
  const { along, geometry, time, pieces } = found;
  const { every = 1, pace = 1 } = options;
  const moments: TrueMoment[] = [];
  let i = 0;
  for (let t = 0; t * pace < found.duration; t += every) {
    const at = t * pace;
    while (i + 2 < time.length && time[i + 1] <= at) i++;
    const span = time[i + 1] - time[i];
    const share = span > 0 ? Math.min(1, Math.max(0, (at - time[i]) / span)) : 0;
    const travelled = along[i] + share * (along[i + 1] - along[i]);
    const [lon1, lat1, lon2, lat2] = [geometry[2 * i], geometry[2 * i + 1], geometry[2 * i + 2], geometry[2 * i + 3]];
    const heading =
      (Math.atan2((lon2 - lon1) * Math.cos((lat1 * Math.PI) / 180), lat2 - lat1) * 180) / Math.PI;
    const last = moments.at(-1);
    moments.push({
      t,
      lat: lat1 + share * (lat2 - lat1),
      lon: lon1 + share * (lon2 - lon1),
      speed: last === undefined ? 0 : (travelled - last.travelled) / every,
      heading: (heading + 360) % 360,
      edge: (pieces.find(({ to: end }) => end > travelled) ?? pieces[pieces.length - 1]).edge,
      travelled,
    });
  }
  return moments;
}

/** A point of the city's middle, spread over `metres` to each side. */
export function somewhere(city: City, random: () => number, metres: number): LatLon {
  return displaced(city.centre, (random() * 2 - 1) * metres, (random() * 2 - 1) * metres);
}
