import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { speedTones, type Look } from "../../tokens.ts";
import type { MapPalette } from "../palette.ts";

const width = (extra: number): ExpressionSpecification => [
  "interpolate",
  ["exponential", 1.4],
  ["zoom"],
  11,
  3 + extra,
  16,
  6 + extra,
  18,
  9 + extra,
];

/** A way that was driven, coloured by how fast. */
export function trackLayers(palette: MapPalette, look: Look): LayerSpecification[] {
  const [slowest, slow, middle, fast, fastest] = speedTones[look];
  const layout = { "line-join": "round", "line-cap": "round" } as const;
  const colour: ExpressionSpecification = ["match", ["get", "tone"], 0, slowest, 1, slow, 2, middle, 3, fast, fastest];
  return [
    {
      id: "track-edge",
      type: "line",
      source: "track",
      layout,
      paint: { "line-color": palette.halo, "line-width": width(4) },
    },
    { id: "track", type: "line", source: "track", layout, paint: { "line-color": colour, "line-width": width(0) } },
  ];
}
