import type { Bounds, LatLon } from "../city.ts";

/**
 * Where a device in a moving car may not warn of speed cameras, as rough boxes (west, south, east, north): Germany (StVO § 23 (1c)),
 * Switzerland (SVG Art. 57b and 98a), France (Code de la route R413-15; Monaco lies within). Rough means: near such a border the car keeps
 * silent on the other side as well.
 */
const forbidden: readonly Bounds[] = [
  [7, 51.8, 12, 55], // Germany, north-west
  [5.9, 50.3, 12, 51.8], // Germany, west
  [12, 50.9, 15, 54.7], // Germany, east
  [6.3, 49, 12.2, 50.3], // Germany, middle
  [7.5, 47.5, 13, 49], // Germany, south
  [5.9, 45.8, 10.5, 47.8], // Switzerland
  [-5.2, 47.2, -1, 48.9], // Brittany
  [-2, 48.4, 1.5, 50.1], // Normandy
  [-1.8, 43.3, 7, 49.5], // France, middle
  [1.5, 49.5, 4.2, 51.1], // France, north
  [7, 47.4, 8.3, 49.1], // Alsace
  [5, 42.9, 7.6, 44.2], // Provence, Nice, Monaco
  [1.5, 42.4, 3.3, 43.4], // Roussillon
  [8.5, 41.3, 9.6, 43.1], // Corsica
];

/** Whether a car around a point may tell its driver of speed cameras. Where it may not, the setting is off and stays off. */
export function mayWarnOfCameras({ lat, lon }: LatLon): boolean {
  return !forbidden.some(([west, south, east, north]) => lon >= west && lon <= east && lat >= south && lat <= north);
}
