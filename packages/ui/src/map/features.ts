import { apartPoint } from "./apart.ts";
import type { MapAlternative, MapCar, MapPin, MapTrack, MapTraffic } from "./types.ts";

/** GeoJSON of one line, as the engine takes it. */
export interface Line {
  type: "Feature";
  geometry: { type: "LineString"; coordinates: [number, number][] };
  properties: Record<string, never>;
}

/** A path as a line; one without length has no points. */
export function lineOf(points: ArrayLike<number>): Line {
  const coordinates: [number, number][] = [];
  for (let at = 0; at + 1 < points.length; at += 2) coordinates.push([points[at] ?? 0, points[at + 1] ?? 0]);
  return { type: "Feature", geometry: { type: "LineString", coordinates }, properties: {} };
}

/** GeoJSON of points, as the engine takes it. */
export interface Points {
  type: "FeatureCollection";
  features: {
    type: "Feature";
    geometry: { type: "Point"; coordinates: [number, number] };
    properties: Record<string, string | number | boolean>;
  }[];
}

const point = (lon: number, lat: number, properties: Record<string, string | number | boolean>) => ({
  type: "Feature" as const,
  geometry: { type: "Point" as const, coordinates: [lon, lat] satisfies [number, number] },
  properties,
});

const pointsOf = (features: Points["features"]): Points => ({ type: "FeatureCollection", features });

/** GeoJSON of lines with properties, as the engine takes it. */
export interface Lines {
  type: "FeatureCollection";
  features: {
    type: "Feature";
    geometry: { type: "LineString"; coordinates: [number, number][] };
    properties: Record<string, string | number>;
  }[];
}

/** More stretches than the car sends are no picture of its. */
const mostStretches = 2_000;
const mostIncidents = 200;

export function trafficLines(traffic: MapTraffic): Lines {
  return {
    type: "FeatureCollection",
    features: traffic.stretches
      .slice(0, mostStretches)
      .map(({ level, line }) => ({ ...lineOf(line), properties: { level, side: traffic.drivingSide ?? "right" } })),
  };
}

export function trackLines(track: MapTrack): Lines {
  return {
    type: "FeatureCollection",
    features: track.stretches
      .slice(0, mostStretches)
      .map(({ tone, line }) => ({ ...lineOf(line), properties: { tone } })),
  };
}

export function incidentPoints(traffic: MapTraffic): Points {
  return pointsOf(
    traffic.incidents.slice(0, mostIncidents).map(({ id, kind, lat, lon }) => point(lon, lat, { id, kind })),
  );
}

export function alternativeLines(alternatives: readonly MapAlternative[]): Lines {
  return {
    type: "FeatureCollection",
    features: alternatives.map(({ id, geometry }) => ({ ...lineOf(geometry), properties: { id } })),
  };
}

/** The words of each way where it is farthest from the others. */
export function alternativeWords(
  alternatives: readonly MapAlternative[],
  route: ArrayLike<number> | undefined,
): Points {
  const words = alternatives.flatMap(({ id, geometry, label }) => {
    const others = alternatives.filter((other) => other.id !== id).map((other) => other.geometry);
    const place = apartPoint(geometry, route === undefined ? others : [route, ...others]);
    return place === undefined || label === "" ? [] : [{ id, label, lon: place[0], lat: place[1] }];
  });
  // Two of them lean away from each other, so that both can be read however small the map is.
  const middle = words.reduce((sum, { lon }) => sum + lon, 0) / words.length;
  return pointsOf(
    words.map(({ id, label, lon, lat }, index) => {
      const leansWest = lon === middle ? index > 0 : lon < middle;
      const anchor = words.length < 2 ? "center" : leansWest ? "right" : "left";
      return point(lon, lat, { id, label, anchor });
    }),
  );
}

/** At most 200 pins are drawn; more is no map but a list. */
export function pinPoints(pins: readonly MapPin[]): Points {
  return pointsOf(
    pins
      .slice(0, 200)
      .map((pin) =>
        point(pin.lon, pin.lat, { id: pin.id, kind: pin.kind, ...(pin.name === undefined ? {} : { name: pin.name }) }),
      ),
  );
}

export function carPoints(cars: readonly MapCar[]): Points {
  return pointsOf(
    cars.map((car) =>
      point(car.lon, car.lat, {
        id: car.id,
        name: car.name,
        heading: car.heading,
        online: car.online,
        selected: car.selected === true,
      }),
    ),
  );
}

export function ownCarPoint(lon: number, lat: number): Points {
  return pointsOf([point(lon, lat, {})]);
}

export const noPoints: Points = pointsOf([]);
