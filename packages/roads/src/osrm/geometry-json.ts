import { encodePolyline } from "./polyline.ts";
import { simplify } from "./simplify.ts";
import { location } from "./text.ts";

export type GeometryFormat = "polyline" | "polyline6" | "geojson";

/** Points `first` to `last` (both inclusive) of lon, lat, ... as JSON. */
export function lineJson(geometry: ArrayLike<number>, first: number, last: number, format: GeometryFormat): string {
  if (format !== "geojson") {
    return JSON.stringify(encodePolyline(geometry, first, last, format === "polyline" ? 5 : 6));
  }
  let text = '{"coordinates":[';
  // A line has two points at least, also where nothing is driven (GeoJSON, RFC 7946, section 3.1.4).
  for (let i = first; i <= Math.max(last, first + 1); i++) {
    const at = Math.min(i, last);
    text += `${i > first ? "," : ""}${location(geometry[2 * at] ?? 0, geometry[2 * at + 1] ?? 0)}`;
  }
  return `${text}],"type":"LineString"}`;
}

/** The line as `overview` wants it. */
export function overviewJson(geometry: Float64Array, overview: "simplified" | "full", format: GeometryFormat): string {
  const line = overview === "full" ? geometry : simplify(geometry);
  return lineJson(line, 0, line.length / 2 - 1, format);
}
