import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Samples, SignalValue } from "@caravan/link";
import { openCity } from "@caravan/roads";
import { encodeCity, importCity } from "@caravan/roads/importing";
import type { City } from "@caravan/roads";

const south = 57.7;
const west = 11.95;
/** The WGS-84 ellipsoid: metres of its greater half axis, and the square of its eccentricity. */
const [halfAxis, eccentricity] = [6_378_137, 0.006_694_38];

/** For tests: the point so many metres east and north of a corner. */
export function placeAt(east: number, north: number): { readonly lat: number; readonly lon: number } {
  const latitude = (south * Math.PI) / 180;
  const bend = 1 - eccentricity * Math.sin(latitude) ** 2;
  const perLon = ((halfAxis / Math.sqrt(bend)) * Math.cos(latitude) * Math.PI) / 180;
  const perLat = ((halfAxis * (1 - eccentricity)) / bend ** 1.5) * (Math.PI / 180);
  return { lat: south + north / perLat, lon: west + east / perLon };
}

/** For tests: two streets of 1 km from west to east, 300 m apart, each with a point every 100 m, joined at both ends; 50 km/h. Also as the file the cloud finds. */
export async function testStreets(): Promise<{ readonly city: City; readonly file: Uint8Array }> {
  const line = (places: readonly (readonly [number, number])[], name: string) => ({
    type: "Feature",
    properties: { highway: "residential", maxspeed: "50", name },
    geometry: {
      type: "LineString",
      coordinates: places.map(([east, north]) => [placeAt(east, north).lon, placeAt(east, north).lat]),
    },
  });
  const row = (north: number) => Array.from({ length: 11 }, (_, i) => [i * 100, north] as const);
  const features = [
    line(row(0), "South Street"),
    line(row(300), "North Street"),
    line([row(0)[0] ?? [0, 0], row(300)[0] ?? [0, 0]], "West Street"),
    line([row(0)[10] ?? [0, 0], row(300)[10] ?? [0, 0]], "East Street"),
  ];
  const value = { type: "FeatureCollection", features };
  const file = encodeCity(await importCity({ kind: "geojson", value }, { name: "Two Streets" }));
  return { city: openCity(file), file };
}

/** For tests: a folder with the prepared city, as the cloud finds it. */
export function cityFolder(file: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "caravan-city-"));
  writeFileSync(join(folder, "city.bin"), file);
  return folder;
}

export interface Moment {
  /** UTC ms. */
  readonly at: number;
  readonly east: number;
  readonly north: number;
  /** m/s. */
  readonly speed: number;
}

/** For tests: an even drive along a street, a moment each second. */
export function driveEast(start: number, north: number, speed: number, metres: number): readonly Moment[] {
  const count = Math.floor(metres / speed);
  return Array.from({ length: count }, (_, i) => ({ at: start + i * 1_000, east: 10 + i * speed, north, speed }));
}

/** For tests: what a car sends at one moment. */
export function samplesAt(
  { at, east, north, speed }: Moment,
  more: Readonly<Record<string, SignalValue>> = {},
): Samples {
  const { lat, lon } = placeAt(east, north);
  const values = {
    "Vehicle.CurrentLocation.Latitude": lat,
    "Vehicle.CurrentLocation.Longitude": lon,
    "Vehicle.CurrentLocation.Heading": 90,
    "Vehicle.Speed": speed * 3.6,
    "Vehicle.Cabin.HVAC.AmbientAirTemperature": 20,
    ...more,
  };
  const paths = Object.keys(values);
  return { paths, path: paths.map((_, i) => i), at: paths.map(() => at), value: Object.values(values) };
}
