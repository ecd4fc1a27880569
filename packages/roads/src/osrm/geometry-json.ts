import { encodePolyline } from "./polyline.ts";
import { simplify } from "./simplify.ts";
import { location } from "./text.ts";

export type GeometryFormat = "polyline" | "polyline6" | "geojson";

/** Every point of lon, lat, ... as JSON; each is written several times. */
export function pointTexts(geometry: ArrayLike<number>): readonly string[] {
  const texts: string[] = [];
  for (let i = 0; i + 1 < geometry.length; i += 2) texts.push(location(geometry[i] ?? 0, geometry[i + 1] ?? 0));
  return texts;
}

/** A line with its points as JSON. */
export interface WrittenLine {
  readonly geometry: ArrayLike<number>;
  readonly texts: readonly string[];
}

/** Points `first` to `last` (both inclusive) of a line as JSON. */
export function lineJson(
  { geometry, texts }: WrittenLine,
  first: number,
  last: number,
  format: GeometryFormat,
): string {
  if (format !== "geojson") {
    return JSON.stringify(encodePolyline(geometry, first, last, format === "polyline" ? 5 : 6));
  }
  let text = '{"coordinates":[';
  // A line has two points at least, also where nothing is driven (GeoJSON, RFC 7946, section 3.1.4).
  for (let i = first; i <= Math.max(last, first + 1); i++) {
    if (i > first) text += ",";
    text += texts[Math.min(i, last)] ?? "";
  }
  return `${text}],"type":"LineString"}`;
}

/** The line as `overview` wants it. */
export function overviewJson(line: WrittenLine, overview: "simplified" | "full", format: GeometryFormat): string {
  const { geometry } = line;
  const drawn = overview === "full" ? line : simplified(Float64Array.from(geometry));
  return lineJson(drawn, 0, drawn.geometry.length / 2 - 1, format);
}

function simplified(geometry: Float64Array): WrittenLine {
  const fewer = simplify(geometry);
  return { geometry: fewer, texts: pointTexts(fewer) };
}
