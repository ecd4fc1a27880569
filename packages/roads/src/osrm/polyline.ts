// Hot: runs for every point of every route that is answered.

import type { JsonText } from "./json-text.ts";

/** One difference in Google's encoded polyline format: five bits to a character, the lowest first. */
function writeDifference(out: JsonText, difference: number): void {
  let value = difference < 0 ? ~(difference << 1) : difference << 1;
  while (value >= 0x20) {
    out.character((0x20 | (value & 0x1f)) + 63);
    value >>= 5;
  }
  out.character(value + 63);
}

/**
 * Points `first` to `last` (both inclusive) of lon, lat, lon, lat, ... as an encoded polyline in a JSON string, latitude first.
 * `digits`: 5 or 6 decimals. Source of the format: Google Maps, Encoded Polyline Algorithm.
 */
export function writePolyline(
  out: JsonText,
  geometry: ArrayLike<number>,
  first: number,
  last: number,
  digits: 5 | 6,
): void {
  const factor = 10 ** digits;
  out.add('"');
  let y = 0;
  let x = 0;
  for (let i = first; i <= last; i++) {
    const lat = Math.round((geometry[2 * i + 1] ?? 0) * factor);
    const lon = Math.round((geometry[2 * i] ?? 0) * factor);
    writeDifference(out, lat - y);
    writeDifference(out, lon - x);
    y = lat;
    x = lon;
  }
  out.add('"');
}

/** lon, lat, lon, lat, ... of an encoded polyline; undefined where it is none. */
export function decodePolyline(text: string, digits: 5 | 6): readonly number[] | undefined {
  const factor = 10 ** digits;
  const geometry: number[] = [];
  const sums = [0, 0];
  let axis = 0;
  for (let at = 0; at < text.length; axis = 1 - axis) {
    let value = 0;
    let shift = 0;
    for (;;) {
      const code = text.charCodeAt(at++) - 63;
      if (Number.isNaN(code) || code < 0 || code > 63 || shift > 30) return undefined;
      value |= (code & 0x1f) << shift;
      shift += 5;
      if (code < 0x20) break;
    }
    sums[axis] = (sums[axis] ?? 0) + ((value & 1) === 1 ? ~(value >>> 1) : value >>> 1);
    if (axis === 1) geometry.push((sums[1] ?? 0) / factor, (sums[0] ?? 0) / factor);
  }
  return axis === 0 ? geometry : undefined;
}
