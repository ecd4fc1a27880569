import type { LayerSpecification } from "maplibre-gl";
import type { Look } from "../../tokens.ts";
import type { MapPalette } from "../palette.ts";

/** Pins, the cars of a fleet, and the quiet places on the route and around our own car where no name may stand; placed first, so they win over names. */
export function markLayers(palette: MapPalette, look: Look, size: number): LayerSpecification[] {
  const upright = {
    "icon-allow-overlap": true,
    "icon-rotation-alignment": "viewport",
    "icon-pitch-alignment": "viewport",
  } as const;
  const words = { "text-font": ["semibold", "Inter Variable", "Noto Sans SC Variable"], "text-size": 18 * size };
  const ink = { "text-color": palette.strongName, "text-halo-color": palette.halo, "text-halo-width": 2.2 };
  return [
    {
      id: "route-quiet",
      type: "symbol",
      source: "route-line",
      minzoom: 13,
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 56,
        "icon-image": "quiet-route",
        "icon-padding": 4,
        "icon-allow-overlap": true,
      },
      paint: { "icon-opacity": 0 },
    },
    {
      id: "pins",
      type: "symbol",
      source: "pins",
      layout: {
        ...upright,
        ...words,
        "icon-image": ["concat", "pin-", ["get", "kind"], `-${look}`],
        "icon-size": size,
        "icon-anchor": "bottom",
        "text-field": ["coalesce", ["get", "name"], ""],
        "text-anchor": "top",
        "text-offset": [0, 0.3],
        "text-max-width": 9,
        "text-optional": true,
      },
      paint: ink,
    },
    {
      id: "cars",
      type: "symbol",
      source: "cars",
      filter: ["!", ["has", "point_count"]],
      layout: {
        ...words,
        "icon-image": [
          "concat",
          ["case", ["get", "selected"], "car-selected-", ["get", "online"], "car-online-", "car-offline-"],
          look,
        ],
        "icon-size": size,
        "icon-rotate": ["get", "heading"],
        "icon-rotation-alignment": "map",
        "icon-pitch-alignment": "map",
        "icon-allow-overlap": true,
        "symbol-sort-key": ["case", ["get", "selected"], 1, 0],
        "text-field": ["get", "name"],
        "text-anchor": "top",
        "text-offset": [0, 1],
        "text-optional": true,
      },
      paint: ink,
    },
    {
      id: "car-groups",
      type: "symbol",
      source: "cars",
      filter: ["has", "point_count"],
      layout: {
        ...words,
        "icon-image": `car-group-${look}`,
        "icon-size": size,
        "icon-allow-overlap": true,
        "text-field": ["get", "point_count_abbreviated"],
        "text-allow-overlap": true,
      },
      paint: { "text-color": palette.shieldText },
    },
    {
      id: "quiet",
      type: "symbol",
      source: "own-car",
      layout: { "icon-image": "quiet", "icon-padding": 16, "icon-allow-overlap": true },
      paint: { "icon-opacity": 0 },
    },
  ];
}
