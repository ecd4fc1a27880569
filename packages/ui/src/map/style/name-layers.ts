import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from "maplibre-gl";
import type { Language } from "../../words.ts";
import type { MapPalette } from "../palette.ts";

// A leading family that no machine has: the engine reads the weight from its name, and the browser falls through to the next one.
const strong = ["semibold", "Inter Variable", "Noto Sans SC Variable"];
const plain = ["medium", "Inter Variable", "Noto Sans SC Variable"];

const nameIn = (language: Language): ExpressionSpecification =>
  language === "zh-CN"
    ? ["coalesce", ["get", "name:zh"], ["get", "name"]]
    : ["coalesce", ["get", "name:en"], ["get", "name"]];

/** Which streets get a name: none in a tunnel, none that the screen says elsewhere. */
export function nameFilter(unsaid: readonly string[]): FilterSpecification {
  return [
    "all",
    ["has", "name"],
    [">=", ["get", "k"], ["step", ["zoom"], 5, 13, 4, 14, 3, 15, 1]],
    ["!=", ["coalesce", ["get", "brunnel"], ""], "tunnel"],
    ["!", ["in", ["get", "name"], ["literal", [...unsaid]]]],
  ];
}

/** Few names, large and with a halo, most important roads first. `size` scales them to the screen: 1 in the cockpit. */
export function nameLayers(
  palette: MapPalette,
  language: Language,
  options: { readonly unsaid: readonly string[]; readonly size: number; readonly shield: string },
): LayerSpecification[] {
  const source = { source: "city", "source-layer": "transportation_name" } as const;
  const { size } = options;
  return [
    {
      id: "names",
      type: "symbol",
      ...source,
      minzoom: 13,
      filter: nameFilter(options.unsaid),
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 520,
        "symbol-sort-key": ["-", 0, ["get", "k"]],
        "text-field": nameIn(language),
        "text-font": ["case", [">=", ["get", "k"], 3], ["literal", strong], ["literal", plain]],
        "text-size": [
          "interpolate",
          ["linear"],
          ["zoom"],
          13.5,
          18 * size,
          16.5,
          ["case", [">=", ["get", "k"], 3], 24 * size, 20 * size],
        ],
        "text-max-angle": 28,
        "text-padding": 14,
      },
      paint: {
        "text-color": ["case", [">=", ["get", "k"], 3], palette.strongName, palette.name],
        "text-halo-color": palette.halo,
        "text-halo-width": 2.4,
      },
    },
    {
      id: "refs",
      type: "symbol",
      ...source,
      minzoom: 11,
      filter: ["all", ["has", "ref"], [">=", ["get", "k"], 4], ["!=", ["coalesce", ["get", "brunnel"], ""], "tunnel"]],
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 700,
        "symbol-sort-key": ["-", 0, ["get", "k"]],
        "text-field": ["get", "ref"],
        "text-font": strong,
        "text-size": 18 * size,
        "icon-image": options.shield,
        "icon-text-fit": "both",
        "icon-text-fit-padding": [3, 8, 3, 8],
        "icon-rotation-alignment": "viewport",
        "text-rotation-alignment": "viewport",
        "text-padding": 50,
      },
      paint: { "text-color": palette.shieldText },
    },
    {
      id: "places",
      type: "symbol",
      source: "city",
      "source-layer": "place",
      maxzoom: 15,
      filter: [
        "in",
        ["get", "class"],
        ["literal", ["city", "town", "village", "suburb", "quarter", "neighbourhood", "island"]],
      ],
      layout: {
        "text-field": nameIn(language),
        "text-font": strong,
        "text-size": ["match", ["get", "class"], ["city", "town"], 26 * size, 21 * size],
        "text-max-width": 8,
        "text-letter-spacing": 0.04,
        "text-padding": 12,
      },
      paint: {
        "text-color": palette.name,
        "text-opacity": 0.8,
        "text-halo-color": palette.halo,
        "text-halo-width": 2,
      },
    },
  ];
}
