import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Look } from "../../tokens.ts";
import type { Language } from "../../words.ts";
import { mapPalettes } from "../palette.ts";
import type { MapCity } from "../types.ts";
import { buildingLayer, landLayers } from "./land-layers.ts";
import { markLayers } from "./mark-layers.ts";
import { nameLayers } from "./name-layers.ts";
import { roadLayers } from "./road-layers.ts";
import { trackLayers } from "./track-layers.ts";
import { alternativeLayers, alternativeMarks, incidentMarks, trafficLayers } from "./traffic-layers.ts";

/** The id of the first layer above the route. */
export const firstAboveRoute = "names";

// The engine resolves nothing itself in its worker, and URL would escape the braces of the template.
const absolute = (address: string, origin: string): string =>
  address.startsWith("/") ? `${origin}${address}` : address;

const noFeatures = { type: "geojson", data: { type: "FeatureCollection", features: [] } } as const;

/** What the style is made of, besides the city. */
export interface StyleParts {
  readonly look: Look;
  readonly language: Language;
  readonly origin: string;
  /** 1 in the cockpit, less where the eye is nearer. */
  readonly size: number;
  readonly fontFaces: NonNullable<StyleSpecification["font-faces"]>;
  /** Names that the screen says elsewhere. */
  readonly unsaid: readonly string[];
}

/** The layers in drawing order; the route is drawn between buildings and names. */
export function mapLayers(info: MapCity, parts: Omit<StyleParts, "fontFaces" | "origin">): LayerSpecification[] {
  const palette = mapPalettes[parts.look];
  const has = { density: info.density !== undefined, detailed: info.detailed };
  return [
    ...landLayers(palette, parts.look, has),
    ...roadLayers(palette, parts.look, info.centre[1]),
    ...trafficLayers(palette),
    ...(info.detailed ? [buildingLayer(palette, parts.look)] : []),
    ...trackLayers(palette, parts.look),
    ...alternativeLayers(palette),
    ...nameLayers(palette, parts.language, {
      unsaid: parts.unsaid,
      size: parts.size,
      shield: `shield-${parts.look}`,
    }),
    ...incidentMarks(parts.look, parts.size),
    ...markLayers(palette, parts.look, parts.size),
    ...alternativeMarks(palette, parts.look, parts.size),
  ];
}

/** The whole style of a city. */
export function mapStyle(info: MapCity, parts: StyleParts): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {
    city: {
      type: "vector",
      tiles: [absolute(info.tiles, parts.origin)],
      minzoom: info.minZoom,
      maxzoom: info.maxZoom,
      bounds: [...info.bounds],
      attribution: info.attribution,
    },
    "route-line": noFeatures,
    traffic: noFeatures,
    incidents: noFeatures,
    track: noFeatures,
    alternatives: noFeatures,
    "alternative-words": noFeatures,
    pins: noFeatures,
    cars: { ...noFeatures, cluster: true, clusterRadius: 44, clusterMaxZoom: 11 },
    "own-car": noFeatures,
  };
  const corners = info.density?.corners.map(([lon, lat]): [number, number] => [lon, lat]);
  const [nw, ne, se, sw] = corners ?? [];
  if (info.density !== undefined && nw && ne && se && sw) {
    sources["density"] = {
      type: "image",
      url: absolute(info.density.url, parts.origin),
      coordinates: [nw, ne, se, sw],
    };
  }
  return {
    version: 8,
    sources,
    layers: mapLayers(info, parts),
    "font-faces": parts.fontFaces,
    transition: { duration: 0, delay: 0 },
    light: { anchor: "viewport", color: "#ffffff", intensity: 0.2 },
  };
}
