import type { LayerSpecification } from "maplibre-gl";
import type { Look } from "../../tokens.ts";
import type { MapPalette } from "../palette.ts";

/** What lies below the roads. A city of roads alone has only the density image, which tells of roads and of nothing else. */
export function landLayers(
  palette: MapPalette,
  look: Look,
  has: { readonly density: boolean; readonly detailed: boolean },
): LayerSpecification[] {
  const layers: LayerSpecification[] = [
    { id: "land", type: "background", paint: { "background-color": has.detailed ? palette.lot : palette.land } },
  ];
  if (has.density) {
    // One veil of slate serves both looks: it lightens the dark land and shades the light one, which needs less of it.
    const full = look === "night" ? 1 : 0.7;
    layers.push({
      id: "density",
      type: "raster",
      source: "density",
      paint: {
        "raster-opacity": ["interpolate", ["linear"], ["zoom"], 14, full, 16, full / 2],
        "raster-fade-duration": 0,
      },
    });
  }
  if (has.detailed) {
    layers.push(
      {
        id: "landcover",
        type: "fill",
        source: "city",
        "source-layer": "landcover",
        filter: ["in", ["get", "class"], ["literal", ["wood", "grass", "forest", "park", "farmland", "wetland"]]],
        paint: {
          "fill-color": ["match", ["get", "class"], ["wood", "forest"], palette.wood, palette.green],
          "fill-antialias": false,
        },
      },
      {
        id: "park",
        type: "fill",
        source: "city",
        "source-layer": "park",
        paint: { "fill-color": palette.green, "fill-antialias": false },
      },
      {
        id: "water",
        type: "fill",
        source: "city",
        "source-layer": "water",
        paint: { "fill-color": palette.water, "fill-outline-color": palette.shore },
      },
      {
        id: "waterway",
        type: "line",
        source: "city",
        "source-layer": "waterway",
        minzoom: 12,
        paint: {
          "line-color": palette.water,
          "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 12, 1, 18, 12],
        },
      },
    );
  }
  layers.push({
    id: "square",
    type: "fill",
    source: "city",
    "source-layer": "transportation",
    minzoom: 14,
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": palette.square },
  });
  return layers;
}

/** Buildings, low and faint: a height that nobody measured is no statement. */
export function buildingLayer(palette: MapPalette, look: Look): LayerSpecification {
  return {
    id: "building",
    type: "fill-extrusion",
    source: "city",
    "source-layer": "building",
    minzoom: 14,
    paint: {
      "fill-extrusion-color": palette.building,
      "fill-extrusion-height": ["min", 40, ["coalesce", ["get", "render_height"], ["get", "height"], 6]],
      "fill-extrusion-opacity": look === "night" ? 0.72 : 0.8,
      "fill-extrusion-vertical-gradient": look === "night",
    },
  };
}
