import type { Bounds } from "../city.ts";

/**
 * Where traffic keeps left, as rough boxes (west, south, east, north) around the countries and islands that do. Rough means: a city
 * within a few kilometres of such a border may get the wrong side. Source: the list of left-driving countries in the OpenStreetMap wiki.
 */
const leftHandBoxes: readonly Bounds[] = [
  [-11, 49.9, -5.4, 55.5], // Ireland
  [-8.2, 49.8, 1.8, 61], // Great Britain and the islands around it
  [14.1, 35.7, 14.7, 36.2], // Malta
  [32.2, 34.5, 34.7, 35.8], // Cyprus
  [122.9, 24, 146, 45.6], // Japan
  [113.8, 22.1, 114.5, 22.56], // Hong Kong
  [113.52, 22.1, 113.61, 22.22], // Macao
  [112.9, -44, 154, -9.5], // Australia
  [166, -48, 179, -34], // New Zealand
  [68, 6, 88, 31], // India, Nepal, Sri Lanka
  [88, 20.5, 92.7, 27.5], // Bangladesh, Bhutan, eastern India
  [61, 24, 71, 36], // Pakistan
  [97.3, 5.6, 105.6, 20.4], // Thailand
  [95, -11, 141, 6], // Indonesia, Singapore
  [99.6, 0.8, 119.3, 7.4], // Malaysia, Brunei
  [11.7, -35, 41, -15], // southern Africa
  [22, -15, 41, -1], // Zambia, Malawi, Tanzania
  [34, -4.7, 41.9, 4.6], // Kenya
  [29.6, -1.5, 35, 4.2], // Uganda
  [57, -21, 58, -19.5], // Mauritius
  [-78.4, 17.7, -76.1, 18.6], // Jamaica
];

/** Right-driving land inside the boxes above. */
const rightHandBoxes: readonly Bounds[] = [
  [-5, 48, 1.8, 49.75], // northern France
  [1.4, 50.6, 8, 53.5], // Belgium, the Netherlands
  [11.7, -18, 21.5, -4], // Angola
  [126, 33, 129.3, 39], // Korea
  [124, 39, 131, 45.6], // north-east China, Korea
  [131, 42.5, 135.6, 45.6], // Primorye
  [85, 27.9, 88, 31], // Tibet
  [80.5, 30.4, 88, 31], // Tibet
  [43, -26, 51, -11], // Madagascar
  [92.3, 9.5, 97.5, 28.5], // Myanmar
  [102.2, 17.9, 105.6, 20.4], // Laos
  [120, 14, 127, 19], // Philippines
];

function holds(box: Bounds, lon: number, lat: number): boolean {
  return lon >= box[0] && lat >= box[1] && lon <= box[2] && lat <= box[3];
}

/** The side of the road that traffic keeps to around a point. */
export function drivingSideAt(lat: number, lon: number): "right" | "left" {
  if (rightHandBoxes.some((box) => holds(box, lon, lat))) return "right";
  return leftHandBoxes.some((box) => holds(box, lon, lat)) ? "left" : "right";
}
