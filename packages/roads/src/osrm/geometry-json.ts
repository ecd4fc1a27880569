import type { JsonText } from "./json-text.ts";
import { writePolyline } from "./polyline.ts";
import { simplify } from "./simplify.ts";

export type GeometryFormat = "polyline" | "polyline6" | "geojson";

/** Points `first` to `last` (both inclusive) of lon, lat, ... as JSON. */
export function writeLine(
  out: JsonText,
  geometry: ArrayLike<number>,
  first: number,
  last: number,
  format: GeometryFormat,
): void {
  if (format !== "geojson") return writePolyline(out, geometry, first, last, format === "polyline" ? 5 : 6);
  out.add('{"coordinates":[');
  // A line has two points at least, also where nothing is driven (GeoJSON, RFC 7946, section 3.1.4).
  for (let i = first; i <= Math.max(last, first + 1); i++) {
    if (i > first) out.add(",");
    const at = 2 * Math.min(i, last);
    out.location(geometry[at] ?? 0, geometry[at + 1] ?? 0);
  }
  out.add('],"type":"LineString"}');
}

/** The line as `overview` wants it. */
export function writeOverview(
  out: JsonText,
  geometry: ArrayLike<number>,
  overview: "simplified" | "full",
  format: GeometryFormat,
): void {
  const drawn = overview === "full" ? geometry : simplify(Float64Array.from(geometry));
  writeLine(out, drawn, 0, drawn.length / 2 - 1, format);
}
