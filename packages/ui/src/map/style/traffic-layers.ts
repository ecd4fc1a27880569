import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import type { Look } from "../../tokens.ts";
import type { MapPalette } from "../palette.ts";

const levelIs = (level: string): ExpressionSpecification => ["==", ["get", "level"], level];

const width = (factor: number): ExpressionSpecification => [
  "interpolate",
  ["exponential", 1.6],
  ["zoom"],
  12,
  ["case", levelIs("slow"), 1.6 * factor, 2.4 * factor],
  15,
  ["case", levelIs("slow"), 3.2 * factor, 4.8 * factor],
  18,
  ["case", levelIs("slow"), 7 * factor, 10 * factor],
];

// Beside the middle of the road, on the side one drives there.
const aside = (pixels: number): ExpressionSpecification => ["case", ["==", ["get", "side"], "left"], -pixels, pixels];
const beside: ExpressionSpecification = [
  "interpolate",
  ["exponential", 1.6],
  ["zoom"],
  13,
  aside(1),
  15,
  aside(3.5),
  18,
  aside(9),
];

/** Measured traffic beside the middle of the roads: queues are wider than slow stretches and closed ones broken, so colour is not all that tells. */
export function trafficLayers(palette: MapPalette): LayerSpecification[] {
  const line = (id: string, filter: FilterSpecification, paint: object): LayerSpecification => ({
    id,
    type: "line",
    source: "traffic",
    minzoom: 11,
    filter,
    layout: { "line-join": "round", "line-cap": "butt" },
    paint: { "line-offset": beside, "line-width": width(1), ...paint },
  });
  return [
    line("traffic", ["!=", ["get", "level"], "closed"], {
      "line-color": ["case", levelIs("slow"), palette.slow, palette.queue],
      "line-opacity": 0.9,
    }),
    line("traffic-closed", ["==", ["get", "level"], "closed"], {
      "line-color": palette.queue,
      "line-dasharray": [1.4, 0.9],
    }),
  ];
}

/** Other ways, thin and above the buildings; the route itself is drawn over them. */
export function alternativeLayers(palette: MapPalette): LayerSpecification[] {
  const line = (id: string, color: string, extra: number): LayerSpecification => ({
    id,
    type: "line",
    source: "alternatives",
    layout: { "line-join": "round", "line-cap": "round" },
    paint: {
      "line-color": color,
      "line-width": ["interpolate", ["exponential", 1.4], ["zoom"], 11, 5 + extra, 16, 9 + extra, 18, 14 + extra],
    },
  });
  return [line("alternative-edge", palette.alternativeEdge, 4), line("alternatives", palette.alternative, 0)];
}

/** Signs of what happened on the roads. */
export function incidentMarks(look: Look, size: number): LayerSpecification[] {
  return [
    {
      id: "incidents",
      type: "symbol",
      source: "incidents",
      minzoom: 12,
      layout: {
        "icon-image": ["concat", "incident-", ["get", "kind"], `-${look}`],
        "icon-size": size,
        "icon-allow-overlap": true,
        "icon-rotation-alignment": "viewport",
        "icon-pitch-alignment": "viewport",
      },
    },
  ];
}

/** The words on other ways, over everything else: they are there to be touched. */
export function alternativeMarks(palette: MapPalette, look: Look, size: number): LayerSpecification[] {
  return [
    {
      id: "alternative-words",
      type: "symbol",
      source: "alternative-words",
      layout: {
        "text-field": ["get", "label"],
        "text-font": ["semibold", "Inter Variable", "Noto Sans SC Variable"],
        "text-size": 26 * size,
        "text-allow-overlap": true,
        "icon-allow-overlap": true,
        "text-anchor": ["get", "anchor"],
        "icon-image": `bubble-${look}`,
        "icon-text-fit": "both",
        "icon-text-fit-padding": [6, 12, 6, 12],
        "text-rotation-alignment": "viewport",
        "text-pitch-alignment": "viewport",
      },
      paint: { "text-color": palette.bubbleText },
    },
  ];
}
