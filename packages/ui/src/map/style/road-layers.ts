import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Look } from "../../tokens.ts";
import type { MapPalette } from "../palette.ts";
import { pixelsPerMetre, roadWidth } from "./widths.ts";

const driven: ExpressionSpecification = [">=", ["coalesce", ["get", "k"], -1], 0];
const isLine: ExpressionSpecification = ["==", ["geometry-type"], "LineString"];
const brunnel: ExpressionSpecification = ["coalesce", ["get", "brunnel"], ""];

// Layer first, then importance: a residential bridge lies over the motorway below it.
const order: ExpressionSpecification = ["+", ["*", ["coalesce", ["get", "layer"], 0], 10], ["get", "k"]];

const roadColour = (palette: MapPalette): ExpressionSpecification => [
  "match",
  ["get", "k"],
  1,
  palette.roads[1],
  2,
  palette.roads[2],
  3,
  palette.roads[3],
  4,
  palette.roads[4],
  5,
  palette.roads[5],
  6,
  palette.roads[6],
  palette.roads[0],
];

/** Roads at true width: tunnels flat and dark below, then paths, roads with a casing that fades out far away, bridges with their own pair on top. */
export function roadLayers(palette: MapPalette, look: Look, latitude: number): LayerSpecification[] {
  const source = { source: "city", "source-layer": "transportation" } as const;
  const tunnel: ExpressionSpecification = ["all", isLine, driven, ["==", brunnel, "tunnel"]];
  const layers: LayerSpecification[] = [
    {
      id: "tunnel",
      type: "line",
      ...source,
      minzoom: 12,
      filter: tunnel,
      layout: { "line-join": "round" },
      paint: { "line-color": palette.tunnel, "line-width": roadWidth(latitude, 0) },
    },
    {
      id: "tunnel-edge",
      type: "line",
      ...source,
      minzoom: 14,
      filter: tunnel,
      paint: {
        "line-color": palette.tunnelEdge,
        "line-gap-width": roadWidth(latitude, 0),
        "line-width": 1.2,
        "line-dasharray": [5, 4],
      },
    },
    {
      id: "path",
      type: "line",
      ...source,
      minzoom: 15,
      filter: ["all", isLine, ["==", ["coalesce", ["get", "k"], -1], -1], ["!=", brunnel, "tunnel"]],
      layout: { "line-join": "round" },
      paint: {
        "line-color": palette.path,
        "line-opacity": ["interpolate", ["linear"], ["zoom"], 15, 0, 16, look === "night" ? 0.75 : 0.9],
        "line-width": ["interpolate", ["exponential", 2], ["zoom"], 15, 0.8, 20, 1.4 * pixelsPerMetre(20, latitude)],
      },
    },
  ];
  layers.push({
    id: "rail",
    type: "line",
    ...source,
    minzoom: 13,
    filter: ["all", isLine, ["==", ["get", "class"], "rail"], ["!=", brunnel, "tunnel"]],
    paint: {
      "line-color": palette.rail,
      "line-width": ["interpolate", ["exponential", 2], ["zoom"], 13, 0.8, 20, 1.5 * pixelsPerMetre(20, latitude)],
      "line-dasharray": [3, 2],
    },
  });
  for (const bridge of [false, true]) {
    const filter: ExpressionSpecification = [
      "all",
      isLine,
      driven,
      bridge ? ["==", brunnel, "bridge"] : ["==", brunnel, ""],
    ];
    layers.push(
      {
        id: bridge ? "bridge-casing" : "road-casing",
        type: "line",
        ...source,
        minzoom: 13,
        filter,
        layout: { "line-cap": bridge ? "butt" : "round", "line-join": "round", "line-sort-key": order },
        paint: {
          "line-color": bridge ? palette.bridgeCasing : palette.casing,
          "line-opacity": ["interpolate", ["linear"], ["zoom"], 13.4, look === "night" ? 0 : 0.3, 15, 1],
          "line-width": roadWidth(latitude, bridge ? 5 : 4),
        },
      },
      {
        id: bridge ? "bridge" : "road",
        type: "line",
        ...source,
        filter,
        layout: { "line-cap": "round", "line-join": "round", "line-sort-key": order },
        paint: { "line-color": roadColour(palette), "line-width": roadWidth(latitude, 0) },
      },
    );
  }
  layers.push({
    id: "one-way",
    type: "symbol",
    ...source,
    minzoom: 16,
    filter: ["all", isLine, [">=", ["get", "k"], 1], ["has", "oneway"], ["!=", brunnel, "tunnel"]],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 360,
      "icon-image": `one-way-${look}`,
      "icon-rotate": ["case", ["==", ["get", "oneway"], -1], 180, 0],
      "icon-rotation-alignment": "map",
      "icon-pitch-alignment": "map",
      "icon-padding": 8,
    },
    paint: { "icon-opacity": 0.55 },
  });
  return layers;
}
