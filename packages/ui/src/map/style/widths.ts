import type { ExpressionSpecification } from "maplibre-gl";

const equator = 40_075_016.7;
const tilePixels = 512;

/** CSS pixels of one metre on the ground at a zoom and latitude in degrees. */
export function pixelsPerMetre(zoom: number, latitude: number): number {
  return (tilePixels * 2 ** zoom) / (equator * Math.cos((latitude * Math.PI) / 180));
}

const byTone = (pixels: readonly number[], extra: number): ExpressionSpecification => [
  "match",
  ["get", "k"],
  1,
  (pixels[1] ?? 1) + extra,
  2,
  (pixels[2] ?? 1) + extra,
  3,
  (pixels[3] ?? 1) + extra,
  4,
  (pixels[4] ?? 1) + extra,
  5,
  (pixels[5] ?? 1) + extra,
  6,
  (pixels[6] ?? 1) + extra,
  (pixels[0] ?? 1) + extra,
];

/**
 * Width of a road: symbols by tone while the city is far, true metres (`w`) from zoom 15.6 on. `extra` pixels are added on both sides together,
 * for casings.
 */
export function roadWidth(latitude: number, extra: number): ExpressionSpecification {
  const metres = (zoom: number, more: number): ExpressionSpecification => [
    "+",
    ["*", ["coalesce", ["get", "w"], 6], pixelsPerMetre(zoom, latitude)],
    extra + more,
  ];
  return [
    "interpolate",
    ["exponential", 2],
    ["zoom"],
    10,
    byTone([0.2, 0.3, 0.5, 0.8, 1.2, 1.8, 2.2], extra * 0.3),
    13.6,
    byTone([0.9, 1.3, 1.7, 2.5, 3.4, 4.6, 5.4], extra * 0.8),
    15.6,
    metres(15.6, 0.6),
    20,
    metres(20, 4),
  ];
}
